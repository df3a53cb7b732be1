package policy_test

import (
	"fmt"
	"slices"
	"strings"

	"heed/kernel/policy"
)

// A toy slice: books on a shelf. Some are kept back while they are repaired.

// book is a thing that rules let people into.
type book struct {
	id      int64
	library int64 // its controller
	owner   int64
	team    int64
	class   string
	torn    bool
}

// lent is the action of these tests.
func books() *policy.Resource[book] {
	return policy.NewResource(policy.Shape[book]{
		Name: "book", Controller: func(b book) int64 { return b.library }, ControllerColumn: "b.library_id", Indexed: []string{"b.owner_id", "b.team_id"},
		Class: func(b book) string { return b.class }, ClassColumn: "b.class",
		Identify: func(b book) policy.Object { return policy.Object{Kind: "book", ID: b.id, Person: b.owner} },
		Atoms: []policy.Atom[book]{
			{
				Name: "owner", Phrase: "it is yours",
				Check: func(q policy.Ask, b book) bool { return q.Actor.PersonID() != 0 && q.Actor.PersonID() == b.owner },
				SQL: func(q policy.Ask) policy.SQL {
					if q.Actor.PersonID() == 0 {
						return policy.Never()
					}
					return policy.Equal("b.owner_id", q.Actor.PersonID())
				},
				Ways: func(q policy.Ask) []policy.SQL { return []policy.SQL{policy.Equal("b.owner_id", q.Actor.PersonID())} },
			},
			{
				Name: "held", Phrase: "your team holds it",
				Check: func(q policy.Ask, b book) bool { return q.Actor.InGroup(b.team) },
				SQL:   func(q policy.Ask) policy.SQL { return policy.In("b.team_id", q.Actor.GroupIDs()) },
				Ways: func(q policy.Ask) (each []policy.SQL) {
					for _, team := range q.Actor.GroupIDs() {
						each = append(each, policy.Equal("b.team_id", team))
					}
					return each
				},
			},
		},
		Forbids: []policy.Forbid[book]{{
			Atom: policy.Atom[book]{
				Name:  "torn",
				Check: func(_ policy.Ask, b book) bool { return b.torn },
				SQL:   func(policy.Ask) policy.SQL { return policy.Equal("b.torn", true) },
			},
			Spares: []policy.Purpose{policy.Oversight},
		}},
	})
}

// asker is a transaction without a database.
type asker struct {
	who     policy.Actor
	purpose policy.Purpose
	book    *policy.Book
}

// Actor implements policy.Asker.
func (a asker) Actor() policy.Actor { return a.who }

// Purpose implements policy.Asker.
func (a asker) Purpose() policy.Purpose { return a.purpose }

// Book implements policy.Asker.
func (a asker) Book() *policy.Book { return a.book }

// Reason implements policy.Asker.
func (asker) Reason() string { return "" }

// holds answers a condition for one book, as an engine would. It knows what
// the conditions of this package and of the toy's atoms look like, and panics on
// anything else, so that a new form is not silently true.
func holds(c policy.SQL, b book) bool {
	e := &engine{text: c.Text, args: c.Args, row: map[string]any{
		"b.library_id": b.library, "b.owner_id": b.owner, "b.team_id": b.team, "b.class": b.class, "b.torn": b.torn,
	}}
	out := e.or()
	if e.text != "" || len(e.args) > 0 {
		panic(fmt.Sprintf("the condition %q goes on with %q and %v", c.Text, e.text, e.args))
	}
	return out
}

// engine reads a condition from left to right.
type engine struct {
	text string
	args []any
	row  map[string]any
}

func (e *engine) take(word string) bool {
	rest, ok := strings.CutPrefix(e.text, word)
	if ok {
		e.text = rest
	}
	return ok
}

func (e *engine) or() bool {
	out := e.and()
	for e.take(" OR ") {
		out = e.and() || out
	}
	return out
}

func (e *engine) and() bool {
	out := e.one()
	for e.take(" AND ") {
		out = e.one() && out
	}
	return out
}

func (e *engine) one() bool {
	switch {
	case e.take("TRUE"):
		return true
	case e.take("FALSE"):
		return false
	case e.take("NOT ("):
		out := !e.or()
		e.must(")")
		return out
	case e.take("("):
		out := e.or()
		e.must(")")
		return out
	}
	e.take("+")
	name, _, _ := strings.Cut(e.text, " ")
	e.must(name)
	value, known := e.row[name]
	if !known {
		panic("no column " + name)
	}
	if e.take(" = ") {
		return value == e.arg()
	}
	e.must(" IN (")
	list := []any{e.arg()}
	for e.take(", ") {
		list = append(list, e.arg())
	}
	e.must(")")
	return slices.Contains(list, value)
}

func (e *engine) must(word string) {
	if !e.take(word) {
		panic(fmt.Sprintf("%q stands where %q should", e.text, word))
	}
}

func (e *engine) arg() any {
	e.must("?")
	v := e.args[0]
	e.args = e.args[1:]
	return v
}
