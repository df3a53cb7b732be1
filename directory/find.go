package directory

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
)

// Card returns a person with their values, as far as a rule lets the actor see
// them, with the reason. Values that staff need only now and then are hidden. The
// read is recorded.
func (d *Directory) Card(ctx context.Context, tx *store.Tx, person int64) (Person, policy.Why, error) {
	p, g, err := d.granted(ctx, tx, d.do.see, person)
	if err != nil {
		return Person{}, policy.Why{}, err
	}
	if err := d.complete(ctx, tx, &p); err != nil {
		return Person{}, policy.Why{}, err
	}
	d.mask(tx.Actor(), &p, "")
	return p, g.Why(), tx.Note(g.Proof)
}

// granted returns a person and the right to do something with their card. A
// person whom no rule lets the actor do it with is one who is absent.
func (d *Directory) granted(ctx context.Context, tx *store.Tx, a policy.Action[Subject], person int64) (Person, policy.Grant[Subject], error) {
	return d.checked(ctx, tx, tx, a, person)
}

// askable reports whether the actor would be granted something with a person's card
// once they say why; everybody else gets the answer for people who are absent.
func (d *Directory) askable(ctx context.Context, tx *store.Tx, a policy.Action[Subject], person int64) error {
	_, _, err := d.checked(ctx, tx, policy.Asked(tx), a, person)
	return err
}

func (d *Directory) checked(ctx context.Context, tx *store.Tx, q policy.Asker, a policy.Action[Subject], person int64) (Person, policy.Grant[Subject], error) {
	p, err := d.Person(ctx, tx, person)
	if err != nil {
		return Person{}, policy.Grant[Subject]{}, err
	}
	s, err := d.subject(ctx, tx, p)
	if err != nil {
		return Person{}, policy.Grant[Subject]{}, err
	}
	g, err := a.Check(q, s)
	if err != nil {
		return Person{}, policy.Grant[Subject]{}, unknown()
	}
	return p, g, nil
}

// complete adds what a card shows beyond the person's own rows: the manager's
// name, and for values of a feed the last run, since a row that has not changed
// is confirmed by every run without being written (CHI-17).
func (d *Directory) complete(ctx context.Context, tx *store.Tx, p *Person) error {
	runs := map[string]time.Time{}
	for i, v := range p.Values {
		at, ok := runs[v.Source]
		if !ok {
			row, err := store.One[store.Value[int64]](ctx, tx, selectRun, v.Source)
			if err != nil && !errors.Is(err, store.ErrNone) {
				return err
			}
			at = time.UnixMilli(row.V).UTC()
			runs[v.Source] = at
		}
		if p.State == Active && at.After(v.At) {
			p.Values[i].At = at
		}
	}
	names, err := d.Names(ctx, tx, p.Manager)
	if name, ok := names[p.Manager]; ok && err == nil {
		at := time.UnixMilli(p.nameAt).UTC()
		if run := runs[p.nameSource]; run.After(at) {
			at = run
		}
		p.Values = append(p.Values, Value{Kind: Manager, Text: name, Source: p.nameSource, At: at})
	}
	return err
}

// Find returns people whose name or user name has the words of query, and those
// whose mail address, phone or number it is or whose phone ends in it, as far as the
// actor may find them or open their card, newest first. Everybody in the answer
// stands in the record.
func (d *Directory) Find(ctx context.Context, tx *store.Tx, query string, limit int) ([]Person, error) {
	scope := policy.Any(d.do.find.Scope(tx).SQL(), d.do.see.Scope(tx).SQL())
	if scope.Text == policy.Never().Text || limit <= 0 {
		return nil, nil
	}
	found, err := d.exactly(ctx, tx, scope, query, limit)
	if err != nil {
		return nil, err
	}
	named, err := d.named(ctx, tx, scope, query, limit)
	if err != nil {
		return nil, err
	}
	ending, err := d.ending(ctx, tx, query, limit)
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Concat(named, ending) {
		if !slices.Contains(found, p) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b int64) int { return cmp.Compare(b, a) })
	return d.shown(ctx, tx, found[:min(len(found), limit)])
}

// named finds by words of the name and of the user name, or by how they begin:
// who answers the telephone types while the caller spells.
func (d *Directory) named(ctx context.Context, tx *store.Tx, scope policy.SQL, query string, limit int) ([]int64, error) {
	q := text.ParseQuery(query)
	if !q.HasText() {
		return nil, nil
	}
	for i, c := range q.Clauses {
		for j, t := range c.Terms {
			if !c.Not && len(t.Words) == 1 && len(t.Words[0]) > 1 {
				q.Clauses[i].Terms[j].Prefix = true
			}
		}
	}
	return d.Bearers(ctx, tx, q, scope, limit)
}

