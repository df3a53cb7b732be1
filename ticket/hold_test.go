package ticket

import (
	"testing"
	"time"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket/target"
)

// reply lets Priya answer with a hold, as the desk's page does.
func (w *world) reply(ref, words string, then Event) (e Entry) {
	w.t.Helper()
	w.works(w.priya, func(tx *store.Tx) (err error) {
		e, err = w.s.Reply(w.t.Context(), tx, ref, Text{Body: words, Hold: HoldFor}, then)
		return err
	})
	return e
}

func (w *world) takeBack(ref string, entry int64) error {
	return w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
		_, e, err := w.s.TakeBack(w.t.Context(), tx, ref, entry)
		if err == nil && e.Body == "" {
			w.t.Error("the words did not come back")
		}
		return err
	})
}

func TestAReplyTakenBackLeavesNoTrace(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		before := w.now(a.Ref)
		e := w.reply(a.Ref, "is it the lamp or the fan? zorilla", Solved)
		if got := w.entries(w.ana, policy.Own, a.Ref); len(got) != 2 { // her own message and the state
			t.Errorf("before it left she reads %q", got)
		}
		w.later(9 * time.Second)
		w.ok(w.takeBack(a.Ref, e.ID))
		after := w.now(a.Ref)
		after.Version, after.Updated = before.Version, before.Updated
		if after != before {
			t.Errorf("the ticket stands as\n%+v, and stood as\n%+v", after, before)
		}
		w.works(w.priya, func(tx *store.Tx) error {
			g, err := w.s.Targets(t.Context(), tx, after)
			if !g.Resolution.Running || !g.Response.Running {
				t.Errorf("a clock stands: %+v", g.Events)
			}
			found, _ := w.s.Search(t.Context(), tx, "zorilla", Newest, 10)
			if len(found) > 0 {
				t.Error("its words are still found")
			}
			return err
		})
		if got := w.entries(w.priya, policy.Resolve, a.Ref); len(got) != 1 {
			t.Errorf("the timeline says %q", got)
		}
		w.later(time.Minute)
		if len(w.sent) != 0 {
			t.Errorf("it left all the same: %+v", w.sent)
		}
	})
}

func TestAReplyLeavesOnceWhenNobodyTakesItBack(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		e := w.reply(a.Ref, "is it the lamp?", Replied)
		w.later(HoldFor - time.Millisecond)
		if len(w.sent) != 0 {
			t.Error("it left too early")
		}
		w.later(time.Millisecond)
		w.later(time.Minute)
		if len(w.sent) != 1 || w.sent[0].Entry != e.ID {
			t.Errorf("left: %+v", w.sent)
		}
		refuses(t, w.takeBack(a.Ref, e.ID), fault.KindConflict, "reply.left")
		if got := w.entries(w.ana, policy.Own, a.Ref); got[len(got)-1] != "reply: is it the lamp?" && got[len(got)-2] != "reply: is it the lamp?" {
			t.Errorf("she reads %q", got)
		}
	})
}

func TestAReplyIsNotTakenBackUnderOthersHands(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		e := w.reply(a.Ref, "is it the lamp?", Asked)
		w.mine(w.ana, func(tx *store.Tx) error {
			_, err := w.s.Write(t.Context(), tx, a.Ref, Portal, Text{Body: "it stopped by itself"})
			return err
		})
		refuses(t, w.takeBack(a.Ref, e.ID), fault.KindConflict, "reply.moved")
		colleague := w.person("Sol Adeyemi", "sadeyemi", w.first)
		e = w.reply(a.Ref, "good to hear", Replied)
		err := w.try(colleague, policy.Resolve, func(tx *store.Tx) error { _, _, err := w.s.TakeBack(t.Context(), tx, a.Ref, e.ID); return err })
		refuses(t, err, fault.KindUnknown, "ticket.unknown")
	})
}

