package text

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// String writes the query in its own grammar; parsing it again gives the same
// query, without the notes.
func (q Query) String() string {
	var parts []string
	for _, c := range q.Clauses {
		var terms []string
		for _, t := range c.Terms {
			terms = append(terms, t.String())
		}
		parts = append(parts, minus(c.Not)+strings.Join(terms, " OR "))
	}
	for _, f := range q.Filters {
		parts = append(parts, minus(f.Not)+f.Name+":"+`"`+f.Value+`"`)
	}
	return strings.Join(parts, " ")
}

func minus(not bool) string {
	if not {
		return "-"
	}
	return ""
}

// String writes the term as it was typed, in quotes or without; words hold letters
// and digits only, so a mark between them keeps them one term.
func (t Term) String() string {
	s := strings.Join(t.Words, "-")
	if t.Whole {
		s = `"` + strings.Join(t.Words, " ") + `"`
	}
	if t.Prefix {
		s += "*"
	}
	return s
}

// FTS5 writes the query for the right side of SQLite's MATCH, or "" when there
// is no word to look for. Every word is a quoted string of letters and digits;
// the rest is ours.
func (q Query) FTS5() string {
	return q.print(printer{and: " AND ", or: " OR ", not: " NOT ", term: Term.fts5})
}

func (t Term) fts5() string {
	s := `"` + strings.Join(t.Words, " ") + `"`
	if t.Prefix {
		s += " *"
	}
	return s
}

// TSQuery writes the query as the text of a PostgreSQL tsquery, to be cast
// rather than parsed ($1::tsquery), or "" when there is no word to look for. It
// matches vectors written by [TSVector].
func (q Query) TSQuery() string {
	return q.print(printer{and: " & ", or: " | ", not: " & !", term: Term.tsquery})
}

func (t Term) tsquery() string {
	quoted := make([]string, len(t.Words))
	for i, w := range t.Words {
		quoted[i] = "'" + w + "'"
	}
	if t.Prefix {
		quoted[len(quoted)-1] += ":*"
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return "(" + strings.Join(quoted, " <-> ") + ")"
}

type printer struct {
	and, or, not string
	term         func(Term) string
}

// print joins what must match and, behind it, what must not: FTS5 knows NOT
// only between two sides.
func (q Query) print(p printer) string {
	if !q.HasText() {
		return ""
	}
	var with, without []string
	for _, c := range q.Clauses {
		var terms []string
		for _, t := range c.Terms {
			terms = append(terms, p.term(t))
		}
		clause := strings.Join(terms, p.or)
		if len(terms) > 1 {
			clause = "(" + clause + ")"
		}
		if c.Not {
			without = append(without, clause)
		} else {
			with = append(with, clause)
		}
	}
	out := strings.Join(with, p.and)
	if len(without) == 0 {
		return out
	}
	if len(with) > 1 {
		out = "(" + out + ")"
	}
	return out + p.not + "(" + strings.Join(without, p.or) + ")"
}

// Limits of a tsvector (PostgreSQL manual, "Text Search Types"): positions end
// at 16383, a lexeme holds 256 of them and less than 2 KiB of text.
const (
	maxPosition  = 16383
	maxPositions = 255
	maxLexeme    = 1000
)

// TSVector writes the [Tokens] of a text with their positions as the text of a
// PostgreSQL tsvector, to be cast ($1::tsvector), so that both engines cut a
// text into the same words. Over-long words are left out.
func TSVector(s string) string {
	positions := make(map[string][]string)
	for i, w := range Tokens(s) {
		if len(w) <= maxLexeme && len(positions[w]) < maxPositions {
			positions[w] = append(positions[w], strconv.Itoa(min(i+1, maxPosition)))
		}
	}
	lexemes := make([]string, 0, len(positions))
	for _, w := range slices.Sorted(maps.Keys(positions)) {
		lexemes = append(lexemes, fmt.Sprintf("'%s':%s", w, strings.Join(slices.Compact(positions[w]), ",")))
	}
	return strings.Join(lexemes, " ")
}
