package notice

import (
	"slices"
	"strings"

	"heed/notice/civil"
	"heed/notice/promise"
)

// checkMustState: E27.
func checkMustState(c *checking) {
	if c.regime == nil {
		c.notYet("the law pack of this regime is not known")
		return
	}
	n := c.n
	stated := map[string]bool{
		"controller": n.Controller.Name != "" || len(n.Controller.Options) > 0,
		"contact":    n.Contact.Stated(),
		"authority":  n.Authority != "",
		"regulator":  n.Complaints.Regulator != "",
		"purposes":   len(n.Purposes) > 0,
		"basis":      slices.ContainsFunc(n.Purposes, func(p Purpose) bool { return p.Basis != "" }), // each one is E09
		"recipients": n.Recipients.None || len(n.Recipients.Named) > 0,
		"keep":       len(n.Keep) > 0,
		"rights":     len(n.Rights) > 0,
		"transfers":  n.Transfers.Default != "",
	}
	for _, block := range c.regime.MustState {
		if !stated[block] {
			c.fault(block, "the notice does not state its %s, which %s demands; add the block", block, c.regime.Title)
		}
	}
	if n.Complaints.Regulator != "" {
		if _, ok := c.regime.Regulator(n.Complaints.Regulator); !ok {
			c.fault("complaints.regulator", "%q is not a regulator under %s", n.Complaints.Regulator, c.regime.Title)
		}
	}
}

// checkComplaintRoute: E28.
func checkComplaintRoute(c *checking) {
	if c.regime == nil || c.regime.ComplaintFrom.IsZero() || c.day.Before(c.regime.ComplaintFrom) {
		return
	}
	if !c.n.Complaints.Controller.Stated() {
		c.fault("complaints", "since %s people can complain to the controller itself, and the notice names no way; add complaints.controller with an office and an address", c.regime.ComplaintFrom.English())
	}
}

// checkRightsByLaw: E29.
func checkRightsByLaw(c *checking) {
	if c.regime == nil {
		return
	}
	for _, r := range c.n.Rights {
		if r.As != "promise" && !slices.Contains(c.regime.RightsByLaw, r.Name) {
			c.fault("rights."+r.Name, "%s gives no right to %s; the notice may promise it with as: promise", c.regime.Title, r.Name)
		}
	}
}

// checkProcessor: E30.
func checkProcessor(c *checking) {
	for _, o := range c.n.Controller.Options {
		path := "controller.options." + o.ID
		if o.WeAre != "processor" {
			continue
		}
		if len(o.Decides) > 0 {
			c.fault(path+".decides", "the desk is only a processor for %s and decides nothing for it; remove decides", o.Name)
		}
		if o.Route == "" {
			c.fault(path, "nothing says where the cases of people of %s go; add route", o.Name)
		}
	}
}

// checkOneController: E31. Whether a person has two employers on one day is
// seen in the directory.
func checkOneController(c *checking) {
	options := c.n.Controller.Options
	for i, o := range options {
		for _, earlier := range options[:i] {
			for _, e := range o.Employers {
				if slices.Contains(earlier.Employers, e) && overlap(earlier.controller(), o.controller()) {
					c.fault("controller.options."+o.ID+".employers", "%s and %s are both controller for people of %s on the same day; give one an end and the other a beginning", earlier.ID, o.ID, e)
				}
			}
		}
	}
	if len(options) > 1 {
		c.notYet("the directory does not report people with two employers on one day yet; the file was checked")
	}
}

func overlap(a, b Controller) bool {
	endsBefore := func(x, y Controller) bool {
		return !x.Until.IsZero() && !y.From.IsZero() && x.Until.Before(y.From)
	}
	return !endsBefore(a, b) && !endsBefore(b, a)
}

// checkOnDuty: E32.
func checkOnDuty(c *checking) {
	if c.facts.OnDuty == nil {
		c.notYet("nobody can be put on duty for rights yet; that comes with the rights desk")
		return
	}
	for _, r := range c.n.Rights {
		if r.Route != "" && !slices.Contains(c.facts.OnDuty, r.Route) {
			c.fault("rights."+r.Name+".route", "nobody is on duty for %q; put somebody there or change the route", r.Route)
		}
	}
}

// checkPack: E33.
func checkPack(c *checking) {
	if c.regime == nil {
		c.fault("regime", "there is no law pack for %q; without one no clock can run", c.n.Regime)
		return
	}
	if _, ok := c.facts.Packs.InForce(c.n.Regime, c.day); !ok {
		c.fault("regime", "no confirmed law pack of %s is in force on %s", c.regime.Title, c.day.English())
	}
	for _, name := range c.regime.Calendars {
		if cal, ok := c.facts.Packs.Calendar(name); ok && c.day.After(cal.KnownUntil) {
			c.fault("regime", "the calendar %q was compared with the official list until %s only; update Heed before a clock runs past that day", name, cal.KnownUntil.English())
		}
	}
}

// checkTwoPeople: E34.
func checkTwoPeople(c *checking) {
	c.notYet("notices are changed by the operator as files; drafting and approval by two people come later")
}

// checkNoticePeriod: E35.
func checkNoticePeriod(c *checking) {
	prev := c.facts.Previous
	if prev == nil {
		c.notYet("there is no earlier version to compare with")
		return
	}
	if c.n.Effective.Open || !c.n.Effective.Before(c.facts.Today.AddDays(NoticeDays)) {
		return
	}
	for _, ch := range Diff(prev, c.n) {
		if ch.Effect == Wider {
			c.fault("effective", "this version takes effect on %s, less than %d days from today, and widens something: %s; choose a later day and tell people", c.n.Effective, NoticeDays, ch.Text)
		}
	}
}

// checkCatalogue: E36.
func checkCatalogue(c *checking) {
	for _, cl := range promise.Of(c.n.Policy) {
		if !c.n.promises(cl.ID) {
			c.fault("promises", "nothing answers for %s (%s); add it with kept_by, attest or not_yet", cl.ID, strings.ToLower(cl.Meaning[:1])+cl.Meaning[1:])
		}
	}
	catalogued := len(promise.Of(c.n.Policy)) > 0
	for _, p := range c.n.Promises {
		cl, ok := promise.Find(p.ID)
		if catalogued && (!ok || cl.Policy != c.n.Policy) {
			c.fault("promises."+p.ID, "%s is not a clause of this notice in the catalogue; check the number", p.ID)
		}
		if p.Attest != nil {
			c.attested(p)
		}
	}
}

func (c *checking) attested(p Promise) {
	if c.facts.Attested == nil {
		c.notYet(p.ID + " is attested by a person (" + p.Attest.By + "); attestations cannot be signed yet")
		return
	}
	signed, ok := c.facts.Attested[p.ID]
	switch until := p.Attest.Every.AddClamped(signed); {
	case !ok:
		c.fault("promises."+p.ID, "%s is to be attested by the %s and nobody has signed", p.ID, p.Attest.By)
	case until.Before(c.facts.Today):
		c.fault("promises."+p.ID, "the attestation of %s ran out on %s; the %s must sign again", p.ID, until.English(), p.Attest.By)
	}
}

// lastDay is the day after which an open end is treated as none.
func lastDay(d Day) civil.Date {
	if d.Open {
		return civil.Date{}
	}
	return d.Date
}
