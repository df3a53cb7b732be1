package policy

import "slices"

// ways gathers the conditions by which the rows of a scope are found.
type ways struct {
	list  []SQL
	broad bool // a rule lets rows in that no index finds
}

// add takes in what one rule finds its rows by; nothing makes the whole broad.
func (w *ways) add(found []SQL) {
	w.broad = w.broad || len(found) == 0
	for _, c := range found {
		if !slices.ContainsFunc(w.list, func(o SQL) bool { return o.Text == c.Text && slices.Equal(o.Args, c.Args) }) {
			w.list = append(w.list, c)
		}
	}
}

// waysOf are conditions of which one holds wherever the rule lets in. One term that must
// hold is enough; of those that may, each has to have its own.
func (r *Resource[T]) waysOf(rule *Rule, a Actor, c int64) (out []SQL) {
	for _, t := range rule.When {
		if some := r.termWays(t, a, c); len(some) > 0 {
			return some
		}
	}
	for _, t := range rule.Who {
		if r.termSQL(t, a, c).Text == never.Text {
			continue
		}
		some := r.termWays(t, a, c)
		if len(some) == 0 {
			return nil
		}
		out = append(out, some...)
	}
	return out
}

func (r *Resource[T]) termWays(t Term, a Actor, c int64) []SQL {
	atom, ok := r.atoms[t.Atom]
	if !ok || atom.Ways == nil {
		return nil
	}
	return atom.Ways(Ask{Actor: a, Controller: c, Arg: t.Arg})
}

// Ways are conditions, each with an index of its own, of which one holds for every row
// of the action's scope; they may hold for others. ok is false where a rule lets in rows
// without such a condition, as one does that lets an analyst see every ticket. Whoever
// walks the rows of each by its index needs [Scope.Residual] beside it.
func (a Action[T]) Ways(q Asker) (list []SQL, ok bool) {
	book := q.Book()
	if !a.open(q) || q.Actor().IsSystem() || book == nil {
		return nil, false
	}
	var found ways
	for _, c := range book.controllers {
		for _, r := range book.Rules(c, a.on.name) {
			if r.serves(q) && a.on.condition(&r, q.Actor(), c).Text != never.Text {
				found.add(a.on.waysOf(&r, q.Actor(), c))
			}
		}
	}
	if found.broad {
		return nil, false
	}
	return found.list, len(found.list) > 0
}
