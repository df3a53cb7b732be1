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
	people, err := s.People.Bearers(ctx, tx, q, told(scope), bearersAtOnce)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	return concerning(ctx, tx, ticketsByName, people, before, enough, store.Part{Name: "scope", SQL: scope})
}

// concerning returns what a statement finds among the tickets of people.
func concerning(ctx context.Context, tx *store.Tx, stmt string, people []int64, before int64, enough int, parts ...store.Part) (found []int64, err error) {
	for _, column := range []string{"t.reporter_id", "t.affected_id"} {
		q, args := store.Splice(stmt, []any{before, enough}, append(slices.Clone(parts), store.Part{Name: "people", SQL: policy.In(column, people)})...)
		rows, err := store.All[store.Value[int64]](ctx, tx, q, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			found = append(found, r.V)
		}
	}
	return found, nil
}

// mostMixed is how many words a search may have to be tried as some of a name and
// some of a text.
const mostMixed = 6

// ofPeopleAbout is for searches such as "ruiz projector": it returns tickets of
// people who have some of the words in their name, where the head or an entry has
// the others. heads and entries are the scopes of both.
func (s *Service) ofPeopleAbout(ctx context.Context, tx *store.Tx, x mix, heads, entries policy.SQL, before int64, enough int) ([]int64, error) {
	if !x.both() {
		return nil, nil
	}
	people, err := s.People.Bearers(ctx, tx, x.names, told(heads), bearersAtOnce)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	found, err := about(ctx, tx, match(tx, x.words.Near()), people, heads, entries, before, enough)
	if err != nil || len(found) >= enough {
		return found, err
	}
	return about(ctx, tx, holds(tx, x.words.Wide()), people, heads, entries, before, enough) // by beginnings: each row has to be read
}

// about returns the tickets of people where the head or an entry has words.
func about(ctx context.Context, tx *store.Tx, words policy.SQL, people []int64, heads, entries policy.SQL, before int64, enough int) ([]int64, error) {
	has := store.Part{Name: "words", SQL: words}
	found, err := concerning(ctx, tx, headsByName, people, before, enough, has, store.Part{Name: "scope", SQL: heads})
	if err != nil {
		return nil, err
	}
	further, err := concerning(ctx, tx, entriesByName, people, before, enough, has, store.Part{Name: "scope", SQL: entries})
	found = append(found, further...)
	slices.Sort(found)
	return slices.Compact(found), err
}

// mix is a search taken apart: what stands in names of people, and what does not.
type mix struct{ names, words text.Query }

// both reports whether it is of a name and of a text.
func (m mix) both() bool { return len(m.names.Clauses) > 0 && len(m.words.Clauses) > 0 }

// mixed takes a search apart. One of a single word, of many, or that leaves words out
// is not, and neither is both.
func (s *Service) mixed(ctx context.Context, tx *store.Tx, q text.Query, heads policy.SQL) (m mix, err error) {
	if len(q.Clauses) < 2 || len(q.Clauses) > mostMixed || slices.ContainsFunc(q.Clauses, func(c text.Clause) bool { return c.Not }) {
		return m, nil
	}
	for _, c := range q.Clauses {
		some, err := s.People.Bearers(ctx, tx, text.Query{Clauses: []text.Clause{c}}, told(heads), 1)
		if err != nil {
			return m, err
		}
		if len(some) > 0 {
			m.names.Clauses = append(m.names.Clauses, c)
		} else {
			m.words.Clauses = append(m.words.Clauses, c)
		}
	}
	return m, nil
}

// told is the condition that a ticket in a scope tells of somebody.
func told(scope policy.SQL) policy.SQL {
	return policy.SQL{Text: strings.ReplaceAll(concernsSQL, "{scope}", scope.Text), Args: scope.Args}
}
