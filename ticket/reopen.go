package ticket

import (
	"context"

	"heed/kernel/store"
)

// Reopen takes up a resolved or closed ticket again.
func (s *Service) Reopen(ctx context.Context, tx *store.Tx, name string, version int64) error {
	return s.turn(ctx, tx, name, Restarted, version)
}

// Wait says that somebody else has the ball; the reason was given in a note or
// a reply.
func (s *Service) Wait(ctx context.Context, tx *store.Tx, name string, version int64) error {
	t, sub, err := s.look(ctx, tx, s.do.state, name)
	if err != nil {
		return err
	}
	g, err := s.do.state.Check(tx, sub)
	if err != nil {
		return err
	}
	return s.step(ctx, tx, g.Proof, t, Asked, version, func(*Ticket) {})
}
