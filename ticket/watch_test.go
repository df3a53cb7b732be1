package ticket

import (
	"testing"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Somebody for whom another desk works cannot be made to follow, by whatever way
// their number was come by, and the answer is the one for nobody.
func TestNobodyOfAnotherDeskIsMadeToFollow(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		var far directory.Person
		w.system(func(tx *store.Tx) error {
			other, err := w.people.AddController(t.Context(), tx, directory.Controller{Code: "TMU", Name: "Toronto", DeskName: "Desk", Notice: "test", Zone: "America/Toronto", Lang: "en-CA", RefPrefix: "TMU"})
			if err != nil {
				return err
			}
			far, err = w.people.AddPerson(t.Context(), tx, directory.NewPerson{Controller: other.ID, Name: "Noor Haddad", Source: "directory"})
			return err
		})
		refuses(t, w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
			return w.s.Watch(t.Context(), tx, a.Ref, far.ID, true)
		}), fault.KindInvalid, "watch.who")
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Watch(t.Context(), tx, a.Ref, w.marc.ID, true) })
	})
}
