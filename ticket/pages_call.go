package ticket

import (
	"strings"

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
		d, _, err := s.LoadDraft(r.Context(), tx, "/desk/call")
		if err != nil {
			return web.Reply{}, err
		}
		if d == nil {
			d = Draft{}
		}
		for _, k := range []string{"q", "caller", "ticket"} {
			if v := r.Query(k); v != "" {
				d[k] = v
			}
		}
		return s.callForm(r, tx, rd, d, nil)
	})
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
		Kind:    choices("kind", say("ticket.fact.kind"), typed["kind"], []ui.Option{{Value: string(Incident), Text: say("ticket.kind.incident")}, {Value: string(Request), Text: say("ticket.kind.request")}}),
		Channel: choices("channel", say("ticket.fact.channel"), typed["channel"], []ui.Option{{Value: string(Phone), Text: say("ticket.channel.phone")}, {Value: string(Counter), Text: say("ticket.channel.counter")}}),
		Team:    ui.Choices{ID: "team", Label: say("ticket.fact.team")}, Solved: typed["solved"] != "",
		Nameless: ui.Option{Value: nameless, Text: say("desk.call.nameless"), Hint: say("desk.call.nameless.hint"), Selected: typed["caller"] == nameless},
	}
	if err := s.callChoices(r, tx, rd, typed, &p); err != nil {
		return web.Reply{}, err
	}
	reply := web.Page(nil)
	if problem != nil {
		reply.Status = problem.Kind.Status()
		switch said := rd.Lang.Fault(problem); problem.Field {
		case "body":
			p.Body.Error = said
		case "caller", "ticket":
			p.Error = said
		case "for":
			p.For.Error = said
		default:
			p.Trouble = said
		}
	}
	reply.Page = p.Page()
	return reply, nil
}

// callChoices offers teams, services, the people found and, once it is clear who
// calls, what is open for them.
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

func choices(name, label, typed string, options []ui.Option) ui.Choices {
	for i := range options {
		options[i].Selected = options[i].Value == typed || (typed == "" && i == 0)
	}
	return ui.Choices{ID: name, Label: label, Options: options}
}

func (s *Service) callers(r *web.Request, tx *store.Tx, typed Draft) ([]view.Caller, error) {
	found, err := s.People.Find(r.Context(), tx, typed["q"], 8)
	out := make([]view.Caller, len(found))
	for i, p := range found {
		v := id.Text(p.ID)
		out[i] = view.Caller{Value: v, Name: p.Name, Taken: typed["caller"] == v || len(found) == 1}
	}
	return out, err
}

// callFound draws the form of a call again with the people found, and with what is
// typed.
func (s *Service) callFound(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		return s.callForm(r, tx, rd, draftOf(r.Form()), nil)
	})
}

// nameless is who calls and does not say who they are.
const nameless = "nameless"

// caller is who calls. Nobody has to say who they are: then nobody can be written
// to, and the ticket says so (LJMUH-26).
func (s *Service) caller(r *web.Request, tx *store.Tx) (directory.Person, error) {
	rd, err := s.People.Read(r.Context(), tx, r)
	if err != nil || r.Value("caller") == nameless {
		return directory.Person{Controller: rd.Desk.ID}, err
	}
	who := fault.Invalid("call.who", "choose who is calling; look for the name first").On("caller")
	p, err := s.People.Person(r.Context(), tx, number(r.Value("caller")))
	if fault.Is(err, fault.KindUnknown) {
		return p, who
	}
	if err != nil {
		return p, err
	}
	same, err := s.People.SameDesk(r.Context(), tx, rd.Desk.ID, p.Controller)
	if err == nil && !same { // a number of somebody elsewhere, typed by hand
		err = who
	}
	return p, err
}

// called opens a ticket from a call, or notes the call on one that is open for
// whoever calls.
func (s *Service) called(r *web.Request) (web.Reply, error) {
	return s.submit(r, nil, func(tx *store.Tx) (string, error) {
		p, err := s.caller(r, tx)
		if err != nil {
			return "", err
		}
		ref, said := r.Value("ticket"), Text{Body: r.Value("body")}
		if ref != "" {
			err = s.calledAgain(r, tx, ref, p.ID)
		} else {
			ref, err = s.calledFirst(r, tx, p)
		}
		if err == nil && r.Value("solved") != "" {
			_, err = s.Resolve(r.Context(), tx, ref, said)
		}
		return "/desk/tickets/" + ref, err
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.callForm(r, tx, rd, typed, f)
	})
}

// callChannel is whether somebody called or came to the counter.
func callChannel(r *web.Request) Channel {
	if r.Value("channel") == string(Counter) {
		return Counter
	}
	return Phone
}

// calledFirst opens a ticket for the caller or for whom they speak (CHI-07); it
// returns its reference.
func (s *Service) calledFirst(r *web.Request, tx *store.Tx, caller directory.Person) (string, error) {
	in := NewTicket{
		Channel: callChannel(r), Kind: Kind(r.Value("kind")), Reporter: caller, Subject: r.Value("subject"), Team: number(r.Value("team")),
		Offering: number(r.Value("service")), Text: Text{Body: r.Value("body")},
	}
	if in.Kind != Request {
		in.Kind = Incident
	}
	if other := r.Value("for"); other != "" {
		var err error
		if in.Affected, err = s.served(r.Context(), tx, caller.Controller, "for", other); err != nil {
			return "", err
		}
	}
	t, err := s.Open(r.Context(), tx, in)
	return t.Ref, err
}

// calledAgain notes the call on a ticket of the caller's. What was typed as the
// subject of a new one is not lost.
func (s *Service) calledAgain(r *web.Request, tx *store.Tx, ref string, caller int64) error {
	if r.Value("for") != "" {
		return fault.Invalid("call.for", "whom an open ticket is about stands on it; empty this field, or open a new ticket, or put it right there under “Wrong person?”").On("for")
	}
	t, _, err := s.Find(r.Context(), tx, ref)
	if err == nil && !t.Concerns(caller) {
		err = fault.Invalid("call.ticket", "this ticket is not of whoever calls; choose again").On("ticket")
	}
	if err != nil {
		return err
	}
	said := strings.TrimSpace(r.Value("subject") + "\n\n" + r.Value("body"))
	_, err = s.Call(r.Context(), tx, t.Ref, callChannel(r), Text{Body: said})
	return err
}
