package notice

import (
	"fmt"
	"slices"
	"strings"
)

// Effect is what a change does to the people whose data it is.
type Effect string

// The effects. A change that somebody must judge is Unclear.
const (
	Wider    Effect = "wider"    // more is read, used, kept or shared, or a right or promise goes
	Narrower Effect = "narrower" // the reverse
	Neutral  Effect = "neutral"  // words, dates and addresses
	Unclear  Effect = "unclear"
)

// mirror is the effect of the same change taken back.
func (e Effect) mirror() Effect {
	switch e {
	case Wider:
		return Narrower
	case Narrower:
		return Wider
	case Neutral, Unclear:
	}
	return e
}

// Change is one difference between two versions, in words.
type Change struct {
	Effect  Effect
	Path    string // of the value in the file
	Text    string
	Clauses []string // the promises it touches
}

// Diff returns what changes from a to b, block by block in the order of the
// file. Diff(b, a) has the same changes the other way round: what was wider is
// narrower. Files that say the same in another order do not differ.
func Diff(a, b *Notice) []Change {
	d := &differ{}
	d.head(a, b)
	blocks(d, "data", a.Data, b.Data, func(x Data) (string, []string) { return x.Name, x.Clauses }, addingData, d.data)
	blocks(d, "purposes", a.Purposes, b.Purposes, func(x Purpose) (string, []string) { return x.Name, x.Clauses }, always[Purpose](Wider), d.purpose)
	d.see(a, b)
	d.share(a, b)
	blocks(d, "keep", a.Keep, b.Keep, func(x Keep) (string, []string) { return x.Name, x.Clauses }, always[Keep](Unclear), d.keep)
	blocks(d, "rights", a.Rights, b.Rights, func(x Right) (string, []string) { return x.Name, x.Clauses }, always[Right](Narrower), d.right)
	d.rest(a, b)
	blocks(d, "promises", a.Promises, b.Promises, func(x Promise) (string, []string) { return x.ID, []string{x.ID} }, always[Promise](Narrower), d.promise)
	return d.changes
}

type differ struct {
	changes []Change
	clauses []string // of the block at hand
}

func (d *differ) add(e Effect, path, format string, args ...any) {
	d.changes = append(d.changes, Change{Effect: e, Path: path, Text: fmt.Sprintf(format, args...), Clauses: slices.Clone(d.clauses)})
}

// noun is what a block's entries are called in a sentence.
func noun(block string) string {
	return map[string]string{
		"data": "class of data", "purposes": "purpose", "keep": "line about keeping", "rights": "right",
		"promises": "promise", "recipients": "recipient", "controller.options": "controller",
	}[block]
}

// blocks compares named entries: those only in b were added, those only in a
// were removed, and those in both are compared one by one.
func blocks[T any](d *differ, block string, as, bs []T, name func(T) (string, []string), adding func(T) Effect, compare func(path string, a, b T)) {
	find := func(list []T, want string) int {
		return slices.IndexFunc(list, func(x T) bool { n, _ := name(x); return n == want })
	}
	for _, a := range as {
		n, clauses := name(a)
		d.clauses = clauses
		path := block + "." + n
		if i := find(bs, n); i < 0 {
			d.add(adding(a).mirror(), path, "The %s %q goes.", noun(block), n)
		} else {
			compare(path, a, bs[i])
		}
	}
	for _, b := range bs {
		n, clauses := name(b)
		if find(as, n) < 0 {
			d.clauses = clauses
			d.add(adding(b), block+"."+n, "There is a new %s: %q.", noun(block), n)
		}
	}
	d.clauses = nil
}

func always[T any](e Effect) func(T) Effect { return func(T) Effect { return e } }

// addingData: naming something that is forbidden collects nothing.
func addingData(x Data) Effect {
	if x.Rule == "forbidden" {
		return Narrower
	}
	return Wider
}

// guard compares a value whose presence protects people.
func (d *differ) guard(path, what, a, b string) {
	switch {
	case a == b:
	case b == "":
		d.add(Wider, path, "%s is no longer asked for (it was %q).", what, a)
	case a == "":
		d.add(Narrower, path, "%s is now asked for: %q.", what, b)
	default:
		d.add(Unclear, path, "%s changes from %q to %q.", what, a, b)
	}
}

// loosen compares lists whose items allow something.
func (d *differ) loosen(path, what string, a, b []string) { d.items(path, what, a, b, Wider) }

// protect compares lists whose items protect somebody.
func (d *differ) protect(path, what string, a, b []string) { d.items(path, what, a, b, Narrower) }

func (d *differ) items(path, what string, a, b []string, adding Effect) {
	if gone := without(a, b); len(gone) > 0 {
		d.add(adding.mirror(), path, "%s no longer includes %s.", what, strings.Join(gone, ", "))
	}
	if came := without(b, a); len(came) > 0 {
		d.add(adding, path, "%s now includes %s.", what, strings.Join(came, ", "))
	}
}

func without(list, other []string) []string {
	var out []string
	for _, x := range list {
		if !slices.Contains(other, x) {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return out
}

// flag compares a switch; on is the effect of turning it on.
func (d *differ) flag(path string, a, b bool, on Effect, yes, no string) {
	switch {
	case b && !a:
		d.add(on, path, "%s", yes)
	case a && !b:
		d.add(on.mirror(), path, "%s", no)
	}
}

// wording compares sentences and other words; they change nothing that is
// enforced.
func (d *differ) wording(path, what, a, b string) {
	if a != b {
		d.add(Neutral, path, "%s now reads: %q (before: %q).", what, b, a)
	}
}

// judge compares values whose difference somebody must weigh.
func (d *differ) judge(path, what, a, b string) {
	if a != b {
		d.add(Unclear, path, "%s changes from %q to %q.", what, a, b)
	}
}
