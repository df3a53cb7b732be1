package ticket

import (
	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// composed carries out what the composer sent: a reply or a note.
func (s *Service) composed(r *web.Request) (web.Reply, error) {
	key, err := s.keyOf(r, s.do.note)
	if err != nil {
		return web.Reply{}, err
	}
	sink, files := s.files(r, key)
	if err = r.ReadForm(sink); err == nil {
		var reply web.Reply
		reply, err = s.act(r, func(tx *store.Tx) (string, error) {
			in := Text{Body: r.Value("body"), Files: *files, To: []int64{}}
			for _, v := range r.Values("to") {
				in.To = append(in.To, number(v))
			}
			var e Entry
			var err error
			if r.Value("mode") == string(ui.ModeNote) {
				e, err = s.Note(r.Context(), tx, r.Path("ref"), in)
			} else {
				e, err = s.Reply(r.Context(), tx, r.Path("ref"), in, Event(r.Value("then")))
			}
			return "/desk/tickets/" + r.Path("ref") + "#e" + id.Text(e.ID), err
		})
		if err == nil {
			return reply, nil
		}
	}
	return s.again(r, err, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.deskTicket(r, tx, rd, typed, "", f)
	})
}

func (s *Service) assignPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		return s.assignForm(r, tx, rd, nil, nil)
	})
}

func (s *Service) assignForm(r *web.Request, tx *store.Tx, rd directory.Reader, typed Draft, problem *fault.Error) (web.Reply, error) {
	t, why, err := s.Find(r.Context(), tx, r.Path("ref"))
	if err != nil {
		return web.Reply{}, err
	}
	vs, err := s.views(r, tx, rd)
	if err != nil {
		return web.Reply{}, err
	}
	say := rd.Lang.T
	title := say("ticket.assign.title", "ref", t.Ref)
	p := view.Assign{
		Frame: s.deskFrame(r, rd, title), Rail: s.rail(rd, vs, ""), Title: title, Subject: t.Subject, Note: ui.Input{Value: typed["note"]},
		Form: ui.Form{Action: "/desk/tickets/" + t.Ref + "/assign", Token: id.Secret(), Hidden: []ui.Hidden{{Name: "version", Value: id.Text(t.Version)}}},
		Team: ui.Choices{ID: "team", Label: say("ticket.fact.team")}, Owner: ui.Choices{ID: "owner", Label: say("ticket.fact.owner"), Empty: say("ticket.nobody")},
		Loses: say("ticket.assign.loses"), Keep: ui.Link{Text: say("ticket.assign.keep"), Href: "/desk/tickets/" + t.Ref}, Why: rd.Why(why, nil),
	}
	if err := s.assignChoices(r, tx, t, &p); err != nil {
		return web.Reply{}, err
	}
	reply := web.Page(nil)
	if problem != nil {
		reply.Status = problem.Kind.Status()
		switch problem.Field {
		case "team":
			p.Team.Error = rd.Lang.Fault(problem)
		case "owner":
			p.Owner.Error = rd.Lang.Fault(problem)
		default:
			p.Trouble = rd.Lang.Fault(problem)
		}
	}
	reply.Page = p.Page()
	return reply, nil
}

func (s *Service) assignChoices(r *web.Request, tx *store.Tx, t Ticket, p *view.Assign) error {
	c, err := s.People.Controller(r.Context(), tx, t.Controller)
	if err != nil {
		return err
	}
	teams, err := s.People.Teams(r.Context(), tx)
	if err != nil {
		return err
	}
	for _, x := range teams {
		if x.Controller != c.DeskID {
			continue
		}
		p.Team.Options = append(p.Team.Options, ui.Option{Value: id.Text(x.ID), Text: x.Name, Selected: x.ID == t.Team})
		members, err := s.People.Members(r.Context(), tx, x.ID)
		if err != nil {
			return err
		}
		names, err := s.People.Names(r.Context(), tx, members...)
		if err != nil {
			return err
		}
		for _, m := range members {
			p.Owner.Options = append(p.Owner.Options, ui.Option{Value: id.Text(m), Text: names[m] + ", " + x.Name, Selected: m == t.Assignee && x.ID == t.Team})
		}
	}
	return nil
}

func number(s string) int64 {
	n, err := id.Parse(s)
	if err != nil {
		return 0
	}
	return n
}

