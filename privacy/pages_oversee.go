package privacy

import (
	"net/http"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/privacy/view"
	"heed/ticket"
)

// overseeReasons are why the privacy office may need to read a ticket. The list
// is closed, so that readings can be counted by reason.
func overseeReasons() []string {
	return []string{"complaint", "rights", "breach", "handling", "sample"}
}

// shownEntries is the most entries of one ticket that are shown.
const shownEntries = 300

// oversee asks why. It says nothing about the ticket, not even whether there is
// one; only to whom no notice lets any ticket be read is it not offered.
func (p *Pages) oversee(r *web.Request) (web.Reply, error) {
	return p.People.View(r, r.Actor, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		if !p.Tickets.MayOversee(tx) {
			return web.Reply{}, errOversee
		}
		return web.Page(p.ask(r, rd, "", "").Page()), nil
	})
}

var errOversee = fault.Denied("oversee.denied", "no sentence of a notice lets you read tickets to watch over the desk")

func (p *Pages) ask(r *web.Request, rd directory.Reader, reason, words string) view.Oversight {
	say := rd.Lang.T
	ask := &view.OversightAsk{
		Form:    ui.Form{Action: "/privacy/tickets/" + r.Path("ref")},
		Reasons: ui.Choices{ID: "reason", Label: say("oversee.reason"), Required: true},
		Words:   ui.Field{ID: "words", Label: say("oversee.words"), Hint: say("oversee.words.hint"), Value: words, Required: true, MaxLength: 160, Autocomplete: "off"},
	}
	for _, x := range overseeReasons() {
		ask.Reasons.Options = append(ask.Reasons.Options, ui.Option{Value: x, Text: say("oversee.reason." + x), Selected: x == reason})
	}
	return view.Oversight{Frame: office(r, rd, say("oversee.title")+" "+r.Path("ref"), ""), BackURL: "/privacy/ledger", Ref: r.Path("ref"), Ask: ask}
}

// overseen shows the ticket once a reason is given, and records both.
func (p *Pages) overseen(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	reason, words := r.Value("reason"), text.CleanLine(r.Value("words"), 160)
	return p.People.View(r, r.Actor, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		if !p.Tickets.MayOversee(tx) {
			return web.Reply{}, errOversee
		}
		known := slices.Contains(overseeReasons(), reason)
		if !known || words == "" {
			page := p.ask(r, rd, reason, words)
			if !known {
				page.Ask.Reasons.Error = rd.Lang.T("oversee.reason.missing")
			}
			if words == "" {
				page.Ask.Words.Error = rd.Lang.T("oversee.words.missing")
			}
			return web.Page(page.Page()).As(http.StatusUnprocessableEntity), nil
		}
		t, why, err := p.Tickets.Oversee(r.Context(), tx, r.Path("ref"), reason+": "+words)
		if err != nil {
			return web.Reply{}, err
		}
		page, err := p.overview(r, tx, rd, t, why)
		return web.Page(page.Page()), err
	})
}

