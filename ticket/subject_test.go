package ticket

import (
	"slices"
	"strings"
	"testing"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

func TestASubjectThatIsPutRightIsFoundByItsNewWordsOnly(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask(func(in *NewTicket) { in.Subject = "Ana's depression and the projector" })
		rename := func(p string, version int64) error {
			return w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
				c := a.Sorting()
				c.Subject, c.Version = p, version
				return w.s.Classify(t.Context(), tx, a.Ref, c)
			})
		}
		refuses(t, rename(" \t", a.Version), fault.KindInvalid, "ticket.subject")
		refuses(t, rename(strings.Repeat("w", maxSubject+1), a.Version), fault.KindInvalid, "ticket.subject.long")
		w.ok(rename(" Loud   projector ", a.Version))
		b := w.now(a.Ref)
		if b.Subject != "Loud projector" || b.Version != a.Version+1 || b.Priority != a.Priority {
			t.Errorf("put right it stands as %+v", b)
		}
		refuses(t, rename("Late", a.Version), fault.KindConflict, "ticket.stale")
		lines := w.entries(w.priya, policy.Resolve, a.Ref)
		if got := lines[len(lines)-1]; got != "change: sorted subject=corrected" {
			t.Errorf("the timeline says %q", got)
		}
		for words, want := range map[string]int{"depression": 0, "loud projector": 1, a.Ref: 1} {
			w.works(w.priya, func(tx *store.Tx) error {
				hits, err := w.s.Search(t.Context(), tx, words, Newest, 10)
				if found := slices.ContainsFunc(hits, func(x Ticket) bool { return x.Ref == a.Ref }); found != (want == 1) {
					t.Errorf("looking for %q found it: %v", words, found)
				}
				return err
			})
		}
	})
}
