package notice

import (
	"slices"
	"strings"
)

func warnContract(c *checking) {
	partners := slices.Contains(c.n.AppliesTo.Affiliations, "partner")
	for _, p := range c.n.Purposes {
		at := "purposes." + p.Name + ".basis"
		switch {
		case p.Basis != contract:
		case slices.Contains(p.Serves, "statistics") || slices.Contains(p.Serves, "improve_service"):
			c.fault(at, "purposes.%s rests on a contract; statistics are rarely needed to perform one", p.Name)
		case partners:
			c.fault(at, "purposes.%s rests on a contract; partners may have none with the controller", p.Name)
		}
	}
}

func warnEmployeeConsent(c *checking) {
	if !slices.Contains(c.n.AppliesTo.Affiliations, "staff") {
		return
	}
	for _, p := range c.n.Purposes {
		if p.Basis == consent {
			c.fault("purposes."+p.Name+".basis", "purposes.%s rests on the consent of employees, who may not feel free to refuse; make sure that refusing changes nothing", p.Name)
		}
	}
}

func warnAnalystWide(c *checking) {
	special := slices.ContainsFunc(c.n.Data, func(d Data) bool { return d.Class == "special" })
	if !special {
		return
	}
	for i, s := range c.n.See {
		wide := slices.Contains(s.Who, "analyst") && len(s.When) == 0 && slices.Contains(s.What, "ticket")
		if wide && !slices.Contains(s.Except, "restricted") {
			c.fault(c.n.seePath(i), "every analyst reads what people tell about their health or beliefs; consider except: [restricted]")
		}
	}
}

func warnPublicAuthority(c *checking) {
	if !c.n.Controller.Public {
		return
	}
	for _, p := range c.n.Purposes {
		if p.Basis == interests {
			c.fault("purposes."+p.Name+".basis", "a public authority may rely on legitimate interests only outside its public tasks; say in the assessment why this is outside")
		}
	}
}

func warnSpecialList(c *checking) {
	for _, d := range c.n.Data {
		if d.Class != "special" || len(d.Items) < 3 {
			continue
		}
		for _, need := range []string{"genetic", "biometric"} {
			if !slices.ContainsFunc(d.Items, func(i string) bool { return strings.Contains(i, need) }) {
				c.fault("data."+d.Name+".items", "the law counts %s data as special too; the list does not", need)
			}
		}
	}
}

func warnReview(c *checking) {
	if !c.n.ReviewBy.Open && c.n.ReviewBy.Before(c.facts.Today) {
		c.fault("review_by", "the review was due on %s", c.n.ReviewBy.English())
	}
	for _, p := range c.n.Purposes {
		if d := lastDay(p.Assessment.ReviewBy); !d.IsZero() && d.Before(c.facts.Today) {
			c.fault("purposes."+p.Name+".assessment.review_by", "the review of the assessment was due on %s", d.English())
		}
	}
}

func warnScreening(c *checking) {
	for _, d := range c.n.Data {
		if d.Monitoring && d.Screening == "" {
			c.fault("data."+d.Name, "data.%s watches people at work and names no impact assessment; add screening", d.Name)
		}
	}
}

func warnUnused(c *checking) {
	for _, d := range c.n.Data {
		if d.Rule != "forbidden" && len(d.For) == 0 {
			c.fault("data."+d.Name, "data.%s is used for nothing; name its purposes under for, or do not collect it", d.Name)
		}
	}
}

func warnDraft(c *checking) {
	if !c.n.Effective.Open {
		return
	}
	for _, o := range c.n.Undecided() {
		c.fault(o.Path, "%s is still to be decided before this version can take effect", o.Path)
	}
}

func warnNotYet(c *checking) {
	var ids []string
	for _, p := range c.n.Promises {
		if p.NotYet != "" {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) > 0 {
		c.fault("promises", "%d of %d promises are published and nothing keeps them yet: %s", len(ids), len(c.n.Promises), strings.Join(ids, ", "))
	}
}

func warnBeyondLaw(c *checking) {
	if c.regime == nil {
		return
	}
	for _, r := range c.n.Rights {
		if r.As == "promise" && !slices.Contains(c.regime.RightsByLaw, r.Name) {
			c.fault("rights."+r.Name, "the notice promises %s, which %s does not give; the promise binds all the same", r.Name, c.regime.Title)
		}
	}
}

func warnManyReaders(c *checking) {
	c.notYet("counting who could read a class needs the directory; it is not asked here yet")
}

func warnLastUsed(c *checking) {
	for _, k := range c.n.Keep {
		for _, l := range append(slices.Clone(k.AtLeast), k.ceilings()...) {
			if l.Anchor == LastUsed {
				c.notYet("no declared use is recorded yet that could move last_used; keep." + k.Name + " counts from it")
				return
			}
		}
	}
}
