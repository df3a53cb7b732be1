package ticket

import (
	"context"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket/target"
)

// Targets are the two clocks of a ticket as they stand, with their events.
type Targets struct {
	Response   target.Reckoning
	Resolution target.Reckoning
	Events     []target.Event
	Hours      clock.Hours
}

// Targets reckons the clocks of a ticket that the actor found.
func (s *Service) Targets(ctx context.Context, tx *store.Tx, t Ticket) (Targets, error) {
	o, err := s.office(ctx, tx, t.Controller)
	if err != nil {
		return Targets{}, err
	}
	events, err := s.clockEvents(ctx, tx, t.ID)
	if err != nil {
		return Targets{}, err
	}
	return reckon(o.hours, events, now(tx))
}

func reckon(h clock.Hours, events []target.Event, at time.Time) (out Targets, err error) {
	out = Targets{Events: events, Hours: h}
	if out.Response, err = target.Reckon(h, target.Response, events, at); err != nil {
		return out, err
	}
	out.Resolution, err = target.Reckon(h, target.Resolution, events, at)
	return out, err
}

func (s *Service) clockEvents(ctx context.Context, tx *store.Tx, ticket int64) ([]target.Event, error) {
	rows, err := store.All[clockRow](ctx, tx, selectClocks, ticket)
	out := make([]target.Event, len(rows))
	for i := range rows {
		out[i] = rows[i].event()
	}
	return out, err
}

func (s *Service) keepClocks(ctx context.Context, tx *store.Tx, t Ticket, events []target.Event) error {
	for _, e := range events {
		if _, err := store.Keep(ctx, tx, insertClock, s.Mint.Next(now(tx)), t.ID, string(e.Clock), string(e.What), millis(e.At), e.Allowed.Milliseconds(), t.Version); err != nil {
			return err
		}
	}
	return nil
}

// stopsClock reports a ticket whose solution clock stands: somebody else has the
// ball. One that waits for a date that the desk chose goes on counting.
func (t Ticket) stopsClock() bool {
	return t.State == Waiting && (t.WaitsFor == ForRequester || t.WaitsFor == ForThird)
}

// ticks are the events that a change of a ticket means for its clocks.
func ticks(old, t Ticket, at time.Time, o office) (out []target.Event) {
	add := func(c target.Clock, w target.What) { out = append(out, target.Event{Clock: c, What: w, At: at}) }
	if t.Priority != old.Priority {
		p := o.promises[t.Priority]
		out = append(out,
			target.Event{Clock: target.Response, What: target.Set, At: at, Allowed: p.Response},
			target.Event{Clock: target.Resolution, What: target.Set, At: at, Allowed: p.Resolution})
	}
	if old.Answered.IsZero() && (!t.Answered.IsZero() || old.Open() && !t.Open()) {
		add(target.Response, target.Met)
	}
	switch {
	case old.Open() && !t.Open():
		add(target.Resolution, target.Met)
	case !old.Open() && t.Open():
		add(target.Resolution, target.Resumed)
		if t.stopsClock() {
			add(target.Resolution, target.Paused)
		}
	case !old.stopsClock() && t.stopsClock():
		add(target.Resolution, target.Paused)
	case old.stopsClock() && !t.stopsClock():
		add(target.Resolution, target.Resumed)
	}
	return out
}

// keepTime writes what a change means for the clocks, and the due instants that
// follow from it, into n, which is about to be stored.
func (s *Service) keepTime(ctx context.Context, tx *store.Tx, old Ticket, n *Ticket) error {
	o, err := s.office(ctx, tx, n.Controller)
	if err != nil {
		return err
	}
	fresh := ticks(old, *n, now(tx), o)
	if len(fresh) == 0 && n.WaitsUntil.Equal(old.WaitsUntil) {
		return nil
	}
	events, err := s.clockEvents(ctx, tx, n.ID)
	if err != nil {
		return err
	}
	marked := *n
	marked.Version = old.Version + 1
	if err := s.keepClocks(ctx, tx, marked, fresh); err != nil {
		return err
	}
	r, err := reckon(o.hours, append(events, fresh...), now(tx))
	n.due(r)
	return err
}

// due sets the due instants, what comes next, and when the house looks again: a
// target that is over and not marked yet, or the end of waiting. A clock that
// stands is next for nobody, though it stopped late: the desk does not have the
// ball.
func (t *Ticket) due(r Targets) {
	t.RespondDue, t.ResolveDue, t.Due, t.wake = r.Response.Due, r.Resolution.Due, time.Time{}, t.WaitsUntil
	for _, c := range []target.Reckoning{r.Response, r.Resolution} {
		if c.Due.IsZero() || !c.Met.IsZero() {
			continue
		}
		if !c.Paused() {
			t.Due = earlier(t.Due, c.Due)
		}
		if !c.Marked {
			t.wake = earlier(t.wake, c.Due.Add(clock.Precision)) // due is the last instant in time
		}
	}
}

// earlier is the first of two instants; the zero time is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}

const wakeAtOnce = 100

// WakeDue looks at every ticket whose time has come: it marks targets that were
// missed and brings back what waited until now. It is a duty.
func (s *Service) WakeDue(ctx context.Context) error {
	for {
		n := 0
		err := s.DB.Write(ctx, policy.System("look at tickets whose time has come"), policy.Resolve, func(tx *store.Tx) error {
			rows, err := store.All[ticketRow](ctx, tx, wakeTickets, tx.Millis(), wakeAtOnce)
			n = len(rows)
			for i := range rows {
				rows[i].times()
				if err := s.wakeOne(ctx, tx, rows[i].Ticket); err != nil {
					return err
				}
			}
			return err
		})
		if err != nil || n < wakeAtOnce {
			return err
		}
	}
}

func (s *Service) wakeOne(ctx context.Context, tx *store.Tx, t Ticket) error {
	r, err := s.Targets(ctx, tx, t)
	if err != nil {
		return err
	}
	var fresh []target.Event
	for _, c := range []struct {
		clock target.Clock
		r     target.Reckoning
	}{{target.Response, r.Response}, {target.Resolution, r.Resolution}} {
		if c.r.Late && !c.r.Marked {
			fresh = append(fresh, target.Event{Clock: c.clock, What: target.Missed, At: c.r.Due})
		}
	}
	if err := s.keepClocks(ctx, tx, t, fresh); err != nil {
		return err
	}
	if r, err = reckon(r.Hours, append(r.Events, fresh...), now(tx)); err != nil {
		return err
	}
	t.due(r)
	if _, err := store.Keep(ctx, tx, updateTimes, millis(t.RespondDue), millis(t.ResolveDue), nearMillis(t.Due), nearMillis(t.wake), t.ID, t.Version); err != nil {
		return err
	}
	if t.WaitsUntil.IsZero() || t.WaitsUntil.After(now(tx)) {
		return nil
	}
	return s.comeBack(ctx, tx, t)
}

// comeBack opens a ticket that waited until now.
func (s *Service) comeBack(ctx context.Context, tx *store.Tx, t Ticket) error {
	sub, err := s.subject(ctx, tx, t)
	if err != nil {
		return err
	}
	g, err := s.do.state.Check(tx, sub)
	if err != nil {
		return err
	}
	_, err = s.step(ctx, tx, g.Proof, t, Woke, 0, func(*Ticket) {})
	if fault.Is(err, fault.KindConflict) {
		return nil // somebody was faster; it has another state now
	}
	return err
}
