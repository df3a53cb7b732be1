package ticket

import (
	"strconv"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// queueView is one list of the rail.
type queueView struct {
	name   string // in the address: "mine", "team-123", "all"
	title  string
	icon   ui.Icon
	filter Filter
	count  int64
	known  bool // the count may be shown
	group  string
	letter string
}

// views are the lists of the rail with their maintained counts.
func (s *Service) views(r *web.Request, tx *store.Tx, rd directory.Reader) ([]queueView, error) {
	counts, err := s.Counts(r.Context(), tx)
	if err != nil {
		return nil, err
	}
	me, whole := rd.Person.ID, s.WholeOf(tx)
	sum := func(f func(Tally) bool) (n int64) {
		for _, c := range counts {
			if c.State != Resolved && c.State != Closed && f(c) {
				n += c.N
			}
		}
		return n
	}
	say := rd.Lang.T
	out := []queueView{{
		name: "mine", title: say("ticket.view.mine"), icon: ui.IconInbox, filter: Filter{Assignee: me, Open: true}, group: "mine", letter: "m",
		count: sum(func(c Tally) bool { return c.Assignee == me }), known: true,
	}}
	seen := map[int64]bool{}
	for _, g := range rd.Actor.Groups() {
		if seen[g.ID] {
			continue
		}
		seen[g.ID] = true
		out = append(out, queueView{
			name: "team-" + id.Text(g.ID), title: g.Name, icon: ui.IconUsers, filter: Filter{Team: g.ID, Open: true}, group: "teams",
			count: sum(func(c Tally) bool { return c.Team == g.ID }), known: true,
		})
	}
	all := queueView{name: "all", title: say("ticket.view.all"), icon: ui.IconList, filter: Filter{Open: true}, group: "all", letter: "o"}
	if len(whole) > 0 {
		all.known, all.count = true, sum(func(c Tally) bool { return contains(whole, c.Controller) })
	}
	return append(out, all), nil
}

func contains(list []int64, v int64) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

// rail is the left region with the current view marked.
func (s *Service) rail(rd directory.Reader, vs []queueView, current string) ui.Rail {
	say := rd.Lang.T
	groups := map[string]*ui.RailGroup{}
	var rail ui.Rail
	for _, key := range []string{"mine", "teams", "all"} {
		groups[key] = &ui.RailGroup{Heading: say("ticket.rail." + key)}
	}
	for _, v := range vs {
		item := ui.View{Text: v.title, Href: "/desk?view=" + v.name, Icon: v.icon, Current: v.name == current, Go: v.letter}
		if v.known {
			item.Count = strconv.FormatInt(v.count, 10)
		}
		groups[v.group].Views = append(groups[v.group].Views, item)
	}
	groups["all"].Views = append(groups["all"].Views, ui.View{Text: say("people.title"), Href: "/desk/people", Icon: ui.IconUser, Current: current == "people", Go: "p"})
	for _, key := range []string{"mine", "teams", "all"} {
		if len(groups[key].Views) > 0 {
			rail.Groups = append(rail.Groups, *groups[key])
		}
	}
	foot := ui.RailGroup{Heading: say("ticket.rail.more"), AtFoot: true}
	if rd.Actor.HasRoleAnywhere(directory.RolePrivacyOfficer) {
		foot.Views = append(foot.Views, ui.View{Text: say("ticket.rail.ledger"), Href: "/privacy/ledger", Icon: ui.IconScales, Current: current == "ledger"})
	}
	foot.Views = append(foot.Views, ui.View{Text: say("ticket.rail.portal"), Href: "/", Icon: ui.IconUser})
	rail.Groups = append(rail.Groups, foot)
	return rail
}

// deskFrame is the frame of a desk page.
func (s *Service) deskFrame(r *web.Request, rd directory.Reader, title string) ui.Frame {
	f := rd.Frame(r, title)
	f.Brand.Href, f.SearchURL, f.PaletteURL, f.ViewsURL = "/desk", "/desk/search", "/desk/find", "/desk/views"
	return f
}

// atDesk refuses the desk to people who have no part in one. What they would
// see there is decided by the rules all the same.
func atDesk(rd directory.Reader) error {
	if isAgent(rd) {
		return nil
	}
	return fault.Denied("desk.none", "the desk is for analysts; your own requests are on the portal")
}

// viewsPage is the rail as a page of its own, for narrow windows.
func (s *Service) viewsPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		if err := atDesk(rd); err != nil {
			return web.Reply{}, err
		}
		vs, err := s.views(r, tx, rd)
		p := view.DeskViews{Frame: s.deskFrame(r, rd, rd.Lang.T("ui.nav.views")), Rail: s.rail(rd, vs, "")}
		return web.Page(p.Page()), err
	})
}

