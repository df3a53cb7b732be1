package ticket

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// Search returns up to limit tickets older than before, newest first, that hold every
// word of a search: in the head, in an entry, or in the name of whom they concern, one
// here and another there, as far as the actor may read what holds them: words in an
// entry find its ticket only for those who may read the entry's class. What the search
// leaves out stands in no text that the actor may read. A word is found as it stands
// and in the singular and plural ([text.Query.Near]) and, where that finds fewer than
// limit, also by its beginning ([text.Query.Wide]). Of words that are all common the
// newest tickets are looked through for the others; older ones are found where one
// text has them all. state:, priority:, team: and service: narrow it.
func (s *Service) Search(ctx context.Context, tx *store.Tx, query string, before int64, limit int) ([]Ticket, error) {
	q, f, err := s.readQuery(ctx, tx, query)
	if err != nil {
		return nil, err
	}
	if !q.HasText() && len(q.Filters) > 0 {
		return s.List(ctx, tx, f, before, limit)
	}
	return s.searched(ctx, tx, q, f, limit, func(x search) (reach, error) { return x.find(ctx, q, before) })
}

// SearchOf is Search among the tickets that a person reported or that are about them.
func (s *Service) SearchOf(ctx context.Context, tx *store.Tx, person int64, query string, limit int) ([]Ticket, error) {
	q, f, err := s.readQuery(ctx, tx, query)
	if err != nil {
		return nil, err
	}
	return s.searched(ctx, tx, q, f, limit, func(x search) (reach, error) {
		words, without := split(q)
		for i := range words {
			words[i].words = words[i].words.Wide()
		}
		theirs, err := x.concerning(ctx, []int64{person}, Newest, mostOfOne)
		if err != nil {
			return reach{}, err
		}
		theirs.tickets, err = x.holding(ctx, theirs.tickets, words, without)
		return theirs, err
	})
}

// mostOfOne is how many tickets of one person are looked through.
const mostOfOne = 1000

// searched carries a search out and returns the tickets found, of which the first limit
// count.
func (s *Service) searched(ctx context.Context, tx *store.Tx, q text.Query, f Filter, limit int, find func(search) (reach, error)) ([]Ticket, error) {
	heads, entries := s.do.list.Scope(tx), s.do.entry.Scope(tx)
	if !q.HasText() || heads.Empty() {
		return nil, nil
	}
	ways, _ := s.do.list.Ways(tx)
	found, err := find(search{
		s: s, tx: tx, limit: limit, atOnce: max(limit, meetAtOnce), atMost: meetAtMost,
		heads: policy.All(f.sql(), heads.Residual()), entries: policy.All(f.sql(), entries.Residual()),
		ways: ways, look: lookFirst, step: walkFirst, walk: walkMost,
	})
	if err != nil || len(found.tickets) == 0 {
		return nil, err
	}
	ids := found.tickets[:min(len(found.tickets), limit)]
	stmt, args := store.Splice(listFound, nil, store.Part{Name: "ids", SQL: policy.In("t.id", ids)}, store.Part{Name: "scope", SQL: heads.Residual()})
	return s.rows(ctx, tx, heads, stmt, args)
}

// search is one under way: in which heads and entries, and how many tickets it is for.
type search struct {
	s              *Service
	tx             *store.Tx
	heads, entries policy.SQL
	limit          int
	atOnce, atMost int          // tickets of one word that are looked through for the others, at a time and in all
	ways           []policy.SQL // to the tickets of who sees few of them; none for others
	look           int          // texts of a word that are looked at for these
	step, walk     int          // tickets of theirs that are walked at first and in all
}

// find returns tickets older than before.
func (x search) find(ctx context.Context, q text.Query, before int64) (reach, error) {
	if len(q.Clauses) == 1 {
		w, err := x.formed(ctx, q, x.limit)
		if err != nil {
			return reach{}, err
		}
		return x.word(ctx, w, before, x.limit)
	}
	words, without, err := x.wanted(ctx, q)
	if err != nil {
		return reach{}, err
	}
	return x.meet(ctx, q, words, without, before)
}

// wanted is a word of a search, in the forms in which it is looked for, and the people
// who have it in their name.
type wanted struct {
	words  text.Query
	people []int64
	newest *reach // the newest texts that hold it, where they were looked for
}

// reach is what was found, newest first, and how far back: all there is down to the
// ticket to, everything when that is 0.
type reach struct {
	tickets []int64
	to      int64
}

// and adds what another way found; what only one of them reached is left for later.
func (r reach) and(o reach) reach {
	to := max(r.to, o.to)
	all := slices.DeleteFunc(slices.Concat(r.tickets, o.tickets), func(t int64) bool { return t < to })
	slices.SortFunc(all, func(a, b int64) int { return cmp.Compare(b, a) })
	return reach{tickets: slices.Compact(all), to: to}
}

// wanted decides in which form each word is looked for, and what is left out. It is
// decided by all that the word finds, so that it holds for every page.
func (x search) wanted(ctx context.Context, q text.Query) (words, without []wanted, err error) {
	words, without = split(q)
	for i, w := range words {
		if words[i], err = x.formed(ctx, w.words, x.atOnce); err != nil {
			return nil, nil, err
		}
	}
	return words, without, nil
}

