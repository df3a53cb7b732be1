package ticket

import (
	"cmp"
	"maps"
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

func clauses(list []string) string { return strings.Join(list, ", ") }

func (s *Service) ticketPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		d, at, err := s.LoadDraft(r.Context(), tx, r.HTTP.URL.Path)
		if err != nil {
			return web.Reply{}, err
		}
		kept := ""
		if d["body"] != "" {
			kept = rd.Lang.T("ui.composer.kept", "time", rd.Hour(at).Text)
		}
		return s.deskTicket(r, tx, rd, d, kept, nil)
	})
}

// deskTicket is the whole desk with a ticket open, what was typed, and what was
// wrong with it.
func (s *Service) deskTicket(r *web.Request, tx *store.Tx, rd directory.Reader, typed Draft, kept string, problem *fault.Error) (web.Reply, error) {
	if err := atDesk(rd); err != nil {
		return web.Reply{}, err
	}
	t, why, err := s.Find(r.Context(), tx, r.Path("ref"))
	if err != nil {
		return web.Reply{}, err
	}
	vs, err := s.views(r, tx, rd)
	if err != nil {
		return web.Reply{}, err
	}
	v := chosen(vs, r.Query("view")).narrowed(rd, r.HTTP.URL.Query())
	list, err := s.queue(r, tx, rd, v, t.ID)
	if err != nil {
		return web.Reply{}, err
	}
	p := view.DeskTicket{
		Frame: s.deskFrame(r, rd, t.Ref+", "+rd.Lang.T("ticket.deskstate."+string(t.State))+": "+t.Subject), Rail: s.rail(rd, vs, v.name), Queue: &list,
	}
	if p.Ticket, err = s.region(r, tx, rd, t, typed, kept, problem); err != nil {
		return web.Reply{}, err
	}
	if err := s.seen(r.Context(), tx, rd, t, why, &p.Ticket); err != nil {
		return web.Reply{}, err
	}
	if p.Frame.Toast, err = s.toast(r, tx, rd, t); err != nil {
		return web.Reply{}, err
	}
	p.Ticket.Back = ui.Link{Text: v.title, Href: listAt(r, v).String()}
	reply := web.Page(p.Page())
	if problem != nil {
		reply.Status = problem.Kind.Status()
	}
	return reply, nil
}

// toast is the news of what was just done: a reply that can still be taken back,
// a form that had been sent already.
func (s *Service) toast(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket) (*ui.Toast, error) {
	var out *ui.Toast
	if how := r.Query("again"); how == "same" || how == "other" {
		out = &ui.Toast{Text: rd.Lang.T("ticket.again." + how), Icon: ui.IconInfo}
	}
	n := number(r.Query("sent"))
	if n == 0 {
		return out, nil
	}
	held, err := s.Undoable(r.Context(), tx, t)
	if _, ok := held[n]; !ok || err != nil {
		return out, err
	}
	if out == nil {
		out = &ui.Toast{Text: rd.Lang.T("ticket.undo.toast"), Icon: ui.IconSend}
	}
	out.Undo = undoOf(r, rd, t, n)
	return out, nil
}

// region is the third region of the desk: one ticket.
func (s *Service) region(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, typed Draft, kept string, problem *fault.Error) (view.Ticket, error) {
	entries, hidden, older, err := s.talk(r, tx, t, "/desk/tickets/"+t.Ref)
	if err != nil {
		return view.Ticket{}, err
	}
	names, err := s.namesOf(r.Context(), tx, t, entries)
	if err != nil {
		return view.Ticket{}, err
	}
	teams, err := s.teamNames(r, tx)
	if err != nil {
		return view.Ticket{}, err
	}
	if err := s.nameTeams(r, tx, t, entries); err != nil {
		return view.Ticket{}, err
	}
	may, err := s.Access(r.Context(), tx, t)
	if err != nil {
		return view.Ticket{}, err
	}
	say := rd.Lang.T
	out := view.Ticket{
		Older: older, Ref: t.Ref, Kind: say("ticket.kind." + string(t.Kind)), Subject: t.Subject, Chips: []ui.Chip{deskChip(rd, t.State)},
		Rename: renameAt(r, t, may), Entries: s.deskEntries(rd, t, entries, hidden, names), Acts: acts(r, rd, t, may),
	}
	owner, err := s.owner(r, tx, rd, t, names[t.Assignee])
	if err != nil {
		return out, err
	}
	if out.Facts, err = s.headFacts(r, tx, rd, t, teams[t.Team], owner, may); err != nil {
		return out, err
	}
	if err := s.targets(r, tx, rd, t, &out); err != nil {
		return out, err
	}
	if err := s.unsent(r, tx, rd, t, out.Entries); err != nil {
		return out, err
	}
	if err := s.banners(r, tx, rd, t, &out); err != nil {
		return out, err
	}
	if may.Unread {
		out.Banners = append(out.Banners, ui.Banner{Icon: ui.IconMail, Full: true, Strong: say("ticket.reply.unread"), Text: say("ticket.reply.unread.text")})
	}
	switch {
	case !may.Reply && !may.Note:
		out.ReadOnly = say("ticket.readonly")
	case !t.takes(Replied) && problem == nil:
		out.ReadOnly = closedTo(rd, typed)
	default:
		if out.Composer, err = s.composer(r, tx, rd, t, names, may, typed, kept, problem); err != nil {
			return out, err
		}
		if problem != nil && problem.Key == errStale.Key {
			out.Composer.Stale.Text += lastOf(rd, entries, names)
		}
	}
	err = s.side(r, tx, rd, t, names, may, &out)
	return out, err
}