func (s *Service) queuePage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		if err := atDesk(rd); err != nil {
			return web.Reply{}, err
		}
		vs, err := s.views(r, tx, rd)
		if err != nil {
			return web.Reply{}, err
		}
		v := chosen(vs, r.Query("view"))
		from := before(r)
		ts, err := s.List(r.Context(), tx, v.filter, from, pageSize+1)
		if err != nil {
			return web.Reply{}, err
		}
		q := ui.Queue{
			Title: v.title, New: ui.Link{Text: rd.Lang.T("desk.call.title"), Href: "/desk/call", Icon: ui.IconPhone},
			Empty: ui.Empty{Icon: ui.IconInbox, Title: rd.Lang.T("ticket.queue.empty"), Text: rd.Lang.T("ticket.queue.empty.text")},
		}
		if v.known {
			q.Count = rd.Lang.T("ticket.queue.count", "n", v.count)
		}
		ts, q.Pages = pages(ts, r, from)
		if q.Rows, err = s.queueRows(r, tx, rd, ts, v.name, 0); err != nil {
			return web.Reply{}, err
		}
		p := view.DeskQueue{Frame: s.deskFrame(r, rd, v.title), Rail: s.rail(rd, vs, v.name), Queue: q, Why: s.listWhy(tx, rd)}
		return web.Page(p.Page()), nil
	})
}

// chosen is the view of that name; without one, the first team's, or one's own.
func chosen(vs []queueView, name string) queueView {
	for _, v := range vs {
		if v.name == name {
			return v
		}
	}
	if len(vs) > 2 && name == "" {
		return vs[1]
	}
	return vs[0]
}

// listWhy says by which rules a list was let in.
func (s *Service) listWhy(tx *store.Tx, rd directory.Reader) ui.Why {
	out := ui.Why{Sentence: rd.Lang.T("ticket.list.why", "purpose", tx.Purpose().English())}
	for _, name := range s.do.list.Scope(tx).Rules() {
		if rule, ok := tx.Book().Find(name); ok {
			out.Rules = append(out.Rules, ui.WhyRule{Text: rd.Lang.T("ticket.rule"), LetsYou: true, Clause: ui.Clause{Text: rule.Says, Ref: clauses(rule.Clauses), Href: "/notices/" + rule.Notice}})
		}
	}
	return out
}

func (s *Service) queueRows(r *web.Request, tx *store.Tx, rd directory.Reader, ts []Ticket, viewName string, current int64) ([]ui.QueueRow, error) {
	people := make([]int64, 0, len(ts))
	for _, t := range ts {
		people = append(people, t.Affected, t.Reporter)
	}
	names, err := s.People.Names(r.Context(), tx, people...)
	rows := make([]ui.QueueRow, len(ts))
	for i, t := range ts {
		who := names[t.Affected]
		if t.Affected != t.Reporter && names[t.Reporter] != "" {
			who = rd.Lang.T("ticket.onbehalf", "who", who, "by", names[t.Reporter])
		}
		chip := deskChip(rd, t.State)
		rows[i] = ui.QueueRow{
			Ref: t.Ref, Subject: t.Subject, Href: "/desk/tickets/" + t.Ref + "?view=" + viewName, Person: who,
			Event: rd.Lang.T("ticket.channel." + string(t.Channel)), EventAt: rd.Brief(t.Updated), Chip: &chip, Unread: t.State == New, Current: t.ID == current,
		}
	}
	return rows, err
}

func deskChip(rd directory.Reader, st State) ui.Chip {
	c := portalChip(rd, st)
	c.Text = rd.Lang.T("ticket.deskstate." + string(st))
	return c
}
