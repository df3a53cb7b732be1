package ticket

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// closed is a closure of the desk in November 2026; the world begins on Monday 23.
func (w *world) closed(from, to int, hours ...int) Closure {
	c := Closure{Controller: w.desk.ID, Closure: clock.Closure{From: clock.Date{Year: 2026, Month: time.November, Day: from}, To: clock.Date{Year: 2026, Month: time.November, Day: to}, Name: "Reading week"}}
	if len(hours) == 2 {
		c.Hours = clock.Span{From: hours[0] * 60, To: hours[1] * 60}
	}
	return c
}

// close adds closures, and returns all that the desk has.
func (w *world) close(add ...Closure) (out []Closure) {
	w.t.Helper()
	w.system(func(tx *store.Tx) error {
		for _, c := range add {
			if err := w.s.AddClosure(w.t.Context(), tx, c); err != nil {
				return err
			}
		}
		_, all, err := w.s.closuresNow(w.t.Context(), tx, w.desk.ID)
		out = all
		return err
	})
	return out
}

func (w *world) reopen(closure int64) error {
	return w.env.DB.Write(w.t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
		return w.s.RemoveClosure(w.t.Context(), tx, w.desk.ID, closure)
	})
}

// due is when the solution of a ticket is due: as its page reckons it, and as
// lists have it.
func (w *world) due(a Ticket) (page, list string) {
	w.t.Helper()
	stands := w.now(a.Ref)
	w.system(func(tx *store.Tx) error {
		g, err := w.s.Targets(w.t.Context(), tx, stands)
		page, list = g.Resolution.Due.Format("2 15:04"), stands.ResolveDue.Format("2 15:04")
		return err
	})
	return page, list
}

func TestClosedDaysMoveTheTargetsOfOpenTicketsAtOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask() // Monday 09:00; a P3 has 24 open hours
		see := func(when, page, list string) {
			t.Helper()
			if p, l := w.due(a); p != page || l != list {
				t.Errorf("%s it is due %s on its page and %s in lists, want %s and %s", when, p, l, page, list)
			}
		}
		see("at first", "25 17:00", "25 17:00")
		all := w.close(w.closed(24, 25), w.closed(26, 26, 9, 12))
		see("at once", "30 12:00", "25 17:00")
		w.later(recountAfter + time.Second)
		see("a moment later", "30 12:00", "30 12:00")
		if b := w.ask(); b.ResolveDue.Format("2 15:04") != "30 12:00" {
			t.Errorf("a new ticket is due %v", b.ResolveDue)
		}
		w.ok(w.reopen(all[0].ID))
		w.later(recountAfter + time.Second)
		see("opened again", "25 17:00", "25 17:00")
		w.system(func(tx *store.Tx) error {
			return w.s.SetDesk(t.Context(), tx, Setting{Controller: w.desk.ID, Week: "mon-fri 09:00-13:00"})
		})
		w.later(recountAfter + time.Second)
		see("with shorter hours", "1 12:00", "1 12:00")
	})
}

func TestClosedDaysAreNamedWhereSomebodyAsksWhyItIsDueThen(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		w.close(w.closed(24, 24))
		var lines []string
		w.works(w.priya, func(tx *store.Tx) error {
			g, err := w.s.Targets(t.Context(), tx, a)
			for _, step := range g.Resolution.Explain(g.Hours) {
				lines = append(lines, step.Words(g.Hours.Zone(), "en"))
			}
			return err
		})
		if got := strings.Join(lines, "\n"); !strings.Contains(got, "Tuesday 24 November, 00:00 to Wednesday 25 November, 00:00: closed, Reading week") {
			t.Errorf("it says\n%s", got)
		}
	})
}

func TestClosedDaysCountForTheDeskThatHasThemAndThoseItServes(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var served, other directory.Controller
		w.system(func(tx *store.Tx) (err error) {
			if served, err = w.people.AddController(t.Context(), tx, directory.Controller{Code: "SU", Name: "Students' union", DeskName: "IT Helpdesk", Notice: "test", Zone: "Europe/London", Lang: "en-GB", RefPrefix: "SU", Processor: true, DeskID: w.desk.ID}); err != nil {
				return err
			}
			other, err = w.people.AddController(t.Context(), tx, directory.Controller{Code: "TMU", Name: "Toronto", DeskName: "Desk", Notice: "test", Zone: "Europe/London", Lang: "en-CA", RefPrefix: "TMU"})
			return err
		})
		w.close(w.closed(24, 24))
		tuesday := time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC)
		w.system(func(tx *store.Tx) error {
			for controller, open := range map[int64]bool{w.desk.ID: false, served.ID: false, other.ID: true} {
				o, err := w.s.office(t.Context(), tx, controller)
				if err != nil || o.hours.Open(tuesday) != open {
					t.Errorf("controller %d is open on Tuesday: %t, %v", controller, !open, err)
				}
			}
			return nil
		})
		for id, want := range map[int64]bool{served.ID: true, w.desk.ID: true, other.ID: false} {
			if got := servedBy(map[int64]directory.Controller{served.ID: served, w.desk.ID: w.desk, other.ID: other}[id], w.desk.ID); got != want {
				t.Errorf("the desk counts for %d: %t", id, got)
			}
		}
	})
}

func TestWhatWasClosedAndIsOverStaysClosed(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		days := w.close(w.closed(23, 27))
		w.later(2 * 24 * time.Hour) // Wednesday
		w.ok(w.reopen(days[0].ID))
		left := w.close()
		if len(left) != 1 || left[0].From != days[0].From || left[0].To.Day != 24 {
			t.Errorf("opened again on Wednesday, what stays closed is %v", left)
		}
		refuses(t, w.reopen(days[0].ID), fault.KindUnknown, "closure.none")
		refuses(t, w.reopen(99), fault.KindUnknown, "closure.none")
		tomorrow := w.close(w.closed(26, 27))
		w.ok(w.reopen(tomorrow[1].ID))
		if left := w.close(); len(left) != 1 {
			t.Errorf("what never began stands as %v", left)
		}
	})
}

