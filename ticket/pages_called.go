package ticket

import (
	"cmp"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// nameless is who calls and does not say who they are.
const nameless = "nameless"

// caller is who calls. Nobody has to say who they are: then nobody can be written
// to, and the ticket says so (LJMUH-26).
func (s *Service) caller(r *web.Request, tx *store.Tx, rd directory.Reader) (directory.Person, error) {
	if r.Value("caller") == nameless {
		return directory.Person{Controller: rd.Desk.ID}, nil
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
	up := &uploads{s: s, choose: func(u *uploads) error { return s.callFiles(r, u) }}
	return s.submit(r, up, func(tx *store.Tx) (string, error) {
		rd, err := s.People.Read(r.Context(), tx, r)
		if err != nil {
			return "", err
		}
		p, err := s.caller(r, tx, rd)
		if err != nil {
			return "", err
		}
		ref := r.Value("ticket")
		if ref != "" {
			err = s.calledAgain(r, tx, ref, p.ID, up)
		} else {
			ref, err = s.calledFirst(r, tx, rd, p, up)
		}
		return "/desk/tickets/" + ref, mendable(r, err)
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.callForm(r, tx, rd, typed, f)
	})
}

// callFiles finds what the files of a call belong to: the ticket that the form
// names before them, or one that is none yet. A ticket that whoever logs the call
// may not write on is refused later, with all that was typed.
func (s *Service) callFiles(r *web.Request, up *uploads) error {
	if ref := r.Value("ticket"); ref != "" {
		err := s.DB.Read(r.Context(), r.Actor, r.Purpose, func(tx *store.Tx) error {
			t, _, err := s.look(r.Context(), tx, s.do.reply, ref)
			up.key, up.ticket = t.key, t.ID
			return err
		})
		if err == nil || !fault.Is(err, fault.KindUnknown) && !fault.Is(err, fault.KindDenied) {
			return err
		}
	}
	var err error
	up.ticket = 0
	up.key, err = s.NewKey(r.Context())
	return err
}

// mendable puts a refusal of what a call may choose beside the choice, so that
// nothing that was typed is lost.
func mendable(r *web.Request, err error) error {
	switch {
	case !fault.Is(err, fault.KindDenied):
		return err
	case fault.As(err).Key == "reply.unread":
		return fault.Invalid("call.unread", "a solution is sent as an e-mail, and no sentence of this notice lets you read e-mails, so you could not read your own; log the call as not solved, and a colleague who may read them can solve it").On("solution")
	case r.Value("ticket") == "" && r.Value("team") == "" && r.Value("service") != "":
		return fault.Invalid("call.team", "this service belongs to a team whose tickets you may not read; choose one of your teams, and hand the ticket over from its page").On("team")
	default:
		return err
	}
}

// callChannel is whether somebody called or came to the counter.
func callChannel(r *web.Request) Channel {
	if r.Value("channel") == string(Counter) {
		return Counter
	}
	return Phone
}

// callOutcome is whether the call solved it, and how.
func callOutcome(r *web.Request) Outcome {
	return Outcome{Solved: r.Value("solved") != "", Solution: r.Value("solution")}
}

// calledFirst opens a ticket for the caller or for whom they speak (CHI-07); it
// returns its reference. What nobody chose is as the service says or, without one,
// an incident of the first team of whoever listens.
func (s *Service) calledFirst(r *web.Request, tx *store.Tx, rd directory.Reader, caller directory.Person, up *uploads) (string, error) {
	in := NewTicket{
		Channel: callChannel(r), Reporter: caller, Subject: r.Value("subject"), Team: number(r.Value("team")), Offering: number(r.Value("service")),
		Impact: parseLevel(r.Value("impact")), Urgency: parseLevel(r.Value("urgency")), Text: Text{Body: r.Value("body"), Files: up.files}, Key: up.key, Outcome: callOutcome(r),
	}
	if k := Kind(r.Value("kind")); k == Incident || k == Request {
		in.Kind = k
	}
	for _, g := range rd.Actor.Groups() {
		if g.Controller == rd.Desk.ID && in.Home == 0 {
			in.Home = g.ID
		}
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

// calledAgain notes the call on a ticket of the caller's, which is sorted as the
// form says where it says something. What was typed as the subject of a new one is
// not lost.
func (s *Service) calledAgain(r *web.Request, tx *store.Tx, ref string, caller int64, up *uploads) error {
	switch {
	case r.Value("for") != "":
		return fault.Invalid("call.for", "whom an open ticket is about stands on it; empty this field, or open a new ticket, or put it right there under “Wrong person?”").On("for")
	case r.Value("team") != "":
		return fault.Invalid("call.held", "an open ticket stays with the team that holds it; leave the team as it is here, and hand the ticket over on its page").On("team")
	}
	t, _, err := s.Find(r.Context(), tx, ref)
	if err == nil && !t.Concerns(caller) {
		err = fault.Invalid("call.ticket", "this ticket is not of whoever calls; choose again").On("ticket")
	}
	if err != nil {
		return err
	}
	if len(up.files) > 0 && up.ticket != t.ID {
		return fault.Invalid("call.files", "the files came before the form said which ticket they belong to; choose them again and send the form once more").On("files")
	}
	if err := s.sortedByCall(r, tx, t); err != nil {
		return err
	}
	said := strings.TrimSpace(r.Value("subject") + "\n\n" + r.Value("body"))
	_, err = s.Call(r.Context(), tx, t.Ref, callChannel(r), Text{Body: said, Files: up.files}, callOutcome(r))
	return err
}

// sortedByCall sorts an open ticket anew where the form of a call says something.
func (s *Service) sortedByCall(r *web.Request, tx *store.Tx, t Ticket) error {
	to := t.Sorting()
	to.Kind = cmp.Or(Kind(r.Value("kind")), to.Kind)
	to.Offering = cmp.Or(number(r.Value("service")), to.Offering)
	to.Impact = cmp.Or(parseLevel(r.Value("impact")), to.Impact)
	to.Urgency = cmp.Or(parseLevel(r.Value("urgency")), to.Urgency)
	if to == t.Sorting() {
		return nil
	}
	return s.Classify(r.Context(), tx, t.Ref, to)
}

// askCall asks for a further call on a ticket.
func (s *Service) askCall(a *asking) error {
	a.page.First = []ui.Field{{ID: "body", Label: a.say("desk.call.said"), Hint: a.say("desk.call.said.hint"), Rows: 5, Value: a.typed["body"], Required: true}}
	channel := choices("channel", a.say("ticket.fact.channel"), a.typed["channel"], callChannels(a.say))
	a.page.Selects = []ui.Choices{channel}
	back, err := a.typed.returned()
	if err != nil {
		return err
	}
	a.page.Files = &ui.FileField{ID: "files", Label: a.say("desk.call.files"), Hint: a.say("ticket.files.hint", "count", web.MaxFiles), OptionalWord: a.say("ui.optional"), Kept: back.keptFiles()}
	return nil
}

// callChannels are the ways somebody tells the desk by word of mouth.
func callChannels(say func(string, ...any) string) (out []ui.Option) {
	for _, c := range []Channel{Phone, Counter} {
		out = append(out, ui.Option{Value: string(c), Text: say("ticket.channel." + string(c))})
	}
	return out
}

// callNoted notes a further call from the ticket's own page.
func (s *Service) callNoted(r *web.Request) (web.Reply, error) {
	up, err := s.uploadsTo(r, s.do.reply)
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
		in := Text{Body: r.Value("body"), Files: files, Version: number(r.Value("version"))}
		_, err = s.Call(r.Context(), tx, r.Path("ref"), Channel(r.Value("channel")), in, Outcome{})
		return "/desk/tickets/" + r.Path("ref"), err
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.actForm(r, tx, rd, typed, f)
	})
}
