package privacy

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/datamap"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/notice"
	"heed/privacy/view"
	"heed/ticket"
)

// mine shows a person what is held about them, where each value came from, why
// and until when. What it lists of the directory is what their copy would hold.
func (p *Pages) mine(r *web.Request) (web.Reply, error) {
	var held []datamap.Item
	err := p.People.Export(r.Context(), r.Actor, func(it datamap.Item) error {
		held = append(held, it)
		return nil
	})
	if err != nil {
		return web.Reply{}, err
	}
	return p.People.View(r, r.Actor, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		if _, _, err := p.People.Card(r.Context(), tx, rd.Person.ID); err != nil {
			return web.Reply{}, err
		}
		counts, err := p.Tickets.Held(r.Context(), tx)
		if err != nil {
			return web.Reply{}, err
		}
		page := view.MyData{
			Frame: ticket.PortalFrame(r, rd, rd.Lang.T("mine.title"), "/my-data"), Copy: ui.Form{Action: "/my-data/copy"}, Looked: "/looked",
			Groups: []view.DataGroup{p.card(rd, held), p.requests(rd, counts), p.devices(rd, held), p.trail(rd)},
		}
		if n := p.Notices.main(rd.Controller.ID); n != nil {
			page.Notice = ui.Link{Text: n.Title + ", " + rd.Lang.T("privacy.version", "n", n.Version), Href: "/notices/" + n.Policy}
			page.Rights = p.rights(rd, n)
		}
		page.Contact = p.whom(rd)
		return web.Page(page.Page()), nil
	})
}

// card is who somebody is, each value with where it came from and when it was
// last confirmed (CHI-17, LJMUH-25).
func (p *Pages) card(rd directory.Reader, held []datamap.Item) view.DataGroup {
	say := rd.Lang.T
	g := view.DataGroup{ID: "card", Title: say("mine.card"), Lead: say("mine.card.lead")}
	for _, it := range held {
		switch it.Table {
		case "person":
			g.Facts = append(g.Facts, fact(rd, it, "name", say("privacy.field.name"), "name_source", "name_at"))
			if it.Text("manager_id") != "" {
				g.Facts = append(g.Facts, fact(rd, it, "manager_id", say("privacy.field.manager_id"), "name_source", "name_at"))
			}
		case "person_value":
			g.Facts = append(g.Facts, fact(rd, it, "value", spell(rd.Lang, it.Text("kind")), "source", "at"))
		case "affiliation", "role_holder", "membership":
			column := map[string]string{"affiliation": "kind", "role_holder": "role", "membership": "team_id"}[it.Table]
			f := ui.Fact{Label: say("privacy.table." + it.Table), Value: spell(rd.Lang, it.Text(column))}
			if it.Table == "role_holder" {
				f.Value = roleName(rd, it.Text(column))
			}
			if at := instantOf(it, "to_at"); !at.IsZero() {
				f.Source = say("mine.until.day", "day", day(rd, at))
			} else {
				f.Source = say("mine.since", "day", day(rd, instantOf(it, "from_at")))
			}
			g.Facts = append(g.Facts, f)
		}
	}
	p.explain(rd, &g, "directory", "identity_feed")
	return g
}

// fact is a value with its provenance.
func fact(rd directory.Reader, it datamap.Item, column, label, source, at string) ui.Fact {
	return ui.Fact{
		Label: label, Value: it.Text(column),
		Source: rd.Lang.T("mine.source", "source", spell(rd.Lang, it.Text(source)), "day", day(rd, instantOf(it, at))),
	}
}

func instantOf(it datamap.Item, column string) time.Time {
	for _, f := range it.Fields {
		if f.Column == column {
			return f.At
		}
	}
	return time.Time{}
}

func day(rd directory.Reader, t time.Time) string { return clock.FormatDay(t, rd.Zone, rd.Lang.Lang()) }

