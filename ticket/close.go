package ticket

import (
	"cmp"
	"context"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// Close ends a ticket: by those concerned, because it is no longer needed, or
// by an agent. version is that of the ticket the person looked at, 0 for none.
func (s *Service) Close(ctx context.Context, tx *store.Tx, name string, version int64) error {
	return s.turn(ctx, tx, name, Ended, version)
}

// turn moves a ticket by an event that says nothing more.
func (s *Service) turn(ctx context.Context, tx *store.Tx, name string, ev Event, version int64) error {
	t, _, g, err := s.granted(ctx, tx, s.do.end, name)
	if err != nil {
		return err
	}
	if ev == Restarted && tx.Purpose() == policy.Own {
		if past, err := s.past(ctx, tx, t); err != nil || past {
			return cmp.Or(err, error(errPast))
		}
	}
	_, err = s.step(ctx, tx, g.Proof, t, ev, version, func(*Ticket) {})
	return err
}
