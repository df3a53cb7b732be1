package privacy

import (
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/privacy/view"
	"heed/ticket"
)

// looked shows a person who read or changed their data and why: date, role or
// team, purpose and sentence, never a name (Pankki S, C-579/21, as far as it
// persuades here; no notice so far promises names). Their own looks are told
// apart and shown only when asked for.
func (p *Pages) looked(r *web.Request) (web.Reply, error) {
	return p.viewLedger(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		page := view.WhoLooked{Frame: ticket.PortalFrame(r, rd, rd.Lang.T("privacy.looked"), "/looked"), AskURL: p.contact(rd).Href}
		f := ledger.Filter{Person: rd.Person.ID}
		here := "/looked"
		if ref := r.Query("ticket"); ref != "" {
			t, _, err := p.Tickets.Find(r.Context(), tx, ref)
			if err != nil {
				return web.Reply{}, err
			}
			f.Kind, f.Object, page.About, page.BackURL = "ticket", t.ID, t.Ref, "/requests/"+t.Ref
			here += "?ticket=" + t.Ref
		}
		var without []policy.SQL
		own := r.Query("own") != ""
		if !own {
			without = append(without, theirOwn(rd.Person.ID)...)
		}
		page.Show = []ui.NavItem{
			{Text: rd.Lang.T("looked.show.others"), Href: here, Current: !own},
			{Text: rd.Lang.T("looked.show.all"), Href: here + glue(here) + "own=1", Current: own},
		}
		rows, nav, err := p.records(r, tx, p.do.own, f, without...)
		if err != nil {
			return web.Reply{}, err
		}
		page.Pages = nav
		list, err := p.lookedRows(r, tx, rd, rows)
		page.Rows = grouped(rd, rows, list)
		page.Summary = rd.Lang.T("privacy.looked.count", "n", len(rows))
		return web.Page(page.Page()), err
	})
}

// theirOwn leaves out what a person did themselves: their own looks, and that
// the system let them in.
func theirOwn(person int64) []policy.SQL {
	return []policy.SQL{
		policy.Not(policy.Equal("actor_id", person)),
		policy.Not(policy.All(policy.Equal("actor_id", int64(0)), policy.Equal("action", "person.account"))),
	}
}

// glue joins a further parameter to an address.
func glue(address string) string {
	if strings.Contains(address, "?") {
		return "&"
	}
	return "?"
}

func (p *Pages) lookedRows(r *web.Request, tx *store.Tx, rd directory.Reader, rows []ledger.Record) ([]view.LookedRow, error) {
	refs, err := p.refsOf(r, tx, rows)
	if err != nil {
		return nil, err
	}
	teams, err := p.People.Teams(r.Context(), tx)
	if err != nil {
		return nil, err
	}
	out := make([]view.LookedRow, len(rows))
	for i, rec := range rows {
		rule, known := ruleOf(tx, rec.Rule)
		row := view.LookedRow{
			When: rd.When(rec.At), Who: p.reader(rd, rec, rule, known, teams), What: lookedAt(rd, rec.Action), Ref: refs[rec.ID],
			Why: rd.Lang.T("privacy.purpose." + rec.Purpose),
		}
		if row.Ref != "" {
			row.Href = "/requests/" + row.Ref
		}
		if known && rec.Actor != rd.Person.ID {
			row.Says = view.Sentence{Text: rule.Says, Lang: p.foreign(rule.Notice, rd)}
		}
		row.Note = p.given(rd, rec)
		out[i] = row
	}
	return out, nil
}

// grouped draws what the same reader did with the same thing for the same reason on one
// day as one row: the first of them, with every hour. Nothing is left out of the count.
func grouped(rd directory.Reader, rows []ledger.Record, list []view.LookedRow) []view.LookedRow {
	type group struct {
		day string
		row view.LookedRow
	}
	at := map[group]int{}
	var out []view.LookedRow
	var hours [][]string
	for i, row := range list {
		key := group{rd.Day(rows[i].At).ISO, row}
		key.row.When = ui.When{}
		n, again := at[key]
		if !again {
			n = len(out)
			at[key] = n
			out, hours = append(out, row), append(hours, nil)
		}
		hours[n] = append(hours[n], rd.Hour(rows[i].At).Text)
	}
	for i, times := range hours {
		if len(times) > 1 {
			out[i].Times = rd.Lang.T("looked.times", "n", len(times))
			out[i].Hours = strings.Join(times, ", ")
		}
	}
	return out
}

