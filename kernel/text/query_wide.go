package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	minOpen      = 3 // letters from which a typed word may go on; two begin too many words
	minOpenHan   = 2 // such as a sign is a word already, and no space ends it
	minSingular  = 2 // letters of a singular: PCs finds PC
	minIrregular = 3 // letters before an ending that changes
)

// Wide returns the search as somebody means it who does not know how a word was
// written: a typed word finds words that begin with it, from three letters on, and
// its singular, where it is the plural of English or French. What stands in quotes
// is found as it stands, and what is left out is left out as it stands: a search
// that hides more than was asked is worse than one that finds too much. Phrases of
// one word with marks in it (wi-fi) go on with their last.
func (q Query) Wide() Query { return q.each(Term.wide) }

// Near returns the search for the words as they were typed, in the singular and in the
// plural: all of them stand in an index, so that the newest are found without
// gathering the others, however common they are.
func (q Query) Near() Query { return q.each(Term.near) }

// each returns the search with other terms in place of each that is not left out.
func (q Query) each(others func(Term) []Term) Query {
	q.Clauses = slices.Clone(q.Clauses)
	for i, c := range q.Clauses {
		if c.Not {
			continue
		}
		var terms []Term
		for _, t := range c.Terms {
			terms = append(terms, others(t)...)
		}
		q.Clauses[i].Terms = terms
	}
	return q
}

// Spelled returns the search with the words that begin so in place of each beginning of
// a word, where spell knows them; of what it does not know, or not all, it says false.
func (q Query) Spelled(spell func(begin string) (words []string, all bool, err error)) (Query, error) {
	var failed error
	return q.each(func(t Term) []Term {
		if !t.Prefix || failed != nil {
			return []Term{t}
		}
		words, all, err := spell(t.last())
		if failed = err; err != nil || !all {
			return []Term{t}
		}
		t.Prefix = false
		if len(words) == 0 { // nothing begins so: as it stands it is not found either
			return []Term{t}
		}
		return t.ending(words)
	}), failed
}

// Begins reports whether a word is looked for by its beginning.
func (q Query) Begins() bool {
	return slices.ContainsFunc(q.Clauses, func(c Clause) bool {
		return slices.ContainsFunc(c.Terms, func(t Term) bool { return t.Prefix })
	})
}

// wide is a term and the other forms of its last word.
func (t Term) wide() []Term {
	if t.Whole || t.Prefix {
		return []Term{t}
	}
	word := t.last()
	t.Prefix = goesOn(word)
	return append([]Term{t}, t.ending(forms(word))...)
}

// near is a term and the other forms of its last word, those that begin with it among
// them.
func (t Term) near() []Term {
	if t.Whole || t.Prefix {
		return []Term{t}
	}
	word := t.last()
	out := append([]Term{t}, t.ending(forms(word))...)
	if goesOn(word) {
		out = append(out, t.ending(plurals(word))...)
	}
	return out
}

func (t Term) last() string { return t.Words[len(t.Words)-1] }

// ending are the terms with other last words.
func (t Term) ending(words []string) (out []Term) {
	for _, w := range words {
		out = append(out, Term{Words: append(slices.Clone(t.Words[:len(t.Words)-1]), w)})
	}
	return out
}

// plurals are those of a folded word that begin with it.
func plurals(word string) []string {
	out := []string{word + "s"}
	for ending, more := range map[string]string{"s": "es", "x": "es", "z": "es", "ch": "es", "sh": "es", "au": "x", "eu": "x", "ou": "x"} {
		if strings.HasSuffix(word, ending) {
			out = append(out, word+more)
		}
	}
	return out
}

// goesOn reports whether a typed word may be the beginning of another. What ends
// with a digit is a number, and with one digit more it is another.
func goesOn(word string) bool {
	if last, _ := utf8.DecodeLastRuneInString(word); !unicode.IsLetter(last) {
		return false
	}
	letters, han := 0, 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			han++
		}
	}
	return letters >= minOpen || han >= minOpenHan
}

// forms are the singulars that a folded word may be the plural of, and the plurals
// that do not begin with it. Some are no words, which costs a look at the index
// and finds nothing.
func forms(word string) (out []string) {
	for _, e := range []struct {
		ending, instead string
		least           int
		behind          []string // endings that the rest has to have, if any
	}{
		{ending: "ies", instead: "y", least: minIrregular},
		{ending: "y", instead: "ies", least: minIrregular},
		{ending: "es", least: minSingular, behind: []string{"s", "x", "z", "ch", "sh"}},
		{ending: "s", least: minSingular},
		{ending: "x", least: minSingular, behind: []string{"au", "eu", "ou"}}, // réseaux, jeux, bijoux
		{ending: "aux", instead: "al", least: minIrregular},                   // terminaux
		{ending: "al", instead: "aux", least: minIrregular},
	} {
		rest, ok := strings.CutSuffix(word, e.ending)
		if !ok || utf8.RuneCountInString(rest) < e.least || strings.HasSuffix(word, "ss") {
			continue
		}
		if len(e.behind) > 0 && !slices.ContainsFunc(e.behind, func(b string) bool { return strings.HasSuffix(rest, b) }) {
			continue
		}
		out = append(out, rest+e.instead)
	}
	return out
}
