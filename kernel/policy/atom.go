package policy

import "strings"

// Ask is the question an atom answers: does this hold for the actor, for the
// controller whose rule is read, with the rule's argument?
type Ask struct {
	Actor      Actor
	Controller int64
	Arg        string
}

// SQL is a condition with ? in place of its arguments; kernel/store numbers them.
type SQL struct {
	Text string
	Args []any
}

// Always and Never are the constant conditions.
var (
	always = SQL{Text: "TRUE"}
	never  = SQL{Text: "FALSE"}
)

// Never is the condition that holds for no row.
func Never() SQL { return never }

// If returns the constant condition of b.
func If(b bool) SQL {
	if b {
		return always
	}
	return never
}

// Equal is the condition that a NOT NULL column has the value v.
func Equal(column string, v any) SQL { return SQL{Text: column + " = ?", Args: []any{v}} }

// In is the condition that a NOT NULL column is one of ids; of none, it never holds.
func In(column string, ids []int64) SQL {
	if len(ids) == 0 {
		return never
	}
	args := make([]any, len(ids))
	for i, v := range ids {
		args[i] = v
	}
	return SQL{Text: column + " IN (?" + strings.Repeat(", ?", len(ids)-1) + ")", Args: args}
}

// All is the conjunction of conditions, Any the disjunction; constants are
// folded, so that what reaches the database is no longer than it must be.
func All(cs ...SQL) SQL { return fold(cs, " AND ", always, never) }

// Any is the disjunction of conditions; of none, it never holds.
func Any(cs ...SQL) SQL { return fold(cs, " OR ", never, always) }

// Not is the negation. It is safe because every fragment is total.
func Not(c SQL) SQL {
	switch c.Text {
	case always.Text:
		return never
	case never.Text:
		return always
	}
	return SQL{Text: "NOT (" + c.Text + ")", Args: c.Args}
}

func fold(cs []SQL, op string, neutral, absorbing SQL) SQL {
	var texts []string
	var args []any
	for _, c := range cs {
		switch c.Text {
		case absorbing.Text:
			return absorbing
		case neutral.Text:
			continue
		}
		texts = append(texts, c.Text)
		args = append(args, c.Args...)
	}
	switch len(texts) {
	case 0:
		return neutral
	case 1:
		return SQL{Text: texts[0], Args: args}
	}
	return SQL{Text: "(" + strings.Join(texts, op) + ")", Args: args}
}

// Atom is one reason to say yes about a T. Its three faces mean the same: Check
// on one value, SQL on many, Phrase in words ("your team holds it"; %s in it
// is replaced by the argument). Ways finds what it lets in without asking each row.
type Atom[T any] struct {
	Name   string
	Phrase string
	Check  func(Ask, T) bool
	SQL    func(Ask) SQL
	// Ways are conditions, each with an index, of which one holds wherever SQL does; nil
	// where there are none.
	Ways func(Ask) []SQL
}

// actorAtoms are the reasons that depend on the actor alone; every resource has them.
func actorAtoms[T any]() []Atom[T] {
	lift := func(name, phrase string, holds func(Ask) bool) Atom[T] {
		return Atom[T]{
			Name: name, Phrase: phrase,
			Check: func(q Ask, _ T) bool { return holds(q) },
			SQL:   func(q Ask) SQL { return If(holds(q)) },
		}
	}
	return []Atom[T]{
		lift("team", "you belong to %s", func(q Ask) bool { return q.Actor.InGroupCode(q.Controller, q.Arg) }),
		lift("role", "you are a %s here", func(q Ask) bool { return q.Actor.HasRole(q.Controller, q.Arg) }),
		lift("analyst", "you are an analyst here with a valid account", func(q Ask) bool { return q.Actor.HasRole(q.Controller, RoleAnalyst) }),
		lift("anyone_signed_in", "you are signed in", func(q Ask) bool { return q.Actor.kind == personActor }),
	}
}

// RoleAnalyst is the role that every valid agent account holds.
const RoleAnalyst = "analyst"
