package ticket

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
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
	base   Filter // what the list holds
	filter Filter // what an address leaves of it
	count  int64
	known  bool                              // the count may be shown
	tell   func(name string, f Filter) int64 // how many a filter of the list holds, by the maintained counts
	group  string
	letter string
	byDue  bool       // what is due first comes first
	query  url.Values // of the list's address, with what narrows it
	saved  int64      // the number of a saved view; 0 for the lists everybody has
	gone   bool       // the list that a saved view narrows is not the reader's any more
}

// views are the lists of the rail with their maintained counts.
func (s *Service) views(r *web.Request, tx *store.Tx, rd directory.Reader) ([]queueView, error) {
	counts, err := s.Counts(r.Context(), tx)
	if err != nil {
		return nil, err
	}
	me, say := rd.Person.ID, rd.Lang.T
	teams := []int64{}
	var out []queueView
	for _, g := range rd.Actor.Groups() {
		if slices.Contains(teams, g.ID) {
			continue
		}
		teams = append(teams, g.ID)
		out = append(out, queueView{name: "team-" + id.Text(g.ID), title: g.Name, icon: ui.IconUsers, filter: Filter{Team: g.ID, Open: true}, group: "teams", known: true})
	}
	ours := Filter{Teams: teams, OrAssignee: me, Open: true}
	out = slices.Concat(
		[]queueView{{name: "mine", title: say("ticket.view.mine"), icon: ui.IconInbox, filter: Filter{Assignee: me, Open: true}, group: "mine", letter: "m", known: true}},
		[]queueView{{name: "due", title: say("ticket.view.due"), icon: ui.IconClock, filter: ours, group: "mine", letter: "d", known: true, byDue: true}},
		[]queueView{{name: "waiting", title: say("ticket.view.waiting"), icon: ui.IconPause, filter: Filter{Teams: teams, OrAssignee: me, State: Waiting}, group: "mine", letter: "w", known: true}},
		out)
	if len(teams) > 0 {
		out = append(out,
			queueView{name: "unassigned", title: say("ticket.view.unassigned"), icon: ui.IconHand, filter: Filter{Teams: teams, Unassigned: true, Open: true}, group: "teams", letter: "n", known: true},
			queueView{name: "resolved", title: say("ticket.view.resolved"), icon: ui.IconCheck, filter: Filter{Teams: teams, State: Resolved}, group: "teams", letter: "r", known: true})
	}
	all := queueView{name: "all", title: say("ticket.view.all"), icon: ui.IconList, filter: Filter{Open: true}, group: "all", letter: "o"}
	whole := s.WholeOf(tx)
	all.known = len(whole) > 0
	out = append(out, all)
	tell := func(name string, f Filter) (n int64) {
		for _, c := range counts {
			if f.counts(c) && (name != "all" || slices.Contains(whole, c.Controller)) {
				n += c.N
			}
		}
		return n
	}
	for i := range out {
		v := &out[i]
		v.query, v.base, v.tell = url.Values{"view": {v.name}}, v.filter, tell
		v.count = tell(v.name, v.filter)
	}
	return s.withSaved(r, tx, rd, out)
}

// counts reports whether a maintained count is of tickets in the list, as far as
// counts tell tickets apart.
func (f Filter) counts(c Tally) bool {
	open := c.State != Resolved && c.State != Closed
	return (f.Team == 0 || f.Team == c.Team) && (f.Assignee == 0 || f.Assignee == c.Assignee) && (!f.Unassigned || c.Assignee == 0) &&
		(f.Teams == nil || slices.Contains(f.Teams, c.Team) || f.OrAssignee != 0 && f.OrAssignee == c.Assignee) &&
		(f.State == "" && (!f.Open || open) || f.State == c.State)
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
	next := 1
	for _, key := range []string{"mine", "teams", "all"} {
		for i := range groups[key].Views {
			if v := &groups[key].Views[i]; v.Go == "" && next <= 9 { // teams and saved views are reached by a digit
				v.Go = strconv.Itoa(next)
				next++
			}
		}
		if len(groups[key].Views) > 0 {
			rail.Groups = append(rail.Groups, *groups[key])
		}
	}
	foot := ui.RailGroup{Heading: say("ticket.rail.more"), AtFoot: true}
	if rd.Actor.HasRoleAnywhere(directory.RolePrivacyOfficer) {
		foot.Views = append(foot.Views, ui.View{Text: say("ticket.rail.ledger"), Href: "/privacy/ledger", Icon: ui.IconScales, Current: current == "ledger"})
	}
	if rd.Actor.HasRoleAnywhere(directory.RoleOperator) {
		foot.Views = append(foot.Views, ui.View{Text: say("ticket.nav.operator"), Href: "/operator", Icon: ui.IconShield})
	}
	foot.Views = append(foot.Views, ui.View{Text: say("desk.status.title"), Href: pathStatus, Icon: ui.IconHelp, Current: current == "status"})
	if setsDesks(rd) {
		foot.Views = append(foot.Views, ui.View{Text: say("ticket.rail.settings"), Href: pathSettings, Icon: ui.IconEdit, Current: current == "settings"})
	}
	foot.Views = append(foot.Views, ui.View{Text: say("ticket.rail.portal"), Href: "/", Icon: ui.IconUser})
	rail.Groups = append(rail.Groups, foot)
	return rail
}

