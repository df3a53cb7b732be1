package ticket

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket/target"
)

// A program that looked at an older version is refused by every change of state,
// also where the state alone would refuse it.
func TestAChangeOfStateByAnOlderVersionIsRefused(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		w.mine(w.ana, func(tx *store.Tx) error {
			_, err := w.s.Write(t.Context(), tx, a.Ref, Portal, Text{Body: "and it smells of smoke"})
			return err
		})
		call := w.client(w.priya, policy.Resolve)
		for _, body := range []string{
			`{"state":"resolved","text":"a new fan","version":1}`, `{"state":"waiting","for":"third","version":1}`,
			`{"state":"closed","version":1}`, `{"state":"open","version":1}`,
		} {
			status, text, _ := call("POST", "/tickets/"+a.Ref+"/state", body)
			if status != http.StatusConflict || !strings.Contains(text, "ticket.stale") {
				t.Errorf("%s: %d %s", body, status, text)
			}
		}
		if now := w.now(a.Ref); now.State != New || now.Version != 2 {
			t.Errorf("it stands as %s, version %d", now.State, now.Version)
		}
	})
}

func TestAWaitingTicketIsTakenUpAgainAndItsClockGoesOn(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		wait := func() {
			w.works(w.priya, func(tx *store.Tx) error {
				return w.s.Wait(t.Context(), tx, a.Ref, Pause{For: ForThird, Until: tx.Now().Add(30 * 24 * time.Hour)})
			})
		}
		resume := func() error {
			return w.try(w.priya, policy.Resolve, func(tx *store.Tx) error { return w.s.Resume(t.Context(), tx, a.Ref, 0) })
		}
		refuses(t, resume(), fault.KindConflict, "state.resumed")
		wait()
		w.ok(resume())
		now := w.now(a.Ref)
		if now.State != Open || now.WaitsFor != "" || !now.WaitsUntil.IsZero() || now.ResolveDue.IsZero() {
			t.Errorf("taken up again it stands as %+v", now)
		}
		wait()
		if status, text, _ := w.client(w.priya, policy.Resolve)("POST", "/tickets/"+a.Ref+"/state", `{"state":"open"}`); status != http.StatusOK {
			t.Errorf("by a program: %d %s", status, text)
		}
		if now := w.now(a.Ref); now.State != Open {
			t.Errorf("a program's call leaves it %s", now.State)
		}
		stands := w.now(a.Ref)
		w.works(w.priya, func(tx *store.Tx) error {
			g, err := w.s.Targets(t.Context(), tx, stands)
			if !g.Resolution.Running {
				t.Errorf("its clock stands: %+v", g.Events)
			}
			return err
		})
		refuses(t, w.try(w.ana, policy.Own, func(tx *store.Tx) error { return w.s.Resume(t.Context(), tx, a.Ref, 0) }), fault.KindUnknown, "ticket.unknown")
	})
}

// What stops late stands: nobody at the desk has it next, and it grows no later.
func TestATicketThatWaitsLateIsNotDueAndGrowsNoLater(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask(func(in *NewTicket) { in.Impact, in.Urgency = High, High })
		w.works(w.priya, func(tx *store.Tx) error {
			_, err := w.s.Reply(t.Context(), tx, a.Ref, Text{Body: "we look"}, Replied)
			return err
		})
		w.later(14 * 24 * time.Hour)
		if now := w.now(a.Ref); now.Due.IsZero() || !w.env.Clock.Now().After(now.Due) {
			t.Fatalf("after two weeks it is due %v", now.Due)
		}
		w.works(w.priya, func(tx *store.Tx) error {
			return w.s.Wait(t.Context(), tx, a.Ref, Pause{For: ForThird})
		})
		over := func() (d time.Duration) {
			stands := w.now(a.Ref)
			w.works(w.priya, func(tx *store.Tx) error {
				g, err := w.s.Targets(t.Context(), tx, stands)
				d = g.Resolution.Over
				if !g.Resolution.Late || !g.Resolution.Marked {
					t.Errorf("it is not noted as late: %+v", g.Resolution)
				}
				return err
			})
			return d
		}
		before := over()
		w.later(7 * 24 * time.Hour)
		if after := over(); before == 0 || after != before {
			t.Errorf("a week of waiting took it from %s over to %s", before, after)
		}
		if now := w.now(a.Ref); !now.Due.IsZero() {
			t.Errorf("while it waits it stands as due %v", now.Due)
		}
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Resume(t.Context(), tx, a.Ref, 0) })
		if now := w.now(a.Ref); now.Due.IsZero() || over() != before {
			t.Errorf("taken up again it is due %v, and %s over", now.Due, over())
		}
	})
}

