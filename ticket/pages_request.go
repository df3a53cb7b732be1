package ticket

import (
	"context"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

const entriesAtOnce = 200

func (s *Service) request(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		d, _, err := s.LoadDraft(r.Context(), tx, r.HTTP.URL.Path)
		if err != nil {
			return web.Reply{}, err
		}
		return s.requestPage(r, tx, rd, d, nil)
	})
}

func (s *Service) requestPage(r *web.Request, tx *store.Tx, rd directory.Reader, typed Draft, problem *fault.Error) (web.Reply, error) {
	t, _, err := s.Find(r.Context(), tx, r.Path("ref"))
	if err != nil {
		return web.Reply{}, err
	}
	entries, _, older, err := s.talk(r, tx, t, "/requests/"+t.Ref)
	if err != nil {
		return web.Reply{}, err
	}
	names, err := s.namesOf(r.Context(), tx, t, entries)
	if err != nil {
		return web.Reply{}, err
	}
	teams, err := s.teamNames(r, tx)
	if err != nil {
		return web.Reply{}, err
	}
	mail, err := s.mailReaches(r.Context(), tx, rd.Person.ID)
	if err != nil {
		return web.Reply{}, err
	}
	say := rd.Lang.T
	p := view.Request{
		Frame: PortalFrame(r, rd, t.Ref+", "+say("ticket.state."+string(t.State))+": "+t.Subject, "/requests"), BackURL: "/requests",
		Subject: t.Subject, Ref: t.Ref, Sent: say("ticket.sent", "name", names[t.Reporter], "when", rd.Day(t.Created).Text),
		Steps:   steps(rd, t, teams[t.Team], asked(t, entries, older)),
		Next:    ui.Banner{Text: say(comesNext(t.State, mail), "team", teams[t.Team])},
		Older:   older,
		Entries: s.portalEntries(rd, t, entries, names, teams[t.Team]), LookURL: "/looked?ticket=" + t.Ref,
	}
	if r.Query("sent") != "" {
		p.Frame.Toast = &ui.Toast{Text: say("ticket.sent.toast", "ref", t.Ref), Icon: ui.IconCheck}
	}
	if how := r.Query("again"); how == "same" || how == "other" {
		p.Frame.Toast = &ui.Toast{Text: say("ticket.again." + how), Icon: ui.IconInfo}
	}
	if err := s.requestReaders(r.Context(), tx, t, &p); err != nil {
		return web.Reply{}, err
	}
	past, err := s.past(r.Context(), tx, t)
	if err != nil {
		return web.Reply{}, err
	}
	if past {
		p.Next.Text = say("ticket.next.past")
		p.Acts = append(p.Acts, ui.Button{Text: say("portal.request.again"), Icon: ui.IconReply, Href: "/ask?follows=" + t.Ref})
	}
	if !past || problem != nil {
		if err := s.requestForms(rd, t, teams[t.Team], typed, problem, &p); err != nil {
			return web.Reply{}, err
		}
	}
	reply := web.Page(p.Page())
	if problem != nil {
		reply.Status = problem.Kind.Status()
	}
	return reply, nil
}

// comesNext is the word for what happens next with a request. Whoever no mail
// reaches is promised none (LJMUH-26).
func comesNext(st State, mail bool) string {
	key := "ticket.next." + string(st)
	if !mail && (st == New || st == Open) {
		key += ".here"
	}
	return key
}

// namesOf returns the names of everybody a page of a ticket shows.
func (s *Service) namesOf(ctx context.Context, tx *store.Tx, t Ticket, entries []Entry) (map[int64]string, error) {
	people := []int64{t.Reporter, t.Affected, t.Assignee}
	for _, e := range entries {
		people = append(people, e.Author)
	}
	return s.People.Names(ctx, tx, people...)
}

// asked reports whether a ticket that is solved ever waited for its requester. Where the
// page shows its newest entries only, it may have.
func asked(t Ticket, entries []Entry, older string) bool {
	return t.Open() || older != "" || slices.ContainsFunc(entries, func(e Entry) bool { return e.Kind == Change && e.Change == "state "+string(Waiting) })
}