// Bearers returns the newest people whose name or user name has the words of q,
// among those for whom a condition on p.id or another column of person p holds.
// Like Lookup it checks and records nothing: the condition says who may be found.
func (d *Directory) Bearers(ctx context.Context, tx *store.Tx, q text.Query, among policy.SQL, limit int) ([]int64, error) {
	return bearers(ctx, tx, q, among, limit, someNames, manyNames)
}

// How many of the newest people PostgreSQL looks at for a name before the index is asked,
// and how many for one that some of these have.
const (
	someNames = 3000
	manyNames = 20_000
)

// bearers looks among so many of the newest people, should it be PostgreSQL, before it
// asks the index.
func bearers(ctx context.Context, tx *store.Tx, q text.Query, among policy.SQL, limit int, newest ...int) ([]int64, error) {
	pattern := q.FTS5()
	if tx.Dialect() == store.Postgres {
		pattern = q.TSQuery()
	}
	match := policy.SQL{Text: tx.Dialect().Match(matchTable(tx.Dialect()), "?"), Args: []any{pattern}}
	ask := func(stmt string, args ...any) ([]int64, error) {
		stmt, args = store.Splice(stmt, args, store.Part{Name: "match", SQL: match}, store.Part{Name: "scope", SQL: among})
		return ids(store.All[store.Value[int64]](ctx, tx, stmt, args...))
	}
	if tx.Dialect() == store.SQLite {
		return ask(matchWords, limit)
	}
	for _, some := range newest {
		found, err := ask(newestNames, limit, some)
		if err != nil || len(found) == limit {
			return found, err
		}
		if len(found) == 0 {
			break // not a common one
		}
	}
	return ask(rareNames, limit)
}

// exactly finds by keyed hash what is never in the index: address, phone, number.
func (d *Directory) exactly(ctx context.Context, tx *store.Tx, scope policy.SQL, query string, limit int) ([]int64, error) {
	var kinds []Kind
	switch {
	case strings.Contains(query, "@"):
		kinds = []Kind{Email}
	case strings.ContainsAny(query, "0123456789"):
		kinds = []Kind{Number, Phone}
	}
	var out []int64
	for _, k := range kinds {
		if k.normal(query) == "" {
			continue
		}
		stmt, args := store.Splice(lookupInScope, []any{d.hash(k, query), string(k), limit}, store.Part{Name: "scope", SQL: scope})
		found, err := ids(store.All[store.Value[int64]](ctx, tx, stmt, args...))
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return slices.Compact(out), nil
}

// shown returns people, the newest first, and notes that each was seen. Two people can
// have one name. Whoever may open their cards is told the user names too, as far as
// cards show them, and whoever may only find them where the notice says that user
// names are held; of which department somebody is, where the desk works for several.
func (d *Directory) shown(ctx context.Context, tx *store.Tx, found []int64) ([]Person, error) {
	rows, err := d.rows(ctx, tx, found)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b personRow) int { return cmp.Compare(b.ID, a.ID) })
	var told []int64
	out := make([]Person, 0, len(rows))
	for _, r := range rows {
		s, err := d.subject(ctx, tx, r.Person)
		if err != nil {
			return nil, err
		}
		g, err := d.do.find.Check(tx, s)
		card, denied := d.do.see.Check(tx, s)
		if fault.Is(err, fault.KindDenied) { // whoever may open the card may find it
			g, err = card, denied
		}
		if fault.Is(err, fault.KindDenied) {
			continue // both faces of a rule agree; should they ever not, the narrower one holds
		}
		if err != nil {
			return nil, err
		}
		if err := tx.Note(g.Proof); err != nil {
			return nil, err
		}
		if (denied == nil || d.names(r.Controller, UserName)) && !d.hides(r.Controller, UserName) {
			told = append(told, r.ID)
		}
		if r.Department, err = d.ofSeveral(ctx, tx, r.Controller); err != nil {
			return nil, err
		}
		out = append(out, r.Person)
	}
	return out, d.tellUserNames(ctx, tx, out, told)
}

// tellUserNames adds their user names to those of a list whose numbers are told.
func (d *Directory) tellUserNames(ctx context.Context, tx *store.Tx, list []Person, told []int64) error {
	if len(told) == 0 {
		return nil
	}
	q, args := store.Splice(selectValuesOf, []any{string(UserName)}, store.Part{Name: "people", SQL: policy.In("person_id", told)})
	rows, err := store.All[valueOfRow](ctx, tx, q, args...)
	if err != nil {
		return err
	}
	for _, v := range rows {
		i := slices.IndexFunc(list, func(p Person) bool { return p.ID == v.person })
		t, err := d.Vault.OpenText(ctx, seal.Place{Column: "person_value.value", Row: v.id}, v.value)
		if errors.Is(err, seal.ErrForgotten) {
			continue
		}
		if err != nil {
			return err
		}
		list[i].Values = []Value{{Kind: UserName, Text: t, Source: v.source, At: time.UnixMilli(v.at).UTC()}}
	}
	return nil
}
