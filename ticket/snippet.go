package ticket

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// Piece is a run of a snippet; a Hit is what was looked for.
type Piece struct {
	Text string
	Hit  bool
}

const (
	snippetEntries = 400 // of all tickets of a page of results, newest first
	snippetBefore  = 60  // characters shown before the first hit
	snippetAfter   = 140
)

// searchFilters are the words before a colon that narrow a search.
func searchFilters() []string { return []string{"state", "priority", "team", "service"} }

// readQuery parses a search and turns its filters into a Filter.
func (s *Service) readQuery(ctx context.Context, tx *store.Tx, query string) (text.Query, Filter, error) {
	q := text.ParseQuery(query, searchFilters()...)
	var f Filter
	for _, x := range q.Filters {
		ok, err := s.narrow(ctx, tx, &f, x)
		if err != nil {
			return q, f, err
		}
		if !ok || x.Not {
			return q, f, fault.Invalid("search.filter", "nothing can be narrowed by %s:%s; check the word behind the colon", x.Name, x.Value).On("q")
		}
	}
	return q, f, nil
}

func (s *Service) narrow(ctx context.Context, tx *store.Tx, f *Filter, x text.Filter) (ok bool, err error) {
	switch x.Name {
	case "state":
		f.State = State(strings.ToLower(x.Value))
		return slices.Contains([]State{New, Open, Waiting, Resolved, Closed}, f.State), nil
	case "priority":
		f.Priority = parsePriority(strings.ToUpper(x.Value))
		return f.Priority != 0, nil
	case "team":
		teams, err := s.People.Teams(ctx, tx)
		f.Teams = []int64{}
		for _, t := range teams {
			if strings.EqualFold(t.Code, x.Value) {
				f.Teams = append(f.Teams, t.ID)
			}
		}
		return len(f.Teams) > 0, err
	default:
		c, err := s.catalogue(ctx, tx)
		for _, o := range c.offerings {
			if strings.EqualFold(o.Code, x.Value) {
				f.Offering = o.ID
			}
		}
		return f.Offering != 0, err
	}
}

// Snippets returns, for tickets that a search found, the words around what was
// looked for: of the newest entry that holds some of it and that the actor may
// read. What search does not index is not shown either.
func (s *Service) Snippets(ctx context.Context, tx *store.Tx, query string, ts []Ticket) (map[int64][]Piece, error) {
	q, scope := text.ParseQuery(query, searchFilters()...).Wide(), s.do.entry.Scope(tx)
	if len(ts) == 0 || !q.HasText() || scope.Empty() {
		return nil, nil
	}
	ids := make([]int64, len(ts))
	for i, t := range ts {
		ids[i] = t.ID
	}
	stmt, args := store.Splice(someEntries, []any{string(Restricted), string(Change), snippetEntries},
		store.Part{Name: "tickets", SQL: policy.In("e.ticket_id", ids)}, store.Part{Name: "scope", SQL: scope.Residual()})
	rows, err := store.All[entryRow](ctx, tx, stmt, args...)
	if err != nil {
		return nil, err
	}
	out := map[int64][]Piece{}
	for i := range rows {
		if out[rows[i].Entry.Ticket] != nil {
			continue
		}
		e, err := s.openEntry(ctx, &rows[i])
		if err != nil {
			return nil, err
		}
		if found := snippet(e.Body, q); found != nil {
			out[e.Ticket] = found
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, s.noteSnippets(tx, scope, ts, out)
}

// noteSnippets records of each ticket whose words were shown whom it is about, so
// that they see it among who looked. The notes go with the search's, at once.
func (s *Service) noteSnippets(tx *store.Tx, scope policy.Scope[Subject], ts []Ticket, shown map[int64][]Piece) error {
	for _, t := range ts {
		if shown[t.ID] == nil {
			continue
		}
		p, err := scope.Proof(tx, policy.Object{Kind: "ticket", ID: t.ID, Person: t.Affected, Controller: t.Controller})
		if err != nil {
			return err
		}
		if err := tx.Note(p.With("words shown in a search")); err != nil {
			return err
		}
	}
	return nil
}

// snippet cuts a text around its first hit and marks every hit in the cut; nil
// when it holds none.
func snippet(body string, q text.Query) []Piece {
	runes := []rune(text.CleanLine(body, 0))
	words := wordsIn(runes)
	first := slices.IndexFunc(words, func(w [2]int) bool { return sought(q, string(runes[w[0]:w[1]])) })
	if first < 0 {
		return nil
	}
	from, to := max(0, words[first][0]-snippetBefore), min(len(runes), words[first][0]+snippetAfter)
	for _, w := range words { // no word is cut in two
		if w[0] < from && w[1] > from {
			from = w[0]
		}
		if w[0] < to && w[1] > to {
			to = w[1]
		}
	}
	out := hitsIn(runes, words, from, to, q)
	if from > 0 {
		out = slices.Insert(out, 0, Piece{Text: "… "})
	}
	if to < len(runes) {
		out = append(out, Piece{Text: " …"})
	}
	return out
}

// marks is a short text, whole, with every hit marked.
func marks(short string, q text.Query) []Piece {
	runes := []rune(short)
	return hitsIn(runes, wordsIn(runes), 0, len(runes), q)
}

// hitsIn is a cut of a text with every hit marked; words are those of the text.
func hitsIn(runes []rune, words [][2]int, from, to int, q text.Query) (out []Piece) {
	at := from
	for _, w := range words {
		if w[0] < from || w[1] > to || !sought(q, string(runes[w[0]:w[1]])) {
			continue
		}
		if w[0] > at {
			out = append(out, Piece{Text: string(runes[at:w[0]])})
		}
		out = append(out, Piece{Text: string(runes[w[0]:w[1]]), Hit: true})
		at = w[1]
	}
	if at < to {
		out = append(out, Piece{Text: string(runes[at:to])})
	}
	return out
}

// wordsIn are the begins and ends of the words of a text.
func wordsIn(runes []rune) (out [][2]int) {
	begin := -1
	for i, r := range runes {
		in := unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
		if in && begin < 0 {
			begin = i
		}
		if !in && begin >= 0 {
			out, begin = append(out, [2]int{begin, i}), -1
		}
	}
	if begin >= 0 {
		out = append(out, [2]int{begin, len(runes)})
	}
	return out
}

// sought reports whether a search looks for a word.
func sought(q text.Query, word string) bool {
	folded := text.Fold(word)
	for _, c := range q.Clauses {
		for _, t := range c.Terms {
			for i, w := range t.Words {
				if !c.Not && (w == folded || t.Prefix && i == len(t.Words)-1 && strings.HasPrefix(folded, w)) {
					return true
				}
			}
		}
	}
	return false
}
