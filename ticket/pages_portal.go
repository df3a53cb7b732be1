package ticket

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// PortalFrame is the frame of a page for people and their own matters, with its place
// in the top bar, and the way on to where the reader works.
func PortalFrame(r *web.Request, rd directory.Reader, title, current string) ui.Frame {
	f := rd.Frame(r, title)
	add := func(key, href string) {
		f.Nav = append(f.Nav, ui.NavItem{Text: rd.Lang.T("ticket.nav." + key), Href: href, Current: href == current})
	}
	add("home", "/")
	add("requests", "/requests")
	add("data", "/my-data")
	add("looked", "/looked")
	if isAgent(rd) { // the desk's rail leads on
		add("desk", "/desk")
		return f
	}
	if rd.Actor.HasRoleAnywhere(directory.RolePrivacyOfficer) {
		add("office", "/privacy/ledger")
	}
	if rd.Actor.HasRoleAnywhere(directory.RoleOperator) {
		add("settings", pathSettings)
		add("operator", "/operator")
	}
	return f
}

func isAgent(rd directory.Reader) bool {
	return len(rd.Actor.GroupIDs()) > 0 || rd.Actor.HasRoleAnywhere(policy.RoleAnalyst)
}

const openAtHome = 5

func (s *Service) home(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		mine, err := s.List(r.Context(), tx, Filter{Person: rd.Person.ID, Open: true}, Newest, openAtHome)
		if err != nil {
			return web.Reply{}, err
		}
		p := view.PortalHome{
			Frame: PortalFrame(r, rd, rd.Lang.T("portal.home.title"), "/"), AskURL: "/ask", AllURL: "/requests",
			Looked: &view.Looked{Sentence: rd.Lang.T("ticket.looked"), Href: "/looked"},
		}
		if p.Requests, err = s.requestRows(r, tx, rd, mine); err != nil {
			return web.Reply{}, err
		}
		if err := s.tiles(r, tx, rd, &p); err != nil {
			return web.Reply{}, err
		}
		err = s.homeFound(r, tx, rd, &p)
		return web.Page(p.Page()), err
	})
}

// longestQuery is how much of a search for services is read.
const longestQuery = 100

// tiles puts the services on the portal's home, in the order of the reader's
// language: all of them, or those that a search there finds.
func (s *Service) tiles(r *web.Request, tx *store.Tx, rd directory.Reader, p *view.PortalHome) error {
	offers, err := s.Offerings(r.Context(), tx, rd.Desk.ID)
	if err != nil {
		return err
	}
	p.SearchURL, p.Query = "/", text.CleanLine(r.Query("q"), longestQuery)
	if p.Query != "" {
		p.QueryAskURL = "/ask?" + url.Values{"subject": {p.Query}}.Encode()
	}
	p.Status = statuses(rd, offers)
	for _, o := range offers {
		if !o.matches(p.Query) {
			continue
		}
		name, about := o.In(rd.Lang.Lang())
		p.Services = append(p.Services, view.ServiceTile{Icon: o.picture(), Name: name, Text: about, Href: "/ask?service=" + id.Text(o.ID)})
	}
	slices.SortStableFunc(p.Services, func(a, b view.ServiceTile) int { return cmp.Compare(text.Fold(a.Name), text.Fold(b.Name)) })
	return nil
}

// statuses say how the services do now: each that is in trouble, or that none is.
func statuses(rd directory.Reader, offers []Offering) []view.ServiceStatus {
	out := ailments(rd, offers)
	if len(out) == 0 && len(offers) > 0 {
		out = append(out, view.ServiceStatus{Tone: ui.ToneKept, Name: rd.Lang.T("portal.home.status.fine")})
	}
	return out
}

// ailments are the services that are in trouble.
func ailments(rd directory.Reader, offers []Offering) (out []view.ServiceStatus) {
	for _, o := range offers {
		if o.Trouble != "" {
			name, _ := o.In(rd.Lang.Lang())
			out = append(out, view.ServiceStatus{Tone: ui.ToneOverdue, Name: name, Text: ailing(rd, o)})
		}
	}
	return out
}

