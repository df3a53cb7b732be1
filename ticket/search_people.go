package ticket

import (
	"context"
	"slices"
	"strings"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// bearersAtOnce is how many people a search looks up by their names, newest first.
const bearersAtOnce = 200

// ofPeople returns up to enough tickets older than before whose reporter or
// affected person has the words of a search in their name or user name. Names are
// sealed: the index of names says who has them, and only those of whom a ticket
// in the scope tells are asked about, so nobody learns of anybody else. A search
// that leaves words out means texts.
func (s *Service) ofPeople(ctx context.Context, tx *store.Tx, q text.Query, scope policy.SQL, before int64, enough int) ([]int64, error) {
	if slices.ContainsFunc(q.Clauses, func(c text.Clause) bool { return c.Not }) {
		return nil, nil
	}
	told := policy.SQL{Text: strings.ReplaceAll(concernsSQL, "{scope}", scope.Text), Args: scope.Args}
	people, err := s.People.Bearers(ctx, tx, q, told, bearersAtOnce)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	var found []int64
	for _, column := range []string{"t.reporter_id", "t.affected_id"} {
		stmt, args := store.Splice(ticketsByName, []any{before, enough}, store.Part{Name: "people", SQL: policy.In(column, people)}, store.Part{Name: "scope", SQL: scope})
		rows, err := store.All[store.Value[int64]](ctx, tx, stmt, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			found = append(found, r.V)
		}
	}
	return found, nil
}