// split takes a search apart into the words that are to stand in a ticket, and those
// that are not.
func split(q text.Query) (words, without []wanted) {
	for _, c := range q.Clauses {
		out := &words
		if c.Not {
			out, c.Not = &without, false
		}
		*out = append(*out, wanted{words: text.Query{Clauses: []text.Clause{c}}})
	}
	return words, without
}

func (x search) formed(ctx context.Context, one text.Query, enough int) (w wanted, err error) {
	if w.people, err = x.s.People.Bearers(ctx, x.tx, one, told(x.heads), bearersAtOnce); err != nil {
		return w, err
	}
	near, wide := one.Near(), one.Wide()
	w.words = wide
	if !wide.Begins() || near.Begins() { // nothing goes on, or somebody asked for what does
		return w, nil
	}
	found, err := x.texts(ctx, near, Newest, enough)
	if found.to != 0 || len(found.tickets) >= x.limit {
		w.words, w.newest = near, &found
	}
	return w, err
}

// word is what a word finds by itself: at least enough tickets older than before, or
// all there are. enough is the same for the whole of a search.
func (x search) word(ctx context.Context, w wanted, before int64, enough int) (found reach, err error) {
	if before == Newest && w.newest != nil {
		found = *w.newest
	} else if found, err = x.texts(ctx, w.words, before, enough); err != nil {
		return found, err
	}
	if len(w.people) == 0 {
		return found, nil
	}
	theirs, err := x.concerning(ctx, w.people, before, enough)
	return found.and(theirs), err
}

// How many tickets of one word are looked through for the others, of a page's search.
const (
	meetAtOnce = 150
	meetAtMost = 600
)

// meet finds tickets that hold every word, and nothing that is left out: those of the
// rarest word are looked through for the others.
func (x search) meet(ctx context.Context, q text.Query, words, without []wanted, before int64) (reach, error) {
	rarest, at := reach{to: Newest}, 0
	for i, w := range words {
		r, err := x.word(ctx, w, Newest, x.atOnce)
		if err != nil {
			return reach{}, err
		}
		if cmp.Or(cmp.Compare(r.to, rarest.to), cmp.Compare(len(r.tickets), len(rarest.tickets))) < 0 {
			rarest, at = r, i
		}
	}
	others := slices.Delete(slices.Clone(words), at, at+1)
	var found reach
	for looked := 0; looked < x.atMost; {
		r := rarest
		if before != Newest || looked > 0 {
			var err error
			if r, err = x.word(ctx, words[at], before, x.atOnce); err != nil {
				return reach{}, err
			}
		}
		kept, err := x.holding(ctx, r.tickets, others, without)
		if err != nil {
			return reach{}, err
		}
		found.tickets, found.to = append(found.tickets, kept...), r.to
		if r.to == 0 || len(found.tickets) >= x.limit {
			return found, nil
		}
		looked, before = looked+len(r.tickets), r.to
	}
	older, err := x.together(ctx, q, words, without, before)
	found.tickets = append(found.tickets, older...)
	return found, err
}

// together finds tickets older than before where one text has every word.
func (x search) together(ctx context.Context, q text.Query, words, without []wanted, before int64) (found []int64, err error) {
	all := text.Query{}
	for _, w := range words {
		all.Clauses = append(all.Clauses, w.words.Clauses...)
	}
	for _, c := range q.Clauses {
		if c.Not {
			all.Clauses = append(all.Clauses, c)
		}
	}
	for enough := x.limit; ; enough *= 2 {
		r, err := x.texts(ctx, all, before, enough)
		if err != nil {
			return nil, err
		}
		kept, err := x.holding(ctx, r.tickets, nil, without)
		found = append(found, kept...)
		if err != nil || r.to == 0 || len(found) >= x.limit {
			return found, err
		}
		before = r.to
	}
}

// holding are those of some tickets, in their order, that hold all of these words and
// none of those.
func (x search) holding(ctx context.Context, tickets []int64, words, without []wanted) ([]int64, error) {
	if len(tickets) == 0 || len(words)+len(without) == 0 {
		return tickets, nil
	}
	conds := []policy.SQL{x.heads}
	for _, w := range words {
		conds = append(conds, x.holds(w))
	}
	for _, w := range without {
		conds = append(conds, policy.Not(x.holds(w)))
	}
	stmt, args := store.Splice(ticketsHolding, nil, store.Part{Name: "ids", SQL: policy.In("t.id", tickets)}, store.Part{Name: "scope", SQL: policy.All(conds...)})
	rows, err := store.All[store.Value[int64]](ctx, x.tx, stmt, args...)
	kept := make([]int64, len(rows))
	for i, r := range rows {
		kept[i] = r.V
	}
	return kept, err
}

// holds is the condition that ticket t holds a word anywhere.
func (x search) holds(w wanted) policy.SQL {
	words := holds(x.tx, w.words)
	return policy.Any(
		within(headHolds, store.Part{Name: "words", SQL: words}),
		within(entryHolds, store.Part{Name: "words", SQL: words}, store.Part{Name: "scope", SQL: x.entries}),
		policy.In("t.reporter_id", w.people), policy.In("t.affected_id", w.people),
	)
}

// within is a condition with others in their places, which they are named in order of.
func within(cond string, parts ...store.Part) policy.SQL {
	out := policy.SQL{Text: cond}
	for _, p := range parts {
		out.Text = strings.ReplaceAll(out.Text, "{"+p.Name+"}", p.SQL.Text)
		out.Args = append(out.Args, p.SQL.Args...)
	}
	return out
}
