package ticket

import (
	"context"

	"heed/kernel/store"
	"heed/kernel/text"
)

// How far the tickets of who sees few of them are walked before the index of words is
// asked. Walking a ticket takes some five microseconds, gathering a text by its words and
// asking for its ticket about ten.
const (
	walkFirst  = 200 // tickets, of which a common word is in enough
	walkAtOnce = 1600
	walkMost   = 10_000
	lookFirst  = 500 // texts: a word that is in fewer is found by the index at once
	mostWays   = 24  // each asks the database twice; who is in more teams sees much
)

// among finds texts for who sees few of all tickets, by ways that have an index. Most
// texts that hold a common word would be looked at in vain, so their own tickets are
// walked, newest first, as far as that may take less time.
func (x search) among(ctx context.Context, q text.Query, before int64, enough int) (reach, error) {
	found, err := x.walked(ctx, q, before, enough, x.step)
	if done(found, enough) || err != nil {
		return found, err
	}
	few, err := x.few(ctx, q)
	if err != nil {
		return reach{}, err
	}
	if !few {
		if first, err := x.first(ctx, q, before, enough); done(first, enough) || err != nil {
			return first, err
		}
		more, err := x.walked(ctx, q, found.to, enough-len(found.tickets), x.walk)
		if err != nil {
			return reach{}, err
		}
		found = reach{tickets: append(found.tickets, more.tickets...), to: more.to}
		if done(found, enough) {
			return found, nil
		}
	}
	rest, err := x.indexed(ctx, q, found.to, enough-len(found.tickets), false)
	return reach{tickets: append(found.tickets, rest.tickets...), to: rest.to}, err
}

// done reports whether what was found is enough or all.
func done(r reach, enough int) bool { return r.to == 0 || len(r.tickets) >= enough }

// few reports whether so few texts hold the words that the index finds them fastest.
// PostgreSQL was asked before.
func (x search) few(ctx context.Context, q text.Query) (bool, error) {
	if x.tx.Dialect() == store.Postgres {
		return false, nil
	}
	stmt, args := store.Splice(countMatches, []any{x.look}, store.Part{Name: "match", SQL: match(x.tx, q)})
	row, err := store.One[store.Value[int64]](ctx, x.tx, stmt, args...)
	return row.V < int64(x.look), err
}

// first looks for enough among the newest texts that hold the words. What it finds is
// nothing to go on with unless it is enough: how far it looked is not known.
func (x search) first(ctx context.Context, q text.Query, before int64, enough int) (reach, error) {
	p, limit := probe{firstMatches, []any{x.look}}, 3*enough
	if x.tx.Dialect() == store.Postgres {
		p = probe{newestTexts, []any{someRows}}
	}
	hits, err := x.ask(ctx, q, before, limit, p)
	if err != nil || len(hits) < limit {
		return reach{to: before}, err
	}
	return x.late(ctx, q, byHits(hits, limit), before)
}

// walked looks through the tickets older than before that the ways lead to, until it has
// enough or has looked at most.
func (x search) walked(ctx context.Context, q text.Query, before int64, enough, most int) (reach, error) {
	found := reach{to: before}
	for looked := 0; looked < most && found.to != 0 && len(found.tickets) < enough; {
		some := min(most-looked, walkAtOnce)
		theirs, err := x.theirs(ctx, found.to, some)
		if err != nil {
			return reach{}, err
		}
		kept, err := x.holding(ctx, theirs.tickets, []wanted{{words: q}}, nil)
		if err != nil {
			return reach{}, err
		}
		looked += some
		found = reach{tickets: append(found.tickets, kept...), to: theirs.to}
	}
	return found, nil
}

// onWay is a ticket that a way leads to, and whether the actor may see it.
type onWay struct {
	id   int64
	seen bool
}

// Fields implements store.Row.
func (w *onWay) Fields() []any { return []any{&w.id, &w.seen} }

// byWay are those of the tickets that the actor may see, where there were to be most. Of
// the others nothing is used but how far they reach back.
func byWay(rows []onWay, most int) (r reach) {
	if len(rows) == most {
		r.to = rows[most-1].id
	}
	for _, w := range rows {
		if w.seen {
			r.tickets = append(r.tickets, w.id)
		}
	}
	return r
}

// theirs are the newest tickets older than before that the ways lead to: those of most
// of each way, or all there are.
func (x search) theirs(ctx context.Context, before int64, most int) (found reach, err error) {
	for _, way := range x.ways {
		for _, open := range []bool{true, false} { // the index of teams has them apart
			stmt, args := store.Splice(ticketsByWay, []any{before, open, most}, store.Part{Name: "way", SQL: way}, store.Part{Name: "scope", SQL: x.heads})
			rows, err := store.All[onWay](ctx, x.tx, stmt, args...)
			if err != nil {
				return found, err
			}
			found = found.and(byWay(rows, most))
		}
	}
	if len(found.tickets) > most {
		found = reach{tickets: found.tickets[:most], to: found.tickets[most-1]}
	}
	return found, nil
}