// steps are where a request is, on a line of four.
func steps(rd directory.Reader, t Ticket, team string, asked bool) []ui.Step {
	at := stepOf(t.State)
	captions := []string{rd.Day(t.Created).Text, team, "", ""}
	if t.State == Waiting {
		captions[2] = rd.Lang.T("ticket.steps.now")
	}
	if !t.Resolved.IsZero() {
		captions[3] = rd.Day(t.Resolved).Text
	}
	out := make([]ui.Step, 4)
	for i, key := range []string{"received", "worked", "answer", "solved"} {
		out[i] = ui.Step{Text: rd.Lang.T("ticket.steps." + key), Caption: captions[i], Done: i+1 < at || t.State == Closed || (at == 4 && i == 3), Current: i+1 == at && t.State != Closed}
	}
	if !asked {
		out[2].Skipped, out[2].Done, out[2].Caption = true, false, rd.Lang.T("ticket.steps.unasked")
	}
	return out
}

func (s *Service) portalEntries(rd directory.Reader, t Ticket, entries []Entry, names map[int64]string, team string) []ui.Entry {
	var out []ui.Entry
	for _, e := range entries {
		if e.Kind == Change {
			if key, _, _ := strings.Cut(e.Change, " "); key == "state" {
				out = append(out, ui.Entry{Change: &ui.Change{Icon: ui.IconHistory, Text: rd.Lang.T("ticket.change.state", "state", rd.Lang.T("ticket."+strings.ReplaceAll(e.Change, " ", "."))), When: rd.When(e.At)}})
			}
			continue
		}
		m := &ui.Message{ID: "e" + id.Text(e.ID), Kind: ui.EntryTeam, Heading: names[e.Author], About: team, When: rd.When(e.At), Body: body(e).Component()}
		if t.Concerns(e.Author) || e.Kind == Message {
			m.Kind, m.About = ui.EntryMine, rd.Lang.T("ticket.channel."+string(e.Channel))
		}
		if e.Author == rd.Person.ID {
			m.Heading = rd.Lang.T("ticket.you")
		}
		if e.Stranger {
			m.Kind = ui.EntryIn
			unknownTo(rd, m, e, "ticket.doubted.portal")
		}
		if m.Heading == "" {
			m.Heading = team
		}
		s.dress(rd, m, e, "/requests/"+t.Ref)
		out = append(out, ui.Entry{Message: m})
	}
	return out
}

// dress adds files and quoted text to a message.
func (s *Service) dress(rd directory.Reader, m *ui.Message, e Entry, base string) {
	for _, a := range e.Files {
		m.Files = append(m.Files, ui.File{Name: a.Name, Size: size(a.Size), Href: base + "/files/" + id.Text(a.ID)})
	}
	if e.HTML != "" {
		m.Original = ui.Link{Text: rd.Lang.T("ticket.letter"), Href: base + "/mail/" + id.Text(e.ID), Icon: ui.IconMail}
	}
	if e.Quoted != "" {
		m.Quoted = ui.Text(e.Quoted)
		m.Folded = rd.Lang.T("ticket.quoted", "n", strings.Count(e.Quoted, "\n")+1)
	}
}

// requestReaders lists the sentences that let others see the request.
func (s *Service) requestReaders(ctx context.Context, tx *store.Tx, t Ticket, p *view.Request) error {
	why, err := s.Readers(ctx, tx, t)
	for _, w := range why {
		if w.Purpose == policy.Own {
			continue
		}
		p.Sees = append(p.Sees, view.Reader{Many: true, Text: w.Says})
		if p.Clause.Text == "" {
			p.Clause = ui.Clause{Text: w.Says, Ref: strings.Join(w.Clauses, ", "), Href: "/notices/" + strings.Split(w.Rule, "/")[0]}
		}
	}
	if len(p.Sees) > 0 {
		p.Sees = p.Sees[1:] // the first is quoted as the clause
	}
	return err
}

