package ticket

import (
	"cmp"
	"context"
	"strings"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

func blank(in Text) bool {
	return strings.TrimSpace(in.Body) == "" && in.HTML == "" && len(in.Files) == 0
}

// Write adds what the people concerned write to a ticket of theirs. A resolved
// or waiting ticket opens again; a closed one is refused (CHI-04).
func (s *Service) Write(ctx context.Context, tx *store.Tx, name string, ch Channel, in Text) (Entry, error) {
	if blank(in) {
		return Entry{}, fault.Invalid("entry.empty", "write something, or add a file").On("body")
	}
	t, _, g, err := s.granted(ctx, tx, s.do.write, name)
	if err != nil {
		return Entry{}, err
	}
	if past, err := s.past(ctx, tx, t); err != nil || past && !in.Automatic {
		return Entry{}, cmp.Or(err, error(errPast))
	}
	class := Correspondence
	if ch == Mail {
		class = Email
	}
	e, err := s.append(ctx, tx, g.Proof, t, Entry{Kind: Message, Class: class, Channel: ch, Author: in.author(tx.Actor())}, in)
	if err != nil {
		return Entry{}, err
	}
	if in.Automatic {
		return e, nil
	}
	if _, err := s.step(ctx, tx, g.Proof, t, Wrote, 0, func(*Ticket) {}); err != nil {
		return Entry{}, err
	}
	return e, s.Bus.Emit(ctx, tx, Written{Ticket: t.ID, Entry: e.ID})
}

// step moves a ticket by an event, with other changes of its facts, and notes a
// change of state on the timeline. Whoever looked at an older version is told of
// that first: what they want may be refused only because of what they missed.
func (s *Service) step(ctx context.Context, tx *store.Tx, p policy.Proof, t Ticket, ev Event, version int64, edit func(*Ticket)) (Ticket, error) {
	if version != 0 && version != t.Version {
		return t, errStale
	}
	to, err := next(t.State, ev)
	if err != nil {
		return t, err
	}
	n := t
	n.State = to
	if !n.Open() && n.Resolved.IsZero() {
		n.Resolved = now(tx)
	}
	if to == Open {
		n.Resolved = instant(0)
	}
	if to != Waiting {
		n.WaitsFor, n.WaitsUntil = "", instant(0)
	} else if ev == Asked {
		n.WaitsFor, n.WaitsUntil = ForRequester, instant(0)
	}
	edit(&n)
	if n, err = s.change(ctx, tx, p, t, n, version); err != nil {
		return n, err
	}
	if n.State == t.State {
		return n, nil
	}
	if err := s.changed(ctx, tx, p, n, "state "+string(n.State)); err != nil {
		return n, err
	}
	return n, s.Bus.Emit(ctx, tx, Moved{Ticket: t.ID, From: t.State, To: n.State, By: tx.Actor().PersonID()})
}
