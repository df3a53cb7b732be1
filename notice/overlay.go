package notice

import (
	"fmt"
	"strings"

	"heed/notice/strict"
)

// overlayFile is a file of choices over the decides of one notice.
type overlayFile struct {
	Overlay  string   `yaml:"overlay,required"` // the policy it belongs to
	ChosenBy string   `yaml:"chosen_by,required"`
	Choices  []Choice `yaml:"choices,required"`
}

// Overlay returns n with the choices of an overlay file in place of its
// decides. What the notice says itself cannot be chosen otherwise: a choice for
// a key that is not open is an error. n stays as it is.
func Overlay(n *Notice, file string, src []byte) (*Notice, []Problem) {
	over, problems := strict.Parse(file, src)
	if over == nil {
		return nil, ofForm(problems)
	}
	var o overlayFile
	ps := ofForm(append(problems, over.Decode(&o)...))
	at := func(path, format string, args ...any) {
		ps = append(ps, Problem{Problem: strict.Problem{File: file, Pos: over.Pos(path), Text: fmt.Sprintf(format, args...)}})
	}
	if o.Overlay != n.Policy {
		at("overlay", "this overlay is for %q and was laid over %q", o.Overlay, n.Policy)
		return nil, sortProblems(ps)
	}
	doc, _ := strict.Parse(n.File(), n.source)
	for i, c := range o.Choices {
		path := item("choices", i)
		old, ok := doc.Text(c.Path)
		switch {
		case !ok:
			at(path+".key", "%s has nothing at %q; %s", n.File(), c.Path, meantPath(c.Path, doc))
		case old != decide && !strings.HasPrefix(old, decide+" after "):
			at(path+".key", "%s says %q at %s; an overlay chooses only where the notice says decide", n.File(), old, c.Path)
		default:
			if err := doc.Replace(c.Path, strings.Replace(old, decide, c.Value, 1)); err != nil {
				at(path+".key", "%s", err)
			}
		}
	}
	out, found := decode(doc, n.source)
	// What is wrong with a chosen value is wrong in the overlay, not in the notice.
	for i := range found {
		for j, c := range o.Choices {
			if at := found[i].Pos; at == doc.Pos(c.Path) || at == doc.ValuePos(c.Path) {
				found[i].File, found[i].Pos = file, over.ValuePos(item("choices", j)+".value")
			}
		}
	}
	for _, c := range o.Choices {
		c.By = o.ChosenBy
		out.choices = append(out.choices, c)
	}
	return out, sortProblems(append(ps, found...))
}