// ailing is what is wrong with a service, since when and, while that is to come, until
// when.
func ailing(rd directory.Reader, o Offering) string {
	near := func(t time.Time) string { return clock.FormatNear(t, rd.Now, rd.Zone, rd.Lang.Lang()) }
	ails := strings.TrimSuffix(o.Ails(rd.Lang.Lang()), ".") // what follows belongs to the sentence
	if until := o.Until(); until.After(rd.Now) {
		return rd.Lang.T("portal.home.status.until", "what", ails, "when", near(o.Troubled()), "until", near(until))
	}
	return rd.Lang.T("portal.home.status.since", "what", ails, "when", near(o.Troubled()))
}

// homeFound adds to what a search at the portal's home finds the reader's own requests,
// open or not, by their words and references.
func (s *Service) homeFound(r *web.Request, tx *store.Tx, rd directory.Reader, p *view.PortalHome) error {
	if p.Query == "" {
		return nil
	}
	found, err := s.SearchOf(r.Context(), tx, rd.Person.ID, p.Query, openAtHome)
	if fault.Is(err, fault.KindInvalid) { // words with a colon narrow nothing here
		return nil
	}
	if err != nil {
		return err
	}
	p.Found, err = s.requestRows(r, tx, rd, found)
	return err
}

// matches reports whether each word of a search begins a word of the service or one by
// which people look for it, in either language: who reads French may well type what
// the desk calls it.
func (o Offering) matches(query string) bool {
	words := text.Tokens(strings.Join([]string{o.Name, o.NameFR, o.About, o.AboutFR, o.Code, o.Also}, " "))
	for _, want := range text.Tokens(query) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, want) }) {
			return false
		}
	}
	return true
}

func (s *Service) requestRows(r *web.Request, tx *store.Tx, rd directory.Reader, ts []Ticket) ([]view.RequestRow, error) {
	names, err := s.teamNames(r, tx)
	if err != nil {
		return nil, err
	}
	mail, err := s.mailReaches(r.Context(), tx, rd.Person.ID)
	rows := make([]view.RequestRow, len(ts))
	for i, t := range ts {
		step := stepOf(t.State)
		rows[i] = view.RequestRow{
			Subject: t.Subject, Ref: t.Ref, Href: "/requests/" + t.Ref, State: portalChip(rd, t.State), Step: step, Steps: 4,
			Next:    rd.Lang.T(comesNext(t.State, mail), "team", names[t.Team]),
			StepSay: rd.Lang.T("ticket.step", "at", step, "of", 4),
		}
	}
	return rows, err
}

func (s *Service) teamNames(r *web.Request, tx *store.Tx) (map[int64]string, error) {
	teams, err := s.People.Teams(r.Context(), tx)
	names := map[int64]string{}
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	return names, err
}

// stepOf is how far along the line of four steps a state is.
func stepOf(st State) int {
	return map[State]int{New: 1, Open: 2, Waiting: 3, Resolved: 4, Closed: 4}[st]
}

func portalChip(rd directory.Reader, st State) ui.Chip {
	c := map[State]ui.Chip{
		New:      {Icon: ui.IconInbox, Tone: ui.ToneUnproved},
		Open:     {Icon: ui.IconUser, Tone: ui.ToneReply},
		Waiting:  {Icon: ui.IconPause, Tone: ui.ToneWaiting},
		Resolved: {Icon: ui.IconCheck, Tone: ui.ToneKept},
		Closed:   {Icon: ui.IconCheck, Tone: ui.TonePlain},
	}[st]
	c.Text = rd.Lang.T("ticket.state." + string(st))
	return c
}

func (s *Service) ask(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		d, _, err := s.LoadDraft(r.Context(), tx, "/ask")
		if err != nil {
			return web.Reply{}, err
		}
		return s.askPage(r, tx, rd, d, nil)
	})
}

