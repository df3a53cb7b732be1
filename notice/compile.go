package notice

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"heed/kernel/policy"
)

// Rules compiles the see rules for the gate, in the order of the file. A rule
// on tickets becomes two: one for the ticket, which its own people and lists
// see as a whole, and one for its entries without the classes it leaves out. A
// rule on one class of entries becomes a rule on entries of that class. IDs are
// unique: policy/see/rule, followed by the thing where one sentence covers
// several.
//
// The error joins one error per word that the gate does not know; Parse reports
// the same faults with their places.
func (n *Notice) Rules() ([]policy.Rule, error) {
	var out []policy.Rule
	var errs []error
	for _, s := range n.See {
		for i, thing := range s.What {
			rules, err := n.rule(s, thing, i > 0)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: see.%s: %w", n.File(), s.ID, err))
				continue
			}
			out = append(out, rules...)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return out, nil
}

func (n *Notice) rule(s See, thing string, further bool) ([]policy.Rule, error) {
	if err := known("thing to see", thing, Things()); err != nil {
		return nil, err
	}
	purposes, err := n.serves(s.For)
	if err != nil {
		return nil, err
	}
	who, err := terms(s.Who, thing)
	if err != nil {
		return nil, err
	}
	when, err := terms(s.When, thing)
	if err != nil {
		return nil, err
	}
	if len(who) == 0 {
		return nil, errors.New("nobody is let in; name at least one word under who")
	}
	r := policy.Rule{
		ID: n.Policy + "/see/" + s.ID, Notice: n.Policy, Clauses: slices.Clone(s.Clauses),
		What: thing, Who: who, When: when, Purposes: purposes, Reason: s.Reason != "", Says: s.Says,
	}
	if further {
		r.ID += "/" + thing
	}
	switch {
	case thing == "ticket":
		entries := r
		entries.ID, entries.What, entries.Except = r.ID+"/entry", "entry", slices.Clone(s.Except)
		return []policy.Rule{r, entries}, nil
	case thing == "entry":
		r.Except = slices.Clone(s.Except)
	case strings.HasPrefix(thing, "entry."):
		r.What, r.Classes = "entry", []string{strings.TrimPrefix(thing, "entry.")}
	}
	return []policy.Rule{r}, nil
}

func terms(list []string, thing string) ([]policy.Term, error) {
	var out []policy.Term
	for _, w := range list {
		t, err := parseTerm(w, thing)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// serves maps purposes of the notice to the product's, without repetition. own,
// oversight and operate may be named directly: they are the same in every
// notice.
func (n *Notice) serves(names []string) ([]policy.Purpose, error) {
	var out []policy.Purpose
	for _, name := range names {
		served := n.purposeServes(name)
		if served == nil {
			return nil, known("purpose of this notice", name, n.purposeNames())
		}
		for _, p := range served {
			switch {
			case !policy.Purpose(p).Known():
				return nil, known("purpose of the product", p, words(policy.Purposes()))
			case !slices.Contains(out, policy.Purpose(p)):
				out = append(out, policy.Purpose(p))
			}
		}
	}
	return out, nil
}

func sharedPurposes() []string {
	return words([]policy.Purpose{policy.Own, policy.Oversight, policy.Operate})
}

func (n *Notice) purposeNames() []string {
	out := sharedPurposes()
	for _, p := range n.Purposes {
		out = append(out, p.Name)
	}
	return out
}

// purposeServes returns what a purpose serves, nil where the notice has no such
// purpose.
func (n *Notice) purposeServes(name string) []string {
	for _, p := range n.Purposes {
		if p.Name == name {
			return p.Serves
		}
	}
	if slices.Contains(sharedPurposes(), name) {
		return []string{name}
	}
	return nil
}
