package ticket

import (
	"slices"
	"strings"

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
	up, err := s.uploadsTo(r, s.do.note)
	if fault.Is(err, fault.KindUnknown) {
		return web.Reply{}, s.away(r, err)
	}
	if err != nil {
		return web.Reply{}, err
	}
	return s.submit(r, up, func(tx *store.Tx) (string, error) {
		files, err := s.formFiles(r, tx, up)
		if err != nil {
			return "", err
		}
		in := Text{Body: r.Value("body"), Files: files, To: []int64{}, Hold: HoldFor, Version: number(r.Value("version"))}
		for _, v := range r.Values("to") {
			in.To = append(in.To, number(v))
		}
		if r.Value("mode") == string(ui.ModeNote) {
			e, err := s.Note(r.Context(), tx, r.Path("ref"), in)
			return "/desk/tickets/" + r.Path("ref") + "#e" + id.Text(e.ID), err
		}
		e, err := s.Reply(r.Context(), tx, r.Path("ref"), in, Event(r.Value("then")))
		return "/desk/tickets/" + r.Path("ref") + "?sent=" + id.Text(e.ID) + "#e" + id.Text(e.ID), err
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.deskTicket(r, tx, rd, typed, "", f)
	})
}

func (s *Service) assignPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		typed, _, err := s.LoadDraft(r.Context(), tx, r.HTTP.URL.Path)
		if err != nil {
			return web.Reply{}, err
		}
		return s.assignForm(r, tx, rd, typed, nil)
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
		Form: ui.Form{Action: beside(r, "/desk/tickets/"+t.Ref+"/assign"), Token: id.Secret(), Hidden: []ui.Hidden{{Name: "version", Value: id.Text(t.Version)}}},
		Team: ui.Choices{ID: "team", Label: say("ticket.fact.team"), AutoFocus: true}, Owner: ui.Choices{ID: "owner", Label: say("ticket.fact.owner"), Empty: say("ticket.nobody")},
		Loses: say("ticket.assign.loses"), Keep: ui.Link{Text: say("ticket.assign.keep"), Href: beside(r, "/desk/tickets/"+t.Ref)}, Why: rd.Why(why),
	}
	for _, c := range []Class{Internal, CallNote} {
		p.Back = append(p.Back, ui.Option{Value: string(c), Text: say("ticket.keep." + string(c)), Selected: slices.Contains(strings.Fields(typed["keep"]), string(c))})
	}
	if err := s.assignChoices(r, tx, t, typed, &p); err != nil {
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

// assignChoices offers the teams of the desk and their members, with what was
// chosen before.
func (s *Service) assignChoices(r *web.Request, tx *store.Tx, t Ticket, typed Draft, p *view.Assign) error {
	c, err := s.People.Controller(r.Context(), tx, t.Controller)
	if err != nil {
		return err
	}
	team, owner := t.Team, t.Assignee
	if typed["team"] != "" {
		team, owner = number(typed["team"]), number(typed["owner"])
	}
	p.Team.Options, p.Owner.Options, err = s.handTo(r.Context(), tx, c.DeskID, team, owner)
	return err
}

func number(s string) int64 {
	n, err := id.Parse(s)
	if err != nil {
		return 0
	}
	return n
}

func (s *Service) assigned(r *web.Request) (web.Reply, error) {
	return s.submit(r, nil, func(tx *store.Tx) (string, error) {
		h := Handover{Team: number(r.Value("team")), Assignee: number(r.Value("owner")), Note: r.Value("note"), Version: number(r.Value("version"))}
		for _, c := range r.Values("keep") {
			h.Keep = append(h.Keep, Class(c))
		}
		return onList(r, r.Path("ref")), s.Assign(r.Context(), tx, r.Path("ref"), h)
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.assignForm(r, tx, rd, typed, f)
	})
}
