package notice

import (
	"slices"
	"strconv"
	"strings"
)

// keep compares one line about keeping. A longer ceiling keeps more; a changed
// floor cuts both ways, since it keeps longer and promises longer, so somebody
// must judge it.
func (d *differ) keep(path string, a, b Keep) {
	name := strconv.Quote(b.Name)
	d.limits(path+".at_most", name, a.AtMost, b.AtMost)
	d.purposeLimits(path+".per_purpose", name, a.PerPurpose, b.PerPurpose)
	d.judge(path+".at_least", "How long "+name+" is kept at least", limitsText(a.AtLeast), limitsText(b.AtLeast))
	d.judge(path+".covers", "What "+name+" covers", sorted(a.Covered()), sorted(b.Covered()))
	d.judge(path+".rule", "How several limits combine for "+name, a.Rule, b.Rule)
	d.judge(path+".then", "What happens to "+name+" then", a.Then, b.Then)
	d.guard(path+".authorise", "Somebody's word before "+name+" goes", a.Authorise, b.Authorise)
	d.judge(path+".start_early", "How early disposal of "+name+" begins", spanText(a.StartEarly), spanText(b.StartEarly))
	d.wording(path+".line", "The line of the retention schedule", string(a.Line), string(b.Line))
	d.wording(path+".says", "The sentence on "+name, a.Says, b.Says)
}

// limits compares ceilings anchor by anchor. All of them bind, so one more
// keeps less and one fewer keeps more.
func (d *differ) limits(path, name string, as, bs []Limit) {
	find := func(list []Limit, anchor Anchor) (Limit, bool) {
		i := slices.IndexFunc(list, func(l Limit) bool { return l.Anchor == anchor })
		if i < 0 {
			return Limit{}, false
		}
		return list[i], true
	}
	for _, a := range as {
		b, ok := find(bs, a.Anchor)
		if !ok {
			d.add(Wider, path, "%s no longer has to go %s.", name, limitEnglish(a))
			continue
		}
		d.limit(path, name, a, b)
	}
	for _, b := range bs {
		if _, ok := find(as, b.Anchor); !ok {
			d.add(Narrower, path, "%s now has to go %s.", name, limitEnglish(b))
		}
	}
}

func (d *differ) limit(path, name string, a, b Limit) {
	if a == b {
		return
	}
	order, sure := b.Period.Compare(a.Period)
	effect := Unclear
	switch {
	case a.Open || b.Open || !sure:
	case order > 0:
		effect = Wider
	case order < 0:
		effect = Narrower
	default: // only the cap on a decision changed, and the decision did not
		effect = Neutral
	}
	d.add(effect, path, "The longest keeping of %s changes from %s to %s.", name, limitEnglish(a), limitEnglish(b))
}

func (d *differ) purposeLimits(path, name string, as, bs []PurposeLimit) {
	find := func(list []PurposeLimit, purpose string) int {
		return slices.IndexFunc(list, func(p PurposeLimit) bool { return p.Purpose == purpose })
	}
	for _, a := range as {
		if i := find(bs, a.Purpose); i < 0 {
			d.add(Narrower, path+"."+a.Purpose, "%s is no longer kept for %s.", name, a.Purpose)
		} else {
			d.limits(path+"."+a.Purpose, name+" for "+a.Purpose, a.Limits, bs[i].Limits)
		}
	}
	for _, b := range bs {
		if find(as, b.Purpose) < 0 {
			d.add(Wider, path+"."+b.Purpose, "%s is now kept for %s too.", name, b.Purpose)
		}
	}
}

func limitsText(list []Limit) string {
	var out []string
	for _, l := range list {
		out = append(out, l.String())
	}
	return sorted(out)
}

func limitEnglish(l Limit) string { return strings.TrimSpace(englishWords().limit(l)) }