// banners say in words what is special about a ticket.
func (s *Service) banners(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, out *view.Ticket) error {
	c, err := s.People.Controller(r.Context(), tx, t.Controller)
	if err != nil {
		return err
	}
	if c.Processor {
		out.Banners = append(out.Banners, ui.Banner{
			Tone: ui.ToneRestricted, Icon: ui.IconShield, Full: true, Strong: rd.Lang.T("ticket.processor", "controller", c.Name),
			Text: rd.Lang.T("ticket.processor.text", "controller", c.Name, "desk", rd.Desk.Name),
		})
	}
	if t.Restricted {
		out.Banners = append(out.Banners, ui.Banner{Tone: ui.ToneRestricted, Icon: ui.IconShield, Full: true, Strong: rd.Lang.T("ticket.restricted"), Text: rd.Lang.T("ticket.restricted.text")})
	}
	return nil
}

// acts are the buttons of the head, only those that will work: what the rules let
// the reader do, as far as the table of states has it for this ticket.
func acts(r *web.Request, rd directory.Reader, t Ticket, may Access) []ui.Button {
	var out []ui.Button
	for _, a := range []struct {
		event Event
		may   bool
		name  string
		ui.Button
	}{
		{Assigned, may.Assign, "assign", ui.Button{Icon: ui.IconUser, Key: "h", Confirm: true}},
		{Assigned, may.Assign && t.Assignee != rd.Person.ID && rd.Actor.InGroup(t.Team), "take", ui.Button{Icon: ui.IconHand, Key: "m"}},
		{Restarted, may.End, "reopen", ui.Button{Icon: ui.IconHistory, Key: "s"}},
		{Resumed, may.State, "resume", ui.Button{Icon: ui.IconReplay, Key: "t"}},
		{Asked, may.State, "wait", ui.Button{Icon: ui.IconPause, Key: "w", Confirm: true}},
		{Wrote, may.Reply || may.Unread, "call", ui.Button{Icon: ui.IconPhone, Key: "c", Confirm: true}},
		{Solved, may.State && may.Reply, "resolve", ui.Button{Icon: ui.IconCheck, Key: "s", Confirm: true}},
		{Ended, may.End, "close", ui.Button{Icon: ui.IconCross, Kind: ui.ButtonQuiet, Confirm: true}},
	} {
		if !a.may || !t.takes(a.event) {
			continue
		}
		a.Text, a.Href, a.Small = rd.Lang.T("ticket.act."+a.name), beside(r, "/desk/tickets/"+t.Ref+"/"+a.name), true
		if !a.Confirm { // one press undoes it, so one press does it
			a.Post = &ui.Form{Action: a.Href, Token: id.Secret(), Hidden: []ui.Hidden{{Name: "version", Value: id.Text(t.Version)}}}
		}
		out = append(out, a.Button)
	}
	return out
}

func (s *Service) deskEntries(rd directory.Reader, t Ticket, entries []Entry, hidden map[Class]int64, names map[int64]string) []ui.Entry {
	var out []ui.Entry
	day := ""
	for _, e := range entries {
		if d := rd.Day(e.At); d.ISO != day {
			day = d.ISO
			out = append(out, ui.Entry{Day: &d})
		}
		if e.Kind == Change {
			out = append(out, ui.Entry{Change: s.changeLine(rd, e, names)})
			continue
		}
		out = append(out, ui.Entry{Message: s.deskMessage(rd, t, e, names)})
	}
	for _, class := range slices.Sorted(maps.Keys(hidden)) {
		n := hidden[class]
		out = append(out, ui.Entry{Message: &ui.Message{
			ID: "hidden-" + string(class), Kind: ui.EntryHidden, Heading: rd.Lang.T("ticket.hidden."+string(class), "n", n),
			Body: ui.Text(rd.Lang.T("ticket.hidden.text")),
		}})
	}
	return out
}

