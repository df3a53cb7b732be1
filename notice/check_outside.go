package notice

import (
	"slices"
	"strings"
)

// checkDisclosures: E16.
func checkDisclosures(c *checking) {
	switch {
	case !c.n.Recipients.None:
	case c.facts.Disclosures == nil:
		c.notYet("webhooks, forwarding, copies to outside addresses and supplier roles do not exist yet")
	default:
		for _, way := range c.facts.Disclosures {
			c.fault("recipients", "the notice names no recipients, and %s is switched on; switch it off or name who receives", way)
		}
	}
}

// checkAgreements: E17.
func checkAgreements(c *checking) {
	for _, r := range c.n.Recipients.Named {
		path := "recipients." + r.ID
		switch a := r.Agreement; {
		case r.Role != "processor" || a.Ref.Open() || a.Until.Open:
		case a.Ref == "":
			c.fault(path, "%s is a processor without an agreement; add agreement: {ref: ..., until: ...}", path)
		case a.Until.IsZero():
			c.fault(path+".agreement", "the agreement with %s has no last day; add until", r.ID)
		case a.Until.Before(c.facts.Today):
			c.fault(path+".agreement", "the agreement with %s ended on %s; renew it or stop sending", r.ID, a.Until.English())
		}
	}
}

// checkTransfers: E18.
func checkTransfers(c *checking) {
	t := c.n.Transfers
	if c.regime == nil || t.Default == "" {
		return
	}
	if c.n.Regime == "uk" && t.Outside != "" && t.Outside != "uk" {
		c.fault("transfers.outside", "under UK law a transfer is one out of the United Kingdom, not out of %q; write outside: uk", strings.ToUpper(t.Outside))
	}
	if len(c.regime.TransferTools) == 0 {
		return
	}
	protected := false
	for i, id := range t.Safeguards {
		at := item("transfers.safeguards", i)
		if !c.n.doc.Has(at) {
			at = "transfers.safeguards"
		}
		tool, ok := c.regime.Tool(id)
		switch {
		case !ok:
			var ids []string
			for _, x := range c.regime.TransferTools {
				ids = append(ids, x.ID)
			}
			c.fault(at, "%s: %s", at, known("protection of transfers", id, ids))
		case !tool.ValidOn(c.day):
			c.fault(at, "%s protects nothing on %s; %s", tool.Title, c.day.English(), tool.Note)
		case id != "dpa_agreement":
			protected = true
		}
	}
	if (t.Default == "allowed" || len(t.Exceptions) > 0) && !protected {
		c.fault("transfers", "data may leave the country without any protection that is valid today; add one under safeguards")
	}
}

// checkRegion: E19.
func checkRegion(c *checking) {
	home := map[string]string{"uk": "uk", "ca-on-fippa": "ca"}[c.n.Regime]
	switch {
	case c.facts.Region == "":
		c.notYet("the installation does not declare where its data is stored yet")
	case c.n.Transfers.Default == "none" && c.facts.Region != home:
		c.fault("transfers.default", "data is stored in %q and the notice keeps it in %q; move the storage or change the notice", c.facts.Region, home)
	}
}

// checkAutomations: E20.
func checkAutomations(c *checking) {
	if c.n.Automated.Solely == "never" {
		c.notYet("there are no automations yet that could decide anything")
	}
}

// checkOutliving: E21. Sight by assignment is asked live at every read; what
// could outlive it does not exist yet.
func checkOutliving(c *checking) {
	for _, s := range c.n.See {
		if slices.Contains(s.When, "while_assigned") {
			c.notYet("saved exports and digest mails, which could outlive an assignment, do not exist yet")
			return
		}
	}
}

// checkDetection: E23.
func checkDetection(c *checking) {
	for _, d := range c.n.Data {
		if d.Rule == "forbidden" {
			c.notYet("nothing looks for " + strings.Join(d.Items, ", ") + " on any way in yet")
		}
	}
}