// askPage is the form with what was typed, and what was wrong with it.
func (s *Service) askPage(r *web.Request, tx *store.Tx, rd directory.Reader, typed Draft, problem *fault.Error) (web.Reply, error) {
	p := view.AskForHelp{
		Frame: PortalFrame(r, rd, rd.Lang.T("portal.ask.title"), ""), Form: ui.Form{Action: "/ask", Token: id.Secret(), Hidden: []ui.Hidden{typed.shown()}}, BackURL: "/",
		Subject: ui.Input{Value: typed["subject"]}, Body: ui.Input{Value: typed["body"]}, For: ui.Input{Value: typed["for"]},
		FilesHint: rd.Lang.T("ticket.files.hint", "count", web.MaxFiles), DraftURL: "/drafts?place=/ask",
		Hints: hints(rd, typed),
	}
	if err := s.askedBefore(r, tx, rd, typed, &p); err != nil {
		return web.Reply{}, err
	}
	me, err := s.People.Person(r.Context(), tx, rd.Person.ID)
	if err != nil {
		return web.Reply{}, err
	}
	mail := me.First(directory.Email)
	p.Sender = rd.Lang.T("portal.ask.sender", "sender", strings.Trim(me.Name+", "+mail, ", "))
	if mail == "" {
		p.Sender = rd.Lang.T("portal.ask.sender.here", "sender", me.Name)
		p.NoContact = &ui.Banner{Tone: ui.ToneSoon, Icon: ui.IconAlert, Strong: rd.Lang.T("ticket.nocontact"), Text: rd.Lang.T("ticket.nocontact.text")}
	}
	if w := s.do.open.Resource().Readers(tx.Book(), Subject{Controller: rd.Controller.ID}); len(w) > 1 {
		p.Contact = ui.Clause{Text: w[1].Says, Ref: strings.Join(w[1].Clauses, ", "), Href: "/notices/" + rd.Controller.Notice}
	}
	if lost := typed[lostFiles]; lost != "" {
		p.FilesErr = rd.Lang.T("portal.ask.files.again", "names", lost)
	}
	reply := web.Page(nil)
	if problem != nil {
		say := rd.Lang.Fault(problem)
		switch field := problem.Field; {
		case field == "service" && p.Service != nil:
			p.Service.Error = say
		case field == "body":
			p.Body.Error = say
		case field == "subject":
			p.Subject.Error = say
		case field == "for":
			p.For.Error = say
		case field == "files":
			p.FilesErr = say
		default:
			p.Trouble = say
		}
		reply.Status = problem.Kind.Status()
	}
	reply.Page = p.Page()
	return reply, nil
}

// askedBefore offers the desk's services, and says which request a new one goes
// on from.
func (s *Service) askedBefore(r *web.Request, tx *store.Tx, rd directory.Reader, typed Draft, p *view.AskForHelp) error {
	offers, err := s.Offerings(r.Context(), tx, rd.Desk.ID)
	if err != nil {
		return err
	}
	wanted := cmp.Or(r.Query("service"), typed["service"]) // a service pressed just now, before one of a draft
	p.Subject.Value = cmp.Or(p.Subject.Value, text.CleanLine(r.Query("subject"), maxSubject))
	for _, o := range offers {
		if id.Text(o.ID) == wanted {
			name, about := o.In(rd.Lang.Lang())
			p.About = &view.ServiceTile{Name: name, Text: about, Href: "/ask?service=other"}
			p.Form.Hidden = append(p.Form.Hidden, ui.Hidden{Name: "service", Value: wanted})
			if o.Trouble != "" {
				p.Known = &ui.Banner{Tone: ui.ToneSoon, Icon: ui.IconAlert, Strong: rd.Lang.T("portal.ask.ailing"), Text: ailing(rd, o) + " " + rd.Lang.T("portal.ask.ailing.text")}
			}
		}
	}
	if len(offers) > 0 && p.About == nil {
		p.Service = &ui.Choices{ID: "service", Label: rd.Lang.T("portal.ask.service"), Why: rd.Lang.T("portal.ask.service.why"), Empty: rd.Lang.T("portal.ask.service.none")}
	}
	for _, o := range offers {
		if name, _ := o.In(rd.Lang.Lang()); p.About == nil {
			p.Service.Options = append(p.Service.Options, ui.Option{Value: id.Text(o.ID), Text: name})
		}
	}
	if old := cmp.Or(typed["follows"], r.Query("follows")); old != "" {
		t, _, err := s.Find(r.Context(), tx, old)
		if err != nil {
			return err
		}
		p.Form.Hidden = append(p.Form.Hidden, ui.Hidden{Name: "follows", Value: t.Ref})
		p.Subject.Value = cmp.Or(p.Subject.Value, t.Subject)
		p.Follows = &ui.Banner{Icon: ui.IconLink, Strong: rd.Lang.T("portal.ask.follows", "ref", t.Ref), Text: rd.Lang.T("ticket.next.past")}
	}
	return nil
}

