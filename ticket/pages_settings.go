package ticket

import (
	"strconv"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// The addresses under which a desk is set up.
const (
	pathSettings = "/desk/settings"
	pathServices = pathSettings + "/services"
	pathHours    = pathSettings + "/hours"
	pathTargets  = pathSettings + "/targets"
	pathClosures = pathSettings + "/closures"
)

// settingsRoutes are those addresses. Each asks for the right to set the desk,
// which its operators have.
func (s *Service) settingsRoutes() []web.Route {
	set, run := "desk.set", policy.Operate
	return []web.Route{
		{Pattern: "GET " + pathSettings, Action: set, Purpose: run, Handle: s.settingsPage},
		{Pattern: "GET " + pathServices + "/new", Action: set, Purpose: run, Handle: s.servicePage},
		{Pattern: "POST " + pathServices + "/new", Action: set, Purpose: run, Handle: s.serviceSet},
		{Pattern: "GET " + pathServices + "/{id}", Action: set, Purpose: run, Handle: s.servicePage},
		{Pattern: "POST " + pathServices + "/{id}", Action: set, Purpose: run, Handle: s.serviceSet},
		{Pattern: "GET " + pathServices + "/{id}/retire", Action: set, Purpose: run, Handle: s.retirePage},
		{Pattern: "POST " + pathServices + "/{id}/retire", Action: set, Purpose: run, Handle: s.retired},
		{Pattern: "GET " + pathHours, Action: set, Purpose: run, Handle: s.hoursPage},
		{Pattern: "POST " + pathHours, Action: set, Purpose: run, Handle: s.hoursSet},
		{Pattern: "GET " + pathClosures + "/new", Action: set, Purpose: run, Handle: s.closurePage},
		{Pattern: "POST " + pathClosures + "/new", Action: set, Purpose: run, Handle: s.closureSet},
		{Pattern: "GET " + pathClosures + "/{id}/remove", Action: set, Purpose: run, Handle: s.unclosePage},
		{Pattern: "POST " + pathClosures + "/{id}/remove", Action: set, Purpose: run, Handle: s.unclosed},
		{Pattern: "GET " + pathTargets, Action: set, Purpose: run, Handle: s.targetsPage},
		{Pattern: "POST " + pathTargets, Action: set, Purpose: run, Handle: s.targetsSet},
	}
}

// setsDesks reports whether somebody may set a desk, for links that lead there.
func setsDesks(rd directory.Reader) bool { return rd.Actor.HasRoleAnywhere(directory.RoleOperator) }

// deskToSet is the desk that the reader may set: their own, or else the first
// one that they run.
func (s *Service) deskToSet(r *web.Request, tx *store.Tx, rd directory.Reader) (directory.Controller, error) {
	desk, found, err := s.deskWhere(r, tx, rd, func(desk int64) error { _, err := maySet(tx, desk); return err })
	if err == nil && !found {
		err = fault.Denied("desk.settings", "only those who run a desk set it up; ask its operator")
	}
	return desk, err
}

// deskWhere is the reader's own desk or else the first one at which they may do
// something.
func (s *Service) deskWhere(r *web.Request, tx *store.Tx, rd directory.Reader, may func(desk int64) error) (c directory.Controller, found bool, err error) {
	all, err := s.People.Controllers(r.Context(), tx)
	if err != nil {
		return c, false, err
	}
	for _, c := range append([]directory.Controller{rd.Desk}, all...) {
		if c.DeskID != c.ID {
			continue
		}
		if may(c.ID) == nil {
			return c, true, nil
		}
	}
	return c, false, nil
}

// room is a place where a desk is set up, among the rest of the desk.
type room struct {
	s    *Service
	r    *web.Request
	rail ui.Rail
	place
}

// place is where a room lies: its name on the rail, its address, the key of its title,
// and whose desk the reader may set there.
type place struct {
	name, path, title string
	desk              func(*web.Request, *store.Tx, directory.Reader) (directory.Controller, error)
}

func (s *Service) settingsPlace() place {
	return place{name: "settings", path: pathSettings, title: "desk.settings.title", desk: s.deskToSet}
}

// room reads the rail of somebody who works at a desk as well. Its counts are for
// the work at it, so they are read for that purpose and not for this one.
func (s *Service) room(r *web.Request, at place) (*room, error) {
	out := &room{s: s, r: r, place: at}
	err := s.DB.Read(r.Context(), r.Actor, policy.Resolve, func(tx *store.Tx) error {
		rd, err := s.People.Read(r.Context(), tx, r)
		if err != nil || !isAgent(rd) {
			return err
		}
		vs, err := s.views(r, tx, rd)
		out.rail = s.rail(rd, vs, at.name)
		return err
	})
	return out, err
}

func (m *room) frame(rd directory.Reader, title string) ui.Frame {
	if len(m.rail.Groups) > 0 {
		return m.s.deskFrame(m.r, rd, title)
	}
	return PortalFrame(m.r, rd, title, m.path)
}

// settingForm is the page of one setting while it is made.
type settingForm struct {
	*room
	tx    *store.Tx
	rd    directory.Reader
	desk  directory.Controller
	typed Draft // nil: nothing yet
	stale bool  // somebody else was faster
	page  view.SettingForm
}

func (f *settingForm) say(key string, args ...any) string { return f.rd.Lang.T(key, args...) }

// was is what somebody typed for a question, or else what stands.
func (f *settingForm) was(name, stands string) string {
	if f.typed != nil {
		return f.typed[name]
	}
	return stands
}

// ask is a question in one line. To whoever typed over something newer it says
// what stands now.
func (f *settingForm) ask(name, label, hint, stands string) ui.Field {
	out := ui.Field{ID: name, Label: label, Hint: hint, Value: f.was(name, stands), Autocomplete: "off"}
	if f.stale && out.Value != stands {
		out.Hint = f.say("desk.settings.now", "what", stands)
	}
	return out
}

// pick is a question answered from a list.
func (f *settingForm) pick(name, label, hint, stands string, options []ui.Option) ui.Choices {
	out := ui.Choices{ID: name, Label: label, Hint: hint, Options: options}
	chosen := f.was(name, stands)
	for i := range options {
		options[i].Selected = options[i].Value == chosen
		if f.stale && chosen != stands && options[i].Value == stands {
			out.Hint = f.say("desk.settings.now", "what", options[i].Text)
		}
	}
	return out
}

// seen remembers the version that the reader looks at. A form that comes back for
// another reason keeps the one it came with.
func (f *settingForm) seen(name string, version int64) {
	value := strconv.FormatInt(version, 10)
	if was := f.was(name, ""); was != "" && !f.stale {
		value = was
	}
	f.page.Form.Hidden = append(f.page.Form.Hidden, ui.Hidden{Name: name, Value: value})
}

// saw is the version that a form came with; a damaged one is none.
func saw(value string) int64 {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n == 0 {
		return unseen
	}
	return n
}

// form draws the form of one setting, with what was typed and what was wrong.
func (m *room) form(tx *store.Tx, rd directory.Reader, typed Draft, problem *fault.Error, build func(*settingForm) error) (web.Reply, error) {
	desk, err := m.desk(m.r, tx, rd)
	if err != nil {
		return web.Reply{}, err
	}
	f := &settingForm{room: m, tx: tx, rd: rd, desk: desk, typed: typed, stale: problem != nil && problem.Kind == fault.KindConflict}
	f.page = view.SettingForm{
		Rail: m.rail, Form: ui.Form{Action: m.r.HTTP.URL.Path, Token: id.Secret()},
		Back: ui.Link{Text: f.say(m.title), Href: m.path}, Do: f.say("desk.settings.save"),
	}
	if err := build(f); err != nil {
		return web.Reply{}, err
	}
	f.page.Frame = m.frame(rd, f.page.Title)
	reply := web.Page(nil)
	if problem != nil {
		reply.Status = problem.Kind.Status()
		if !f.page.Blame(problem.Field, rd.Lang.Fault(problem)) {
			f.page.Trouble = rd.Lang.Fault(problem)
		}
	}
	reply.Page = f.page.Page()
	return reply, nil
}

// show is the form as it stands or, from its preview button, as it was typed.
func (s *Service) show(r *web.Request, build func(*settingForm) error) (web.Reply, error) {
	return s.showAt(s.settingsPlace(), r, build)
}

func (s *Service) showAt(at place, r *web.Request, build func(*settingForm) error) (web.Reply, error) {
	m, err := s.room(r, at)
	if err != nil {
		return web.Reply{}, err
	}
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		var typed Draft
		if r.Query("preview") != "" {
			typed = draftOf(r.HTTP.URL.Query())
		}
		return m.form(tx, rd, typed, nil, build)
	})
}

