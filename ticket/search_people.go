package ticket

import (
	"context"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// bearersAtOnce is how many people a search looks up by their names, newest first.
// Names are sealed: the index of names says who has them, and only those of whom a
// ticket in the scope tells are asked about, so nobody learns of anybody else.
const bearersAtOnce = 200

// concerning are at least enough tickets older than before whose reporter or affected
// person is one of these, or all there are.
func (x search) concerning(ctx context.Context, people []int64, before int64, enough int) (found reach, err error) {
	for _, column := range []string{"t.reporter_id", "t.affected_id"} {
		stmt, args := store.Splice(ticketsByName, []any{before, enough}, store.Part{Name: "people", SQL: policy.In(column, people)}, store.Part{Name: "scope", SQL: x.heads})
		rows, err := store.All[store.Value[int64]](ctx, x.tx, stmt, args...)
		if err != nil {
			return found, err
		}
		found = found.and(reached(rows, enough))
	}
	return found, nil
}

// reached is what a statement found that was to find enough tickets, newest first; 0
// are all.
func reached(rows []store.Value[int64], enough int) (r reach) {
	for _, row := range rows {
		r.tickets = append(r.tickets, row.V)
	}
	if enough > 0 && len(rows) == enough {
		r.to = rows[enough-1].V
	}
	return r
}

// told is the condition that a ticket in a scope tells of somebody.
func told(scope policy.SQL) policy.SQL {
	return within(concernsSQL, store.Part{Name: "scope", SQL: scope})
}