func (s *Service) requestForms(rd directory.Reader, t Ticket, team string, typed Draft, problem *fault.Error, p *view.Request) error {
	back, err := typed.returned()
	here, say := "/requests/"+t.Ref, rd.Lang.T
	again := typed["form"] == "reopen"
	if t.State == Closed || t.State == Resolved {
		p.Reopen = &view.RequestForm{Form: ui.Form{Action: here + "/reopen", Token: id.Secret(), Hidden: []ui.Hidden{{Name: "form", Value: "reopen"}}}}
		if again || t.State == Closed {
			p.Reopen.Why.Value = typed["body"]
			blameReopening(rd, problem, p.Reopen)
		}
	}
	if t.State == Closed || err != nil {
		return err
	}
	p.Close = &ui.Button{Text: say("ticket.close"), Icon: ui.IconCheck, Href: here + "/close", Confirm: true}
	p.Reply = &view.RequestReply{
		Form: ui.Form{Action: here, Token: id.Secret(), Hidden: []ui.Hidden{typed.shown()}}, To: say("ticket.writeto", "team", team), Button: say("ticket.sendto", "team", team),
		FilesHint: say("ticket.files.hint", "count", web.MaxFiles), DraftURL: "/drafts?place=" + here, KeptFiles: back.keptFiles(),
		Hints: hints(rd, typed),
	}
	if again && p.Reopen != nil {
		return nil
	}
	p.Reply.Body.Value = typed["body"]
	if problem == nil {
		return nil
	}
	switch problem.Field {
	case "body":
		p.Reply.Body.Error = rd.Lang.Fault(problem)
	case "files":
		p.Reply.FilesErr = rd.Lang.Fault(problem)
	default:
		p.Reply.Trouble = rd.Lang.Fault(problem)
	}
	return nil
}

func blameReopening(rd directory.Reader, problem *fault.Error, f *view.RequestForm) {
	switch {
	case problem == nil:
	case problem.Field == "body":
		f.Why.Error = rd.Lang.Fault(problem)
	default:
		f.Trouble = rd.Lang.Fault(problem)
	}
}

func (s *Service) requestWritten(r *web.Request) (web.Reply, error) {
	up, err := s.uploadsTo(r, s.do.write)
	if err != nil {
		return web.Reply{}, err
	}
	return s.submit(r, up, func(tx *store.Tx) (string, error) {
		files, err := s.formFiles(r, tx, up)
		if err == nil {
			err = hinted(r)
		}
		if err != nil {
			return "", err
		}
		e, err := s.Write(r.Context(), tx, r.Path("ref"), Portal, Text{Body: r.Value("body"), Files: files})
		return r.HTTP.URL.Path + "#e" + id.Text(e.ID), err
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.requestPage(r, tx, rd, typed, f)
	})
}

func (s *Service) requestClosing(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		t, _, err := s.Find(r.Context(), tx, r.Path("ref"))
		if err != nil {
			return web.Reply{}, err
		}
		say := rd.Lang.T
		p := view.Confirm{
			Frame: PortalFrame(r, rd, say("ticket.close.title", "ref", t.Ref), "/requests"), Form: ui.Form{Action: r.HTTP.URL.Path, Token: id.Secret()},
			Title: say("ticket.close.title", "ref", t.Ref), Text: say("ticket.close.text"), Do: say("ticket.close.do"),
			Facts: []ui.Fact{{Label: say("ticket.subject"), Value: t.Subject}}, Keep: ui.Link{Text: say("ticket.close.keep"), Href: "/requests/" + t.Ref},
		}
		return web.Page(p.Page()), nil
	})
}

func (s *Service) requestClosed(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	return s.act(r, func(tx *store.Tx) (string, error) {
		return "/requests/" + r.Path("ref"), s.Close(r.Context(), tx, r.Path("ref"), 0)
	})
}

func (s *Service) requestReopened(r *web.Request) (web.Reply, error) {
	return s.submit(r, nil, func(tx *store.Tx) (string, error) {
		to := "/requests/" + r.Path("ref")
		if err := s.Reopen(r.Context(), tx, r.Path("ref"), 0); err != nil || r.Value("body") == "" {
			return to, err
		}
		_, err := s.Write(r.Context(), tx, r.Path("ref"), Portal, Text{Body: r.Value("body")})
		return to, err
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return s.requestPage(r, tx, rd, typed, f)
	})
}
