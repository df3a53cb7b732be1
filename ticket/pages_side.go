package ticket

import (
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/target"
	"heed/ticket/view"
)

// headFacts are the facts under a ticket's subject, each with the page that
// changes it where the reader may.
func (s *Service) headFacts(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, team, owner string, may Access) ([]view.HeadFact, error) {
	say, to := rd.Lang.T, func(act string) string { return beside(r, "/desk/tickets/"+t.Ref+act) }
	if owner == "" {
		owner = say("ticket.nobody")
	}
	state := say("ticket.deskstate." + string(t.State))
	if t.State == Waiting && t.WaitsFor != "" {
		state = say("ticket.wait." + string(t.WaitsFor))
		if !t.WaitsUntil.IsZero() {
			state = say("ticket.wait.till", "what", state, "day", rd.Day(t.WaitsUntil).Text)
		}
	}
	service := say("ticket.service.none")
	cat, err := s.catalogue(r.Context(), tx)
	for _, o := range cat.offerings {
		if o.ID == t.Offering {
			service, _ = o.In(rd.Lang.Lang())
		}
	}
	priority := t.Priority.String()
	if t.Overridden {
		priority = say("ticket.priority.overridden", "priority", priority)
	}
	out := []view.HeadFact{
		{Label: say("ticket.fact.state"), Value: state},
		{Label: say("ticket.fact.priority"), Value: priority},
		{Label: say("ticket.fact.service"), Value: service},
		{Label: say("ticket.fact.team"), Value: team},
		{Label: say("ticket.fact.owner"), Value: owner},
	}
	if may.Classify {
		out[1].Href, out[2].Href, out[1].Key = to("/classify"), to("/classify"), "p"
	}
	if may.Assign && t.takes(Assigned) {
		out[3].Href, out[4].Href, out[4].Key = to("/assign"), to("/assign"), "a"
	}
	return out, err
}

// sortedWords is a line such as "priority=P2 service=WIFI" in words.
func (s *Service) sortedWords(rd directory.Reader, line string) string {
	var out []string
	for _, part := range strings.Fields(line) {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case "kind", "channel":
			value = rd.Lang.T("ticket." + key + "." + value)
		case "subject":
			value = rd.Lang.T("ticket.subject.corrected")
		case "impact", "urgency":
			value = rd.Lang.T("ticket.level." + value)
		case "service":
			if value == "" {
				value = rd.Lang.T("ticket.service.none")
			}
		}
		out = append(out, rd.Lang.T("ticket.fact."+key)+": "+value)
	}
	return strings.Join(out, ", ")
}

// soon is how long before a due instant a list warns of it.
const soon = 2 * time.Hour

// dueOf is the mark of a list row: how a ticket stands with time.
func dueOf(rd directory.Reader, t Ticket) ui.Due {
	switch {
	case t.State == Waiting && t.Due.IsZero():
		return ui.Due{Text: rd.Lang.T("ticket.due.waits"), Tone: ui.ToneWaiting}
	case t.Due.IsZero():
		return ui.Due{}
	case rd.Now.After(t.Due):
		return ui.Due{Text: rd.Lang.T("ticket.due.over"), ISO: t.Due.Format(time.RFC3339), Tone: ui.ToneOverdue}
	}
	d := ui.Due{Text: rd.Brief(t.Due).Text, ISO: rd.Brief(t.Due).ISO}
	if t.Due.Sub(rd.Now) < soon {
		d.Tone = ui.ToneSoon
	}
	return d
}

// targets puts both clocks of a ticket on its page.
func (s *Service) targets(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, out *view.Ticket) error {
	g, err := s.Targets(r.Context(), tx, t)
	if err != nil {
		return err
	}
	if !t.Due.IsZero() {
		out.Due = dueOf(rd, t)
		out.Due.Text = rd.Lang.T("ticket.due.long", "when", clock.FormatBoth(t.Due, rd.Now, rd.Zone, rd.Lang.Lang()))
	}
	for _, c := range []struct {
		clock target.Clock
		r     target.Reckoning
	}{{target.Response, g.Response}, {target.Resolution, g.Resolution}} {
		if c.r.Allowed > 0 {
			shown, why := targetView(rd, g, c.clock, c.r)
			out.Targets, out.Reasons = append(out.Targets, shown), append(out.Reasons, why)
		}
	}
	return nil
}