func TestWaitingAndItsEnds(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		wait := func(ref string, p Pause) error {
			return w.try(w.priya, policy.Resolve, func(tx *store.Tx) error { return w.s.Wait(t.Context(), tx, ref, p) })
		}
		a := w.ask()
		now := w.env.Clock.Now()
		refuses(t, wait(a.Ref, Pause{For: "moon"}), fault.KindInvalid, "wait.for")
		refuses(t, wait(a.Ref, Pause{For: ForDate}), fault.KindInvalid, "wait.date")
		refuses(t, wait(a.Ref, Pause{For: ForThird, Until: now}), fault.KindInvalid, "wait.past")

		w.ok(wait(a.Ref, Pause{For: ForThird}))
		b := w.now(a.Ref)
		if b.State != Waiting || !b.ResolveDue.IsZero() || b.RespondDue.IsZero() {
			t.Errorf("waiting for a supplier it stands as %+v", b)
		}
		w.mine(w.ana, func(tx *store.Tx) error {
			_, err := w.s.Write(t.Context(), tx, a.Ref, Portal, Text{Body: "any news?"})
			return err
		})
		if c := w.now(a.Ref); c.State != Open || c.WaitsFor != "" || c.ResolveDue.IsZero() {
			t.Errorf("her answer left it as %+v", c)
		}

		w.ok(wait(a.Ref, Pause{For: ForDate, Until: now.Add(50 * time.Hour)}))
		if c := w.now(a.Ref); c.ResolveDue.IsZero() {
			t.Error("a date that the desk chose stopped the clock")
		}
		w.later(49 * time.Hour)
		if c := w.now(a.Ref); c.State != Waiting {
			t.Errorf("an hour too early it is %s", c.State)
		}
		w.later(time.Hour)
		if c := w.now(a.Ref); c.State != Open || !c.WaitsUntil.IsZero() {
			t.Errorf("on its day it is %s", c.State)
		}
	})
}

func TestLJMUH11AskingForMoreStopsTheClockUntilTheyAnswer(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		w.reply(a.Ref, "which lamp is it?", Asked)
		if b := w.now(a.Ref); b.State != Waiting || b.WaitsFor != ForRequester || !b.ResolveDue.IsZero() {
			t.Errorf("asked for more it stands as %+v", b)
		}
		w.later(24 * time.Hour)
		w.mine(w.ana, func(tx *store.Tx) error {
			_, err := w.s.Write(t.Context(), tx, a.Ref, Portal, Text{Body: "the left one"})
			return err
		})
		if b := w.now(a.Ref); b.State != Open || b.WaitsFor != "" || !b.ResolveDue.After(a.ResolveDue) {
			t.Errorf("her answer left it as %+v; it was due %v", b, a.ResolveDue)
		}
	})
}

func TestTargetsAreStoredAsEventsAndMissesAreMarked(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask() // Monday 09:00: P3, 4 and 24 hours of open time
		if got, want := a.RespondDue, w.env.Clock.Now().Add(4*time.Hour); !got.Equal(want) {
			t.Errorf("the answer is due %v, want %v", got, want)
		}
		if got, want := a.ResolveDue, w.env.Clock.Now().Add(2*24*time.Hour+8*time.Hour); !got.Equal(want) {
			t.Errorf("the solution is due %v, want %v", got, want)
		}
		w.later(4 * time.Hour)
		if w.marks(a, target.Response) != 0 {
			t.Error("at its due instant it is not missed yet")
		}
		w.later(time.Minute)
		w.later(time.Hour)
		if n := w.marks(a, target.Response); n != 1 {
			t.Errorf("the miss was marked %d times", n)
		}
		w.reply(a.Ref, "sorry for the wait", Replied)
		b := w.now(a.Ref)
		if !b.RespondDue.Equal(a.RespondDue) || !b.Due.Equal(b.ResolveDue) {
			t.Errorf("answered late, next is due %v", b.Due)
		}
		w.works(w.priya, func(tx *store.Tx) error {
			_, err := w.s.Resolve(t.Context(), tx, a.Ref, Text{Body: "a new fan"})
			return err
		})
		if c := w.now(a.Ref); !c.Due.IsZero() || c.Resolved.IsZero() {
			t.Errorf("solved, it stands as %+v", c)
		}
		w.later(24 * time.Hour)
		w.mine(w.ana, func(tx *store.Tx) error {
			_, err := w.s.Write(t.Context(), tx, a.Ref, Portal, Text{Body: "it hums again"})
			return err
		})
		c := w.now(a.Ref)
		if moved := c.ResolveDue.Sub(a.ResolveDue); c.State != Open || moved < 7*time.Hour {
			t.Errorf("opened again it is due %v, and was due %v", c.ResolveDue, a.ResolveDue)
		}
	})
}