func TestClosedDaysThatNobodyCanMeanAreRefused(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.close(w.closed(26, 26, 9, 12))
		for _, tc := range []struct {
			name, key, field string
			edit             func(*Closure)
		}{
			{"without a name", "closure.name", "name", func(c *Closure) { c.Name = " " }},
			{"that end before they begin", "closure.order", "to", func(c *Closure) { c.To = c.From.AddDays(-1) }},
			{"that are over", "closure.past", "from", func(c *Closure) { c.From, c.To = c.From.AddDays(-7), c.To.AddDays(-7) }},
			{"that began yesterday", "closure.past", "from", func(c *Closure) { c.From = clock.Date{Year: 2026, Month: time.November, Day: 22} }},
			{"of 32 days", "closure.long", "to", func(c *Closure) { c.To = c.From.AddDays(31) }},
			{"of a wrong year", "closure.long", "to", func(c *Closure) { c.To.Year = 2062 }},
			{"over hours that are closed already", "closure.overlap", "from", func(c *Closure) { c.To = c.From.AddDays(2) }},
		} {
			c := w.closed(24, 24)
			tc.edit(&c)
			err := w.env.DB.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error { return w.s.AddClosure(t.Context(), tx, c) })
			if f := fault.As(err); err == nil || f.Key != tc.key || f.Field != tc.field {
				t.Errorf("days %s: %v", tc.name, err)
			}
		}
		month := w.closed(27, 27)
		month.To = month.From.AddDays(30)
		if all := w.close(w.closed(23, 23), w.closed(26, 26, 12, 17), month); len(all) != 4 {
			t.Errorf("today, an afternoon after its morning and 31 days are %v", all)
		}
	})
}

// Whatever closures stand already, one more is let in only beside them.
func TestClosuresOfADeskNeverOverlap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := clock.Date{Year: 2026, Month: time.November, Day: 23}
		var all []Closure
		for range rapid.IntRange(1, 12).Draw(t, "closures") {
			from := today.AddDays(rapid.IntRange(-3, 60).Draw(t, "from"))
			c := Closure{Closure: clock.Closure{From: from, To: from.AddDays(rapid.IntRange(-1, 35).Draw(t, "days")), Name: "x"}}
			if rapid.Bool().Draw(t, "hours") {
				c.Hours = clock.Span{From: 540, To: rapid.IntRange(541, 1020).Draw(t, "to")}
			}
			if c.check(today, all) == nil {
				all = append(all, c)
			}
		}
		closedOn := map[clock.Date]int{}
		for _, c := range all {
			for d := c.From; !c.To.Before(d); d = d.AddDays(1) {
				if closedOn[d]++; closedOn[d] > 1 || d.Before(today) {
					t.Fatalf("%s is closed twice, or was over: %v", d, all)
				}
			}
		}
	})
}

func TestATicketBeginsWithTheLevelsOfItsServiceUnlessSomebodySaysOtherwise(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		set := func(impact, urgency Level) {
			w.system(func(tx *store.Tx) error {
				return w.s.SetOffering(t.Context(), tx, Offering{Controller: w.desk.ID, Code: "WIFI", Name: "Wireless", Impact: impact, Urgency: urgency})
			})
		}
		set(0, 0)
		service := w.wifi().ID
		with := func(edit func(*NewTicket)) Ticket {
			return w.ask(func(in *NewTicket) {
				in.Offering = service
				edit(in)
			})
		}
		usual := with(func(*NewTicket) {})
		if usual.Impact != Medium || usual.Urgency != Medium || usual.Priority != P3 {
			t.Errorf("where the service says nothing it begins as %+v", usual)
		}
		set(High, Low)
		for _, tc := range []struct {
			name            string
			edit            func(*NewTicket)
			impact, urgency Level
			priority        Priority
		}{
			{"from the portal", func(in *NewTicket) { in.Channel = Portal }, High, Low, P3},
			{"by phone", func(in *NewTicket) { in.Channel = Phone }, High, Low, P3},
			{"at the counter", func(in *NewTicket) { in.Channel = Counter }, High, Low, P3},
			{"by mail", func(in *NewTicket) { in.Channel = Mail }, High, Low, P3},
			{"by the API", func(in *NewTicket) { in.Channel = API }, High, Low, P3},
			{"by somebody who says how soon it hurts", func(in *NewTicket) { in.Urgency = High }, High, High, P1},
			{"by somebody who says how many it touches", func(in *NewTicket) { in.Impact = Low }, Low, Low, P4},
			{"without a service", func(in *NewTicket) { in.Offering = 0 }, Medium, Medium, P3},
		} {
			if got := w.now(with(tc.edit).Ref); got.Impact != tc.impact || got.Urgency != tc.urgency || got.Priority != tc.priority || got.Overridden {
				t.Errorf("%s it begins with impact %s, urgency %s and %s", tc.name, got.Impact, got.Urgency, got.Priority)
			}
		}
		if now := w.now(usual.Ref); now.Impact != Medium || now.Urgency != Medium {
			t.Errorf("the ticket from before stands as %+v", now)
		}
		w.mine(w.ana, func(tx *store.Tx) error {
			next, err := w.s.Continue(t.Context(), tx, usual.Ref, NewTicket{Channel: Portal, Text: Text{Body: "again"}})
			if next.Impact != High || next.Urgency != Low {
				t.Errorf("what goes on from it begins with impact %s and urgency %s", next.Impact, next.Urgency)
			}
			return err
		})
	})
}
