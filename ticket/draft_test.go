package ticket

import (
	"testing"
	"time"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// drafts counts the rows there are.
func (w *world) drafts() (n int64) {
	w.t.Helper()
	w.system(func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](w.t.Context(), tx, "SELECT count(*) FROM draft")
		n = row.V
		return err
	})
	return n
}

func (w *world) typed(place, word string) {
	w.t.Helper()
	w.works(w.priya, func(tx *store.Tx) error { return w.s.SaveDraft(w.t.Context(), tx, place, Draft{"body": word}) })
}

// What somebody typed about a ticket and did not send is part of it.
func TestADraftOnATicketsPageGoesWithTheTicket(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		x := w.ask()
		for _, place := range []string{"/desk/tickets/" + x.Ref, "/desk/tickets/" + x.Ref + "/resolve", "/requests/" + x.Ref} {
			w.typed(place, "unsent")
		}
		w.typed("/desk/call", "another caller's matter")
		var was Erasing
		w.ok(w.env.DB.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) (err error) {
			if was, err = w.s.ToErase(t.Context(), tx, x.Ref, "test"); err == nil {
				_, err = w.s.Erase(t.Context(), tx, was)
			}
			return err
		}))
		if was.Key != x.Key() || w.drafts() != 1 {
			t.Errorf("%d drafts are left, want the one that is about nothing of this ticket", w.drafts())
		}
	})
}

// A draft has no key of its own that could outlive it.
func TestADraftIsSealedWithWhatItBelongsTo(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		x := w.ask()
		w.typed("/desk/tickets/"+x.Ref, "about the ticket")
		w.typed("/desk/call", "about nothing yet")
		w.ok(w.s.Vault.Destroy(t.Context(), x.Key()))
		w.works(w.priya, func(tx *store.Tx) error {
			if d, _, err := w.s.LoadDraft(t.Context(), tx, "/desk/tickets/"+x.Ref); d != nil || err != nil {
				t.Errorf("with the ticket's key gone, its draft reads %v (%v)", d, err)
			}
			d, _, err := w.s.LoadDraft(t.Context(), tx, "/desk/call")
			if d["body"] != "about nothing yet" {
				t.Errorf("a draft that belongs to its author reads %v", d)
			}
			return err
		})
		w.ok(w.s.Vault.Destroy(t.Context(), w.priya.Key()))
		w.works(w.priya, func(tx *store.Tx) error {
			if d, _, err := w.s.LoadDraft(t.Context(), tx, "/desk/call"); d != nil || err != nil {
				t.Errorf("with its author's key gone, a draft reads %v (%v)", d, err)
			}
			return nil
		})
	})
}

func TestWhatIsNeverSentIsForgottenAfterAMonth(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.typed("/desk/call", "for now")
		w.env.Clock.Advance(29 * 24 * time.Hour)
		w.ok(w.s.Sweep(t.Context()))
		if w.drafts() != 1 {
			t.Error("a draft of this month is gone")
		}
		w.env.Clock.Advance(2 * 24 * time.Hour)
		w.ok(w.s.Sweep(t.Context()))
		if w.drafts() != 0 {
			t.Error("a draft of last month is kept")
		}
	})
}
