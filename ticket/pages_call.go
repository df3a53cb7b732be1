package ticket

import (
	"io"
	"slices"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

func (s *Service) callPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		d, at, err := s.LoadDraft(r.Context(), tx, "/desk/call")
		if err != nil {
			return web.Reply{}, err
		}
		if d == nil {
			d = Draft{}
		} else {
			d[keptSince] = rd.When(at).Text
		}
		for _, k := range []string{"q", "caller", "ticket"} {
			if v := r.Query(k); v != "" {
				d[k] = v
			}
		}
		return s.callForm(r, tx, rd, d, nil)
	})
}

// keptSince is the field of what was typed that says since when it waits to be sent.
const keptSince = "kept_since"

// callAnew forgets a call that was typed and not sent, so that nothing of one caller
// gets into the call of another.
func (s *Service) callAnew(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	err := s.DB.Write(r.Context(), r.Actor, r.Purpose, func(tx *store.Tx) error {
		return s.DropDraft(r.Context(), tx, "/desk/call")
	})
	return web.Redirect("/desk/call"), err
}

func (s *Service) callForm(r *web.Request, tx *store.Tx, rd directory.Reader, typed Draft, problem *fault.Error) (web.Reply, error) {
	if err := atDesk(rd); err != nil {
		return web.Reply{}, err
	}
	vs, err := s.views(r, tx, rd)
	if err != nil {
		return web.Reply{}, err
	}
	say := rd.Lang.T
	p := view.LogCall{
		Frame: s.deskFrame(r, rd, say("desk.call.title")), Rail: s.rail(rd, vs, ""), Form: ui.Form{Action: "/desk/call", Token: id.Secret()},
		FindURL: "/desk/call", FindPost: "/desk/call/find", Query: typed["q"], Searched: typed["q"] != "", Subject: ui.Input{Value: typed["subject"]}, Body: ui.Input{Value: typed["body"]}, For: ui.Input{Value: typed["for"]},
		Channel: choices("channel", say("ticket.fact.channel"), typed["channel"], callChannels(say)),
		Team:    ui.Choices{ID: "team", Label: say("ticket.fact.team")}, Solved: typed["solved"] != "", Solution: ui.Input{Value: typed["solution"]},
		FilesHint: say("ticket.files.hint", "count", web.MaxFiles),
		Nameless:  ui.Option{Value: nameless, Text: say("desk.call.nameless"), Hint: say("desk.call.nameless.hint"), Selected: typed["caller"] == nameless},
	}
	if err := s.callChoices(r, tx, rd, typed, &p); err != nil {
		return web.Reply{}, err
	}
	if since := typed[keptSince]; since != "" {
		p.Kept, p.Anew = say("desk.call.kept", "when", since), ui.Form{Action: "/desk/call/new"}
	}
	if lost := typed[lostFiles]; lost != "" {
		p.FilesErr = say("portal.ask.files.again", "names", lost)
	}
	reply := web.Page(nil)
	if problem != nil {
		reply.Status = problem.Kind.Status()
		p.Blame(problem.Field, rd.Lang.Fault(problem))
	}
	reply.Page = p.Page()
	return reply, nil
}

// callChoices offers kinds, teams, services, levels, the people found and, once it
// is clear who calls, what is open for them.
func (s *Service) callChoices(r *web.Request, tx *store.Tx, rd directory.Reader, typed Draft, p *view.LogCall) error {
	for _, g := range rd.Actor.Groups() {
		if g.Controller == rd.Desk.ID {
			p.Team.Options = append(p.Team.Options, ui.Option{Value: id.Text(g.ID), Text: g.Name, Selected: typed["team"] == id.Text(g.ID)})
		}
	}
	offers, err := s.Offerings(r.Context(), tx, rd.Desk.ID)
	if err != nil {
		return err
	}
	p.Known = ailments(rd, offers)
	s.callSorting(rd, typed, len(offers) > 0, p)
	p.Service = ui.Choices{ID: "service", Label: rd.Lang.T("ticket.fact.service"), Empty: rd.Lang.T("ticket.service.none")}
	for _, o := range offers {
		name, _ := o.In(rd.Lang.Lang())
		p.Service.Options = append(p.Service.Options, ui.Option{Value: id.Text(o.ID), Text: name, Selected: typed["service"] == id.Text(o.ID)})
	}
	if p.Callers, err = s.callers(r, tx, typed); err != nil {
		return err
	}
	for _, c := range p.Callers {
		if c.Taken {
			err = s.openFor(r, tx, rd, number(c.Value), typed["ticket"], p)
		}
	}
	return err
}