// given is what the record keeps of why somebody needed to look: the reason of
// the privacy office, or which hidden value was uncovered.
func (p *Pages) given(rd directory.Reader, rec ledger.Record) string {
	switch {
	case rec.Detail == "":
		return ""
	case rec.Action == "person.reveal":
		kind, _, _ := strings.Cut(rec.Detail, " ")
		return rd.Lang.T("looked.revealed", "what", spell(rd.Lang, kind))
	case rec.Purpose == string(policy.Oversight):
		return rd.Lang.T("looked.reason", "reason", p.reason(rd, rec.Detail))
	default:
		return ""
	}
}

// refsOf finds the requests that records are about, by record. One that was
// forgotten since has none.
func (p *Pages) refsOf(r *web.Request, tx *store.Tx, rows []ledger.Record) (map[int64]string, error) {
	var tickets, entries []int64
	for _, rec := range rows {
		switch rec.Kind {
		case "ticket":
			tickets = append(tickets, rec.Object)
		case "entry":
			entries = append(entries, rec.Object)
		}
	}
	homes, err := p.Tickets.Homes(r.Context(), tx, entries...)
	if err != nil {
		return nil, err
	}
	for _, h := range homes {
		tickets = append(tickets, h.Ticket)
	}
	refs, err := p.Tickets.Refs(r.Context(), tx, tickets...)
	out := map[int64]string{}
	for _, rec := range rows {
		switch rec.Kind {
		case "ticket":
			out[rec.ID] = refs[rec.Object]
		case "entry":
			out[rec.ID] = refs[homes[rec.Object].Ticket]
		}
	}
	return out, err
}

// reader says who acted, by the rule that let them: a team or a role as the
// notice names it, and nobody's name. What the rule said then counts, not which
// teams somebody belongs to today.
func (p *Pages) reader(rd directory.Reader, rec ledger.Record, rule policy.Rule, known bool, teams []directory.Team) string {
	say := rd.Lang.T
	switch {
	case rec.Actor == rd.Person.ID:
		return say("privacy.yourself")
	case rec.Actor == 0:
		return say("privacy.system")
	case !known || len(rule.Who) == 0:
		return say("privacy.staff")
	}
	var who []string
	for _, t := range rule.Who {
		switch t.Atom {
		case "team", "group":
			who = append(who, say("privacy.who.team", "team", teamName(teams, rec.Controller, t.Arg)))
		case "role":
			who = append(who, roleName(rd, t.Arg))
		case "reporter", "affected", "concerned", "participant", "self":
			who = append(who, say("privacy.who.concerned"))
		case "assigned_team", "while_assigned", "assignee", "shares_ticket", "watcher_with_grant", "escalated_to":
			who = append(who, say("privacy.who.holding"))
		default:
			who = append(who, say("privacy.staff"))
		}
	}
	slices.Sort(who)
	return strings.Join(slices.Compact(who), ", ")
}

// teamName is the name of a team by its code.
func teamName(teams []directory.Team, controller int64, code string) string {
	for _, t := range teams {
		if t.Code == code && t.Controller == controller {
			return t.Name
		}
	}
	return code
}

func roleName(rd directory.Reader, role string) string {
	if words := rd.Lang.T("privacy.role." + role); words != "privacy.role."+role {
		return words
	}
	return strings.ReplaceAll(role, "_", " ")
}

// lookedAt is an action in the words of the person it was done to, or else in
// those of the ledger.
func lookedAt(rd directory.Reader, action string) string {
	if words := rd.Lang.T("looked.action." + action); words != "looked.action."+action {
		return words
	}
	return rd.Lang.T("privacy.action." + action)
}

// ruleOf is the rule a record names first.
func ruleOf(tx *store.Tx, rule string) (policy.Rule, bool) {
	first, _, _ := strings.Cut(rule, " ")
	return tx.Book().Find(first)
}

// says is the sentence of the notice behind a rule.
func (p *Pages) says(tx *store.Tx, rule string) string {
	x, _ := ruleOf(tx, rule)
	return x.Says
}

// what is an action in words.
func (p *Pages) what(rd directory.Reader, rec ledger.Record) string {
	return rd.Lang.T("privacy.action." + rec.Action)
}

// foreign is the language of a notice where it is not that of the page.
func (p *Pages) foreign(policyName string, rd directory.Reader) string {
	n, _ := p.Notices.Find(policyName, 0)
	if n == nil || strings.HasPrefix(n.Language, rd.Lang.Lang()) {
		return ""
	}
	return n.Language
}
