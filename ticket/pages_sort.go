package ticket

import (
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

func (s *Service) askSorting(a *asking) error {
	desk, err := s.deskOf(a.r.Context(), a.tx, a.t.Controller)
	if err != nil {
		return err
	}
	offerings, err := s.offeringsBut(a.r.Context(), a.tx, desk.ID, a.t.Offering)
	if err != nil {
		return err
	}
	may, err := s.Access(a.r.Context(), a.tx, a.t)
	if err != nil {
		return err
	}
	now := a.t.Sorting()
	pick := func(name, stands string, options ...ui.Option) ui.Choices {
		c := ui.Choices{ID: name, Label: a.say("ticket.fact." + name), Options: options}
		for i := range c.Options {
			c.Options[i].Selected = c.Options[i].Value == a.was(name, stands)
		}
		return c
	}
	service := append([]ui.Option{{Text: a.say("ticket.service.none")}}, serviceOptions(a.rd, offerings)...)
	var channels []ui.Option
	for _, c := range []Channel{Portal, Mail, Phone, Counter, API, Desk} {
		channels = append(channels, ui.Option{Value: string(c), Text: a.say("ticket.channel." + string(c))})
	}
	at := ""
	if now.Offering != 0 {
		at = id.Text(now.Offering)
	}
	a.page.Selects = []ui.Choices{
		pick("kind", string(now.Kind), ui.Option{Value: string(Incident), Text: a.say("ticket.kind.incident")}, ui.Option{Value: string(Request), Text: a.say("ticket.kind.request")}),
		pick("service", at, service...),
		pick("impact", now.Impact.String(), levelOptions(a.say)...),
		pick("urgency", now.Urgency.String(), levelOptions(a.say)...),
	}
	if may.Override {
		byTable := PriorityOf(now.Impact, now.Urgency)
		options := []ui.Option{{Text: a.say("ticket.priority.table", "priority", byTable.String())}}
		for _, p := range []Priority{P1, P2, P3, P4} {
			options = append(options, ui.Option{Value: p.String(), Text: p.String()})
		}
		stands := ""
		if now.Priority != 0 {
			stands = now.Priority.String()
		}
		a.page.Selects = append(a.page.Selects, pick("priority", stands, options...))
	}
	a.page.Selects = append(a.page.Selects, pick("channel", string(now.Channel), channels...))
	return nil
}

// renameAt leads to where a subject is put right, for whoever may.
func renameAt(r *web.Request, t Ticket, may Access) string {
	if !may.Classify {
		return ""
	}
	return beside(r, "/desk/tickets/"+t.Ref+"/subject")
}

func (s *Service) askSubject(a *asking) error {
	a.page.Facts = nil
	a.page.First = []ui.Field{{ID: "subject", Label: a.say("ticket.subject"), Hint: a.say("ticket.do.subject.hint"), Value: a.was("subject", a.t.Subject), Required: true, Autocomplete: "off"}}
	return nil
}

// subjectPut puts the words right that everybody reads first.
func (s *Service) subjectPut(r *web.Request, tx *store.Tx) error {
	t, _, err := s.look(r.Context(), tx, s.do.classify, r.Path("ref"))
	if err != nil {
		return err
	}
	c := t.Sorting()
	c.Subject, c.Version = r.Value("subject"), number(r.Value("version"))
	return s.Classify(r.Context(), tx, t.Ref, c)
}

func (s *Service) classified(r *web.Request, tx *store.Tx) error {
	t, _, err := s.look(r.Context(), tx, s.do.classify, r.Path("ref"))
	if err != nil {
		return err
	}
	c := Sorting{
		Subject: t.Subject,
		Kind:    Kind(r.Value("kind")), Channel: Channel(r.Value("channel")), Offering: number(r.Value("service")), Impact: parseLevel(r.Value("impact")),
		Urgency: parseLevel(r.Value("urgency")), Priority: parsePriority(r.Value("priority")), Version: number(r.Value("version")),
	}
	return s.Classify(r.Context(), tx, t.Ref, c)
}

// sortSome changes of a ticket's sorting what a form for many says, and leaves the rest.
func (s *Service) sortSome(r *web.Request, tx *store.Tx, ref string) error {
	t, _, err := s.look(r.Context(), tx, s.do.classify, ref)
	if err != nil {
		return err
	}
	c := t.Sorting()
	if v := r.Value("service"); v != "" {
		c.Offering = number(v)
	}
	if v := r.Value("impact"); v != "" {
		c.Impact = parseLevel(v)
	}
	if v := r.Value("urgency"); v != "" {
		c.Urgency = parseLevel(v)
	}
	return s.Classify(r.Context(), tx, t.Ref, c)
}