// overview is the ticket as the notice lets the privacy office see it.
func (p *Pages) overview(r *web.Request, tx *store.Tx, rd directory.Reader, t ticket.Ticket, why policy.Why) (view.Oversight, error) {
	say := rd.Lang.T
	entries, hidden, err := p.Tickets.Entries(r.Context(), tx, t, ticket.Newest, shownEntries)
	if err != nil {
		return view.Oversight{}, err
	}
	people := []int64{t.Reporter, t.Affected, t.Assignee}
	for _, e := range entries {
		people = append(people, e.Author)
	}
	names, err := p.People.Names(r.Context(), tx, people...)
	if err != nil {
		return view.Oversight{}, err
	}
	teams, err := p.People.Teams(r.Context(), tx)
	if err != nil {
		return view.Oversight{}, err
	}
	seen, err := p.Tickets.WhySeen(r.Context(), tx, rd, t, why)
	page := view.Oversight{
		Frame: office(r, rd, t.Ref+": "+t.Subject, ""), BackURL: "/privacy/ledger?object=" + id.Text(t.ID), Ref: t.Ref, Subject: t.Subject, Why: seen,
		Banner: ui.Banner{Tone: ui.ToneRestricted, Icon: ui.IconEye, Strong: say("oversee.banner"), Text: say("oversee.banner.text")},
		Facts: []ui.Fact{
			{Label: say("privacy.field.affected_id"), Value: names[t.Affected]},
			{Label: say("privacy.field.reporter_id"), Value: names[t.Reporter]},
			{Label: say("privacy.field.state"), Value: spell(rd.Lang, string(t.State))},
			{Label: say("privacy.field.team_id"), Value: teamOf(teams, t.Team)},
			{Label: say("oversee.assignee"), Value: names[t.Assignee]},
			{Label: say("privacy.field.notice"), Value: t.Notice},
			{Label: say("privacy.field.created_at"), Value: rd.When(t.Created).Text},
		},
	}
	page.Facts = slices.DeleteFunc(page.Facts, func(f ui.Fact) bool { return f.Value == "" })
	if len(entries) == shownEntries {
		page.Cut = say("oversee.cut", "n", shownEntries)
	}
	page.Entries = overseenEntries(rd, entries, names)
	for class, n := range hidden {
		page.Entries = append(page.Entries, ui.Entry{Message: &ui.Message{
			ID: "hidden-" + string(class), Kind: ui.EntryHidden, Heading: say("oversee.hidden", "n", n), Body: ui.Text(say("oversee.hidden.text")),
		}})
	}
	return page, err
}

func teamOf(teams []directory.Team, team int64) string {
	for _, t := range teams {
		if t.ID == team {
			return t.Name
		}
	}
	return ""
}

// overseenEntries is the timeline to read: nothing on it can be pressed.
func overseenEntries(rd directory.Reader, entries []ticket.Entry, names map[int64]string) (out []ui.Entry) {
	last := ""
	looks := map[ticket.EntryKind]ui.EntryKind{ticket.Answer: ui.EntryReply, ticket.Remark: ui.EntryNote, ticket.Call: ui.EntryCall}
	for _, e := range entries {
		if d := rd.Day(e.At); d.ISO != last {
			last = d.ISO
			out = append(out, ui.Entry{Day: &d})
		}
		author := names[e.Author]
		if author == "" {
			author = rd.Lang.T("privacy.system")
		}
		if e.Kind == ticket.Change {
			what, arg, _ := strings.Cut(e.Change, " ")
			line := author + ": " + rd.Lang.T("oversee.change."+what) + " " + spell(rd.Lang, arg)
			out = append(out, ui.Entry{Change: &ui.Change{Icon: ui.IconHistory, Text: line, When: rd.Hour(e.At)}})
			continue
		}
		m := &ui.Message{
			ID: "e" + id.Text(e.ID), Kind: ui.EntryIn, Heading: author, About: spell(rd.Lang, string(e.Kind)) + ", " + spell(rd.Lang, string(e.Channel)),
			When: rd.Hour(e.At), Body: ui.Text(e.Body),
		}
		if k, ok := looks[e.Kind]; ok {
			m.Kind = k
		}
		if e.Quoted != "" {
			m.Quoted, m.Folded = ui.Text(e.Quoted), rd.Lang.T("oversee.quoted")
		}
		for _, f := range e.Files {
			m.Files = append(m.Files, ui.File{Name: f.Name, Note: rd.Lang.T("oversee.file")})
		}
		out = append(out, ui.Entry{Message: m})
	}
	return out
}

// reason is what the ledger keeps of a reason, in the reader's words.
func (p *Pages) reason(rd directory.Reader, detail string) string {
	code, words, _ := strings.Cut(detail, ": ")
	if !slices.Contains(overseeReasons(), code) {
		return detail
	}
	return rd.Lang.T("oversee.reason."+code) + " (" + words + ")"
}
