package notice

import (
	"slices"
	"strings"
)

// checkPurposesDeclared: E08.
func checkPurposesDeclared(c *checking) {
	names := c.n.purposeNames()
	declared := func(path string, used []string) {
		for i, p := range used {
			at := item(path, i)
			if !c.n.doc.Has(at) {
				at = path
			}
			if err := known("purpose of this notice", p, names); err != nil {
				c.fault(at, "%s: %s", at, err)
			}
		}
	}
	for i, s := range c.n.See {
		path := c.n.seePath(i)
		if len(s.For) == 0 {
			c.fault(path, "%s says nothing about what for; name a purpose under for", path)
		}
		declared(path+".for", s.For)
	}
	for _, d := range c.n.Data {
		declared("data."+d.Name+".for", d.For)
	}
	for _, k := range c.n.Keep {
		for _, p := range k.PerPurpose {
			declared("keep."+k.Name+".per_purpose."+p.Purpose, []string{p.Purpose})
		}
	}
}

// checkBasis: E09, for regimes that know bases.
func checkBasis(c *checking) {
	if c.regime == nil {
		c.notYet("the law pack of this regime is not known")
		return
	}
	if len(c.regime.Bases) == 0 {
		return
	}
	for _, p := range c.n.Purposes {
		path := "purposes." + p.Name
		if p.Basis == "" {
			c.fault(path, "%s has no legal basis; write basis: with one of %s", path, strings.Join(c.regime.Bases, ", "))
		} else if err := known("legal basis", p.Basis, c.regime.Bases); err != nil {
			c.fault(path+".basis", "%s: %s", path+".basis", err)
		}
	}
}

const (
	consent    = "uk.6.1.a"
	contract   = "uk.6.1.b"
	interests  = "uk.6.1.f"
	employment = "uk.9.2.b"
)

// checkAssessment: E10.
func checkAssessment(c *checking) {
	for _, p := range c.n.Purposes {
		if p.Basis == interests && (p.Assessment.Ref == "" || (p.Assessment.ReviewBy.IsZero() && !p.Assessment.ReviewBy.Open)) {
			c.fault("purposes."+p.Name+".basis", "purposes.%s relies on legitimate interests without a written assessment; add assessment: {ref: ..., review_by: ...}", p.Name)
		}
	}
}

func (n *Notice) right(name string) (Right, bool) {
	i := slices.IndexFunc(n.Rights, func(r Right) bool { return r.Name == name })
	if i < 0 {
		return Right{}, false
	}
	return n.Rights[i], true
}

// checkObject: E11.
func checkObject(c *checking) {
	if _, ok := c.n.right("object"); ok {
		return
	}
	for _, p := range c.n.Purposes {
		if p.Basis == interests {
			c.fault("purposes."+p.Name+".basis", "purposes.%s relies on legitimate interests and the notice offers no right to object; add object under rights", p.Name)
		}
	}
}

// checkConsent: E12.
func checkConsent(c *checking) {
	withdraw, offered := c.n.right("withdraw")
	for _, p := range c.n.Purposes {
		if p.Basis != consent {
			continue
		}
		path := "purposes." + p.Name
		if p.Receipt == "" {
			c.fault(path+".basis", "%s relies on consent and keeps no receipt of it; add receipt: ts27560", path)
		}
		if !offered || (len(withdraw.For) > 0 && !slices.Contains(withdraw.For, p.Name)) {
			c.fault(path+".basis", "%s relies on consent that cannot be withdrawn; add withdraw under rights, for: [%s]", path, p.Name)
		}
	}
}

// checkSpecialCondition: E13.
func checkSpecialCondition(c *checking) {
	if c.regime == nil || len(c.regime.Conditions) == 0 {
		return
	}
	for _, d := range c.n.Data {
		path := "data." + d.Name
		switch {
		case d.Class != "special":
		case d.Condition == "":
			c.fault(path, "%s is special data without the further condition the law asks for; add condition: with one of %s", path, strings.Join(c.regime.Conditions, ", "))
		case d.Condition == employment && d.Document == "":
			c.fault(path+".condition", "%s relies on employment law, which asks for a policy document; add policy_document with its reference", path)
		case d.Condition != decide:
			if err := known("condition", d.Condition, c.regime.Conditions); err != nil {
				c.fault(path+".condition", "%s: %s", path+".condition", err)
			}
		}
	}
}