func (s *Service) assigned(r *web.Request) (web.Reply, error) {
	err := r.ReadForm(nil)
	if err == nil {
		var reply web.Reply
		reply, err = s.act(r, func(tx *store.Tx) (string, error) {
			h := Handover{Team: number(r.Value("team")), Assignee: number(r.Value("owner")), Note: r.Value("note"), Version: number(r.Value("version"))}
			return "/desk", s.Assign(r.Context(), tx, r.Path("ref"), h)
		})
		if err == nil {
			return reply, nil
		}
	}
	return s.again(r, err, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.assignForm(r, tx, rd, typed, f)
	})
}

// turning is a change of state that a page confirms first.
type turning struct {
	ask bool // wants a text
	do  func(*Service, *web.Request, *store.Tx) error
}

func turnings() map[string]turning {
	version := func(r *web.Request) int64 { return number(r.Value("version")) }
	return map[string]turning{
		"resolve": {ask: true, do: func(s *Service, r *web.Request, tx *store.Tx) error {
			_, err := s.Resolve(r.Context(), tx, r.Path("ref"), Text{Body: r.Value("body")})
			return err
		}},
		"close": {do: func(s *Service, r *web.Request, tx *store.Tx) error {
			return s.Close(r.Context(), tx, r.Path("ref"), version(r))
		}},
		"reopen": {do: func(s *Service, r *web.Request, tx *store.Tx) error {
			return s.Reopen(r.Context(), tx, r.Path("ref"), version(r))
		}},
		"take": {do: func(s *Service, r *web.Request, tx *store.Tx) error {
			return s.Take(r.Context(), tx, r.Path("ref"), version(r))
		}},
	}
}

func (s *Service) actPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) { return s.actForm(r, tx, rd, nil, nil) })
}

func (s *Service) actForm(r *web.Request, tx *store.Tx, rd directory.Reader, typed Draft, problem *fault.Error) (web.Reply, error) {
	act := r.Path("act")
	turn, ok := turnings()[act]
	if !ok {
		return web.Reply{}, fault.Unknown("page.unknown", "there is no page at this address")
	}
	t, _, err := s.Find(r.Context(), tx, r.Path("ref"))
	if err != nil {
		return web.Reply{}, err
	}
	say := rd.Lang.T
	p := view.Confirm{
		Desk: true, Frame: s.deskFrame(r, rd, say("ticket.do."+act+".title", "ref", t.Ref)), Title: say("ticket.do."+act+".title", "ref", t.Ref), Text: say("ticket.do." + act + ".text"),
		Form: ui.Form{Action: "/desk/tickets/" + t.Ref + "/" + act, Token: id.Secret(), Hidden: []ui.Hidden{{Name: "version", Value: id.Text(t.Version)}}},
		Do:   say("ticket.do." + act + ".do"), Facts: []ui.Fact{{Label: say("ticket.subject"), Value: t.Subject}}, Keep: ui.Link{Text: say("ticket.do.keep"), Href: "/desk/tickets/" + t.Ref},
	}
	if turn.ask {
		p.Question = &ui.Field{ID: "body", Label: say("ticket.do." + act + ".ask"), Hint: say("ticket.do." + act + ".hint"), Rows: 5, Value: typed["body"], Required: true}
	}
	reply := web.Page(nil)
	if problem != nil {
		reply.Status = problem.Kind.Status()
		if problem.Field == "body" && p.Question != nil {
			p.Question.Error = rd.Lang.Fault(problem)
		} else {
			p.Trouble = rd.Lang.Fault(problem)
		}
	}
	reply.Page = p.Page()
	return reply, nil
}

func (s *Service) acted(r *web.Request) (web.Reply, error) {
	turn, ok := turnings()[r.Path("act")]
	if !ok {
		return web.Reply{}, fault.Unknown("page.unknown", "there is no page at this address")
	}
	err := r.ReadForm(nil)
	if err == nil {
		var reply web.Reply
		reply, err = s.act(r, func(tx *store.Tx) (string, error) {
			return "/desk/tickets/" + r.Path("ref"), turn.do(s, r, tx)
		})
		if err == nil {
			return reply, nil
		}
	}
	return s.again(r, err, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.actForm(r, tx, rd, typed, f)
	})
}