func targetView(rd directory.Reader, g Targets, c target.Clock, r target.Reckoning) (out ui.Target, why view.Reason) {
	say, lang := rd.Lang.T, rd.Lang.Lang()
	out.Text = say("ticket.target." + string(c))
	left := clock.FormatDuration(r.Left(), lang)
	switch {
	case !r.Met.IsZero() && r.Late:
		out.Chip = ui.Chip{Text: say("ticket.target.late"), Icon: ui.IconAlert, Tone: ui.ToneOverdue}
	case !r.Met.IsZero():
		out.Chip = ui.Chip{Text: say("ticket.target.met"), Icon: ui.IconCheck, Tone: ui.ToneKept}
	case r.Late && r.Paused():
		out.Chip = ui.Chip{Text: say("ticket.target.stands", "time", clock.FormatDuration(r.Over, lang)), Icon: ui.IconPause, Tone: ui.ToneWaiting}
	case r.Late:
		out.Chip = ui.Chip{Text: say("ticket.target.over", "time", clock.FormatDuration(r.Over, lang)), Icon: ui.IconAlert, Tone: ui.ToneOverdue}
	case r.Paused():
		out.Chip = ui.Chip{Text: say("ticket.target.paused", "time", left), Icon: ui.IconPause, Tone: ui.ToneWaiting}
	default:
		out.Chip = ui.Chip{Text: say("ticket.target.left", "time", left), Icon: ui.IconClock, Tone: ui.TonePlain}
		if r.Due.Sub(rd.Now) < soon {
			out.Chip.Tone = ui.ToneSoon
		}
	}
	if !r.Due.IsZero() && r.Met.IsZero() {
		out.DueAt = rd.When(r.Due)
	}
	if r.Met.IsZero() {
		used, ahead := int(min(r.Used, r.Allowed).Minutes()), int(r.Left().Minutes())
		out.Meter = &ui.Meter{
			ID: "meter-" + string(c), Say: say("ticket.target.say", "used", clock.FormatDuration(r.Used, lang), "allowed", clock.FormatDuration(r.Allowed, lang)),
			Stretches: []ui.Stretch{{Minutes: used}, {Minutes: ahead, Ahead: true}},
		}
	}
	for _, e := range g.Events {
		if e.Clock == c {
			why.Events = append(why.Events, say("ticket.clock."+string(e.What), "when", clock.FormatNear(e.At, rd.Now, rd.Zone, lang), "time", clock.FormatDuration(e.Allowed, lang)))
		}
	}
	for _, step := range r.Explain(g.Hours) {
		why.Steps = append(why.Steps, step.Words(rd.Zone, lang))
	}
	if r.Over > 0 {
		why.Steps = append(why.Steps, say("ticket.target.since", "time", clock.FormatDuration(r.Over, lang)))
	}
	return out, why
}

// unsent marks the reader's own replies that can still be taken back.
func (s *Service) unsent(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, entries []ui.Entry) error {
	held, err := s.Undoable(r.Context(), tx, t)
	for n, until := range held {
		for _, e := range entries {
			if e.Message != nil && e.Message.ID == "e"+id.Text(n) {
				e.Message.Unsent = undoOf(r, rd, t, n)
				e.Message.Chip = &ui.Chip{Text: rd.Lang.T("ticket.undo.leaves", "time", rd.Hour(until).Text), Icon: ui.IconClock, Tone: ui.ToneWaiting}
			}
		}
	}
	return err
}

func undoOf(r *web.Request, rd directory.Reader, t Ticket, entry int64) *ui.Undo {
	return &ui.Undo{
		Form:  ui.Form{Action: beside(r, "/desk/tickets/"+t.Ref+"/undo"), Token: id.Secret(), Hidden: []ui.Hidden{{Name: "entry", Value: id.Text(entry)}}},
		Label: rd.Lang.T("ticket.undo", "n", int(HoldFor.Seconds())),
	}
}

