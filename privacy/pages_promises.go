package privacy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/notice"
	"heed/notice/promise"
	"heed/privacy/proof"
	"heed/privacy/view"
)

// The pages of the privacy office.
const (
	pathLedger   = "/privacy/ledger"
	pathPromises = "/privacy/promises"
	pathNotices  = "/notices"
)

// begin leads to the first page of the privacy office, for those who know its door.
func begin(*web.Request) (web.Reply, error) { return web.Redirect(pathPromises), nil }

// office is the frame of a page of the privacy office, with its place among the
// others.
func office(r *web.Request, rd directory.Reader, title, here string) ui.Frame {
	f := rd.Frame(r, title)
	for _, n := range []struct{ key, href string }{{"ledger", pathLedger}, {"promises", pathPromises}, {"grants", pathGrants}, {"notices", pathNotices}} {
		f.Nav = append(f.Nav, ui.NavItem{Text: rd.Lang.T("office.nav." + n.key), Href: n.href, Current: n.href == here})
	}
	return f
}

// watched are the notices whose whole ledger the reader may read: it is the same
// people who watch over what a notice promises.
func (p *Pages) watched(tx *store.Tx) ([]*notice.Notice, error) {
	var out []*notice.Notice
	for _, c := range p.do.read.Scope(tx).Whole() {
		for _, n := range p.Notices.of(c) {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	if len(out) == 0 {
		return nil, fault.Denied("promises.denied", "no sentence of a notice lets you watch over what it promises")
	}
	slices.SortFunc(out, func(a, b *notice.Notice) int { return strings.Compare(a.Policy, b.Policy) })
	return out, nil
}

// How a promise stands. Kept needs both: something in the notice file that is
// enforced, and a test that shows it.
const (
	stateKept     = "kept"
	stateUnproved = "unproved"
	stateNotYet   = "not-yet"
)

// promises shows every promise of the reader's notices: what it says in our
// words, what keeps it, and which tests show that.
func (p *Pages) promises(r *web.Request) (web.Reply, error) {
	return p.People.View(r, r.Actor, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		mine, err := p.watched(tx)
		if err != nil {
			return web.Reply{}, err
		}
		say, show := rd.Lang.T, r.Query("state")
		page := view.Promises{Frame: office(r, rd, say("promises.title"), pathPromises)}
		count, tests := map[string]int{}, proof.All()
		for _, n := range mine {
			part := view.PromiseNotice{
				ID: n.Policy, Title: n.Title, Sub: controllerName(n) + ", " + say("privacy.version", "n", n.Version), Href: pathNotices + "/" + n.Policy,
				DiffURL: pathDiff(n.Policy),
			}
			for _, c := range promise.Of(n.Policy) {
				row, state := promised(rd, n, c, tests[c.ID])
				count[state]++
				if show == "" || show == state {
					part.Rows = append(part.Rows, row)
				}
			}
			page.Notices = append(page.Notices, part)
		}
		all := count[stateKept] + count[stateUnproved] + count[stateNotYet]
		page.Show = append(page.Show, ui.NavItem{Text: say("promises.all"), Count: strconv.Itoa(all), Href: pathPromises, Current: show == ""})
		for _, s := range []string{stateKept, stateUnproved, stateNotYet} {
			page.Show = append(page.Show, ui.NavItem{Text: say("promises.state." + s), Count: strconv.Itoa(count[s]), Href: pathPromises + "?state=" + s, Current: show == s})
		}
		return web.Page(page.Page()), nil
	})
}

// promised is one promise as the page shows it.
func promised(rd directory.Reader, n *notice.Notice, c promise.Clause, tests []proof.Test) (view.PromiseRow, string) {
	say := rd.Lang.T
	row := view.PromiseRow{ID: c.ID, Kind: say("promises.kind." + string(c.Kind)), Meaning: c.Meaning}
	for _, t := range tests {
		row.Tests = append(row.Tests, view.PromiseTest{Says: t.Sentence(), Name: t.Package + ": " + t.Name})
	}
	state := stateNotYet
	row.How = say("promises.missing")
	if i := slices.IndexFunc(n.Promises, func(x notice.Promise) bool { return x.ID == c.ID }); i >= 0 {
		switch x := n.Promises[i]; {
		case len(x.KeptBy) > 0:
			row.How, state = say("promises.by.rule"), stateUnproved
			if len(tests) > 0 {
				state = stateKept
			}
			for _, path := range x.KeptBy {
				row.Rules = append(row.Rules, view.PromiseRule{Path: path, Says: sentence(n, path)})
			}
		case x.Attest != nil:
			row.How, state = say("promises.by.office", "office", x.Attest.By, "what", x.Attest.What, "every", fmt.Sprint(x.Attest.Every)), stateUnproved
		default:
			row.How = x.NotYet
		}
	}
	tone := map[string]ui.Chip{
		stateKept: {Icon: ui.IconCheck, Tone: ui.ToneKept}, stateUnproved: {Icon: ui.IconDash, Tone: ui.ToneUnproved}, stateNotYet: {Icon: ui.IconClock, Tone: ui.ToneSoon},
	}
	row.State = tone[state]
	row.State.Text = say("promises.state." + state)
	return row, state
}

// sentence is what the notice says where a path of its file lets somebody see
// something; other paths have no sentence of their own.
func sentence(n *notice.Notice, path string) string {
	name, ok := strings.CutPrefix(path, "see.")
	name, _, _ = strings.Cut(name, ".")
	for _, s := range n.See {
		if ok && s.ID == name {
			return s.Says
		}
	}
	return ""
}
