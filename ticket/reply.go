package ticket

import (
	"context"

	"heed/kernel/fault"
	"heed/kernel/store"
)

// Reply sends an agent's answer to the people concerned. It leaves as a mail
// where they can be reached by one. A closed ticket is opened first.
func (s *Service) Reply(ctx context.Context, tx *store.Tx, name string, in Text, then Event) (Entry, error) {
	if blank(in) {
		return Entry{}, fault.Invalid("entry.empty", "write something, or add a file").On("body")
	}
	t, sub, err := s.look(ctx, tx, s.do.reply, name)
	if err != nil {
		return Entry{}, err
	}
	g, err := s.do.reply.Check(tx, sub)
	if err != nil {
		return Entry{}, err
	}
	e, err := s.append(ctx, tx, g.Proof, t, Entry{Kind: Answer, Class: Email, Channel: Desk, Author: tx.Actor().PersonID()}, in)
	if err != nil {
		return Entry{}, err
	}
	if then != Asked && then != Solved {
		then = Replied
	}
	err = s.step(ctx, tx, g.Proof, t, then, 0, func(n *Ticket) {
		if n.Answered.IsZero() {
			n.Answered = now(tx)
		}
		if n.Assignee == 0 && tx.Actor().InGroup(n.Team) {
			n.Assignee = tx.Actor().PersonID() // who answers first works on it
		}
	})
	if err != nil {
		return Entry{}, err
	}
	return e, s.Bus.Emit(ctx, tx, Answered{Ticket: t.ID, Entry: e.ID})
}