// requests is what somebody asked and was answered.
func (p *Pages) requests(rd directory.Reader, h ticket.Held) view.DataGroup {
	say := rd.Lang.T
	g := view.DataGroup{
		ID: "requests", Title: say("mine.requests"), Lead: say("mine.requests.lead"), Links: []ui.Link{{Text: say("mine.requests.all"), Href: "/requests"}},
		Facts: []ui.Fact{
			{Label: say("mine.requests.tickets"), Value: fmt.Sprint(h.Tickets)},
			{Label: say("mine.requests.entries"), Value: fmt.Sprint(h.Entries)},
			{Label: say("mine.requests.files"), Value: fmt.Sprint(h.Files)},
			{Label: say("mine.requests.drafts"), Value: fmt.Sprint(h.Drafts)},
		},
	}
	p.explain(rd, &g, sourceGiven)
	return g
}

// devices is what somebody comes in by.
func (p *Pages) devices(rd directory.Reader, held []datamap.Item) view.DataGroup {
	say := rd.Lang.T
	g := view.DataGroup{ID: "devices", Title: say("mine.devices"), Lead: say("mine.devices.lead"), Links: []ui.Link{{Text: say("mine.devices.all"), Href: "/account"}}}
	for _, it := range held {
		switch it.Table {
		case "session":
			g.Facts = append(g.Facts, ui.Fact{Label: say("privacy.table.session"), Value: it.Text("device"), Source: say("mine.used", "day", day(rd, instantOf(it, "seen_at")))})
		case "passkey":
			g.Facts = append(g.Facts, ui.Fact{Label: say("privacy.table.passkey"), Value: it.Text("name"), Source: say("mine.since", "day", day(rd, instantOf(it, "made_at")))})
		case "api_token":
			g.Facts = append(g.Facts, ui.Fact{Label: say("privacy.table.api_token"), Value: it.Text("scopes"), Source: say("mine.until.day", "day", day(rd, instantOf(it, "ends_at")))})
		}
	}
	return g
}

// trail is that readings and changes are recorded.
func (p *Pages) trail(rd directory.Reader) view.DataGroup {
	say := rd.Lang.T
	return view.DataGroup{ID: "trail", Title: say("mine.trail"), Lead: say("mine.trail.lead"), Links: []ui.Link{{Text: say("mine.looked.do"), Href: "/looked"}}}
}

// explain adds what the notices of the reader's controller say of data of these
// sources: what for, on which ground, until when.
func (p *Pages) explain(rd directory.Reader, g *view.DataGroup, sources ...string) {
	for _, n := range p.Notices.of(rd.Controller.ID) {
		if !slices.Contains(n.AppliesTo.Records, "ticket") {
			continue
		}
		w := wordsOf(n, rd.Lang.Lang())
		var purposes []string
		for _, d := range n.Data {
			if slices.Contains(sources, d.Source) {
				purposes = append(purposes, d.For...)
			}
		}
		for _, x := range n.Purposes {
			if slices.Contains(purposes, x.Name) {
				g.Purposes = append(g.Purposes, view.DataPurpose{Sentence: w.says["purposes."+x.Name], Ground: w.cell(w.purposes[x.Name], 1)})
			}
		}
		for _, k := range n.Keep {
			covers := func(d notice.Data) bool {
				return slices.Contains(sources, d.Source) && slices.Contains(k.Covered(), d.Name)
			}
			if slices.ContainsFunc(n.Data, covers) {
				g.Until = append(g.Until, w.until(rd, k.Name))
			}
		}
	}
}

// rights are the sentences on what somebody may ask for.
func (p *Pages) rights(rd directory.Reader, n *notice.Notice) (out []view.Sentence) {
	w := wordsOf(n, rd.Lang.Lang())
	for _, x := range n.Rights {
		out = append(out, w.says["rights."+x.Name])
	}
	return out
}

