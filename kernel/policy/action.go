package policy

import (
	"slices"
	"strings"

	"heed/kernel/fault"
)

// Asker is who asks, for what, under which book; a transaction is one.
type Asker interface {
	Actor() Actor
	Purpose() Purpose
	Book() *Book
	// Reason is why, where somebody said so; empty else. Rules that want a reason
	// let nobody in without. It stands in the ledger and must name nobody.
	Reason() string
}

// Asked is an asker as if a reason were given: it tells a page whether to ask for
// one. What it is granted proves nothing, so nothing can be written or noted with it.
func Asked(q Asker) Asker { return asked{q} }

type asked struct{ Asker }

// Reason implements Asker.
func (asked) Reason() string { return "?" }

// Action is a verb on a resource. For lists the purposes it may serve: that a
// rule lets somebody read for oversight does not let them reply.
type Action[T any] struct {
	name     string
	on       *Resource[T]
	purposes []Purpose
}

// NewAction returns an action. Without purposes it may serve any.
func NewAction[T any](name string, on *Resource[T], purposes ...Purpose) Action[T] {
	return Action[T]{name: name, on: on, purposes: purposes}
}

// Name is the action's name, as the ledger and the route table write it.
func (a Action[T]) Name() string { return a.name }

// Resource is what the action is on.
func (a Action[T]) Resource() *Resource[T] { return a.on }

func (a Action[T]) open(q Asker) bool {
	return a.on != nil && !q.Actor().IsNobody() && (len(a.purposes) == 0 || slices.Contains(a.purposes, q.Purpose()))
}

// Check answers whether the actor may do this to t, and by which rule. A
// refusal is a fault of kind Denied; verbs look things up through a Scope
// first, so that what is unseen stays unknown.
func (a Action[T]) Check(q Asker, t T) (Grant[T], error) {
	if !a.open(q) {
		return Grant[T]{}, a.denied()
	}
	proof := Proof{action: a.name, purpose: q.Purpose(), object: a.on.identify(t), actor: q.Actor()}
	if _, only := q.(asked); only {
		proof.action = ""
	}
	proof.object.Controller = a.on.controller(t)
	if q.Actor().IsSystem() {
		proof.rule = "system"
		return Grant[T]{on: t, Proof: proof}, nil
	}
	if !a.on.forbidden(q.Actor(), q.Purpose(), t) {
		class := a.on.classOf(t)
		for _, r := range q.Book().Rules(a.on.controller(t), a.on.name) {
			if !r.serves(q) || (a.on.class != nil && !r.Covers(class)) {
				continue
			}
			if w, ok := a.on.holds(&r, q.Actor(), t); ok {
				proof.rule = r.ID
				if r.Reason {
					proof.detail = q.Reason()
				}
				return Grant[T]{on: t, Proof: proof, why: a.why(r, w, q.Purpose())}, nil
			}
		}
	}
	return Grant[T]{}, a.denied()
}

func (a Action[T]) denied() error {
	what := "thing"
	if a.on != nil {
		what = a.on.name
	}
	return fault.Denied("policy.denied", "no sentence of the notice lets you do this (%s) to this %s for this purpose", a.name, what)
}

// Scope returns the condition under which the actor may do this to rows. It
// and Check are two faces of the same rules.
func (a Action[T]) Scope(q Asker) Scope[T] {
	if !a.open(q) {
		return Scope[T]{}
	}
	if q.Actor().IsSystem() {
		return Scope[T]{cond: always, rules: []string{"system"}, action: a.name}
	}
	book := q.Book()
	if book == nil {
		return Scope[T]{}
	}
	var perController []SQL
	var rules []string
	var whole []int64
	for _, c := range book.controllers {
		var yes []SQL
		for _, r := range book.Rules(c, a.on.name) {
			if !r.serves(q) {
				continue
			}
			if cond := a.on.condition(&r, q.Actor(), c); cond.Text != never.Text {
				yes = append(yes, cond)
				rules = append(rules, r.ID)
			}
		}
		allowed := All(Any(yes...), a.unforbidden(q, c))
		if allowed.Text != never.Text {
			perController = append(perController, All(Equal(a.on.column, c), allowed))
		}
		if Any(yes...).Text == always.Text {
			whole = append(whole, c)
		}
	}
	return Scope[T]{cond: Any(perController...), rules: rules, action: a.name, whole: whole, columns: a.on.indexed}
}

func (a Action[T]) unforbidden(q Asker, controller int64) SQL {
	conds := []SQL{always}
	for _, f := range a.on.forbids {
		if !spared(f.Spares, q.Purpose()) {
			conds = append(conds, Not(f.Atom.SQL(Ask{Actor: q.Actor(), Controller: controller})))
		}
	}
	return All(conds...)
}

func (a Action[T]) why(r Rule, w Term, p Purpose) Why {
	return Why{Rule: r.ID, Because: a.on.phrase(w), Says: r.Says, Clauses: r.Clauses, Purpose: p}
}

// Why is the reason a page shows: the phrase, the notice's sentence, the purpose.
type Why struct {
	Rule    string
	Because string // "your team holds it"
	Says    string // the notice's sentence
	Clauses []string
	Purpose Purpose
}

// Readers says, for each rule of the controller's notice that could let
// somebody into t, whom it lets in, in words: the answer to "who can see this?".
func (r *Resource[T]) Readers(b *Book, t T) []Why {
	rules := b.Rules(r.controller(t), r.name)
	out := make([]Why, 0, len(rules))
	for _, rule := range rules {
		who := make([]string, len(rule.Who))
		for i, w := range rule.Who {
			who[i] = w.String()
		}
		why := Why{Rule: rule.ID, Because: strings.Join(who, " or "), Says: rule.Says, Clauses: rule.Clauses}
		if len(rule.Purposes) > 0 {
			why.Purpose = rule.Purposes[0]
		}
		out = append(out, why)
	}
	return out
}
