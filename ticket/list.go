package ticket

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// Filter narrows a list; zero fields do not narrow.
type Filter struct {
	Team     int64
	Assignee int64
	Person   int64 // concerned: reporter or affected
	Open     bool  // only those on which work is expected
	State    State
	Except   int64 // leave out this ticket
}

func (f Filter) sql() policy.SQL {
	conds := []policy.SQL{policy.If(true)}
	if f.Team != 0 {
		conds = append(conds, policy.Equal("t.team_id", f.Team))
	}
	if f.Assignee != 0 {
		conds = append(conds, policy.Equal("t.assignee_id", f.Assignee))
	}
	if f.State != "" {
		conds = append(conds, policy.Equal("t.state", string(f.State)))
	} else if f.Open {
		conds = append(conds, policy.Equal("t.is_open", true))
	}
	if f.Except != 0 {
		conds = append(conds, policy.Not(policy.Equal("t.id", f.Except)))
	}
	return policy.All(conds...)
}

// Newest is where a list begins.
const Newest = int64(1)<<62 - 1

// List returns up to limit tickets older than before, newest first, that the
// actor may see. That they were listed is recorded once, with their number.
func (s *Service) List(ctx context.Context, tx *store.Tx, f Filter, before int64, limit int) ([]Ticket, error) {
	scope := s.do.list.Scope(tx)
	if scope.Empty() {
		return nil, nil
	}
	if f.Person == 0 {
		cond := scope.SQL()
		if f.Team != 0 || f.Assignee != 0 {
			cond = scope.Residual()
		}
		return s.listBy(ctx, tx, scope, cond, f.sql(), before, limit)
	}
	// Each half walks its own index to the limit; an OR of both would read and
	// sort everything the person ever asked.
	var found []Ticket
	for _, column := range []string{"t.reporter_id", "t.affected_id"} {
		half, err := s.listBy(ctx, tx, scope, scope.Residual(), policy.All(policy.Equal(column, f.Person), f.sql()), before, limit)
		if err != nil {
			return nil, err
		}
		found = append(found, half...)
	}
	slices.SortFunc(found, func(a, b Ticket) int { return cmp.Compare(b.ID, a.ID) })
	found = slices.CompactFunc(found, func(a, b Ticket) bool { return a.ID == b.ID })
	return found[:min(len(found), limit)], nil
}

func (s *Service) listBy(ctx context.Context, tx *store.Tx, scope policy.Scope[Subject], cond, filter policy.SQL, before int64, limit int) ([]Ticket, error) {
	q, args := store.Splice(listTickets, []any{before, limit}, store.Part{Name: "filter", SQL: filter}, store.Part{Name: "scope", SQL: cond})
	return s.rows(ctx, tx, scope, q, args)
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
