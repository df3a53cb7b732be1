package ticket

import (
	"context"

	"heed/kernel/fault"
	"heed/kernel/store"
)

// Note adds a remark that only those who work on the ticket read. It changes
// nothing else and reaches nobody outside.
func (s *Service) Note(ctx context.Context, tx *store.Tx, name string, in Text) (Entry, error) {
	if blank(in) {
		return Entry{}, fault.Invalid("entry.empty", "write something, or add a file").On("body")
	}
	t, _, g, err := s.granted(ctx, tx, s.do.note, name)
	if err != nil {
		return Entry{}, err
	}
	e, err := s.append(ctx, tx, g.Proof, t, Entry{Kind: Remark, Class: Internal, Channel: Desk, Author: in.author(tx.Actor())}, in.inside())
	if err != nil {
		return Entry{}, err
	}
	return e, s.touched(ctx, tx, t)
}
