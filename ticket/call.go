package ticket

import (
	"cmp"
	"context"

	"heed/kernel/fault"
	"heed/kernel/store"
)

// Call notes a further call about a ticket, or a visit at the counter: what those
// concerned said, as the agent who heard it writes it down. They may read it. As
// when they write, a ticket that waits or is solved is worked on again, and one that
// takes no answers any more is refused (CHI-04). Whoever listened has answered.
func (s *Service) Call(ctx context.Context, tx *store.Tx, name string, ch Channel, in Text) (Entry, error) {
	switch {
	case blank(in):
		return Entry{}, fault.Invalid("entry.empty", "write something, or add a file").On("body")
	case ch != Phone && ch != Counter:
		return Entry{}, fault.Invalid("call.channel", "say whether they called or came to the counter").On("channel")
	}
	t, _, g, err := s.granted(ctx, tx, s.do.reply, name)
	if err != nil {
		return Entry{}, err
	}
	if past, err := s.past(ctx, tx, t); err != nil || past {
		return Entry{}, cmp.Or(err, error(errPast))
	}
	e, err := s.append(ctx, tx, g.Proof, t, Entry{Kind: Call, Class: CallNote, Channel: ch, Author: in.author(tx.Actor())}, in.inside())
	if err != nil {
		return Entry{}, err
	}
	n, err := s.step(ctx, tx, g.Proof, t, Wrote, in.Version, func(n *Ticket) {
		if n.Answered.IsZero() {
			n.Answered = now(tx)
		}
	})
	if err != nil {
		return Entry{}, err
	}
	if t.Assignee == tx.Actor().PersonID() { // it is no news to whoever took it down
		return e, s.touched(ctx, tx, n)
	}
	return e, s.Bus.Emit(ctx, tx, Written{Ticket: t.ID, Entry: e.ID})
}
