package ticket

import (
	"context"
	"time"

	"heed/kernel/fault"
	"heed/kernel/store"
)

// Pause is why a ticket waits.
type Pause struct {
	For     WaitFor
	Until   time.Time // when it comes back by itself; wanted for a date, may be zero else
	Version int64     // of the ticket the person looked at; 0 when they did not
}

// Wait says that somebody else has the ball, or that the day has not come. The
// ticket comes back when those concerned write, or at the instant given. While
// it waits for somebody its solution clock stands.
func (s *Service) Wait(ctx context.Context, tx *store.Tx, name string, p Pause) error {
	switch {
	case p.For != ForRequester && p.For != ForThird && p.For != ForDate:
		return fault.Invalid("wait.for", "say what it waits for: the person, somebody else, or a date").On("for")
	case p.For == ForDate && p.Until.IsZero():
		return fault.Invalid("wait.date", "say until which day it waits").On("until")
	case !p.Until.IsZero() && !p.Until.After(now(tx)):
		return fault.Invalid("wait.past", "that day has come already; choose a later one").On("until")
	}
	t, _, g, err := s.granted(ctx, tx, s.do.state, name)
	if err != nil {
		return err
	}
	n, err := s.step(ctx, tx, g.Proof, t, Asked, p.Version, func(n *Ticket) { n.WaitsFor, n.WaitsUntil = p.For, p.Until })
	if err != nil || n.State != t.State {
		return err
	}
	return s.changed(ctx, tx, g.Proof, n, "waits "+string(p.For)) // it waited already, for something else
}

// Resume takes a waiting ticket up again before those concerned wrote or its day
// came: the supplier phoned back, or it was let wait by mistake. Its clocks go on
// from now. version is that of the ticket the person looked at, 0 for none.
func (s *Service) Resume(ctx context.Context, tx *store.Tx, name string, version int64) error {
	t, _, g, err := s.granted(ctx, tx, s.do.state, name)
	if err != nil {
		return err
	}
	_, err = s.step(ctx, tx, g.Proof, t, Resumed, version, func(*Ticket) {})
	return err
}
