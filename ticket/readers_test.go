package ticket

import (
	"testing"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// A notice may use any atom of a ticket, and the page that says who sees it must know
// them all: one that it does not know would count for nobody.
func TestThePageOfReadersKnowsEveryAtomOfATicket(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.SQLite)
	a := w.ask()
	tickets, entries := Resources()
	w.works(w.priya, func(tx *store.Tx) error {
		c, err := w.s.crowd(t.Context(), tx, a)
		if err != nil {
			return err
		}
		for _, r := range []*policy.Resource[Subject]{tickets, entries} {
			for _, name := range r.Atoms() {
				if _, known, err := c.who(t.Context(), tx, policy.Term{Atom: name, Arg: "x"}); err != nil || !known {
					t.Errorf("%s is an atom of %s, and who that is, nobody says: %v", name, r.Name(), err)
				}
			}
		}
		if _, known, _ := c.who(t.Context(), tx, policy.Term{Atom: "postman"}); known {
			t.Error("an atom that there is not is known")
		}
		return nil
	})
}
