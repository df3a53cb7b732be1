package ticket

import (
	"context"
	"slices"
	"strings"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// index adds the words of a ticket's head or of an entry that is not indexed yet.
func (s *Service) index(ctx context.Context, tx *store.Tx, row int64, words string) error {
	if words == "" {
		return nil
	}
	q, w := insertWords, text.IndexText(words)
	if tx.Dialect() == store.Postgres {
		q, w = insertVector, text.TSVector(words)
	}
	_, err := store.Keep(ctx, tx, q, row, w)
	return err
}

// unindex takes the words of a ticket's head or of an entry out of the index.
func (s *Service) unindex(ctx context.Context, tx *store.Tx, row int64) error {
	_, err := store.Keep(ctx, tx, deleteWords, row)
	return err
}

// indexEntry indexes what was written. What may be used only to resolve the
// ticket is never found by words (CHI-15, CAB-11); changes hold none.
func (s *Service) indexEntry(ctx context.Context, tx *store.Tx, e Entry) error {
	if e.Class == Restricted || e.Kind == Change {
		return nil
	}
	return s.index(ctx, tx, e.ID, e.Body)
}

// Search returns up to limit tickets older than before whose head or entries
// match, or the name of whom they concern, or partly these and partly that, newest
// first, as far as the actor may read what matched: words in an entry find its
// ticket only for those who may read the entry's class. Words of a text are found as
// they stand and in the singular and plural ([text.Query.Near]) and, where that finds
// fewer than limit, also by their beginning ([text.Query.Wide]). Names are whole: by
// the beginning of a name people are looked for, not their tickets. state:, priority:,
// team: and service: narrow it.
func (s *Service) Search(ctx context.Context, tx *store.Tx, query string, before int64, limit int) ([]Ticket, error) {
	q, f, err := s.readQuery(ctx, tx, query)
	if err != nil {
		return nil, err
	}
	if !q.HasText() && len(q.Filters) > 0 {
		return s.List(ctx, tx, f, before, limit)
	}
	heads, entries := s.do.list.Scope(tx), s.do.entry.Scope(tx)
	if !q.HasText() || heads.Empty() {
		return nil, nil
	}
	w := worded{heads: policy.All(f.sql(), heads.Residual()), entries: policy.All(f.sql(), entries.Residual()), enough: limit}
	x, err := s.mixed(ctx, tx, q, w.heads)
	if err != nil {
		return nil, err
	}
	found, err := w.find(ctx, tx, q, x.both(), before)
	if err != nil {
		return nil, err
	}
	named, err := s.ofPeople(ctx, tx, q, w.heads, before, limit)
	if err != nil {
		return nil, err
	}
	mixed, err := s.ofPeopleAbout(ctx, tx, x, w.heads, w.entries, before, limit)
	if err != nil {
		return nil, err
	}
	found = slices.Concat(found, named, mixed)
	slices.Sort(found)
	found = slices.Compact(found)
	slices.Reverse(found)
	found = found[:min(len(found), limit)]
	if len(found) == 0 {
		return nil, nil
	}
	stmt, args := store.Splice(listFound, nil, store.Part{Name: "ids", SQL: policy.In("t.id", found)}, store.Part{Name: "scope", SQL: heads.Residual()})
	return s.rows(ctx, tx, heads, stmt, args)
}

// worded is a search by words alone: in which heads and entries, and how many tickets
// are enough.
type worded struct {
	heads, entries policy.SQL
	enough         int
}

// find returns tickets older than before. Whether the words are looked for by their
// beginning, too, is decided by all that they find, so that it holds for every page.
// Of a name and a word they are not: such a search means somebody's tickets.
func (w worded) find(ctx context.Context, tx *store.Tx, q text.Query, named bool, before int64) ([]int64, error) {
	near, wide := q.Near(), q.Wide()
	switch {
	case named:
		return w.matching(ctx, tx, near, before)
	case !wide.Begins() || near.Begins(): // nothing goes on, or somebody asked for what does
		return w.matching(ctx, tx, wide, before)
	}
	all, err := w.matching(ctx, tx, near, Newest)
	switch {
	case err != nil:
		return nil, err
	case len(all) < w.enough:
		if wide, err = w.widened(ctx, tx, near, wide); err != nil {
			return nil, err
		}
		return w.matching(ctx, tx, wide, before)
	case before == Newest:
		return all, nil
	}
	return w.matching(ctx, tx, near, before)
}

// widened is the search with only those words going on that do not fill a page by
// themselves: hits of a common one would be gathered beside a rare one for nothing.
func (w worded) widened(ctx context.Context, tx *store.Tx, near, wide text.Query) (text.Query, error) {
	if len(near.Clauses) < 2 || len(near.Clauses) > mostMixed {
		return wide, nil
	}
	for i, c := range near.Clauses {
		if c.Not {
			continue
		}
		alone, err := w.matching(ctx, tx, text.Query{Clauses: []text.Clause{c}}, Newest)
		if err != nil {
			return wide, err
		}
		if len(alone) >= w.enough {
			wide.Clauses[i] = c
		}
	}
	return wide, nil
}

func (w worded) matching(ctx context.Context, tx *store.Tx, q text.Query, before int64) ([]int64, error) {
	found, err := matching(ctx, tx, headMatches(tx, q), q, w.heads, before, w.enough*2)
	if err != nil {
		return nil, err
	}
	further, err := matching(ctx, tx, entryMatches(tx, q), q, w.entries, before, w.enough*2)
	found = append(found, further...)
	slices.Sort(found)
	return slices.Compact(found), err
}

// probe is a statement that finds a word, and how many of the newest rows it
// looks at where it does not look at all.
type probe struct {
	stmt   string
	newest []any
}

// headMatches and entryMatches are the probes, each to be asked when the one
// before found too few.
func headMatches(tx *store.Tx, q text.Query) []probe {
	switch {
	case tx.Dialect() == store.Postgres:
		return []probe{{newestTickets, []any{someRows}}, {newestTickets, []any{manyRows}}, {rareTickets, nil}}
	case q.Begins():
		return []probe{{recentTickets, []any{fewRows}}, {matchTickets, nil}}
	default:
		return []probe{{matchTickets, nil}}
	}
}

// On PostgreSQL looking at a row takes some two microseconds: what is not among
// manyRows of them is rare enough for the index. On SQLite it takes as long as
// gathering fifty hits does.
const (
	fewRows  = 1000
	someRows = 3000
	manyRows = 20_000
)

func entryMatches(tx *store.Tx, q text.Query) []probe {
	switch {
	case tx.Dialect() == store.Postgres:
		return []probe{{newestEntries, []any{someRows}}, {newestEntries, []any{manyRows}}, {rareEntries, nil}}
	case q.Begins():
		return []probe{{recentEntries, []any{fewRows}}, {matchEntries, nil}}
	default:
		return []probe{{matchEntries, nil}}
	}
}

// matching returns tickets older than before that the first probe to find
// enough of them finds, or else the last.
func matching(ctx context.Context, tx *store.Tx, probes []probe, q text.Query, scope policy.SQL, before int64, enough int) (ids []int64, err error) {
	for _, p := range probes {
		stmt, args := store.Splice(p.stmt, append([]any{before, enough}, p.newest...),
			store.Part{Name: "match", SQL: match(tx, q)}, store.Part{Name: "words", SQL: holds(tx, q)}, store.Part{Name: "scope", SQL: scope})
		rows, err := store.All[store.Value[int64]](ctx, tx, stmt, args...)
		if err != nil {
			return nil, err
		}
		ids = ids[:0]
		for _, r := range rows {
			if r.V < before {
				ids = append(ids, r.V)
			}
		}
		if len(rows) == enough {
			break
		}
	}
	return ids, nil
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

const rebuildBatch = 200

// Rebuild fills the word index from the sealed text, after a restore or when
// the index was lost. progress is told how many rows were indexed.
func (s *Service) Rebuild(ctx context.Context, progress func(int)) error {
	total := 0
	for _, pass := range []func(context.Context, *store.Tx, int64) (int64, int, error){s.rebuildTickets, s.rebuildEntries} {
		last := int64(0)
		for {
			n, next := 0, last
			err := s.DB.Write(ctx, policy.System("rebuild the search index"), policy.Operate, func(tx *store.Tx) (err error) {
				next, n, err = pass(ctx, tx, last)
				return err
			})
			if err != nil {
				return err
			}
			last, total = next, total+n
			progress(total)
			if n < rebuildBatch {
				break
			}
		}
	}
	return nil
}

func (s *Service) rebuildTickets(ctx context.Context, tx *store.Tx, after int64) (int64, int, error) {
	rows, err := store.All[ticketRow](ctx, tx, allTickets, after, rebuildBatch)
	for i := range rows {
		if err := s.unseal(ctx, &rows[i]); err != nil {
			continue // disposed of: nothing to find
		}
		if err := s.unindex(ctx, tx, rows[i].ID); err != nil {
			return after, 0, err
		}
		if err := s.index(ctx, tx, rows[i].ID, rows[i].Subject+" "+rows[i].Ref); err != nil {
			return after, 0, err
		}
	}
	if len(rows) > 0 {
		after = rows[len(rows)-1].ID
	}
	return after, len(rows), err
}

func (s *Service) rebuildEntries(ctx context.Context, tx *store.Tx, after int64) (int64, int, error) {
	rows, err := store.All[entryRow](ctx, tx, allEntries, after, rebuildBatch)
	for i := range rows {
		e, err := s.openEntry(ctx, &rows[i])
		if err != nil {
			continue
		}
		if err := s.unindex(ctx, tx, e.ID); err != nil {
			return after, 0, err
		}
		if err := s.indexEntry(ctx, tx, e); err != nil {
			return after, 0, err
		}
	}
	if len(rows) > 0 {
		after = rows[len(rows)-1].ID
	}
	return after, len(rows), err
}
