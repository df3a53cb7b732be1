package privacy

import (
	"strings"

	"heed/directory"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/privacy/view"
)

// access is the public statement of how accessible the pages are, as regulation 8 of
// the UK's Public Sector Bodies (Websites and Mobile Applications) (No. 2)
// Accessibility Regulations 2018 asks of public bodies. What it says of the pages is
// what the tests of every version hold.
func (p *Pages) access(r *web.Request) (web.Reply, error) {
	return p.People.View(r, front(), func(_ *store.Tx, rd directory.Reader) (web.Reply, error) {
		say := rd.Lang.T
		lines := func(group string, names ...string) (out []string) {
			for _, n := range names {
				out = append(out, say("access."+group+"."+n))
			}
			return out
		}
		page := view.Access{
			Frame: rd.Frame(r, say("access.title")), Version: p.Version, AskURL: "/ask",
			Can:    lines("can", "keyboard", "zoom", "reader", "colours", "script", "keys", "time"),
			Limits: lines("limits", "files", "language"),
		}
		switch regime := p.regime(rd.Controller.ID); {
		case regime == "uk":
			page.Law = say("access.law.uk")
			page.Advice = ui.Link{Text: say("access.law.uk.advice"), Href: "https://www.equalityadvisoryservice.com/"}
		case strings.HasPrefix(regime, "ca-on"):
			page.Law = say("access.law.ontario")
		}
		return web.Page(page.Page()), nil
	})
}

// regime is the law that the notices of a controller stand under; empty where it has
// none.
func (p *Pages) regime(controller int64) string {
	for _, n := range p.Notices.of(controller) {
		return n.Regime
	}
	return ""
}
