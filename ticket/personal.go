package ticket

import (
	"context"
	"errors"
	"strings"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// Holds implements directory.Tickets: who holds a ticket of the person now.
func (s *Service) Holds(ctx context.Context, tx *store.Tx, person int64) (teams, analysts []int64, err error) {
	rows, err := store.All[holding](ctx, tx, selectHolding, person)
	for _, r := range rows {
		teams, analysts = append(teams, r.team), append(analysts, r.assignee)
	}
	return teams, analysts, err
}

// SharedSQL implements directory.Tickets.
func (s *Service) SharedSQL(a policy.Actor, column string) policy.SQL {
	holds := policy.Any(policy.In("t.team_id", a.GroupIDs()), person(policy.Ask{Actor: a}, "t.assignee_id"))
	if holds.Text == policy.Never().Text {
		return holds
	}
	q := strings.ReplaceAll(sharedSQL, "{column}", column)
	return policy.SQL{Text: strings.ReplaceAll(q, "{holds}", holds.Text), Args: holds.Args}
}

// Erased is what was removed of a ticket.
type Erased struct {
	ID      int64
	Keys    []int64 // data keys to destroy: the ticket's and its drafts'
	Entries int64
	Files   int64
}

// Erase removes a ticket's rows and index entries and says which data keys are
// to be destroyed. The caller (package privacy) destroys them, deletes the
// files, and passes the proof on to the other slices that hold something of it.
// A ticket that is not there is Unknown.
func (s *Service) Erase(ctx context.Context, tx *store.Tx, name, detail string) (Erased, policy.Proof, error) {
	t, sub, err := s.lookRaw(ctx, tx, name)
	if err != nil {
		return Erased{}, policy.Proof{}, err
	}
	g, err := s.do.erase.Check(tx, sub)
	if err != nil {
		return Erased{}, policy.Proof{}, err
	}
	p := g.About(policy.Object{Kind: "ticket", ID: t.ID}).With(detail)
	out := Erased{ID: t.ID, Keys: []int64{t.key}}
	entries, err := store.All[store.Value[int64]](ctx, tx, idsOfEntries, t.ID)
	if err != nil {
		return Erased{}, policy.Proof{}, err
	}
	drafts, err := store.All[store.Value[int64]](ctx, tx, draftKeys, t.ID)
	if err != nil {
		return Erased{}, policy.Proof{}, err
	}
	for _, d := range drafts {
		out.Keys = append(out.Keys, d.V)
	}
	for _, row := range append(entries, store.Value[int64]{V: t.ID}) {
		if err := s.index(ctx, tx, row.V, ""); err != nil {
			return Erased{}, policy.Proof{}, err
		}
	}
	if err := s.tally(ctx, tx, t, -1); err != nil {
		return Erased{}, policy.Proof{}, err
	}
	for _, q := range []string{deleteAttachments, deleteDrafts, deleteEntries, deleteParties, deleteTicket} {
		n, err := store.Exec(ctx, tx, p, q, t.ID)
		if err != nil {
			return Erased{}, policy.Proof{}, err
		}
		switch q {
		case deleteEntries:
			out.Entries = n
		case deleteAttachments:
			out.Files = n
		}
	}
	return out, p, nil
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
