package notice

import (
	"fmt"
	"strings"

	"heed/notice/promise"
)

// How a promise is kept.
type How string

// The ways. Missing means that the notice file does not answer for the clause.
const (
	KeptByRule How = "rule"
	Attested   How = "attested"
	NotYet     How = "not yet"
	Missing    How = "missing"
)

// Covered is one clause of the catalogue and what keeps it.
type Covered struct {
	Clause promise.Clause
	How    How
	By     string // the paths, the office, or the reason why not
}

// Coverage returns for every clause of the catalogue what keeps it, in the
// order of the catalogue. Of several versions in the set the last counts.
func Coverage(s *Set) []Covered {
	latest := map[string]*Notice{}
	for _, n := range s.All() {
		latest[n.Policy] = n
	}
	var out []Covered
	for _, cl := range promise.All() {
		c := Covered{Clause: cl, How: Missing}
		if n := latest[cl.Policy]; n != nil {
			for _, p := range n.Promises {
				if p.ID == cl.ID {
					c.How, c.By = p.how()
				}
			}
		}
		out = append(out, c)
	}
	return out
}

func (p Promise) how() (How, string) {
	switch {
	case len(p.KeptBy) > 0:
		return KeptByRule, strings.Join(p.KeptBy, ", ")
	case p.Attest != nil:
		return Attested, p.Attest.By
	}
	return NotYet, p.NotYet
}

// PrintCoverage returns the coverage as text, a line for each clause and a sum,
// as code coverage is printed.
func PrintCoverage(list []Covered) string {
	var b strings.Builder
	count := map[How]int{}
	for _, c := range list {
		count[c.How]++
		fmt.Fprintf(&b, "%-9s %-9s %s\n", c.Clause.ID, c.How, c.By)
	}
	fmt.Fprintf(&b, "%d clauses: %d kept by a rule, %d attested, %d not yet, %d missing\n",
		len(list), count[KeptByRule], count[Attested], count[NotYet], count[Missing])
	return b.String()
}