// save carries a form out at the desk that its sender may set.
func (s *Service) save(r *web.Request, do func(*store.Tx, directory.Controller) error, build func(*settingForm) error) (web.Reply, error) {
	return s.saveAt(s.settingsPlace(), r, do, build)
}

func (s *Service) saveAt(at place, r *web.Request, do func(*store.Tx, directory.Controller) error, build func(*settingForm) error) (web.Reply, error) {
	m, err := s.room(r, at)
	if err != nil {
		return web.Reply{}, err
	}
	return s.submit(r, nil, func(tx *store.Tx) (string, error) {
		rd, err := s.People.Read(r.Context(), tx, r)
		if err != nil {
			return "", err
		}
		desk, err := m.desk(r, tx, rd)
		if err != nil {
			return "", err
		}
		return m.path, do(tx, desk)
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		return m.form(tx, rd, typed, f, build)
	})
}

// settingsPage shows how a desk works.
func (s *Service) settingsPage(r *web.Request) (web.Reply, error) {
	m, err := s.room(r, s.settingsPlace())
	if err != nil {
		return web.Reply{}, err
	}
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		desk, err := s.deskToSet(r, tx, rd)
		if err != nil {
			return web.Reply{}, err
		}
		say := rd.Lang.T
		p := view.DeskSettings{
			Frame: m.frame(rd, say("desk.settings.title")), Rail: m.rail, Desk: desk.DeskName + ", " + desk.Name, Why: ui.Why{Sentence: say("desk.settings.why")},
			Add: ui.Link{Text: say("desk.settings.service.new"), Href: pathServices + "/new"}, Status: ui.Link{Text: say("desk.status.title"), Href: pathStatus}, HoursAt: pathHours, TargetAt: pathTargets,
			Close: ui.Link{Text: say("desk.settings.closure.new"), Href: pathClosures + "/new"},
		}
		if p.Services, err = s.serviceTable(r, tx, rd, desk); err != nil {
			return web.Reply{}, err
		}
		set, promises, err := s.setting(r.Context(), tx, desk)
		if err != nil {
			return web.Reply{}, err
		}
		if p.Hours, err = hoursFacts(rd, set); err != nil {
			return web.Reply{}, err
		}
		today, closed, err := s.closuresNow(r.Context(), tx, desk.ID)
		if err != nil {
			return web.Reply{}, err
		}
		days, err := comingDays(rd, set, closed, today)
		if err != nil {
			return web.Reply{}, err
		}
		p.Closed = closedTable(rd, days)
		hours, err := s.calendar(desk.Zone, set.Week, set.Holidays, closed)
		p.Targets = targetTable(rd, hours, promises)
		return web.Page(p.Page()), err
	})
}

