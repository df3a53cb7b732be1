package notice

import (
	"slices"
	"strings"
)

// grant is one who on one thing under one set of conditions, gathered from all
// rules that say so.
type grant struct {
	who, what string
	when      []string // sorted
	purposes  []string
	except    []string // only what every rule leaves out
	reasons   []string
	reason    bool // a reason, or evidence of one, must be given
	hours     int
	path      string
	clauses   []string
}

func (g grant) key() string { return g.who + "|" + g.what + "|" + strings.Join(g.when, ",") }

// own reports whether the grant shows people only what is about themselves.
func (g grant) own() bool { return len(g.purposes) == 1 && g.purposes[0] == "own" }

// grants takes the see rules apart. Rules under one key are joined: two
// sentences that let the same people in let them into both parts.
func (n *Notice) grants() []grant {
	var out []grant
	for i, s := range n.See {
		for _, what := range s.What {
			for _, who := range s.Who {
				g := grant{
					who: who, what: what, when: slices.Sorted(slices.Values(s.When)), purposes: slices.Clone(s.For),
					except: slices.Clone(s.Except), reasons: slices.Clone(s.Reasons), hours: s.Hours,
					reason: s.Reason != "" || s.Evidence != "", path: n.seePath(i), clauses: s.Clauses,
				}
				j := slices.IndexFunc(out, func(o grant) bool { return o.key() == g.key() })
				if j < 0 {
					out = append(out, g)
					continue
				}
				out[j].join(g)
			}
		}
	}
	return out
}

func (g *grant) join(o grant) {
	g.purposes = append(g.purposes, without(o.purposes, g.purposes)...)
	g.except = slices.DeleteFunc(g.except, func(c string) bool { return !slices.Contains(o.except, c) })
	if len(g.reasons) == 0 || len(o.reasons) == 0 {
		g.reasons = nil
	} else {
		g.reasons = append(g.reasons, without(o.reasons, g.reasons)...)
	}
	g.reason = g.reason && o.reason
	if g.hours == 0 || o.hours == 0 {
		g.hours = 0
	} else {
		g.hours = max(g.hours, o.hours)
	}
}

func (d *differ) see(a, b *Notice) {
	as, bs := a.grants(), b.grants()
	var gone, came []grant
	for _, g := range as {
		if i := slices.IndexFunc(bs, func(o grant) bool { return o.key() == g.key() }); i < 0 {
			gone = append(gone, g)
		} else {
			d.grant(g, bs[i])
		}
	}
	for _, g := range bs {
		if !slices.ContainsFunc(as, func(o grant) bool { return o.key() == g.key() }) {
			came = append(came, g)
		}
	}
	gone, came = d.conditions(gone, came)
	for _, g := range gone {
		d.clauses = g.clauses
		if g.own() {
			d.add(Wider, g.path, "%s can no longer see %s.", sentence(whoEnglish(g.who)), whatEnglish(g.what))
			continue
		}
		d.add(Narrower, g.path, "%s may no longer see %s%s.", sentence(whoEnglish(g.who)), whatEnglish(g.what), g.tail())
	}
	for _, g := range came {
		d.clauses = g.clauses
		if g.own() {
			d.add(Narrower, g.path, "%s can now see %s.", sentence(whoEnglish(g.who)), whatEnglish(g.what))
			continue
		}
		d.add(Wider, g.path, "%s may now see %s%s.", sentence(whoEnglish(g.who)), whatEnglish(g.what), g.tail())
	}
	d.clauses = nil
	d.sentences(a, b)
}

// conditions pairs a grant that went with one that came where only the
// conditions differ, so that a dropped condition reads as one.
func (d *differ) conditions(gone, came []grant) (restGone, restCame []grant) {
	same := func(x, y grant) bool { return x.who == y.who && x.what == y.what }
	count := func(list []grant, g grant) int {
		n := 0
		for _, o := range list {
			if same(o, g) {
				n++
			}
		}
		return n
	}
	paired := map[string]bool{}
	for _, g := range gone {
		i := slices.IndexFunc(came, func(o grant) bool { return same(o, g) })
		if i < 0 || count(gone, g) != 1 || count(came, g) != 1 {
			continue
		}
		o := came[i]
		paired[g.key()], paired[o.key()] = true, true
		d.clauses = o.clauses
		dropped, added := without(g.when, o.when), without(o.when, g.when)
		effect := Unclear
		switch {
		case len(added) == 0:
			effect = Wider
		case len(dropped) == 0:
			effect = Narrower
		}
		d.add(effect, o.path, "%s see %s now%s; before, it was%s.", sentence(whoEnglish(o.who)), whatEnglish(o.what), conditionsEnglish(o.when), conditionsEnglish(g.when))
		d.grant(g, o)
	}
	left := func(list []grant) []grant {
		return slices.DeleteFunc(list, func(g grant) bool { return paired[g.key()] })
	}
	return left(gone), left(came)
}

// grant compares what two grants to the same people on the same thing allow.
func (d *differ) grant(a, b grant) {
	d.clauses = b.clauses
	subject := sentence(whoEnglish(b.who)) + " on " + whatEnglish(b.what)
	d.loosen(b.path, subject+": what for", a.purposes, b.purposes)
	d.protect(b.path, subject+": what is left out", a.except, b.except)
	switch { // no list of reasons means any reason
	case len(a.reasons) == 0 && len(b.reasons) > 0:
		d.add(Narrower, b.path, "%s: only for these reasons now: %s.", subject, sorted(b.reasons))
	case len(a.reasons) > 0 && len(b.reasons) == 0:
		d.add(Wider, b.path, "%s: for any reason now, no longer only for %s.", subject, sorted(a.reasons))
	default:
		d.loosen(b.path, subject+": the reasons", a.reasons, b.reasons)
	}
	d.flag(b.path, a.reason, b.reason, Narrower, subject+": a reason must be given now.", subject+": no reason has to be given any more.")
	switch {
	case a.hours == b.hours:
	case b.hours == 0 || (a.hours != 0 && b.hours > a.hours):
		d.add(Wider, b.path, "%s: for longer than the %d hours of before.", subject, a.hours)
	default:
		d.add(Narrower, b.path, "%s: for %d hours only.", subject, b.hours)
	}
	d.clauses = nil
}

// sentences compares the words of rules that stand under the same id.
func (d *differ) sentences(a, b *Notice) {
	for _, x := range a.See {
		for _, y := range b.See {
			if x.ID == y.ID {
				d.clauses = y.Clauses
				d.wording("see."+y.ID+".says", "The sentence "+y.ID, x.Says, y.Says)
			}
		}
	}
	d.clauses = nil
}

// tail says under which conditions, without what, and what for.
func (g grant) tail() string {
	var b strings.Builder
	if len(g.except) > 0 {
		b.WriteString(" without " + strings.Join(g.except, ", ") + " entries")
	}
	b.WriteString(conditionsTail(g.when))
	if len(g.purposes) > 0 {
		b.WriteString(", for " + strings.Join(g.purposes, ", "))
	}
	return b.String()
}