func TestNobodySendsAReplyThatTheyCouldNotRead(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		rule := func(name, what string, p policy.Purpose, classes []string, who string) policy.Rule {
			return policy.Rule{ID: "test/see/" + name, Notice: "test", What: what, Purposes: []policy.Purpose{p}, Classes: classes, Who: []policy.Term{{Atom: who}}, Says: name}
		}
		w.env.Shelf.Put(policy.NewBook(map[int64][]policy.Rule{w.desk.ID: {
			rule("team", "ticket", policy.Resolve, nil, "while_assigned"), rule("entries", "entry", policy.Resolve, []string{"summary", "correspondence", "call", "internal"}, "while_assigned"),
			rule("people", "person", policy.Resolve, nil, "anyone_signed_in"),
		}}))
		reply := func(tx *store.Tx) error {
			_, err := w.s.Reply(t.Context(), tx, a.Ref, Text{Body: "is it the lamp?"}, Replied)
			return err
		}
		refuses(t, w.try(w.priya, policy.Resolve, reply), fault.KindDenied, "reply.unread")
		stands := w.now(a.Ref)
		w.works(w.priya, func(tx *store.Tx) error {
			may, err := w.s.Access(t.Context(), tx, stands)
			if may.Reply || !may.Unread || !may.Note {
				t.Errorf("the page would offer %+v", may)
			}
			if err == nil {
				_, err = w.s.Note(t.Context(), tx, a.Ref, Text{Body: "it is the lamp"})
			}
			return err
		})
	})
}

// The desk's pages were told of a held reply when it was written.
func TestAHeldReplyThatLeavesIsNoNews(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		w.reply(a.Ref, "is it the lamp?", Replied)
		w.later(HoldFor)
		w.works(w.priya, func(tx *store.Tx) error {
			_, err := w.s.Reply(t.Context(), tx, a.Ref, Text{Body: "or the fan?"}, Replied)
			return err
		})
		w.later(time.Second)
		if len(w.sent) != 2 || !w.sent[0].Known || w.sent[1].Known || w.sent[0].By != w.priya.ID || w.sent[1].By != w.priya.ID {
			t.Errorf("left: %+v", w.sent)
		}
	})
}

// Every refusal of the table is a sentence of its own that needs no filling in.
func TestEveryRefusedEventSaysWhyInASentence(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, e := range events() {
		f := fault.As(refusal(e))
		if f.Key != "state."+string(e) || seen[f.Error()] || strings.Contains(f.Error(), "%") {
			t.Errorf("%s: %s %q", e, f.Key, f.Error())
		}
		seen[f.Error()] = true
	}
}

func TestResolutionIsTheClockThatStands(t *testing.T) {
	t.Parallel()
	late := Targets{Resolution: target.Reckoning{Allowed: time.Hour, Used: 2 * time.Hour, Over: time.Hour, Late: true, Due: time.Unix(3600, 0)}}
	var stands Ticket
	stands.due(late)
	if !stands.Due.IsZero() || stands.wake.IsZero() || stands.ResolveDue.IsZero() {
		t.Errorf("late and paused: due %v, looked at %v, the solution was due %v", stands.Due, stands.wake, stands.ResolveDue)
	}
	late.Resolution.Running = true
	var runs Ticket
	if runs.due(late); runs.Due.IsZero() {
		t.Error("late and running it is not due")
	}
}
