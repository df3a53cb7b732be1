package ticket

import (
	"context"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// texts are at least enough tickets older than before whose head or an entry has the
// words of q, or all there are.
func (x search) texts(ctx context.Context, q text.Query, before int64, enough int) (reach, error) {
	q, err := x.spelled(ctx, q)
	if err != nil {
		return reach{}, err
	}
	rare, err := x.rare(ctx, q)
	if err != nil {
		return reach{}, err
	}
	if !rare && len(x.ways) > 0 && len(x.ways) <= mostWays {
		return x.among(ctx, q, before, enough)
	}
	return x.indexed(ctx, q, before, enough, rare)
}

// indexed finds them by the index of words.
func (x search) indexed(ctx context.Context, q text.Query, before int64, enough int, rare bool) (reach, error) {
	for limit := 3 * enough; !rare; limit *= 4 { // a ticket says a word in its head and in an entry or two
		hits, err := x.newest(ctx, q, before, limit)
		if err != nil {
			return reach{}, err
		}
		if rare = len(hits) < limit && x.tx.Dialect() == store.Postgres; rare {
			break // not even among the gathered: the index knows
		}
		found := byHits(hits, limit)
		if found.to == 0 || len(found.tickets) >= enough {
			return x.late(ctx, q, found, before)
		}
	}
	stmt, args := x.spliced(rareTexts, q, []any{before, enough})
	rows, err := store.All[store.Value[int64]](ctx, x.tx, stmt, args...)
	return reached(rows, enough), err
}

// hit is a text that has words, which is the head of a ticket or an entry, and its
// ticket.
type hit struct{ row, ticket int64 }

// Fields implements store.Row.
func (h *hit) Fields() []any { return []any{&h.row, &h.ticket} }

// byHits are the tickets of texts that were to be limit. Texts are found newest first,
// and none is older than its ticket: so the tickets are all known down to the last text.
func byHits(hits []hit, limit int) (found reach) {
	if len(hits) == limit {
		found.to = hits[limit-1].row
	}
	for _, h := range hits {
		found.tickets = append(found.tickets, h.ticket)
	}
	return found.and(reach{to: found.to})
}

// Bounds of what is looked at. On PostgreSQL looking at a row takes some two
// microseconds: what is not among manyRows of them is rare enough for the index. What it
// takes to be in less than doubtRows is counted there up to rareRows, which it is asked
// for at once. What many texts have and none of the newest is looked for among four times
// as many, as long as these are fewer than the texts that have it, then in the index, of
// which gatheredRows are joined. Of beginnings it knows little. On SQLite looking at a row takes as long as
// gathering fifty hits does.
const (
	fewRows   = 1000
	someRows  = 3000
	manyRows  = 20_000
	rareRows  = 2000
	doubtRows = 100_000

	gatheredRows = 10_000
)

// statistics remembers that PostgreSQL has counted the words of the index (ANALYZE).
type statistics struct{ words atomic.Bool }

// rare reports whether PostgreSQL takes words to be in few texts. Before it counted the
// words it takes all of them to be. It may be wrong, which costs time and changes nothing
// of what is found.
func (x search) rare(ctx context.Context, q text.Query) (bool, error) {
	if x.tx.Dialect() != store.Postgres || q.Begins() {
		return false, nil
	}
	if !x.s.plan.words.Load() {
		row, err := store.One[store.Value[int64]](ctx, x.tx, statsOfTexts)
		if err != nil || row.V == 0 {
			return false, err
		}
		x.s.plan.words.Store(true)
	}
	n, err := x.estimate(ctx, q)
	if err != nil || n <= rareRows || n > doubtRows {
		return n <= rareRows, err
	}
	stmt, args := store.Splice(countTexts, []any{rareRows}, store.Part{Name: "match", SQL: match(x.tx, q)})
	row, err := store.One[store.Value[int64]](ctx, x.tx, stmt, args...)
	return row.V < rareRows, err
}

// probe is a statement that finds words, newest first, and how many of the newest rows
// it looks at where it does not look at all.
type probe struct {
	stmt   string
	newest []any
}

// probes are the ways to find words, each to be tried when the one before found too few.
// SQLite's last finds all.
func (x search) probes(q text.Query) []probe {
	switch {
	case x.tx.Dialect() == store.Postgres:
		return []probe{{newestTexts, []any{someRows}}, {newestTexts, []any{manyRows}}}
	case q.Begins():
		return []probe{{recentTexts, []any{fewRows}}, {matchTexts, nil}}
	default:
		return []probe{{matchTexts, nil}}
	}
}

// newest are the newest texts older than before that have words: limit of them, or those
// that the last way to find them does.
func (x search) newest(ctx context.Context, q text.Query, before int64, limit int) (hits []hit, err error) {
	for _, p := range x.probes(q) {
		if hits, err = x.ask(ctx, q, before, limit, p); err != nil || len(hits) == limit {
			return hits, err
		}
	}
	if x.tx.Dialect() != store.Postgres {
		return hits, nil
	}
	n, err := x.estimate(ctx, q)
	if err != nil || n <= gatheredRows {
		return hits, err
	}
	for rows := 4 * manyRows; rows < int(n); rows *= 4 {
		if hits, err = x.ask(ctx, q, before, limit, probe{newestTexts, []any{rows}}); err != nil || len(hits) == limit {
			return hits, err
		}
	}
	return x.ask(ctx, q, before, limit, probe{gatheredTexts, []any{gatheredRows}})
}

func (x search) ask(ctx context.Context, q text.Query, before int64, limit int, p probe) ([]hit, error) {
	stmt, args := x.spliced(p.stmt, q, append([]any{before, limit}, p.newest...))
	return store.All[hit](ctx, x.tx, stmt, args...)
}

// estimate is how many texts PostgreSQL takes to have words.
func (x search) estimate(ctx context.Context, q text.Query) (int64, error) {
	stmt, args := store.Splice(textsWith, nil, store.Part{Name: "match", SQL: match(x.tx, q)})
	return x.tx.Estimate(ctx, stmt, args...)
}

// late adds the tickets older than before of which only a later entry has words.
func (x search) late(ctx context.Context, q text.Query, found reach, before int64) (reach, error) {
	if before == Newest {
		return found, nil
	}
	stmt := lateMatches
	if x.tx.Dialect() == store.Postgres {
		stmt = lateEntries
	}
	stmt, args := x.spliced(stmt, q, []any{before, found.to})
	rows, err := store.All[store.Value[int64]](ctx, x.tx, stmt, args...)
	more := reached(rows, 0)
	more.to = found.to
	return found.and(more), err
}

func (x search) spliced(stmt string, q text.Query, args []any) (string, []any) {
	return store.Splice(stmt, args, store.Part{Name: "match", SQL: match(x.tx, q)}, store.Part{Name: "words", SQL: holds(x.tx, q)},
		store.Part{Name: "heads", SQL: x.heads}, store.Part{Name: "entries", SQL: x.entries})
}

// Limits of looking up how a word goes on.
const (
	longBeginning = 4   // letters; the index of SQLite holds the texts of shorter beginnings together
	mostSpelled   = 100 // words
)

// spelled is q with beginnings of words in place of which stand the words of the index
// that begin so, unless they are many. SQLite gathers all texts of a beginning before
// the newest is known, however common it is, and those of words as far as it must.
func (x search) spelled(ctx context.Context, q text.Query) (text.Query, error) {
	if x.tx.Dialect() == store.Postgres {
		return q, nil
	}
	return q.Spelled(func(begin string) ([]string, bool, error) {
		if utf8.RuneCountInString(begin) < longBeginning {
			return nil, false, nil
		}
		var words []string
		for from := begin; len(words) < mostSpelled; {
			next, err := store.All[store.Value[string]](ctx, x.tx, nextWord, from)
			if err != nil || len(next) == 0 || !strings.HasPrefix(next[0].V, begin) {
				return words, true, err
			}
			words = append(words, next[0].V)
			from = next[0].V + "\x01" // words hold letters and digits only: nothing stands between
		}
		return nil, false, nil
	})
}

// match is the full-text condition in the engine's words.
func match(tx *store.Tx, q text.Query) policy.SQL {
	if tx.Dialect() == store.Postgres {
		return policy.SQL{Text: tx.Dialect().Match("w", "?"), Args: []any{q.TSQuery()}}
	}
	return policy.SQL{Text: tx.Dialect().Match("ticket_words", "?"), Args: []any{q.FTS5()}}
}

// holds is the same condition for a row at hand, without asking the index: what
// SQLite keeps of a text is its words with a space between.
func holds(tx *store.Tx, q text.Query) policy.SQL {
	if tx.Dialect() == store.Postgres {
		return match(tx, q)
	}
	var all []policy.SQL
	for _, c := range q.Clauses {
		var some []policy.SQL
		for _, t := range c.Terms {
			words := " " + strings.Join(t.Words, " ")
			if !t.Prefix {
				words += " "
			}
			some = append(some, policy.SQL{Text: holdsWord, Args: []any{words}})
		}
		one := policy.Any(some...)
		if c.Not {
			one = policy.Not(one)
		}
		all = append(all, one)
	}
	return policy.All(all...)
}
