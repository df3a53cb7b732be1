package ticket

import (
	"context"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// tally notes that n tickets came to stand where t stands.
func (s *Service) tally(ctx context.Context, tx *store.Tx, t Ticket, n int64) error {
	_, err := store.Keep(ctx, tx, insertTally, s.Mint.Next(now(tx)), t.Controller, t.Team, t.Assignee, string(t.State), n)
	return err
}

// move moves one ticket in the counts.
func (s *Service) move(ctx context.Context, tx *store.Tx, from, to Ticket) error {
	if from.Team == to.Team && from.Assignee == to.Assignee && from.State == to.State {
		return nil
	}
	if err := s.tally(ctx, tx, from, -1); err != nil {
		return err
	}
	return s.tally(ctx, tx, to, 1)
}

// Counts returns how many tickets stand where the actor may see all of them:
// in their teams, with themselves, and with controllers whose every ticket a
// rule lets them read. A count is never wider than the list behind it.
func (s *Service) Counts(ctx context.Context, tx *store.Tx) ([]Tally, error) {
	me := tx.Actor()
	cond := policy.Any(policy.In("team_id", me.GroupIDs()), policy.In("controller_id", s.do.list.Scope(tx).Whole()))
	if me.PersonID() != 0 {
		cond = policy.Any(cond, policy.Equal("assignee_id", me.PersonID()))
	}
	q, args := store.Splice(sumTally, nil, store.Part{Name: "filter", SQL: cond})
	return store.All[Tally](ctx, tx, q, args...)
}

// WholeOf reports whether every ticket of the controller may be listed.
func (s *Service) WholeOf(tx *store.Tx) []int64 { return s.do.list.Scope(tx).Whole() }

const foldAtOnce = 2000

// FoldTally adds up deltas, so that a sum reads few rows. It is a duty.
func (s *Service) FoldTally(ctx context.Context) error {
	for {
		n := 0
		err := s.DB.Write(ctx, policy.System("fold counts"), policy.Operate, func(tx *store.Tx) (err error) {
			n, err = s.foldOnce(ctx, tx)
			return err
		})
		if err != nil || n < foldAtOnce/2 { // little left to gain
			return err
		}
	}
}

// foldOnce folds the oldest deltas and returns how many rows that removed.
func (s *Service) foldOnce(ctx context.Context, tx *store.Tx) (int, error) {
	rows, err := store.All[delta](ctx, tx, selectDeltas, foldAtOnce)
	if err != nil || len(rows) < foldAtOnce/10 {
		return 0, err
	}
	sums := map[Tally]int64{}
	gone := make([]int64, len(rows))
	for i, d := range rows {
		gone[i] = d.id
		n := d.N
		d.N = 0
		sums[d.Tally] += n
	}
	q, args := store.Splice(deleteTally, nil, store.Part{Name: "ids", SQL: policy.In("id", gone)})
	if _, err := store.Keep(ctx, tx, q, args...); err != nil {
		return 0, err
	}
	kept := 0
	for t, n := range sums {
		if n == 0 {
			continue
		}
		kept++
		if _, err := store.Keep(ctx, tx, insertTally, s.Mint.Next(now(tx)), t.Controller, t.Team, t.Assignee, string(t.State), n); err != nil {
			return 0, err
		}
	}
	return len(rows) - kept, nil
}
