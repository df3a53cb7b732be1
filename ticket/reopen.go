package ticket

import (
	"cmp"
	"context"

	"heed/kernel/fault"
	"heed/kernel/store"
)

// Reopen takes up a resolved or closed ticket again. Those concerned may do so
// within the desk's reopening window; after it they go on in a new ticket.
func (s *Service) Reopen(ctx context.Context, tx *store.Tx, name string, version int64) error {
	return s.turn(ctx, tx, name, Restarted, version)
}

var errPast = fault.Conflict("ticket.past", "this was ended too long ago to be opened again; write to us in a new request, which will point to this one")

// past reports a ticket that ended before the desk's reopening window.
func (s *Service) past(ctx context.Context, tx *store.Tx, t Ticket) (bool, error) {
	if t.Open() || t.Resolved.IsZero() {
		return false, nil
	}
	o, err := s.office(ctx, tx, t.Controller)
	return now(tx).After(t.Resolved.Add(o.reopen)), err
}

// TakesAnswers reports whether what those concerned write still belongs on a
// ticket: it is not closed, and it did not end before the reopening window.
func (s *Service) TakesAnswers(ctx context.Context, tx *store.Tx, t Ticket) (bool, error) {
	if t.State == Closed {
		return false, nil
	}
	past, err := s.past(ctx, tx, t)
	return !past, err
}

// Continue opens a ticket that goes on from one that takes no answers any more,
// for the same people, about the same service, with a link to the old one. in
// brings the text, its files and their key.
func (s *Service) Continue(ctx context.Context, tx *store.Tx, name string, in NewTicket) (Ticket, error) {
	old, _, _, err := s.granted(ctx, tx, s.do.write, name)
	if err != nil {
		return Ticket{}, err
	}
	if in.Reporter, err = s.People.Person(ctx, tx, tx.Actor().PersonID()); err != nil {
		return Ticket{}, err
	}
	if in.Affected, err = s.People.Person(ctx, tx, old.Affected); err != nil {
		return Ticket{}, err
	}
	in.Kind, in.Offering, in.Subject, in.Follows = old.Kind, cmp.Or(in.Offering, old.Offering), cmp.Or(in.Subject, old.Subject), old.ID
	return s.Open(ctx, tx, in)
}

// Linked are the tickets that a ticket goes on from or that go on from it, as
// far as the actor may see them.
func (s *Service) Linked(ctx context.Context, tx *store.Tx, t Ticket) ([]Ticket, error) {
	scope := s.do.list.Scope(tx)
	if scope.Empty() {
		return nil, nil
	}
	var out []Ticket
	for _, q := range []struct {
		q   string
		key int64
	}{{ticketByID, t.Follows}, {ticketsFollowing, t.ID}} {
		if q.key == 0 {
			continue
		}
		stmt, args := store.Splice(q.q, []any{q.key}, store.Part{Name: "scope", SQL: scope.Residual()})
		found, err := s.rows(ctx, tx, scope, stmt, args)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}
