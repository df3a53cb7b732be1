package ticket

import (
	"slices"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// turning is a change of a ticket that a page of its own asks about first.
type turning struct {
	ask func(*Service, *asking) error // puts its questions on the page; nil: none but "sure?"
	do  func(*Service, *web.Request, *store.Tx) error
	// form takes what was sent where that is more than do can read, as files are; nil: do does
	form func(*Service, *web.Request) (web.Reply, error)
}

// asking is the page of a turning while it is made.
type asking struct {
	r     *web.Request
	tx    *store.Tx
	rd    directory.Reader
	t     Ticket
	typed Draft
	page  *view.Confirm
}

// was is what somebody typed for a question, or else how it stands.
func (a *asking) was(name, stands string) string {
	if v, ok := a.typed[name]; ok {
		return v
	}
	return stands
}

func (a *asking) say(key string, args ...any) string { return a.rd.Lang.T(key, args...) }

// turnings are the changes by the name they have in an address.
func turnings() map[string]turning {
	version := func(r *web.Request) int64 { return number(r.Value("version")) }
	return map[string]turning{
		"resolve": {ask: (*Service).askSolution, form: (*Service).solutionSent},
		"close": {do: func(s *Service, r *web.Request, tx *store.Tx) error {
			return s.Close(r.Context(), tx, r.Path("ref"), version(r))
		}},
		"reopen": {do: func(s *Service, r *web.Request, tx *store.Tx) error {
			return s.Reopen(r.Context(), tx, r.Path("ref"), version(r))
		}},
		"resume": {do: func(s *Service, r *web.Request, tx *store.Tx) error {
			return s.Resume(r.Context(), tx, r.Path("ref"), version(r))
		}},
		"take": {do: func(s *Service, r *web.Request, tx *store.Tx) error {
			return s.Take(r.Context(), tx, r.Path("ref"), version(r))
		}},
		"wait":     {ask: (*Service).askWait, do: (*Service).waited},
		"subject":  {ask: (*Service).askSubject, do: (*Service).subjectPut},
		"classify": {ask: (*Service).askSorting, do: (*Service).classified},
		"watch":    {ask: (*Service).askWatcher, do: (*Service).watched},
		"unwatch": {ask: (*Service).askUnwatch, do: func(s *Service, r *web.Request, tx *store.Tx) error {
			return s.Watch(r.Context(), tx, r.Path("ref"), number(r.Value("person")), false)
		}},
		"call":   {ask: (*Service).askCall, form: (*Service).callNoted},
		"people": {ask: (*Service).askPeople, do: (*Service).peoplePut},
		"undo":   {ask: (*Service).askUndo, do: (*Service).undone},
	}
}

func (s *Service) askSolution(a *asking) error {
	a.page.Question = &ui.Field{ID: "body", Label: a.say("ticket.do.resolve.ask"), Hint: a.say("ticket.do.resolve.hint"), Rows: 5, Value: a.typed["body"], Required: true}
	return nil
}

// solutionSent resolves a ticket. Like every reply from the desk's page its words can
// be taken back for a moment, and leave after those that were sent before.
func (s *Service) solutionSent(r *web.Request) (web.Reply, error) {
	return s.submit(r, nil, func(tx *store.Tx) (string, error) {
		ref := r.Path("ref")
		e, err := s.Resolve(r.Context(), tx, ref, Text{Body: r.Value("body"), Version: number(r.Value("version")), Hold: HoldFor})
		return "/desk/tickets/" + ref + "?sent=" + id.Text(e.ID) + "#e" + id.Text(e.ID), err
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.actForm(r, tx, rd, typed, f)
	})
}

func (s *Service) askWait(a *asking) error {
	until := ""
	if !a.t.WaitsUntil.IsZero() {
		until = a.t.WaitsUntil.In(a.rd.Zone).Format(time.DateOnly)
	}
	a.page.Choices, a.page.Fields = waitQuestions(a.rd, a.was("for", string(a.t.WaitsFor)), a.was("until", until))
	return nil
}

// waitQuestions ask what a ticket is to wait for, and until when.
func waitQuestions(rd directory.Reader, chosen, until string) (*ui.Choices, []ui.Field) {
	say := rd.Lang.T
	c := &ui.Choices{ID: "for", Label: say("ticket.wait.for")}
	for _, w := range []WaitFor{ForRequester, ForThird, ForDate} {
		c.Options = append(c.Options, ui.Option{Value: string(w), Text: say("ticket.wait." + string(w)), Hint: say("ticket.wait." + string(w) + ".hint"), Selected: chosen == string(w) || chosen == "" && w == ForRequester})
	}
	return c, []ui.Field{{ID: "until", Type: "date", Label: say("ticket.wait.until"), Hint: say("ticket.wait.until.hint"), Value: until}}
}

func (s *Service) waited(r *web.Request, tx *store.Tx) error {
	return s.letWait(r, tx, r.Path("ref"), number(r.Value("version")))
}

// letWait lets a ticket wait for what a form says.
func (s *Service) letWait(r *web.Request, tx *store.Tx, ref string, version int64) error {
	p := Pause{For: WaitFor(r.Value("for")), Version: version}
	if day := r.Value("until"); day != "" {
		t, _, err := s.look(r.Context(), tx, s.do.state, ref)
		if err != nil {
			return err
		}
		o, err := s.office(r.Context(), tx, t.Controller)
		if err != nil {
			return err
		}
		if p.Until, err = o.opens(day); err != nil {
			return err
		}
	}
	return s.Wait(r.Context(), tx, ref, p)
}

// opens is the first open instant of a day written as 2026-11-24, or of the next
// day on which the desk is open.
func (o office) opens(day string) (time.Time, error) {
	at, err := time.ParseInLocation(time.DateOnly, day, o.hours.Zone())
	if err != nil {
		return time.Time{}, fault.Invalid("wait.day", "write the day like this: 2026-11-24").On("until")
	}
	first, err := o.hours.Add(at, time.Millisecond)
	return first.Add(-time.Millisecond), err
}

func (s *Service) askWatcher(a *asking) error {
	a.page.First = []ui.Field{{ID: "who", Label: a.say("ticket.watch.who"), Hint: a.say("ticket.watch.who.hint"), Value: a.typed["who"], Required: true, Autocomplete: "off", SpellOff: true}}
	if !s.WatchersSee(a.tx.Book(), a.t.Controller) {
		a.page.Text = a.say("ticket.watch.blind")
	}
	return s.askWhich(a, "who", a.say("ticket.watch.who"))
}

func (s *Service) watched(r *web.Request, tx *store.Tx) error {
	t, _, err := s.look(r.Context(), tx, s.do.watch, r.Path("ref"))
	if err != nil {
		return err
	}
	p, err := s.someone(r, tx, t, "who", strings.TrimSpace(r.Value("who")))
	if err != nil {
		return err
	}
	return s.Watch(r.Context(), tx, t.Ref, p.ID, true)
}

func (s *Service) askUnwatch(a *asking) error {
	person := number(a.was("person", a.r.Query("person")))
	watchers, err := s.Watchers(a.r.Context(), a.tx, a.t)
	if err != nil {
		return err
	}
	if !slices.Contains(watchers, person) { // nobody else's name is to be had here
		return unknown()
	}
	names, err := s.People.Names(a.r.Context(), a.tx, person)
	a.page.Form.Hidden = append(a.page.Form.Hidden, ui.Hidden{Name: "person", Value: id.Text(person)})
	a.page.Facts = append(a.page.Facts, ui.Fact{Label: a.say("ticket.watch.person"), Value: names[person]})
	return err
}

func (s *Service) askUndo(a *asking) error {
	a.page.Form.Hidden = append(a.page.Form.Hidden, ui.Hidden{Name: "entry", Value: a.was("entry", a.r.Query("entry"))})
	return nil
}

// undone takes a reply back into the composer.
func (s *Service) undone(r *web.Request, tx *store.Tx) error {
	_, _, err := s.TakeBack(r.Context(), tx, r.Path("ref"), number(r.Value("entry")))
	return err
}

func (s *Service) actPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		typed, _, err := s.LoadDraft(r.Context(), tx, r.HTTP.URL.Path)
		if err != nil {
			return web.Reply{}, err
		}
		return s.actForm(r, tx, rd, typed, nil)
	})
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
		Frame: s.deskFrame(r, rd, say("ticket.do."+act+".title", "ref", t.Ref)), Title: say("ticket.do."+act+".title", "ref", t.Ref), Text: say("ticket.do." + act + ".text"),
		Form: ui.Form{Action: beside(r, "/desk/tickets/"+t.Ref+"/"+act), Token: id.Secret(), Hidden: []ui.Hidden{{Name: "version", Value: id.Text(t.Version)}}},
		Do:   say("ticket.do." + act + ".do"), Facts: []ui.Fact{{Label: say("ticket.subject"), Value: t.Subject}}, Keep: ui.Link{Text: say("ticket.do.keep"), Href: beside(r, "/desk/tickets/"+t.Ref)},
	}
	if turn.ask != nil {
		if err := turn.ask(s, &asking{r, tx, rd, t, typed, &p}); err != nil {
			return web.Reply{}, err
		}
	}
	return s.onDesk(r, tx, rd, p, problem)
}

// onDesk draws a page that asks beside the views of the desk, with what was wrong
// where it was wrong.
func (s *Service) onDesk(r *web.Request, tx *store.Tx, rd directory.Reader, p view.Confirm, problem *fault.Error) (web.Reply, error) {
	vs, err := s.views(r, tx, rd)
	if err != nil {
		return web.Reply{}, err
	}
	rail := s.rail(rd, vs, r.Query("view"))
	p.Rail = &rail
	reply := web.Page(nil)
	if problem != nil {
		reply.Status = problem.Kind.Status()
		if !p.Blame(problem.Field, rd.Lang.Fault(problem)) {
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
	if turn.form != nil {
		return turn.form(s, r)
	}
	return s.submit(r, nil, func(tx *store.Tx) (string, error) {
		return "/desk/tickets/" + r.Path("ref"), turn.do(s, r, tx)
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.actForm(r, tx, rd, typed, f)
	})
}
