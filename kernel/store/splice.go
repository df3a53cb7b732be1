package store

import (
	"strconv"
	"strings"

	"heed/kernel/policy"
)

// Part is a named condition for Splice.
type Part struct {
	Name string // "scope" stands for {scope} in the text
	SQL  policy.SQL
}

// Splice puts conditions into a statement: each {name} in q is replaced by its
// part, whose ? become numbered placeholders behind the statement's own
// arguments. The same part may stand in several places; its arguments are bound
// once. Values never enter the text. A name without a part, which only a
// programming error can cause, is left in place and fails to compile.
func Splice(q string, args []any, parts ...Part) (string, []any) {
	out := append([]any(nil), args...)
	for _, p := range parts {
		mark := "{" + p.Name + "}"
		if !strings.Contains(q, mark) {
			continue
		}
		text, n := number(p.SQL.Text, len(out))
		if n == len(p.SQL.Args) {
			out = append(out, p.SQL.Args...)
			q = strings.ReplaceAll(q, mark, text)
		}
	}
	return q, out
}

// number replaces each ? by $from+1, $from+2 … and returns how many there were.
// Fragments are made by package policy and hold no string literals.
func number(fragment string, from int) (string, int) {
	var b strings.Builder
	n := 0
	for i := range len(fragment) {
		if fragment[i] != '?' {
			b.WriteByte(fragment[i])
			continue
		}
		n++
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + n))
	}
	return b.String(), n
}