// callSorting offers how a call is sorted. Where the desk has services, all is left
// to the one that is chosen, unless somebody says otherwise.
func (s *Service) callSorting(rd directory.Reader, typed Draft, services bool, p *view.LogCall) {
	say := rd.Lang.T
	kinds := []ui.Option{{Value: string(Incident), Text: say("ticket.kind.incident")}, {Value: string(Request), Text: say("ticket.kind.request")}}
	p.Kind = choices("kind", say("ticket.fact.kind"), typed["kind"], kinds)
	level := say("ticket.level." + Medium.String())
	if services {
		p.Kind = mayChoose("kind", say("ticket.fact.kind"), typed["kind"], kinds)
		p.Kind.Empty, p.Team.Empty = say("desk.call.service"), say("desk.call.service")
		p.Usual, level = say("desk.call.service.none"), say("desk.call.level", "level", level)
		if len(p.Team.Options) > 0 {
			p.Usual = say("desk.call.service.none.team", "team", p.Team.Options[0].Text)
		}
	}
	for _, c := range []struct {
		name string
		to   *ui.Choices
	}{{"impact", &p.Impact}, {"urgency", &p.Urgency}} {
		options := levelOptions(say)
		if !services {
			options = slices.DeleteFunc(options, func(o ui.Option) bool { return o.Value == Medium.String() })
		}
		*c.to = mayChoose(c.name, say("ticket.fact."+c.name), typed[c.name], options)
		c.to.Empty = level
	}
	for _, l := range []Level{High, Medium, Low} {
		p.Priority = append(p.Priority, say("desk.call.priority", "impact", say("ticket.level."+l.String()),
			"high", PriorityOf(l, High).String(), "medium", PriorityOf(l, Medium).String(), "low", PriorityOf(l, Low).String()))
	}
}

// openAtCall is how many open tickets of a caller are offered.
const openAtCall = 5

// openFor offers the open tickets of a caller, as far as the agent may see them,
// each to note the call on, and says when there are more.
func (s *Service) openFor(r *web.Request, tx *store.Tx, rd directory.Reader, person int64, chosen string, p *view.LogCall) error {
	ts, err := s.List(r.Context(), tx, Filter{Person: person, Open: true}, Newest, openAtCall+1)
	if err != nil || len(ts) == 0 {
		return err
	}
	if len(ts) > openAtCall {
		ts, p.More = ts[:openAtCall], rd.Lang.T("desk.call.open.more", "n", openAtCall)
	}
	teams, err := s.teamNames(r, tx)
	p.Open = []ui.Option{{Text: rd.Lang.T("desk.call.new"), Selected: chosen == ""}}
	for _, t := range ts {
		hint := rd.Lang.T("desk.call.open.hint", "ref", t.Ref, "state", rd.Lang.T("ticket.deskstate."+string(t.State)), "team", teams[t.Team])
		p.Open = append(p.Open, ui.Option{Value: t.Ref, Text: t.Subject, Hint: hint, Selected: chosen == t.Ref})
	}
	return err
}

// mayChoose is a question that may be left alone.
func mayChoose(name, label, typed string, options []ui.Option) ui.Choices {
	for i := range options {
		options[i].Selected = options[i].Value == typed
	}
	return ui.Choices{ID: name, Label: label, Options: options}
}

// choices is a question whose first answer stands until somebody chooses another.
func choices(name, label, typed string, options []ui.Option) ui.Choices {
	c := mayChoose(name, label, typed, options)
	c.Options[0].Selected = c.Options[0].Selected || typed == ""
	return c
}

func (s *Service) callers(r *web.Request, tx *store.Tx, typed Draft) ([]view.Caller, error) {
	found, err := s.People.Find(r.Context(), tx, typed["q"], 8)
	out := make([]view.Caller, len(found))
	for i, p := range found {
		v := id.Text(p.ID)
		out[i] = view.Caller{Value: v, Name: p.Name, About: p.Beside(), Taken: typed["caller"] == v || len(found) == 1}
	}
	return out, err
}

// callFound draws the form of a call again with the people found, and with what is
// typed. Files are not kept while somebody looks; it says which.
func (s *Service) callFound(r *web.Request) (web.Reply, error) {
	var passed uploads
	err := r.ReadForm(func(name, _ string, body io.Reader) error {
		if name != "" {
			passed.files = append(passed.files, File{Name: baseName(name)})
		}
		_, err := io.Copy(io.Discard, body)
		return err
	})
	form := func(tx *store.Tx, rd directory.Reader, typed Draft, problem *fault.Error) (web.Reply, error) {
		if len(passed.files) > 0 {
			typed[lostFiles] = passed.names()
		}
		return s.callForm(r, tx, rd, typed, problem)
	}
	if err != nil {
		return s.again(r, err, form)
	}
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		return form(tx, rd, draftOf(r.Form()), nil)
	})
}
