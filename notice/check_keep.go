package notice

import (
	"slices"
	"strings"

	"heed/notice/civil"
)

func (n *Notice) promises(id string) bool {
	return slices.ContainsFunc(n.Promises, func(p Promise) bool { return p.ID == id })
}

func (n *Notice) keep(name string) (Keep, bool) {
	i := slices.IndexFunc(n.Keep, func(k Keep) bool { return k.Name == name })
	if i < 0 {
		return Keep{}, false
	}
	return n.Keep[i], true
}

func (n *Notice) data(name string) (Data, bool) {
	i := slices.IndexFunc(n.Data, func(d Data) bool { return d.Name == name })
	if i < 0 {
		return Data{}, false
	}
	return n.Data[i], true
}

// Covered returns the classes of data that a keep line is about.
func (k Keep) Covered() []string {
	if len(k.Covers) == 0 {
		return []string{k.Name}
	}
	return k.Covers
}

// ceilings are all upper bounds of a keep line, those by purpose included.
func (k Keep) ceilings() []Limit {
	out := slices.Clone(k.AtMost)
	for _, p := range k.PerPurpose {
		out = append(out, p.Limits...)
	}
	return out
}

func (c *checking) eachLimit(list []Limit, path string, do func(at string, l Limit)) {
	for i, l := range list {
		at := item(path, i)
		if !c.n.doc.Has(at) {
			at = path
		}
		do(at, l)
	}
}

// checkLawFloor: E01.
func checkLawFloor(c *checking) {
	if c.n.promises("TMU-21") {
		k, ok := c.n.keep("call_audio")
		held := ok && slices.ContainsFunc(k.AtLeast, func(l Limit) bool {
			order, sure := l.Period.Compare(civil.Period{Years: 1})
			return l.Anchor == Recorded && !l.Open && sure && order >= 0
		})
		if !held {
			c.fault("keep.call_audio.at_least", "recordings are promised for at least one year from the recording (TMU-21); write at_least: [1y after recorded] or longer")
		}
	}
	if c.regime == nil {
		c.notYet("the law pack of this regime is not known")
		return
	}
	for _, k := range c.n.Keep {
		c.eachLimit(k.AtLeast, "keep."+k.Name+".at_least", func(at string, l Limit) {
			for _, f := range c.regime.Floors {
				order, sure := l.Period.Compare(f.Period)
				if f.Anchor == string(l.Anchor) && !l.Open && (order < 0 || !sure) {
					c.fault(at, "%s is shorter than the %s after %s that the law asks for (%s)", l, f.Period, f.Anchor, f.Source)
				}
			}
		})
	}
}

// checkFloorCeiling: E02. Only bounds with one anchor can be compared in the
// file; those with two are compared for each record, by notice/deadline.
func checkFloorCeiling(c *checking) {
	for _, k := range c.n.Keep {
		c.eachLimit(k.AtLeast, "keep."+k.Name+".at_least", func(at string, floor Limit) {
			for _, ceiling := range k.ceilings() {
				if ceiling.Anchor != floor.Anchor || ceiling.Open || floor.Open {
					continue
				}
				switch order, sure := floor.Period.Compare(ceiling.Period); {
				case !sure:
					c.fault(at, "whether %s is longer than the ceiling %s depends on the month; write both in the same unit", floor, ceiling)
				case order > 0:
					c.fault(at, "%s is longer than the ceiling %s; nothing can be kept at least longer than at most", floor, ceiling)
				}
			}
		})
	}
}

// checkAnchors: E03. That every limit names an anchor is a matter of form.
func checkAnchors(c *checking) {
	if c.facts.Anchors == nil {
		c.notYet("no feed or record declares which anchors it supplies yet")
		return
	}
	supplied := func(at string, l Limit) {
		if !slices.Contains(c.facts.Anchors, l.Anchor) {
			c.fault(at, "nothing supplies the anchor %s, so this limit would never fall due; supplied are %s", l.Anchor, strings.Join(words(c.facts.Anchors), ", "))
		}
	}
	for _, k := range c.n.Keep {
		c.eachLimit(k.AtLeast, "keep."+k.Name+".at_least", supplied)
		c.eachLimit(k.AtMost, "keep."+k.Name+".at_most", supplied)
		for _, p := range k.PerPurpose {
			c.eachLimit(p.Limits, "keep."+k.Name+".per_purpose."+p.Purpose, supplied)
		}
	}
}

// checkPromisedCeiling: E04.
func checkPromisedCeiling(c *checking) {
	if !c.n.promises("CAB-17") {
		return
	}
	year := civil.Period{Years: 1}
	for _, k := range c.n.Keep {
		held := slices.ContainsFunc(k.AtMost, func(l Limit) bool {
			order, sure := l.Period.Compare(year)
			return l.Anchor == LeftDepartment && !l.Open && sure && order <= 0
		})
		if !held {
			c.fault("keep."+k.Name+".at_most", "keep.%s may outlive the promise that nothing stays longer than one year after somebody left (CAB-17); write at_most: [1y after left_department] or shorter", k.Name)
		}
	}
}

// checkKept: E05.
func checkKept(c *checking) {
	var covered []string
	for _, k := range c.n.Keep {
		for _, name := range k.Covered() {
			if _, ok := c.n.data(name); !ok && name != "ticket" {
				c.fault("keep."+k.Name, "keep.%s covers %q, which is no class under data; name the classes it keeps under covers", k.Name, name)
			}
			covered = append(covered, name)
		}
	}
	for _, d := range c.n.Data {
		if d.Rule != "forbidden" && !slices.Contains(covered, d.Name) {
			c.fault("data."+d.Name, "nothing says how long %s is kept; add it to the covers of a line under keep", d.Name)
		}
	}
}

// checkDecided: E06. A file without a first day is a draft and may leave
// things open; W09 lists them.
func checkDecided(c *checking) {
	if c.n.Effective.Open {
		return
	}
	for _, o := range c.n.Undecided() {
		if o.Path != "effective" {
			c.fault(o.Path, "%s is still to be decided, and this version has a first day (%s); decide it here or in an overlay, or write effective: decide", o.Path, c.n.Effective)
		}
	}
}

// checkScheduleNumber: E07.
func checkScheduleNumber(c *checking) {
	for _, k := range c.n.Keep {
		if k.Line != "" && len(k.AtLeast) == 0 && len(k.ceilings()) == 0 {
			c.fault("keep."+k.Name+".line", "keep.%s names the schedule line %q and no number; write what the line says, such as at_most: [3y after closed]", k.Name, k.Line)
		}
	}
}