// whom are the ways to the office that answers for the reader's data.
func (p *Pages) whom(rd directory.Reader) (out []ui.Fact) {
	n := p.Notices.main(rd.Controller.ID)
	if n == nil {
		return nil
	}
	if n.Contact.Office != "" {
		out = append(out, ui.Fact{Label: rd.Lang.T("mine.whom"), Value: n.Contact.Office})
	}
	if to := n.Contact.Email; to != "" && !to.Open() {
		out = append(out, ui.Fact{Label: rd.Lang.T("privacy.code.email"), Value: string(to), Href: "mailto:" + string(to)})
	}
	if to := n.Contact.Phone; to != "" && !to.Open() {
		out = append(out, ui.Fact{Label: rd.Lang.T("privacy.code.phone"), Value: string(to)})
	}
	return out
}

// contact is where somebody asks about what they do not expect.
func (p *Pages) contact(rd directory.Reader) ui.Link {
	n := p.Notices.main(rd.Controller.ID)
	switch {
	case n == nil:
		return ui.Link{Href: "/notices"}
	case n.Contact.Email == "" || n.Contact.Email.Open():
		return ui.Link{Href: "/notices/" + n.Policy}
	}
	return ui.Link{Href: "mailto:" + string(n.Contact.Email)}
}

// copied sends the copy. That it is made stands in the ledger before its first
// byte leaves; the rest is read as it is sent.
func (p *Pages) copied(r *web.Request) (web.Reply, error) {
	return p.People.View(r, r.Actor, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		if err := p.Copy.Record(tx, rd.Person, "a copy, made by the person"); err != nil {
			return web.Reply{}, err
		}
		return web.Reply{
			Header: map[string]string{
				"Content-Type":            "application/zip",
				"Content-Disposition":     `attachment; filename="my-data-` + rd.Now.In(rd.Zone).Format(time.DateOnly) + `.zip"`,
				"Content-Security-Policy": "default-src 'none'; sandbox",
			},
			Stream: func(w io.Writer) error { return p.Copy.Write(r.Context(), r.Actor, rd.Lang, w) },
		}, nil
	})
}

// noticeWords are parts of a notice in the words of its published page, by name.
type noticeWords struct {
	says           map[string]view.Sentence
	keep, purposes map[string][]notice.Cell
}

// wordsOf takes them from the published page itself, so that this page cannot
// promise anything else. The tables have a row for each part of the notice, in
// its order.
func wordsOf(n *notice.Notice, lang string) noticeWords {
	w := noticeWords{says: map[string]view.Sentence{}, keep: map[string][]notice.Cell{}, purposes: map[string][]notice.Cell{}}
	for _, s := range notice.Sections(n, notice.Options{Language: lang}) {
		for _, l := range s.Lines {
			w.says[l.Path] = view.Sentence{Text: l.Text, Lang: l.Lang, Ref: strings.Join(l.Clauses, ", ")}
		}
		if len(s.Tables) == 0 {
			continue
		}
		switch s.ID {
		case "keep":
			for i, k := range n.Keep {
				w.keep[k.Name] = s.Tables[0].Rows[i]
			}
		case "purposes":
			for i, x := range n.Purposes {
				w.purposes[x.Name] = s.Tables[0].Rows[i]
			}
		}
	}
	return w
}

func (noticeWords) cell(row []notice.Cell, i int) string {
	if i >= len(row) {
		return ""
	}
	return row[i].Text
}

// until is a line of the notice on keeping, as a sentence.
func (w noticeWords) until(rd directory.Reader, name string) string {
	row := w.keep[name]
	parts := []string{}
	if least := w.cell(row, 1); least != "" {
		parts = append(parts, rd.Lang.T("mine.least", "time", least))
	}
	if most := w.cell(row, 2); most != "" {
		parts = append(parts, rd.Lang.T("mine.most", "time", most))
	}
	return w.cell(row, 0) + ": " + strings.Join(append(parts, rd.Lang.T("mine.then", "what", w.cell(row, 3))), "; ") + "."
}
