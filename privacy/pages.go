package privacy

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/notice"
	"heed/notice/pack"
	"heed/privacy/view"
	"heed/ticket"
)

// Pages are the published notices and the ledger.
type Pages struct {
	DB      *store.DB
	People  *directory.Directory
	Tickets *ticket.Service
	Notices *Notices
	Packs   *pack.Library
	Copy    *Copier
	Fresh   func(context.Context) error // brings the ledger up to this moment; nil does nothing
	Version string                      // of the product
	do      actions
}

// Routes are the addresses of this slice.
func (p *Pages) Routes() []web.Route {
	p.do = newActions()
	return []web.Route{
		{Pattern: "GET " + directory.PathAccess, Action: "access.read", Purpose: policy.Own, Public: true, Handle: p.access},
		{Pattern: "GET /notices", Action: "notice.list", Purpose: policy.Own, Public: true, Handle: p.list},
		{Pattern: "GET /notices/{policy}", Action: "notice.read", Purpose: policy.Own, Public: true, Handle: p.notice},
		{Pattern: "GET /notices/{policy}/{version}", Action: "notice.read", Purpose: policy.Own, Public: true, Handle: p.notice},
		{Pattern: "GET /looked", Action: "ledger.own", Purpose: policy.Own, Handle: p.looked},
		{Pattern: "GET /my-data", Action: "person.read", Purpose: policy.Own, Handle: p.mine},
		{Pattern: "POST /my-data/copy", Action: "person.export", Purpose: policy.Own, Handle: p.copied},
		{Pattern: "GET /privacy", Action: "promise.list", Purpose: policy.Oversight, Handle: begin},
		{Pattern: "GET /privacy/grants", Action: "grant.list", Purpose: policy.Oversight, Handle: p.grants},
		{Pattern: "GET /privacy/ledger", Action: "ledger.read", Purpose: policy.Oversight, Handle: p.ledger},
		{Pattern: "GET /privacy/promises", Action: "promise.list", Purpose: policy.Oversight, Handle: p.promises},
		{Pattern: "GET /privacy/notices/{policy}/diff", Action: "notice.diff", Purpose: policy.Oversight, Handle: p.diff},
		{Pattern: "GET /privacy/tickets/{ref}", Action: "ticket.read", Purpose: policy.Oversight, Handle: p.oversee},
		{Pattern: "POST /privacy/tickets/{ref}", Action: "ticket.read", Purpose: policy.Oversight, Handle: p.overseen},
	}
}

// viewLedger is view, for pages that show the ledger: what somebody read a moment
// ago is there.
func (p *Pages) viewLedger(r *web.Request, fn func(*store.Tx, directory.Reader) (web.Reply, error)) (web.Reply, error) {
	if p.Fresh != nil {
		if err := p.Fresh(r.Context()); err != nil {
			return web.Reply{}, err
		}
	}
	return p.People.View(r, r.Actor, fn)
}

// front is the actor of pages that show nobody's data.
func front() policy.Actor { return policy.System("show a published notice") }

func (p *Pages) list(r *web.Request) (web.Reply, error) {
	return p.People.View(r, front(), func(_ *store.Tx, rd directory.Reader) (web.Reply, error) {
		page := view.Notices{Frame: rd.Frame(r, rd.Lang.T("privacy.notices"))}
		for _, n := range p.Notices.All() {
			page.Rows = append(page.Rows, view.NoticeRow{
				Title: n.Title, Controller: controllerName(n), Version: rd.Lang.T("privacy.version", "n", n.Version),
				Since: ui.When{Text: n.Effective.Date.String(), ISO: n.Effective.Date.String()}, Href: "/notices/" + n.Policy,
			})
		}
		return web.Page(page.Page()), nil
	})
}

