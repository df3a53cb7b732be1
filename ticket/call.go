package ticket

import (
	"cmp"
	"context"
	"strings"

	"heed/kernel/fault"
	"heed/kernel/store"
)

// Outcome is what came of a matter while it was told: on the phone, at the counter.
type Outcome struct {
	Solved   bool
	Solution string // how, for the person to read; wanted of what is solved, and of nothing else
}

func (o Outcome) check() error {
	switch how := strings.TrimSpace(o.Solution); {
	case o.Solved && how == "":
		return fault.Invalid("call.solution", "say in a sentence how it was solved; it is sent to the person. If it is not solved yet, do not mark it as solved").On("solution")
	case !o.Solved && how != "":
		return fault.Invalid("call.unsolved", "this says how it was solved, but it is not marked as solved; mark it, or empty this field").On("solution")
	}
	return nil
}

// solve resolves a ticket that was solved while somebody told of it.
func (s *Service) solve(ctx context.Context, tx *store.Tx, name string, o Outcome) error {
	_, err := s.Resolve(ctx, tx, name, Text{Body: o.Solution})
	return err
}

// Call notes a further call about a ticket, or a visit at the counter: what those
// concerned said, as the agent who heard it writes it down. They may read it. As
// when they write, a ticket that waits or is solved is worked on again, and one that
// takes no answers any more is refused (CHI-04). Whoever listened has answered. What
// the call solved is resolved with the words of its outcome.
func (s *Service) Call(ctx context.Context, tx *store.Tx, name string, ch Channel, in Text, came Outcome) (Entry, error) {
	switch {
	case blank(in):
		return Entry{}, fault.Invalid("entry.empty", "write something, or add a file").On("body")
	case ch != Phone && ch != Counter:
		return Entry{}, fault.Invalid("call.channel", "say whether they called or came to the counter").On("channel")
	}
	if err := came.check(); err != nil {
		return Entry{}, err
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
		err = s.touched(ctx, tx, n)
	} else {
		err = s.Bus.Emit(ctx, tx, Written{Ticket: t.ID, Entry: e.ID})
	}
	if err != nil || !came.Solved {
		return e, err
	}
	return e, s.solve(ctx, tx, t.Ref, came)
}
