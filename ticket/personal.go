package ticket

import (
	"context"
	"errors"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Holds implements directory.Tickets: who holds a ticket of the person now.
func (s *Service) Holds(ctx context.Context, tx *store.Tx, person int64) ([]directory.Held, error) {
	rows, err := store.All[holding](ctx, tx, selectHolding, person)
	out := make([]directory.Held, len(rows))
	for i, r := range rows {
		out[i] = r.Held
	}
	return out, err
}

// SharedSQL implements directory.Tickets.
func (s *Service) SharedSQL(a policy.Actor, column string, open bool) policy.SQL {
	holds := policy.In("t.team_id", a.GroupIDs())
	if holds.Text == policy.Never().Text {
		return holds
	}
	if open {
		holds = policy.All(holds, policy.Equal("t.is_open", true))
	}
	q := strings.ReplaceAll(sharedSQL, "{column}", column)
	return policy.SQL{Text: strings.ReplaceAll(q, "{holds}", holds.Text), Args: holds.Args}
}

// Erasing is a ticket that is to be erased.
type Erasing struct {
	ID     int64
	Key    int64        // data key to destroy
	Proof  policy.Proof // for the other slices that hold something of it
	ticket Ticket
}

// ToErase finds a ticket that is to be erased and says which data key is to be
// destroyed before its rows go. The caller (package privacy) destroys it and deletes
// the files. A ticket that is not there is Unknown.
func (s *Service) ToErase(ctx context.Context, tx *store.Tx, name, detail string) (Erasing, error) {
	t, sub, err := s.lookRaw(ctx, tx, name)
	if err != nil {
		return Erasing{}, err
	}
	g, err := s.do.erase.Check(tx, sub)
	if err != nil {
		return Erasing{}, err
	}
	p := g.About(policy.Object{Kind: "ticket", ID: t.ID, Controller: t.Controller}).With(detail)
	return Erasing{ID: t.ID, Key: t.key, Proof: p, ticket: t}, nil
}

// Erased is what was removed of a ticket.
type Erased struct{ Entries, Files int64 }

// Erase removes a ticket's rows and index entries.
func (s *Service) Erase(ctx context.Context, tx *store.Tx, e Erasing) (out Erased, err error) {
	entries, err := store.All[store.Value[int64]](ctx, tx, idsOfEntries, e.ID)
	if err != nil {
		return Erased{}, err
	}
	for _, row := range append(entries, store.Value[int64]{V: e.ID}) {
		if err := s.unindex(ctx, tx, row.V); err != nil {
			return Erased{}, err
		}
	}
	for _, q := range []string{deleteAttachments, deleteDrafts, deleteEntries, deleteParties, deleteTicket} {
		n, err := store.Exec(ctx, tx, e.Proof, q, e.ID)
		if err != nil {
			return Erased{}, err
		}
		switch q {
		case deleteEntries:
			out.Entries = n
		case deleteAttachments:
			out.Files = n
		case deleteTicket:
			if n == 0 { // it was there twice in what is to be erased
				return out, nil
			}
		}
	}
	return out, s.tally(ctx, tx, e.ticket, -1)
}

// lookRaw finds a ticket for erasure, also when its key is gone already.
func (s *Service) lookRaw(ctx context.Context, tx *store.Tx, name string) (Ticket, Subject, error) {
	q, args := store.Splice(ticketByRef, []any{name}, store.Part{Name: "scope", SQL: s.do.erase.Scope(tx).SQL()})
	row, err := store.One[ticketRow](ctx, tx, q, args...)
	if errors.Is(err, store.ErrNone) {
		return Ticket{}, Subject{}, unknown()
	}
	if err != nil {
		return Ticket{}, Subject{}, err
	}
	sub, err := s.subject(ctx, tx, row.Ticket)
	return row.Ticket, sub, err
}

// Matter is what retention asks of somebody's ticket.
type Matter struct {
	ID         int64
	Ref        string
	Controller int64
	Reporter   int64
	Shared     bool // somebody else is concerned too
	Created    time.Time
	Used       time.Time // when it last changed
	Closed     time.Time // zero while work is expected
}

// Matters lists the tickets of a person, for package privacy, which decides what
// becomes of each. Nothing is opened.
func (s *Service) Matters(ctx context.Context, tx *store.Tx, person int64) ([]Matter, error) {
	rows, err := store.All[ticketRow](ctx, tx, ticketsOf, person)
	out := make([]Matter, len(rows))
	for i := range rows {
		out[i] = rows[i].matter(person)
	}
	return out, err
}

// MatterOf is the same of one ticket by its reference.
func (s *Service) MatterOf(ctx context.Context, tx *store.Tx, ref string) (Matter, error) {
	t, _, err := s.lookRaw(ctx, tx, ref)
	row := ticketRow{Ticket: t, created: millis(t.Created), updated: millis(t.Updated), resolved: millis(t.Resolved)}
	return row.matter(t.Affected), err
}

func (r *ticketRow) matter(person int64) Matter {
	r.times()
	other := func(p int64) bool { return p != 0 && p != person }
	return Matter{
		ID: r.ID, Ref: r.Ref, Controller: r.Controller, Reporter: r.Reporter, Shared: other(r.Reporter) || other(r.Affected),
		Created: r.Created, Used: r.Updated, Closed: r.Ticket.Resolved,
	}
}

// ErasePerson removes what hangs on a person and not on a ticket: drafts, views, their
// part in other people's tickets, and, on tickets that stay since somebody else
// is concerned, the names that replies were addressed to. No key goes with them:
// drafts are sealed with the person or with the ticket.
func (s *Service) ErasePerson(ctx context.Context, tx *store.Tx, p policy.Proof, person int64) error {
	for _, q := range []string{deleteDraftsOf, deleteViewsOf, deletePartiesOf} {
		if _, err := store.Exec(ctx, tx, p, q, person); err != nil {
			return err
		}
	}
	stay, err := s.Matters(ctx, tx, person)
	for _, m := range stay {
		if _, err := store.Exec(ctx, tx, p, clearSentTo, []byte{}, m.ID); err != nil {
			return err
		}
	}
	return err
}

// Oversee is Find for whoever watches over the desk: the reason they gave stands
// in the record of the reading. It must name nobody, for the ledger is not sealed.
func (s *Service) Oversee(ctx context.Context, tx *store.Tx, name, reason string) (Ticket, policy.Why, error) {
	tx.State(reason)
	t, sub, err := s.look(ctx, tx, s.do.read, name)
	if err != nil {
		return Ticket{}, policy.Why{}, err
	}
	g, err := s.do.read.Check(tx, sub)
	if err != nil {
		return Ticket{}, policy.Why{}, unknown()
	}
	return t, g.Why(), tx.Note(g.Proof)
}

// MayOversee reports whether any sentence of a notice lets the actor read a
// ticket at all for the purpose of the transaction, once they say why, so that a page
// offers only what may work.
func (s *Service) MayOversee(tx *store.Tx) bool { return !s.do.read.Scope(policy.Asked(tx)).Empty() }

// Held is how much the desk holds of somebody, as far as they may see it.
type Held struct{ Tickets, Entries, Files, Drafts int64 }

// Held counts what is held about the actor. It walks their own tickets only.
func (s *Service) Held(ctx context.Context, tx *store.Tx) (h Held, err error) {
	me := tx.Actor().PersonID()
	for _, c := range []struct {
		q     string
		scope policy.SQL
		to    *int64
	}{
		{countTickets, s.do.list.Scope(tx).Residual(), &h.Tickets},
		{countEntries, s.do.entry.Scope(tx).Residual(), &h.Entries},
		{countFiles, s.do.entry.Scope(tx).Residual(), &h.Files},
		{countDrafts, policy.SQL{}, &h.Drafts},
	} {
		q, args := c.q, []any{me}
		if c.scope.Text != "" {
			q, args = store.Splice(c.q, args, store.Part{Name: "scope", SQL: c.scope})
		}
		row, err := store.One[store.Value[int64]](ctx, tx, q, args...)
		if err != nil {
			return Held{}, err
		}
		*c.to = row.V
	}
	return h, nil
}

// Refs returns the references of tickets that are still here, for records that
// the reader was let in to. A reference says nothing about anybody.
func (s *Service) Refs(ctx context.Context, tx *store.Tx, tickets ...int64) (map[int64]string, error) {
	if len(tickets) == 0 {
		return nil, nil
	}
	q, args := store.Splice(selectRefs, nil, store.Part{Name: "ids", SQL: policy.In("t.id", tickets)})
	rows, err := store.All[refRow](ctx, tx, q, args...)
	out := make(map[int64]string, len(rows))
	for _, r := range rows {
		out[r.id] = r.ref
	}
	return out, err
}

// Homes returns where entries stand, for verbs of the house.
func (s *Service) Homes(ctx context.Context, tx *store.Tx, entries ...int64) (map[int64]Home, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	q, args := store.Splice(entryHomes, nil, store.Part{Name: "ids", SQL: policy.In("e.id", entries)})
	rows, err := store.All[Home](ctx, tx, q, args...)
	out := make(map[int64]Home, len(rows))
	for _, r := range rows {
		out[r.Entry] = r
	}
	return out, err
}

// Numbered returns the number of the ticket with a reference, for a search in
// records that the reader is let in to by themselves. A reference says nothing
// about anybody.
func (s *Service) Numbered(ctx context.Context, tx *store.Tx, ref string) (int64, error) {
	row, err := store.One[store.Value[int64]](ctx, tx, ticketOfRef, ref)
	if errors.Is(err, store.ErrNone) {
		return 0, unknown()
	}
	return row.V, err
}
