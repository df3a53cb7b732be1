package policy

import (
	"strings"

	"heed/kernel/fault"
)

// Proof is the evidence that a rule allowed an action. Only Check makes a
// valid one; kernel/store refuses to write without it and the ledger records it.
type Proof struct {
	action  string
	rule    string
	purpose Purpose
	object  Object
	actor   Actor
	detail  string
}

// Valid reports whether the proof was made by a successful check.
func (p Proof) Valid() bool { return p.action != "" && p.rule != "" && !p.actor.IsNobody() }

// Action, Rule, Purpose, Object and Actor are what the ledger writes.
func (p Proof) Action() string { return p.action }

// Rule is the id of the rule that allowed it, "system" for the system.
func (p Proof) Rule() string { return p.rule }

// Purpose is what it was for.
func (p Proof) Purpose() Purpose { return p.purpose }

// Object is what it was about.
func (p Proof) Object() Object { return p.object }

// Actor is who was allowed.
func (p Proof) Actor() Actor { return p.actor }

// About returns the proof with a more exact object: a verb that makes a child
// of what it was granted on records the child's number.
func (p Proof) About(o Object) Proof { p.object = o; return p }

// With returns the proof with a note for the ledger, in the place of the reason that
// was given for the whole transaction: counts, states, reasons from a list. It must
// hold nothing about a person; the ledger is not sealed.
func (p Proof) With(detail string) Proof { p.detail = detail; return p }

// Detail is what With noted.
func (p Proof) Detail() string { return p.detail }

// Grant is a Proof about one T, and carries it, so that a grant for one ticket
// cannot touch another.
type Grant[T any] struct {
	Proof
	on  T
	why Why
}

// On is the thing the grant is about.
func (g Grant[T]) On() T { return g.on }

// Why is the reason in words.
func (g Grant[T]) Why() Why { return g.why }

// Scope is the condition under which rows of T may be used. Its zero value
// selects nothing.
type Scope[T any] struct {
	cond   SQL
	rules  []string
	action string
	whole  []int64

	columns []string // that have an index
}

// SQL is the condition, with ? placeholders.
func (s Scope[T]) SQL() SQL {
	if s.cond.Text == "" {
		return never
	}
	return s.cond
}

// Residual is the same condition for rows that something narrower finds. The
// sign before a column that has an index keeps an engine from using that index
// instead of the narrower one; both engines take it as a no-op.
func (s Scope[T]) Residual() SQL {
	c := s.SQL()
	for _, column := range s.columns {
		for _, op := range []string{" =", " IN"} {
			c.Text = strings.ReplaceAll(c.Text, column+op, "+"+column+op)
		}
	}
	return c
}

// Rules are the ids of the rules that may let a row in.
func (s Scope[T]) Rules() []string { return s.rules }

// Proof is the evidence for the record of a list: that its rows were let in by
// the scope's rules. o is what the list was of.
func (s Scope[T]) Proof(q Asker, o Object) (Proof, error) {
	if s.Empty() || s.action == "" {
		return Proof{}, fault.Denied("policy.denied", "nothing may be listed here")
	}
	p := Proof{action: s.action, rule: strings.Join(s.rules, " "), purpose: q.Purpose(), object: o, actor: q.Actor(), detail: q.Reason()}
	if _, only := q.(asked); only {
		p.action = ""
	}
	return p, nil
}

// Whole are the controllers of which every row is let in that no Forbid holds
// back. A maintained count of such a controller's rows, which leaves out what is
// held back, may be shown; of other controllers it may not.
func (s Scope[T]) Whole() []int64 { return s.whole }

// Empty reports that no row can be let in, so that the query can be saved.
func (s Scope[T]) Empty() bool { return s.SQL().Text == never.Text }