// nameTeams puts the name of each team where the entries of a ticket have its code.
func (s *Service) nameTeams(r *web.Request, tx *store.Tx, t Ticket, entries []Entry) error {
	teams, err := s.People.Teams(r.Context(), tx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(teams, func(x directory.Team) bool { return x.ID == t.Team })
	for n, e := range entries {
		code, ok := strings.CutPrefix(e.Change, "team ")
		if e.Kind != Change || !ok || i < 0 {
			continue
		}
		for _, x := range teams {
			if x.Code == code && x.Controller == teams[i].Controller {
				entries[n].Change = "team " + x.Name
			}
		}
	}
	return nil
}

func (s *Service) changeLine(rd directory.Reader, e Entry, names map[int64]string) *ui.Change {
	key, arg, _ := strings.Cut(e.Change, " ")
	c := &ui.Change{Icon: ui.IconHistory, When: rd.Hour(e.At)}
	who := names[e.Author]
	if who == "" {
		who = rd.Lang.T("ticket.system")
	}
	switch key {
	case "sorted":
		c.Icon, c.Text = ui.IconFlag, rd.Lang.T("ticket.change.by.sorted", "who", who, "what", s.sortedWords(rd, arg))
	case "people":
		c.Icon, c.Text = ui.IconUser, rd.Lang.T("ticket.change.by.people", "who", who)
	case "taken", "left", "given":
		c.Icon, c.Text = ui.IconHand, rd.Lang.T("ticket.change.by."+key, "who", who)
	case "watch":
		c.Icon, c.Text = ui.IconEye, rd.Lang.T("ticket.change.by.watch."+arg, "who", who)
	case "waits":
		c.Icon, c.Text = ui.IconPause, rd.Lang.T("ticket.change.by.waits", "who", who, "what", rd.Lang.T("ticket.wait."+arg))
	case "state":
		c.Text = rd.Lang.T("ticket.change.by.state", "who", who, "state", rd.Lang.T("ticket.deskstate."+arg))
	default:
		c.Icon, c.Text = ui.IconHand, rd.Lang.T("ticket.change.by.team", "who", who, "team", arg)
	}
	return c
}

func (s *Service) deskMessage(rd directory.Reader, t Ticket, e Entry, names map[int64]string) *ui.Message {
	say := rd.Lang.T
	m := &ui.Message{ID: "e" + id.Text(e.ID), When: rd.Hour(e.At), Body: body(e).Component(), About: say("ticket.channel." + string(e.Channel))}
	author := names[e.Author]
	if author == "" {
		author = say("ticket.unknown.sender")
	}
	switch e.Kind {
	case Answer:
		m.Kind, m.Heading, m.About = ui.EntryReply, say("ticket.reply.to", "name", names[t.Affected]), say("ticket.from", "name", author)
	case Remark:
		m.Kind, m.Heading, m.About = ui.EntryNote, say("ticket.note"), author
	case Call:
		m.Kind, m.Heading, m.About = ui.EntryCall, names[t.Affected], say("ticket.call.by", "name", author, "channel", say("ticket.channel."+string(e.Channel)))
	default:
		m.Kind, m.Heading = ui.EntryIn, author
		if e.Stranger {
			unknownTo(rd, m, e, "ticket.doubted.about")
		}
		if e.CopiedTo != "" {
			m.About = say("ticket.copied", "channel", m.About, "to", e.CopiedTo)
		}
	}
	s.dress(rd, m, e, "/desk/tickets/"+t.Ref)
	return m
}

// unknownTo marks a message whose author nothing proves: the address that the mail
// gave stands there, never a name. doubt is the sentence for one that the mail server
// could not prove.
func unknownTo(rd directory.Reader, m *ui.Message, e Entry, doubt string) {
	about := "ticket.stranger.about"
	if e.Doubted {
		about = doubt
	}
	m.Heading = cmp.Or(e.From, rd.Lang.T("ticket.unknown.sender"))
	m.About = rd.Lang.T(about, "channel", m.About)
	m.Chip = &ui.Chip{Icon: ui.IconAlert, Tone: ui.ToneSoon, Text: rd.Lang.T("ticket.stranger")}
}

// talk is one page of what was said on a ticket, the newest unless ?older= asks
// for older, and the address of what is older still, on the page here.
func (s *Service) talk(r *web.Request, tx *store.Tx, t Ticket, here string) (entries []Entry, hidden map[Class]int64, older string, err error) {
	entries, hidden, err = s.Entries(r.Context(), tx, t, r.Key("older", Newest), entriesAtOnce+1)
	if len(entries) <= entriesAtOnce {
		return entries, hidden, "", err
	}
	entries = entries[1:]
	return entries, hidden, beside(r, here+"?older="+id.Text(entries[0].ID)), err
}

// owner names who works on a ticket, and says so when they are in its team no
// more: then nobody does, until somebody takes it.
func (s *Service) owner(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, name string) (string, error) {
	if t.Assignee == 0 || name == "" {
		return "", nil
	}
	members, err := s.People.Members(r.Context(), tx, t.Team)
	if err != nil || slices.Contains(members, t.Assignee) {
		return name, err
	}
	return rd.Lang.T("ticket.owner.left", "name", name), nil
}

// lastOf goes on from what is wrong to who wrote last, for somebody whose form is
// behind.
func lastOf(rd directory.Reader, entries []Entry, names map[int64]string) string {
	for _, e := range slices.Backward(entries) {
		if e.Author != rd.Person.ID && names[e.Author] != "" {
			return ". " + rd.Lang.T("ticket.stale.last", "who", names[e.Author], "time", rd.Hour(e.At).Text)
		}
	}
	return ""
}