// serviceTable lists what a desk offers, what it retired last.
func (s *Service) serviceTable(r *web.Request, tx *store.Tx, rd directory.Reader, desk directory.Controller) (ui.Table, error) {
	say := rd.Lang.T
	out := ui.Table{Caption: say("desk.settings.services"), HideTitle: true}
	for _, c := range []string{"name", "code", "team", "kind", "priority", "state"} {
		out.Columns = append(out.Columns, ui.Column{Text: say("desk.settings.service." + c)})
	}
	all, err := s.everyOffering(r.Context(), tx, desk.ID)
	if err != nil {
		return out, err
	}
	teams, err := s.teamNames(r, tx)
	for _, retired := range []bool{false, true} {
		chip := ui.Chip{Text: say("desk.settings.service.offered"), Icon: ui.IconCheck, Tone: ui.ToneKept}
		if retired {
			chip = ui.Chip{Text: say("desk.settings.service.retired"), Icon: ui.IconDash, Tone: ui.TonePlain}
		}
		for _, o := range all {
			if o.Retired != retired {
				continue
			}
			team := teams[o.Team]
			if o.Team == 0 {
				team = say("desk.settings.front")
			}
			out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{
				{Text: o.Name, Sub: o.NameFR, Href: pathServices + "/" + id.Text(o.ID), Head: true},
				{Text: o.Code},
				{Text: team},
				{Text: say("ticket.kind." + string(o.Kind))},
				{Text: PriorityOf(o.Impact, o.Urgency).String(), Sub: say("desk.settings.service.levels", "impact", say("ticket.level."+o.Impact.String()), "urgency", say("ticket.level."+o.Urgency.String()))},
				{Chip: &chip},
			}})
		}
	}
	return out, err
}

// targetTable lists what a desk promises, and what that means now.
func targetTable(rd directory.Reader, hours clock.Hours, promises map[Priority]Promise) ui.Table {
	say, lang := rd.Lang.T, rd.Lang.Lang()
	out := ui.Table{Caption: say("desk.settings.targets"), HideTitle: true}
	for _, c := range []string{"priority", "response", "resolution", "now"} {
		out.Columns = append(out.Columns, ui.Column{Text: say("desk.settings.target." + c)})
	}
	for _, p := range []Priority{P1, P2, P3, P4} {
		v := promises[p]
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{
			{Text: p.String(), Head: true},
			{Text: clock.FormatDuration(v.Response, lang)},
			{Text: clock.FormatDuration(v.Resolution, lang)},
			{Text: foreseen(rd, hours, p, v)},
		}})
	}
	return out
}

// foreseen says when a ticket of a priority that is reported now would be due.
func foreseen(rd directory.Reader, hours clock.Hours, p Priority, of Promise) string {
	answer, err := hours.Add(rd.Now, of.Response)
	if err != nil {
		return rd.Lang.Fault(err)
	}
	solution, err := hours.Add(rd.Now, of.Resolution)
	if err != nil {
		return rd.Lang.Fault(err)
	}
	lang := rd.Lang.Lang()
	return rd.Lang.T("desk.settings.foreseen", "priority", p.String(), "answer", clock.FormatNear(answer, rd.Now, hours.Zone(), lang), "solution", clock.FormatNear(solution, rd.Now, hours.Zone(), lang))
}
