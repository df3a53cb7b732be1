package policy

import (
	"fmt"
	"strings"
)

// Object is what a grant is about, as the ledger writes it.
type Object struct {
	Kind       string // "ticket"
	ID         int64
	Person     int64 // the person whose data it is; 0 when nobody's
	Controller int64 // who is responsible for it; filled in by Check
}

// Resource is a kind of thing that rules let people into. Make one with
// NewResource; the slice that owns the table keeps it in its policy.go.
type Resource[T any] struct {
	name       string
	atoms      map[string]Atom[T]
	forbids    []Forbid[T]
	controller func(T) int64
	column     string
	indexed    []string
	class      func(T) string
	classCol   string
	identify   func(T) Object
}

// Forbid is a restriction: where its atom holds, no rule lets in, except for
// the purposes it spares.
type Forbid[T any] struct {
	Atom   Atom[T]
	Spares []Purpose
}

// Shape is what NewResource needs to know of a T.
type Shape[T any] struct {
	Name             string
	Controller       func(T) int64 // whose rules apply
	ControllerColumn string        // the same in SQL, "t.controller_id"
	Indexed          []string      // other columns in the conditions of atoms that have an index; see Scope.Residual
	Class            func(T) string
	ClassColumn      string // both empty when the resource has no classes
	Identify         func(T) Object
	Atoms            []Atom[T]
	Forbids          []Forbid[T]
}

// NewResource returns the resource of a shape.
func NewResource[T any](s Shape[T]) *Resource[T] {
	r := &Resource[T]{
		name: s.Name, atoms: map[string]Atom[T]{}, forbids: s.Forbids, controller: s.Controller,
		column: s.ControllerColumn, indexed: append([]string{s.ControllerColumn}, s.Indexed...), class: s.Class, classCol: s.ClassColumn, identify: s.Identify,
	}
	for _, a := range actorAtoms[T]() {
		r.atoms[a.Name] = a
	}
	for _, a := range s.Atoms {
		r.atoms[a.Name] = a
	}
	return r
}

// Name is the resource's name in rules.
func (r *Resource[T]) Name() string { return r.name }

// HasAtom reports whether rules may use the atom.
func (r *Resource[T]) HasAtom(name string) bool { _, ok := r.atoms[name]; return ok }

// Atoms returns the names of all atoms; property and mutation tests walk it.
func (r *Resource[T]) Atoms() []string {
	names := make([]string, 0, len(r.atoms))
	for n := range r.atoms {
		names = append(names, n)
	}
	return names
}

// WithAtom returns a copy of the resource in which one atom is replaced. It
// exists for mutation tests: a changed atom must be noticed.
func (r *Resource[T]) WithAtom(a Atom[T]) *Resource[T] {
	c := *r
	c.atoms = make(map[string]Atom[T], len(r.atoms))
	for n, v := range r.atoms {
		c.atoms[n] = v
	}
	c.atoms[a.Name] = a
	return &c
}

// Atom returns an atom by name.
func (r *Resource[T]) Atom(name string) (Atom[T], bool) { a, ok := r.atoms[name]; return a, ok }

func (r *Resource[T]) classOf(t T) string {
	if r.class == nil {
		return ""
	}
	return r.class(t)
}

// forbidden reports whether a restriction on t wins.
func (r *Resource[T]) forbidden(a Actor, p Purpose, t T) bool {
	for _, f := range r.forbids {
		if !spared(f.Spares, p) && f.Atom.Check(Ask{Actor: a, Controller: r.controller(t)}, t) {
			return true
		}
	}
	return false
}

func spared(list []Purpose, p Purpose) bool {
	for _, s := range list {
		if s == p {
			return true
		}
	}
	return false
}

// holds reports whether rule lets the actor in to t, and by which of its Who terms.
func (r *Resource[T]) holds(rule *Rule, a Actor, t T) (Term, bool) {
	c := r.controller(t)
	for _, w := range rule.When {
		if !r.term(w, a, c, t) {
			return Term{}, false
		}
	}
	for _, w := range rule.Who {
		if r.term(w, a, c, t) {
			return w, true
		}
	}
	return Term{}, false
}

func (r *Resource[T]) term(w Term, a Actor, c int64, t T) bool {
	atom, ok := r.atoms[w.Atom]
	return ok && atom.Check(Ask{Actor: a, Controller: c, Arg: w.Arg}, t)
}

// condition is the SQL face of one rule of controller c.
func (r *Resource[T]) condition(rule *Rule, a Actor, c int64) SQL {
	var who, when []SQL
	for _, w := range rule.Who {
		who = append(who, r.termSQL(w, a, c))
	}
	for _, w := range rule.When {
		when = append(when, r.termSQL(w, a, c))
	}
	return All(append(when, Any(who...), r.classes(rule))...)
}

func (r *Resource[T]) termSQL(w Term, a Actor, c int64) SQL {
	atom, ok := r.atoms[w.Atom]
	if !ok {
		return never
	}
	return atom.SQL(Ask{Actor: a, Controller: c, Arg: w.Arg})
}

func (r *Resource[T]) classes(rule *Rule) SQL {
	if r.classCol == "" {
		return always
	}
	conds := []SQL{always}
	if len(rule.Classes) > 0 {
		conds = append(conds, oneOf(r.classCol, rule.Classes))
	}
	if len(rule.Except) > 0 {
		conds = append(conds, Not(oneOf(r.classCol, rule.Except)))
	}
	return All(conds...)
}

func oneOf(column string, values []string) SQL {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	return SQL{Text: column + " IN (?" + strings.Repeat(", ?", len(values)-1) + ")", Args: args}
}

// phrase is a term in words.
func (r *Resource[T]) phrase(w Term) string {
	atom, ok := r.atoms[w.Atom]
	if !ok {
		return w.String()
	}
	if strings.Contains(atom.Phrase, "%s") {
		return fmt.Sprintf(atom.Phrase, strings.ReplaceAll(w.Arg, "_", " "))
	}
	return atom.Phrase
}