// marks counts the misses noted for a clock.
func (w *world) marks(a Ticket, c target.Clock) (n int) {
	w.t.Helper()
	w.system(func(tx *store.Tx) error {
		events, err := w.s.clockEvents(w.t.Context(), tx, a.ID)
		for _, e := range events {
			if e.Clock == c && e.What == target.Missed {
				n++
			}
		}
		return err
	})
	return n
}

func TestADeskSetsItsOwnHoursPromisesAndWindow(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.system(func(tx *store.Tx) error {
			if err := w.s.SetDesk(t.Context(), tx, Setting{Controller: w.desk.ID, Week: "mon 09:30-10:00", Holidays: "", ReopenDays: 1}); err != nil {
				return err
			}
			return w.s.SetPromise(t.Context(), tx, w.desk.ID, P3, Promise{Response: time.Hour, Resolution: 2 * time.Hour})
		})
		a := w.ask()
		if got := a.RespondDue.Format(time.DateTime); got != "2026-11-30 10:00:00" {
			t.Errorf("an hour at half an hour a week is due %s", got)
		}
		err := w.env.DB.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
			return w.s.SetPromise(t.Context(), tx, w.desk.ID, P3, Promise{Response: 2 * time.Hour, Resolution: time.Hour})
		})
		refuses(t, err, fault.KindInvalid, "desk.promise")

		w.works(w.priya, func(tx *store.Tx) error {
			_, err := w.s.Resolve(t.Context(), tx, a.Ref, Text{Body: "done"})
			return err
		})
		w.later(25 * time.Hour)
		write := func(tx *store.Tx) error {
			_, err := w.s.Write(t.Context(), tx, a.Ref, Portal, Text{Body: "not done"})
			return err
		}
		refuses(t, w.try(w.ana, policy.Own, write), fault.KindConflict, "ticket.past")
		refuses(t, w.try(w.ana, policy.Own, func(tx *store.Tx) error { return w.s.Reopen(t.Context(), tx, a.Ref, 0) }), fault.KindConflict, "ticket.past")
		var b Ticket
		w.mine(w.ana, func(tx *store.Tx) (err error) {
			b, err = w.s.Continue(t.Context(), tx, a.Ref, NewTicket{Channel: Portal, Text: Text{Body: "not done"}})
			return err
		})
		if b.Follows != a.ID || b.Subject != a.Subject || b.Key() == a.Key() {
			t.Errorf("the new one is %+v", b)
		}
		w.works(w.priya, func(tx *store.Tx) error {
			for of, want := range map[string]string{a.Ref: b.Ref, b.Ref: a.Ref} {
				found, _, err := w.s.Find(t.Context(), tx, of)
				if err != nil {
					return err
				}
				linked, err := w.s.Linked(t.Context(), tx, found)
				if err != nil || len(linked) != 1 || linked[0].Ref != want {
					t.Errorf("%s is linked with %v (%v)", of, linked, err)
				}
			}
			return nil
		})
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Reopen(t.Context(), tx, a.Ref, 0) }) // the desk may
	})
}
