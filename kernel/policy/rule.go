package policy

import (
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
)

// Term names an atom and its argument, such as {"role", "support_analyst"}.
type Term struct{ Atom, Arg string }

// String is the term as a notice file writes it.
func (t Term) String() string {
	if t.Arg == "" {
		return t.Atom
	}
	return t.Atom + ":" + t.Arg
}

// Rule is one sentence of a notice, compiled.
type Rule struct {
	ID       string    // "ljmu-helpdesk/see/it-department"
	Notice   string    // "ljmu-helpdesk"
	Clauses  []string  // the promises it keeps
	What     string    // the resource it lets into: "ticket", "entry", "person"
	Classes  []string  // classes it covers; empty means all
	Except   []string  // classes it leaves out
	Who      []Term    // any of these lets in
	When     []Term    // and all of these must hold
	Purposes []Purpose // for these purposes only
	Reason   bool      // and only for who says why, each time
	Says     string    // the published sentence
}

// serves reports whether the rule speaks of what is asked for and, where it wants
// a reason, one is given.
func (r *Rule) serves(q Asker) bool {
	return slices.Contains(r.Purposes, q.Purpose()) && (!r.Reason || q.Reason() != "")
}

// Covers reports whether the rule lets into a class.
func (r *Rule) Covers(class string) bool {
	if slices.Contains(r.Except, class) {
		return false
	}
	return len(r.Classes) == 0 || slices.Contains(r.Classes, class)
}

// Book holds the rules in force, per controller. It never changes once made; a
// new notice makes a new Book.
type Book struct {
	controllers []int64
	rules       map[int64]map[string][]Rule // by controller, by resource
}

// NewBook returns the book of the rules of each controller.
func NewBook(rules map[int64][]Rule) *Book {
	b := &Book{rules: make(map[int64]map[string][]Rule, len(rules))}
	for c, rs := range rules {
		b.controllers = append(b.controllers, c)
		b.rules[c] = map[string][]Rule{}
		for _, r := range rs {
			b.rules[c][r.What] = append(b.rules[c][r.What], r)
		}
	}
	slices.Sort(b.controllers)
	return b
}

// Rules returns the controller's rules for a resource, in the notice's order.
// The slice is shared; nobody may change it.
func (b *Book) Rules(controller int64, what string) []Rule {
	if b == nil {
		return nil
	}
	return b.rules[controller][what]
}

// all returns every rule with its controller's rules together, for walks that
// need no speed.
func (b *Book) all() []Rule {
	var out []Rule
	for _, c := range b.controllers {
		for _, what := range slices.Sorted(maps.Keys(b.rules[c])) {
			out = append(out, b.rules[c][what]...)
		}
	}
	return out
}

// Find returns the rule of that id.
func (b *Book) Find(id string) (Rule, bool) {
	if b == nil {
		return Rule{}, false
	}
	for _, r := range b.all() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// Shelf holds the book in force; replacing it takes effect with the next
// transaction. Its zero value holds no book, so nothing is allowed.
type Shelf struct{ p atomic.Pointer[Book] }

// Put replaces the book.
func (s *Shelf) Put(b *Book) { s.p.Store(b) }

// Book returns the book in force, nil when none was put.
func (s *Shelf) Book() *Book { return s.p.Load() }

// Vocabulary is what a resource offers to rules; see Validate.
type Vocabulary interface {
	Name() string
	HasAtom(name string) bool
}

// Validate returns one error per rule of the book that uses an atom its
// resource does not declare. Rules for resources not in vocab are returned in
// idle: they wait for their slice and let nobody in.
func (b *Book) Validate(vocab ...Vocabulary) (idle []string, errs []error) {
	known := map[string]Vocabulary{}
	for _, v := range vocab {
		known[v.Name()] = v
	}
	for _, r := range b.all() {
		v, ok := known[r.What]
		if !ok {
			idle = append(idle, r.ID)
			continue
		}
		for _, t := range slices.Concat(r.Who, r.When) {
			if !v.HasAtom(t.Atom) {
				errs = append(errs, fmt.Errorf("rule %s: %q is not something that can be asked of a %s", r.ID, t, r.What))
			}
		}
	}
	return idle, errs
}