// checkSpecialUse: E14.
func checkSpecialUse(c *checking) {
	barred := []string{"statistics", "improve_service", "reuse_solution", "quality", "post_incident"}
	for _, d := range c.n.Data {
		if d.Class != "special" {
			continue
		}
		for _, name := range d.For {
			for _, s := range c.n.purposeServes(name) {
				if slices.Contains(barred, s) {
					c.fault("data."+d.Name+".for", "data.%s is special data and would be used for %s (%s); leave that purpose out", d.Name, name, s)
				}
			}
		}
	}
}

// checkFields: E15.
func checkFields(c *checking) {
	if c.facts.Fields == nil {
		c.notYet("forms, feeds and the interface do not declare their personal fields yet")
		return
	}
	for _, f := range c.facts.Fields {
		if !slices.ContainsFunc(c.n.Data, func(d Data) bool { return slices.Contains(d.Items, f.Item) }) {
			c.fault("data", "%s takes %q, which no class under data names; name it there or take the field away", f.Where, f.Item)
		}
	}
}

// checkListening: E22, for the notice that promises three roles and five reasons.
func checkListening(c *checking) {
	if !c.n.promises("TMU-24") && !c.n.promises("TMU-25") {
		return
	}
	five := []string{"praise", "complaint", "random_sample", "verify_ticket", "training"}
	var roles []string
	for i, s := range c.n.See {
		if !slices.Contains(s.What, "call_audio") {
			continue
		}
		path := c.n.seePath(i)
		for _, w := range s.Who {
			switch {
			case w == "participant" || slices.Contains(roles, w):
			case strings.HasPrefix(w, "role:"):
				if roles = append(roles, w); len(roles) > 3 {
					c.fault(path+".who", "%s opens recordings to a fourth role, %s; three are promised (TMU-24)", path, w)
				}
			default:
				c.fault(path+".who", "%s opens recordings to %s; only three roles are promised (TMU-24)", path, w)
			}
		}
		for _, r := range s.Reasons {
			if !slices.Contains(five, r) {
				c.fault(path+".reasons", "%s adds the reason %q; the five that are promised are %s (TMU-25)", path, r, strings.Join(five, ", "))
			}
		}
		listens := slices.ContainsFunc(s.For, func(p string) bool { return slices.Contains(c.n.purposeServes(p), "listen") })
		if listens && len(s.Reasons) == 0 && !slices.Contains(s.Who, "participant") {
			c.fault(path, "%s lets somebody listen for any reason; list the promised ones under reasons (TMU-25)", path)
		}
	}
}

// checkReuse: E24.
func checkReuse(c *checking) {
	for _, p := range c.n.Purposes {
		if slices.Contains(p.Serves, "reuse_solution") && p.Requires != "personal_data_removed" {
			c.fault("purposes."+p.Name, "purposes.%s would reuse solutions with personal data in them; add requires: personal_data_removed", p.Name)
		}
	}
}

// checkMinCell: E25.
func checkMinCell(c *checking) {
	for _, p := range c.n.Purposes {
		counts := slices.Contains(p.Serves, "statistics") || p.Output == "aggregate" || p.MinCell != 0
		if counts && p.MinCell < 5 {
			at := "purposes." + p.Name
			if p.MinCell != 0 {
				at += ".min_cell"
			}
			c.fault(at, "purposes.%s would show groups of %d; write min_cell: 5 or more", p.Name, max(p.MinCell, 1))
		}
	}
}

// checkContent: E26. The columns of the product are checked where the data map
// is at hand.
func checkContent(c *checking) {
	content := []string{"audio", "call_audio", "recording", "transcript", "body", "text", "message", "content", "voicemail"}
	forbids := false
	for _, d := range c.n.Data {
		if d.Content != "forbidden" {
			continue
		}
		forbids = true
		for _, i := range d.Items {
			if slices.Contains(content, i) {
				c.fault("data."+d.Name+".items", "data.%s forbids content and lists %q; take it out", d.Name, i)
			}
		}
	}
	if forbids {
		c.notYet("the columns that hold telephone logs do not exist yet; the items of the file were checked")
	}
}
