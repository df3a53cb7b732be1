package notice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"heed/notice/strict"
)

// Severity says whether a problem stops a notice.
type Severity uint8

// The severities. A notice with an Error is never put into force.
const (
	Error Severity = iota
	Warning
)

// String is the severity in one word.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Problem is one fault of a notice file. ID names the invariant (E06, W03); it
// is empty for a fault of form: an unknown key, a wrong type, an unknown word.
type Problem struct {
	strict.Problem
	ID       string
	Severity Severity
}

// String is the problem as file:line:column: text (ID).
func (p Problem) String() string {
	s := p.Problem.String()
	if p.Severity == Warning {
		s = strings.Replace(s, ": ", ": warning: ", 1)
	}
	if p.ID != "" {
		s += " (" + p.ID + ")"
	}
	return s
}

// Failed reports whether any of the problems is an error.
func Failed(ps []Problem) bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return p.Severity == Error })
}

// sortProblems puts problems in the order of the files, errors first where two
// stand at one place, and drops exact repetitions.
func sortProblems(ps []Problem) []Problem {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Pos.Compare(b.Pos),
			cmp.Compare(a.Severity, b.Severity), strings.Compare(a.ID, b.ID))
	})
	return slices.Compact(ps)
}

func ofForm(ps []strict.Problem) []Problem {
	out := make([]Problem, len(ps))
	for i, p := range ps {
		out[i] = Problem{Problem: p}
	}
	return out
}

// known answers with an error that suggests the nearest word when word is not
// on the list.
func known(what, word string, list []string) error {
	if slices.Contains(list, word) {
		return nil
	}
	return fmt.Errorf("%q is not a known %s; %s", word, what, strict.Meant(word, list))
}

func words[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}
