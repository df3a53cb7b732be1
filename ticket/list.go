package ticket

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Filter narrows a list; zero fields do not narrow.
type Filter struct {
	Team       int64
	Teams      []int64 // any of these holds it
	OrAssignee int64   // or, with Teams, this person works on it
	Assignee   int64
	Unassigned bool
	Person     int64 // concerned: reporter or affected
	Open       bool  // only those on which work is expected
	State      State
	Priority   Priority
	Offering   int64
	Since      time.Time // ended at or after
	// AskedBefore is when it was asked at the latest.
	AskedBefore time.Time
	Except      int64 // leave out this ticket
}

func (f Filter) sql() policy.SQL {
	conds := []policy.SQL{policy.If(true)}
	add := func(on bool, c policy.SQL) {
		if on {
			conds = append(conds, c)
		}
	}
	add(f.Team != 0, policy.Equal("t.team_id", f.Team))
	add(f.Assignee != 0, policy.Equal("t.assignee_id", f.Assignee))
	if f.Teams != nil {
		held := policy.In("t.team_id", f.Teams)
		if f.OrAssignee != 0 {
			held = policy.Any(held, policy.Equal("t.assignee_id", f.OrAssignee))
		}
		add(true, held)
	}
	add(f.Unassigned, policy.Equal("t.assignee_id", 0))
	add(f.State != "", policy.Equal("t.state", string(f.State)))
	add(f.State == "" && f.Open, policy.Equal("t.is_open", true))
	add(f.State == Resolved || f.State == Closed, policy.Equal("t.is_open", false))
	add(f.State == New || f.State == Open || f.State == Waiting, policy.Equal("t.is_open", true))
	add(f.Priority != 0, policy.Equal("t.priority", int64(f.Priority)))
	add(f.Offering != 0, policy.Equal("t.service_id", f.Offering))
	add(!f.Since.IsZero(), policy.SQL{Text: "t.resolved_at >= ?", Args: []any{millis(f.Since)}})
	add(!f.AskedBefore.IsZero(), policy.SQL{Text: "t.id < ?", Args: []any{id.First(f.AskedBefore)}})
	add(f.Except != 0, policy.Not(policy.Equal("t.id", f.Except)))
	return policy.All(conds...)
}

// parts are the narrow conditions whose union the filter is: each walks its own
// index to the limit, where an OR of them would read and sort everything.
func (f Filter) parts() (out []policy.SQL) {
	if f.Person != 0 {
		return []policy.SQL{policy.Equal("t.reporter_id", f.Person), policy.Equal("t.affected_id", f.Person)}
	}
	for _, team := range f.Teams {
		out = append(out, policy.Equal("t.team_id", team))
	}
	if f.Teams != nil && f.OrAssignee != 0 {
		out = append(out, policy.Equal("t.assignee_id", f.OrAssignee))
	}
	return out
}

// Newest is where a list begins.
const Newest = int64(1)<<62 - 1

// List returns up to limit tickets older than before, newest first, that the
// actor may see. That they were listed is recorded once, with their number.
func (s *Service) List(ctx context.Context, tx *store.Tx, f Filter, before int64, limit int) ([]Ticket, error) {
	return s.listParts(ctx, tx, f, listTickets, []any{before, limit}, limit, func(a, b Ticket) int { return cmp.Compare(b.ID, a.ID) })
}

// Place is where a list by instants goes on: behind this ticket. The zero Place is
// the beginning.
type Place struct{ At, ID int64 }

// PlaceOf is the place of a ticket in a list by due instants.
func PlaceOf(t Ticket) Place { return Place{nearMillis(t.Due), t.ID} }

// ListDue returns up to limit open tickets behind a place, what is due first
// first, that the actor may see. It is recorded as List is.
func (s *Service) ListDue(ctx context.Context, tx *store.Tx, f Filter, after Place, limit int) ([]Ticket, error) {
	return s.listParts(ctx, tx, f, listDue, []any{after.At, after.ID, limit}, limit, func(a, b Ticket) int {
		return cmp.Or(cmp.Compare(nearMillis(a.Due), nearMillis(b.Due)), cmp.Compare(a.ID, b.ID))
	})
}

// ListChanged returns up to limit tickets behind a place by the instant of
// their last change, the oldest change first, that the actor may see. A
// change becomes visible when it is confirmed, a moment after the instant it bears:
// whoever keeps a copy asks again from a little before the last one. It is recorded
// as List is.
func (s *Service) ListChanged(ctx context.Context, tx *store.Tx, f Filter, after Place, limit int) ([]Ticket, error) {
	return s.listParts(ctx, tx, f, listChanged, []any{after.At, after.ID, limit}, limit, func(a, b Ticket) int {
		return cmp.Or(a.Updated.Compare(b.Updated), cmp.Compare(a.ID, b.ID))
	})
}

func (s *Service) listParts(ctx context.Context, tx *store.Tx, f Filter, q string, key []any, limit int, order func(a, b Ticket) int) ([]Ticket, error) {
	scope := s.do.list.Scope(tx)
	if scope.Empty() || f.Teams != nil && len(f.parts()) == 0 {
		return nil, nil
	}
	parts, cond := f.parts(), scope.Residual()
	if len(parts) == 0 {
		parts = []policy.SQL{policy.If(true)}
		if f.Team == 0 && f.Assignee == 0 {
			cond = scope.SQL()
		}
	}
	var found []Ticket
	for _, part := range parts {
		stmt, args := store.Splice(q, key, store.Part{Name: "filter", SQL: policy.All(part, f.sql())}, store.Part{Name: "scope", SQL: cond})
		some, err := s.rows(ctx, tx, scope, stmt, args)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	if len(parts) == 1 {
		return found, nil
	}
	slices.SortFunc(found, order)
	found = slices.CompactFunc(found, func(a, b Ticket) bool { return a.ID == b.ID })
	return found[:min(len(found), limit)], nil
}

func (s *Service) rows(ctx context.Context, tx *store.Tx, scope policy.Scope[Subject], q string, args []any) ([]Ticket, error) {
	rows, err := store.All[ticketRow](ctx, tx, q, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	sealed := make([][]byte, len(rows))
	for i := range rows {
		sealed[i] = rows[i].subject
	}
	if err := s.Vault.Warm(ctx, sealed...); err != nil {
		return nil, err
	}
	out := make([]Ticket, 0, len(rows))
	for i := range rows {
		if err := s.unseal(ctx, &rows[i]); err != nil {
			return nil, err
		}
		out = append(out, rows[i].Ticket)
	}
	return out, s.noteList(tx, scope, out)
}

// noteList records that tickets were listed. The proof is that of the first row.
func (s *Service) noteList(tx *store.Tx, scope policy.Scope[Subject], ts []Ticket) error {
	p, err := scope.Proof(tx, policy.Object{Kind: "tickets", ID: ts[0].ID, Controller: ts[0].Controller})
	if err != nil {
		return err
	}
	return tx.Note(p.With(fmt.Sprintf("%d listed", len(ts))))
}