// asked opens a ticket from the form. What is wrong comes back on the same page
// with everything that was typed.
func (s *Service) asked(r *web.Request) (web.Reply, error) {
	key, err := s.NewKey(r.Context())
	if err != nil {
		return web.Reply{}, err
	}
	up := &uploads{s: s, key: key}
	typed := func() NewTicket {
		in := NewTicket{Channel: Portal, Offering: number(r.Value("service")), Subject: r.Value("subject"), Text: Text{Body: r.Value("body"), Files: up.files}, Key: key}
		if in.Offering == 0 {
			in.Kind = Request
		}
		return in
	}
	return s.submitAfter(r, up, func() error {
		if r.Value("for") == "" || r.Value("follows") != "" || cmp.Or(hinted(r), typed().said()) != nil {
			return nil // nobody will be looked up
		}
		return onField(s.People.TryName(r.Context(), r.Actor.PersonID()), "for")
	}, func(tx *store.Tx) (string, error) {
		if err := hinted(r); err != nil {
			return "", err
		}
		in := typed()
		if old := r.Value("follows"); old != "" {
			t, err := s.Continue(r.Context(), tx, old, in)
			return "/requests/" + t.Ref + "?sent=1", err
		}
		if err := in.said(); err != nil {
			return "", err
		}
		if err := s.concerned(r, tx, &in, r.Value("for")); err != nil {
			return "", err
		}
		t, err := s.Open(r.Context(), tx, in)
		return "/requests/" + t.Ref + "?sent=1", err
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.askPage(r, tx, rd, typed, f)
	})
}

// onField says which field a fault is about.
func onField(err error, field string) error {
	if err == nil {
		return nil
	}
	return fault.As(err).On(field)
}

// concerned fills in who asks and, when it is for somebody else, for whom: one of
// the people of the same desk. The name was counted by TryName before.
func (s *Service) concerned(r *web.Request, tx *store.Tx, in *NewTicket, other string) error {
	me, err := s.People.Person(r.Context(), tx, r.Actor.PersonID())
	if err != nil {
		return err
	}
	in.Reporter, in.Affected = me, me
	if other == "" {
		return nil
	}
	p, found, err := s.People.Served(r.Context(), tx, me.Controller, directory.UserName, other)
	if err != nil {
		return err
	}
	if !found {
		return fault.Invalid("ticket.for", "nobody here has the user name %q; check it, or leave it empty and write the name in your text", other).On("for")
	}
	in.Affected = p
	return s.People.NameFound(r.Context(), tx, me.ID)
}

func (s *Service) requests(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		f := Filter{Person: rd.Person.ID, Open: r.Query("show") == "open"}
		ts, err := s.List(r.Context(), tx, f, before(r), pageSize+1)
		if err != nil {
			return web.Reply{}, err
		}
		p := view.MyRequests{Frame: PortalFrame(r, rd, rd.Lang.T("portal.requests.title"), "/requests"), AskURL: "/ask"}
		for _, n := range []struct{ key, href string }{{"all", "/requests"}, {"open", "/requests?show=open"}} {
			p.Filters = append(p.Filters, ui.NavItem{Text: rd.Lang.T("ticket.filter." + n.key), Href: n.href, Current: (n.key == "open") == f.Open})
		}
		ts, p.Pages = pages(ts, r.HTTP.URL)
		p.Rows, err = s.requestRows(r, tx, rd, ts)
		return web.Page(p.Page()), err
	})
}

// before is where a page of a list begins.
// before is the ticket or entry after which an older page begins.
func before(r *web.Request) int64 { return r.Key("before", Newest) }

// pages cuts a page of tickets, newest first.
func pages(ts []Ticket, at *url.URL) ([]Ticket, ui.Pages) {
	return ui.Paged(ts, pageSize, at, "before", func(t Ticket) string { return id.Text(t.ID) })
}