func controllerName(n *notice.Notice) string {
	var names []string
	for _, c := range n.Controllers() {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

func (p *Pages) notice(r *web.Request) (web.Reply, error) {
	version := 0
	if v := r.Path("version"); v != "" {
		version, _ = strconv.Atoi(v)
		if version == 0 {
			version = -1
		}
	}
	n, versions := p.Notices.Find(r.Path("policy"), version)
	if n == nil {
		return web.Reply{}, errNoNotice
	}
	return p.People.View(r, front(), func(_ *store.Tx, rd directory.Reader) (web.Reply, error) {
		page := view.Notice{
			Frame: rd.Frame(r, n.Title), AllURL: "/notices", Title: n.Title, Controller: controllerName(n), Version: rd.Lang.T("privacy.version", "n", n.Version),
			Since: ui.When{Text: n.Effective.Date.String(), ISO: n.Effective.Date.String()}, Reading: n.Reading.Part,
		}
		for i, s := range notice.Sections(n, notice.Options{Language: rd.Lang.Lang(), Packs: p.Packs}) {
			page.Sections = append(page.Sections, section(i+1, s))
		}
		for _, v := range versions {
			page.Versions = append(page.Versions, view.NoticeVersion{
				Text: rd.Lang.T("privacy.version", "n", v.Version), Since: ui.When{Text: v.Effective.Date.String(), ISO: v.Effective.Date.String()},
				Href: fmt.Sprintf("/notices/%s/%d", v.Policy, v.Version), Current: v.Version == n.Version,
			})
		}
		return web.Page(page.Page()), nil
	})
}

// section is one part of a notice as the page shows it.
func section(number int, s notice.Section) view.NoticeSection {
	out := view.NoticeSection{ID: s.ID, Number: strconv.Itoa(number), Heading: s.Heading}
	for i, l := range s.Lines {
		c := view.NoticeClause{ID: fmt.Sprintf("%s-%d", s.ID, i+1), Ref: fmt.Sprintf("%d.%d", number, i+1), Text: l.Text}
		if l.Label != "" {
			c.Text = l.Label + ": " + l.Text
		}
		if l.By != "" {
			c.Marks = append(c.Marks, ui.Chip{Text: l.By, Icon: ui.IconEdit, Tone: ui.ToneUnproved})
		}
		out.Clauses = append(out.Clauses, c)
	}
	for i, t := range s.Tables {
		sub := view.NoticeSection{ID: fmt.Sprintf("%s-t%d", s.ID, i+1), Heading: t.Caption, Table: table(t)}
		if i == 0 && len(s.Tables) == 1 {
			out.Table = sub.Table
			continue
		}
		out.Sections = append(out.Sections, sub)
	}
	return out
}

func table(t notice.Table) *ui.Table {
	out := &ui.Table{Caption: t.Caption}
	for _, h := range t.Head {
		out.Columns = append(out.Columns, ui.Column{Text: h})
	}
	for _, row := range t.Rows {
		var cells []ui.Cell
		for i, c := range row {
			cells = append(cells, ui.Cell{Head: i == 0, Text: c.Text, Sub: c.By})
		}
		out.Rows = append(out.Rows, ui.Row{Cells: cells})
	}
	return out
}

const pageSize = 50

// records returns a page of the ledger and the links to go on.
func (p *Pages) records(r *web.Request, tx *store.Tx, a policy.Action[Subject], f ledger.Filter, without ...policy.SQL) ([]ledger.Record, ui.Pages, error) {
	scope := a.Scope(tx)
	var nav ui.Pages
	if scope.Empty() {
		return nil, nav, fault.Denied("ledger.denied", "no sentence of a notice lets you read this record")
	}
	rows, err := ledger.Page(r.Context(), tx, policy.All(append(without, scope.SQL())...), f, r.Key("before", ticket.Newest), pageSize+1)
	rows, nav = ui.Paged(rows, pageSize, r.HTTP.URL, "before", func(x ledger.Record) string { return id.Text(x.ID) })
	return rows, nav, err
}

// ledger is the explorer of the privacy office. Reading it is recorded too.
func (p *Pages) ledger(r *web.Request) (web.Reply, error) {
	return p.viewLedger(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		page := view.Ledger{
			Frame: office(r, rd, rd.Lang.T("privacy.ledger"), pathLedger), Action: "/privacy/ledger", Person: r.Query("person"), Object: r.Query("object"), Actor: r.Query("actor"), From: r.Query("from"), To: r.Query("to"),
			Purpose: ui.Choices{ID: "purpose", Label: rd.Lang.T("privacy.purpose"), Empty: rd.Lang.T("privacy.any")},
		}
		for _, x := range policy.Purposes() {
			page.Purpose.Options = append(page.Purpose.Options, ui.Option{Value: string(x), Text: x.English(), Selected: r.Query("purpose") == string(x)})
		}
		f, err := p.asked(r, tx)
		if err != nil {
			return web.Reply{}, err
		}
		status := 0
		if err := between(r, rd, &f); err != nil {
			page.Trouble, page.TroubleAt, status = rd.Lang.Fault(fault.As(err)), fault.As(err).Field, fault.As(err).Kind.Status()
		}
		if f.Kind == "ticket" && f.Object != 0 && p.Tickets.MayOversee(tx) {
			page.ReadURL = "/privacy/tickets/" + id.Text(f.Object)
		}
		rows, nav, err := p.records(r, tx, p.do.read, f)
		if err != nil {
			return web.Reply{}, err
		}
		page.Pages = nav
		if page.Rows, err = p.ledgerRows(r, tx, rd, rows); err != nil {
			return web.Reply{}, err
		}
		if page.Chart, err = p.chart(r, tx, rd, f); err != nil {
			return web.Reply{}, err
		}
		page.Found = rd.Lang.T("privacy.found", "n", len(rows))
		if page.Checks, err = p.state(r, tx, rd); err != nil {
			return web.Reply{}, err
		}
		proof, err := p.do.read.Scope(tx).Proof(tx, policy.Object{Kind: "ledger", Controller: rd.Desk.ID})
		if err == nil {
			err = tx.Note(proof.With(fmt.Sprintf("%d records shown", len(rows))))
		}
		return web.Page(page.Page()).As(status), err
	})
}

// asked is the filter of the explorer: people by user name, address or number,
// tickets by reference or number. A name that nobody has finds nothing.
func (p *Pages) asked(r *web.Request, tx *store.Tx) (ledger.Filter, error) {
	f := ledger.Filter{Purpose: r.Query("purpose")}
	var err error
	if f.Person, err = p.personAsked(r, tx, "person"); err != nil {
		return f, err
	}
	if f.Actor, err = p.personAsked(r, tx, "actor"); err != nil {
		return f, err
	}
	if o := strings.TrimSpace(r.Query("object")); o != "" {
		f.Kind, f.Object = "ticket", nothing
		if n, err := id.Parse(o); err == nil {
			f.Object = n
		} else if n, err := p.Tickets.Numbered(r.Context(), tx, o); err == nil {
			f.Object = n
		} else if !fault.Is(err, fault.KindUnknown) {
			return f, err
		}
	}
	return f, nil
}

// nothing is a number that no row has.
const nothing = -1

func (p *Pages) personAsked(r *web.Request, tx *store.Tx, name string) (int64, error) {
	s := strings.TrimSpace(r.Query(name))
	if s == "" {
		return 0, nil
	}
	if n, err := id.Parse(s); err == nil {
		return n, nil
	}
	found, err := p.People.Named(r.Context(), tx, s)
	if fault.Is(err, fault.KindUnknown) || fault.Is(err, fault.KindConflict) {
		return nothing, nil
	}
	return found.ID, err
}

func (p *Pages) ledgerRows(r *web.Request, tx *store.Tx, rd directory.Reader, rows []ledger.Record) ([]view.LedgerRow, error) {
	var people, tickets []int64
	for _, rec := range rows {
		people = append(people, rec.Actor, rec.Person)
		if rec.Kind == "ticket" {
			tickets = append(tickets, rec.Object)
		}
	}
	names, err := p.People.Names(r.Context(), tx, people...)
	if err != nil {
		return nil, err
	}
	refs, err := p.Tickets.Refs(r.Context(), tx, tickets...) // of tickets that were forgotten there are none
	out := make([]view.LedgerRow, len(rows))
	for i, rec := range rows {
		row := view.LedgerRow{
			When: rd.When(rec.At), Actor: names[rec.Actor], As: rec.Via, Action: p.what(rd, rec), Object: rec.Kind + " " + cmp.Or(refs[rec.Object], id.Text(rec.Object)), Person: names[rec.Person],
			Purpose: policy.Purpose(rec.Purpose).English(), Rule: rec.Rule, Clause: ui.Clause{Text: p.says(tx, rec.Rule)},
		}
		if rec.Seq >= 0 {
			row.Seq = strconv.FormatInt(rec.Seq, 10)
		}
		if rec.Actor == 0 {
			row.Actor, row.As = rd.Lang.T("privacy.system"), rec.Why
		} else {
			row.ActorTo = "/privacy/ledger?actor=" + id.Text(rec.Actor)
		}
		if rec.Person != 0 {
			row.PerTo = "/privacy/ledger?person=" + id.Text(rec.Person)
		}
		if rec.Kind == "ticket" {
			row.ObjTo = "/privacy/ledger?object=" + id.Text(rec.Object)
		}
		out[i] = row
	}
	return out, err
}

// state says up to where the ledger is signed.
func (p *Pages) state(r *web.Request, tx *store.Tx, rd directory.Reader) (view.LedgerState, error) {
	cp, ok, err := ledger.Last(r.Context(), tx)
	if err != nil || !ok {
		return view.LedgerState{Tone: ui.ToneUnproved, Text: rd.Lang.T("privacy.unsigned")}, err
	}
	at := rd.When(cpTime(cp)).Text
	return view.LedgerState{Tone: ui.ToneKept, Text: rd.Lang.T("privacy.signed", "n", cp.Size, "when", at)}, nil
}
