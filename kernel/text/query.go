package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Caps of a search. What goes over them is left out and noted.
const (
	maxQueryRunes  = 1000
	maxClauses     = 16 // what must match
	maxChoices     = 8  // words joined by OR
	maxPhraseWords = 16
	maxValueRunes  = 200
	minPrefix      = 2 // letters before *; one letter matches half of everything
)

// Query is a search as a person meant it. The grammar:
//
//	printer paper          both words
//	"paper jam"            the words in a row
//	print*                 words that begin so (at least two letters)
//	-toner                 without the word; also -"low toner"
//	wifi OR eduroam        either; OR is written in capitals
//	ref:ABC-12             a filter that the caller knows by name
//	from:"Ana Ruiz"        a filter with spaces; -from:… excludes
//
// Everything else is words. A query is comparable by its String. Words are found
// as they stand; [Query.Wide] lets those without quotes go on.
type Query struct {
	Clauses []Clause
	Filters []Filter
	Notes   []Note
}

// Clause is one thing that must hold: one of its terms matches or, with Not,
// none of them.
type Clause struct {
	Not   bool
	Terms []Term
}

// Term is one word or, with several, a phrase; Prefix lets the last word go on.
type Term struct {
	Words  []string // folded tokens, at least one
	Prefix bool
	Whole  bool // it stood in quotes: found as it stands
}

// Filter is a typed condition. What a value may be is the caller's business.
type Filter struct {
	Name  string // as given to ParseQuery
	Value string // one clean line, in the case the person typed
	Not   bool
}

// Note says what of a search was not taken as typed, so that the page can say
// so instead of showing a puzzling result. It is a message key.
type Note string

// The notes a query can carry.
const (
	NoteTooLong     Note = "search.too_long"     // cut at a thousand characters
	NoteTooMany     Note = "search.too_many"     // words over the cap left out
	NoteShortPrefix Note = "search.short_prefix" // the star after one letter dropped
	NoteOnlyWithout Note = "search.only_without" // nothing but exclusions: no word to look for
	NoteEmptyFilter Note = "search.empty_filter" // a filter without a value left out
)

// ParseQuery reads a search. filters are the names that the caller
// understands, in lower case; a colon after anything else is punctuation. It
// accepts every input: a search of punctuation only gives an empty query.
func ParseQuery(s string, filters ...string) Query {
	p := queryParser{filters: filters}
	s = CleanLine(s, 0)
	if utf8.RuneCountInString(s) > maxQueryRunes {
		s = string([]rune(s)[:maxQueryRunes])
		p.note(NoteTooLong)
	}
	for p.rest = s; ; {
		p.rest = strings.TrimLeft(p.rest, " ")
		if p.rest == "" {
			break
		}
		p.item()
	}
	if !p.query.HasText() && slices.ContainsFunc(p.query.Clauses, func(c Clause) bool { return c.Not }) {
		p.note(NoteOnlyWithout)
	}
	return p.query
}

// HasText reports whether there is a word to look for. Without one the printers
// return "", and the caller lists by filters alone.
func (q Query) HasText() bool {
	return slices.ContainsFunc(q.Clauses, func(c Clause) bool { return !c.Not })
}

// Empty reports whether the query asks for nothing.
func (q Query) Empty() bool { return !q.HasText() && len(q.Filters) == 0 }

// Filter returns the filters of a name, in the order typed.
func (q Query) Filter(name string) []Filter {
	var out []Filter
	for _, f := range q.Filters {
		if f.Name == name {
			out = append(out, f)
		}
	}
	return out
}

type queryParser struct {
	filters []string
	rest    string
	either  bool // the last word read was OR, behind a clause it can extend
	query   Query
}

func (p *queryParser) note(n Note) {
	if !slices.Contains(p.query.Notes, n) {
		p.query.Notes = append(p.query.Notes, n)
	}
}

// item reads one thing between spaces: a filter, a phrase, a word or OR.
func (p *queryParser) item() {
	rest := p.rest
	not := strings.HasPrefix(rest, "-")
	rest = strings.TrimLeft(rest, "-")
	if name, after, ok := p.filterName(rest); ok {
		value, _, left := readValue(after)
		p.rest = left
		p.filter(name, value, not)
		return
	}
	value, quoted, left := readValue(rest)
	p.rest = left
	if value == "OR" && !quoted && !not {
		p.either = true
		return
	}
	star := strings.HasSuffix(value, "*")
	if quoted && strings.HasPrefix(p.rest, "*") {
		star, p.rest = true, p.rest[1:]
	}
	p.term(value, star, quoted, not)
}

// filterName returns the filter that s begins with and what follows its colon.
func (p *queryParser) filterName(s string) (name, after string, ok bool) {
	colon := strings.IndexByte(s, ':')
	if colon <= 0 {
		return "", "", false
	}
	name = strings.ToLower(s[:colon])
	return name, s[colon+1:], slices.Contains(p.filters, name)
}

// readValue reads a quoted text, with or without its closing quote, or up to
// the next space or quote.
func readValue(s string) (value string, quoted bool, rest string) {
	if r, size := utf8.DecodeRuneInString(s); isQuote(r) {
		s = s[size:]
		end := strings.IndexFunc(s, isQuote)
		if end < 0 {
			return s, true, ""
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		return s[:end], true, s[end+size:]
	}
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) })
	if end < 0 {
		return s, false, ""
	}
	return s[:end], false, s[end:]
}

// isQuote reports the double quotes that keyboards and phones produce.
func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '«', '»':
		return true
	default:
		return false
	}
}

func (p *queryParser) filter(name, value string, not bool) {
	p.either = false
	value = CleanLine(value, maxValueRunes)
	switch {
	case value == "":
		p.note(NoteEmptyFilter)
	case len(p.query.Filters) >= maxClauses:
		p.note(NoteTooMany)
	default:
		p.query.Filters = append(p.query.Filters, Filter{name, value, not})
	}
}

func (p *queryParser) term(value string, star, quoted, not bool) {
	either := p.either
	words := Tokens(value)
	if len(words) == 0 {
		return
	}
	p.either = false
	if len(words) > maxPhraseWords {
		words, star = words[:maxPhraseWords], false
		p.note(NoteTooMany)
	}
	if star && utf8.RuneCountInString(words[len(words)-1]) < minPrefix {
		star = false
		p.note(NoteShortPrefix)
	}
	term := Term{Words: words, Prefix: star, Whole: quoted}
	last := len(p.query.Clauses) - 1
	switch {
	case either && !not && last >= 0 && !p.query.Clauses[last].Not:
		if len(p.query.Clauses[last].Terms) >= maxChoices {
			p.note(NoteTooMany)
			return
		}
		p.query.Clauses[last].Terms = append(p.query.Clauses[last].Terms, term)
	case last+1 >= maxClauses:
		p.note(NoteTooMany)
	default:
		p.query.Clauses = append(p.query.Clauses, Clause{not, []Term{term}})
	}
}
