package ticket

import (
	"context"

	"heed/kernel/fault"
	"heed/kernel/store"
)

// Resolve says that a ticket is solved, with the words sent to the people
// concerned. They may say that it is not, which opens it again.
func (s *Service) Resolve(ctx context.Context, tx *store.Tx, name string, in Text) (Entry, error) {
	if blank(in) {
		return Entry{}, fault.Invalid("ticket.solution", "say in a sentence how it was solved; it is sent to the person").On("body")
	}
	return s.Reply(ctx, tx, name, in, Solved)
}