// deskFrame is the frame of a desk page.
func (s *Service) deskFrame(r *web.Request, rd directory.Reader, title string) ui.Frame {
	f := rd.Frame(r, title)
	f.Brand.Href, f.SearchURL, f.PaletteURL, f.ViewsURL, f.LiveURL = "/desk", "/desk/search", "/desk/find", "/desk/views", "/desk/live"
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
		if name := r.Query("view"); v.gone || name != "" && name != v.name {
			return web.Page(s.goneView(r, rd, vs, v).Page()), nil
		}
		v = v.narrowed(rd, r.HTTP.URL.Query())
		q, err := s.queue(r, tx, rd, v, 0)
		if err != nil {
			return web.Reply{}, err
		}
		p := view.DeskQueue{Frame: s.deskFrame(r, rd, v.title), Rail: s.rail(rd, vs, v.name), Queue: q, Why: s.listWhy(tx, rd)}
		p.Frame.Toast = movedToast(r, rd)
		return web.Page(p.Page()), nil
	})
}

// narrower are the links above a list that narrow it by priority or order it.
func narrower(rd directory.Reader, v queueView) []ui.NavItem {
	link := func(text, name, value string, current bool) ui.NavItem {
		q := maps.Clone(v.query)
		q.Del(name)
		if value != "" {
			q.Set(name, value)
		}
		return ui.NavItem{Text: text, Href: "/desk?" + q.Encode(), Current: current}
	}
	out := []ui.NavItem{link(rd.Lang.T("ticket.filter.all"), "priority", "", v.filter.Priority == 0)}
	for _, p := range []Priority{P1, P2, P3, P4} {
		out = append(out, link(p.String(), "priority", p.String(), v.filter.Priority == p))
	}
	if v.query.Get("view") == "due" {
		return out
	}
	if v.byDue {
		return append(out, link(rd.Lang.T("ticket.sort.newest"), "sort", "", false))
	}
	return append(out, link(rd.Lang.T("ticket.sort.due"), "sort", "due", false))
}

// goneView explains an address of a list that is not the reader's any more: its
// team is gone, or they left it. A saved view of such a list can be removed.
func (s *Service) goneView(r *web.Request, rd directory.Reader, vs []queueView, v queueView) view.DeskQueue {
	say, keep := rd.Lang.T, ui.Link{}
	if v.gone {
		keep = v.keep(rd)
	}
	return view.DeskQueue{
		Frame: s.deskFrame(r, rd, say("ticket.view.gone")), Rail: s.rail(rd, vs, ""),
		Queue:  ui.Queue{Title: say("ticket.view.gone"), Keep: keep, Empty: ui.Empty{Icon: ui.IconUsers, Title: say("ticket.view.gone"), Text: say("ticket.view.gone.text")}},
		Saying: &view.Saying{Title: say("ticket.view.gone"), Text: say("ticket.view.gone.text")},
	}
}

// chosen is the view of that name; without one, or when it is gone, the first
// team's, or one's own.
func chosen(vs []queueView, name string) queueView {
	for _, v := range vs {
		if v.name == name {
			return v
		}
	}
	for _, v := range vs {
		if v.group == "teams" {
			return v
		}
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

func (s *Service) queueRows(r *web.Request, tx *store.Tx, rd directory.Reader, ts []Ticket, list string, current int64) ([]ui.QueueRow, error) {
	people := make([]int64, 0, len(ts))
	for _, t := range ts {
		people = append(people, t.Affected, t.Reporter, t.Assignee)
	}
	names, err := s.People.Names(r.Context(), tx, people...)
	if err != nil {
		return nil, err
	}
	shown, teams := ui.Columns{Chosen: ui.ColumnsOf(r.Prefs.Columns)}, map[int64]string{}
	if shown.Shown(ui.ColumnTeam) {
		if teams, err = s.teamNames(r, tx); err != nil {
			return nil, err
		}
	}
	here, err := s.rowFaces(r.Context(), tx, rd, ts)
	rows := make([]ui.QueueRow, len(ts))
	for i, t := range ts {
		who := names[t.Affected]
		if t.Affected != t.Reporter && names[t.Reporter] != "" {
			who = rd.Lang.T("ticket.onbehalf", "who", who, "by", names[t.Reporter])
		}
		chip := deskChip(rd, t.State)
		rows[i] = shown.Row(ui.QueueRow{
			Ref: t.Ref, Subject: t.Subject, Href: "/desk/tickets/" + t.Ref + "?" + list, Person: who, Team: teams[t.Team], Owner: cmp.Or(names[t.Assignee], rd.Lang.T("ticket.nobody")),
			Priority: t.Priority.String(), Event: lastEvent(rd, t), EventAt: rd.Brief(t.Updated), Due: dueOf(rd, t), Chip: &chip, Unread: t.State == New, Current: t.ID == current, Here: here[t.ID],
		})
	}
	return rows, err
}

// lastEvent is in a word what happened last, as far as a ticket's own facts tell.
func lastEvent(rd directory.Reader, t Ticket) string {
	switch at := t.Updated; {
	case at.Equal(t.Created):
		return "" // new: when it was asked stands there
	case at.Equal(t.Resolved):
		return rd.Lang.T("ticket.event.solved")
	case at.Equal(t.Answered):
		return rd.Lang.T("ticket.event.answered")
	}
	return rd.Lang.T("ticket.event.changed")
}

func deskChip(rd directory.Reader, st State) ui.Chip {
	c := portalChip(rd, st)
	c.Text = rd.Lang.T("ticket.deskstate." + string(st))
	return c
}
