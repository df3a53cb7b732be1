package strict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a file; lines and columns count from 1. The zero Pos is
// the file as a whole.
type Pos struct{ Line, Column int }

// Problem is one fault of a file.
type Problem struct {
	File string
	Pos
	Text string // what is wrong, and what would be right
}

// String is the problem as file:line:column: text.
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Text)
}

// Sort puts problems in the order of the file and drops exact repetitions.
func Sort(ps []Problem) []Problem {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Pos.Compare(b.Pos))
	})
	return slices.Compact(ps)
}

// Compare orders places as a reader meets them.
func (p Pos) Compare(other Pos) int {
	return cmp.Or(cmp.Compare(p.Line, other.Line), cmp.Compare(p.Column, other.Column))
}

// Nearest returns the candidate that word was most likely meant to be. It
// answers false when none is near enough to be worth a suggestion.
func Nearest(word string, candidates []string) (string, bool) {
	if len(word) > 64 { // nobody mistypes a key into a paragraph
		return "", false
	}
	best, at := "", max(2, len(word)/3)+1
	for _, c := range candidates {
		d := distance(strings.ToLower(word), strings.ToLower(c))
		if strings.HasPrefix(c, word) && len(word) >= 3 {
			d = min(d, 2)
		}
		if d < at {
			best, at = c, d
		}
	}
	return best, best != ""
}

// Meant ends a sentence about an unknown word: with the nearest candidate, or
// with all of them where none is near.
func Meant(word string, candidates []string) string {
	if near, ok := Nearest(word, candidates); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "known here: " + strings.Join(candidates, ", ")
}

// distance is the number of letters to insert, delete, replace or swap with
// their neighbour to turn a into b.
func distance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
