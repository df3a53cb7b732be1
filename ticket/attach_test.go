package ticket

import (
	"strings"
	"sync"
	"testing"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Of two forms with the same file on one ticket, one refused and one carried out at the
// same moment, either the file stays or its sender is asked for it again.
func TestAFileIsNotTakenAwayFromUnderAnEntry(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		x := w.ask()
		key := w.now(x.Ref).key
		for range 12 {
			blob, size, err := w.s.Files.Put(t.Context(), key, strings.NewReader("the plan"))
			w.ok(err)
			plan := File{Name: "plan.txt", MediaType: "text/plain", Size: size, Blob: blob}
			var both sync.WaitGroup
			var noted, removed error
			both.Go(func() {
				noted = w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
					_, err := w.s.Note(t.Context(), tx, x.Ref, Text{Body: "see the plan", Files: []File{plan}})
					return err
				})
			})
			both.Go(func() {
				refused := uploads{s: w.s, key: key, ticket: x.ID}
				removed = refused.remove(t.Context(), []File{plan})
			})
			both.Wait()
			w.ok(removed)
			there, err := w.s.Files.Has(t.Context(), key, blob)
			w.ok(err)
			switch {
			case noted == nil && !there:
				t.Fatal("a note has a file that is not there")
			case noted == nil: // the file is in use from now on
				return
			case !fault.Is(noted, fault.KindInvalid) || fault.As(noted).Key != "file.gone":
				t.Fatal(noted)
			}
		}
	})
}

func TestAFileThatIsGoneIsAskedForAgain(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		x := w.ask()
		key := w.now(x.Ref).key
		blob, size, err := w.s.Files.Put(t.Context(), key, strings.NewReader("the plan"))
		w.ok(err)
		w.ok((&uploads{s: w.s, key: key, ticket: x.ID}).remove(t.Context(), []File{{Blob: blob}}))
		err = w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
			_, err := w.s.Note(t.Context(), tx, x.Ref, Text{Body: "see the plan", Files: []File{{Name: "plan.txt", MediaType: "text/plain", Size: size, Blob: blob}}})
			return err
		})
		refuses(t, err, fault.KindInvalid, "file.gone")
		if got := w.entries(w.priya, policy.Resolve, x.Ref); len(got) != 1 {
			t.Errorf("the ticket says %q", got)
		}
	})
}