// takesPart lists who follows a ticket, and the tickets it belongs with.
func (s *Service) takesPart(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, may Access, out *view.Ticket) error {
	watchers, err := s.Watchers(r.Context(), tx, t)
	if err != nil {
		return err
	}
	names, err := s.People.Names(r.Context(), tx, watchers...)
	if err != nil {
		return err
	}
	base := "/desk/tickets/" + t.Ref
	for _, p := range watchers {
		line := view.SideLine{Icon: ui.IconEye, Text: names[p]}
		if may.Watch {
			line.Href = beside(r, base+"/unwatch?person="+id.Text(p))
		}
		out.People = append(out.People, line)
	}
	if may.Watch {
		out.Watch = ui.Link{Text: rd.Lang.T("ticket.watch.add"), Href: beside(r, base+"/watch")}
		if !s.WatchersSee(tx.Book(), t.Controller) {
			out.Blind = rd.Lang.T("ticket.watch.blind")
		}
	}
	linked, err := s.Linked(r.Context(), tx, t)
	for _, l := range linked {
		meta := rd.Lang.T("ticket.link.next")
		if l.ID == t.Follows {
			meta = rd.Lang.T("ticket.link.before")
		}
		out.Links = append(out.Links, view.SideLine{Icon: ui.IconLink, Text: l.Ref + ": " + l.Subject, Href: beside(r, "/desk/tickets/"+l.Ref), Meta: meta})
	}
	return err
}

// side is the column with the person, their other tickets, and who takes part.
func (s *Service) side(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, names map[int64]string, may Access, out *view.Ticket) error {
	shown := map[int64]bool{}
	for _, p := range []struct {
		key string
		id  int64
	}{{"affected", t.Affected}, {"reporter", t.Reporter}} {
		if p.id == 0 || shown[p.id] {
			continue
		}
		shown[p.id] = true
		person := ui.Person{Name: names[p.id]}
		card, _, err := s.People.Card(r.Context(), tx, p.id)
		if err != nil && !fault.Is(err, fault.KindUnknown) {
			return err
		}
		if err == nil {
			person = sidePerson(rd, card)
			if card.First(directory.Email) == "" {
				out.Banners = append(out.Banners, unreachable(rd, "ticket.noaddress", person.Name))
			}
		}
		out.Persons = append(out.Persons, view.SidePerson{Heading: rd.Lang.T("ticket.side." + p.key), Person: person})
	}
	if may.Classify {
		out.Wrong = peopleLink(r, rd, t)
	}
	if t.Affected == 0 {
		if nobody(t) && t.Channel == Mail {
			out.Banners = append(out.Banners, unreachable(rd, "ticket.doubted", ""))
		} else if nobody(t) {
			out.Banners = append(out.Banners, unreachable(rd, "ticket.nameless", ""))
		}
		return s.takesPart(r, tx, rd, t, may, out)
	}
	also, err := s.List(r.Context(), tx, Filter{Person: t.Affected, Open: true, Except: t.ID}, Newest, 5)
	for _, a := range also {
		out.Also = append(out.Also, view.SideLine{Icon: ui.IconInbox, Text: a.Subject, Href: beside(r, "/desk/tickets/"+a.Ref), Meta: a.Ref})
	}
	if err != nil {
		return err
	}
	return s.takesPart(r, tx, rd, t, may, out)
}

// unreachable says what it means that somebody cannot be written to: what they
// withhold is theirs to withhold, and limits the help they get (LJMUH-26).
func unreachable(rd directory.Reader, key, name string) ui.Banner {
	return ui.Banner{Tone: ui.ToneSoon, Icon: ui.IconAlert, Full: true, Strong: rd.Lang.T(key, "who", name), Text: rd.Lang.T(key + ".text")}
}

func sidePerson(rd directory.Reader, p directory.Person) ui.Person {
	out := ui.Person{Name: p.Name, Role: strings.Trim(p.First(directory.JobTitle)+", "+p.First(directory.Department), ", "), Href: "/desk/people/" + id.Text(p.ID)}
	for _, k := range []directory.Kind{directory.UserName, directory.Email, directory.Phone, directory.Office} {
		v := p.First(k)
		if v == "" {
			v = rd.Lang.T("people.notrecorded")
		}
		out.Facts = append(out.Facts, ui.Fact{Label: rd.Lang.T("people.value." + string(k)), Value: v})
	}
	return out
}
