package ticket

import (
	"strings"
	"time"

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

// pathStatus is where those who work at a desk say how its services do.
const pathStatus = "/desk/status"

func statusOf(o Offering) string { return pathStatus + "/" + id.Text(o.ID) }

func (s *Service) statusRoutes() []web.Route {
	say, work := "desk.status", policy.Resolve
	return []web.Route{
		{Pattern: "GET " + pathStatus, Action: say, Purpose: work, Handle: s.statusPage},
		{Pattern: "GET " + pathStatus + "/{id}", Action: say, Purpose: work, Handle: s.oneStatusPage},
		{Pattern: "POST " + pathStatus + "/{id}", Action: say, Purpose: work, Handle: s.statusSet},
	}
}

func (s *Service) statusPlace() place {
	return place{name: "status", path: pathStatus, title: "desk.status.title", desk: func(r *web.Request, tx *store.Tx, rd directory.Reader) (directory.Controller, error) {
		desk, found, err := s.deskWhere(r, tx, rd, func(desk int64) error { _, err := s.mayTell(r.Context(), tx, desk); return err })
		if err == nil && !found {
			err = fault.Denied("desk.status", "only those who work at a desk say how its services do; tell them what does not work")
		}
		return desk, err
	}}
}

// statusPage lists how the services of a desk do now.
func (s *Service) statusPage(r *web.Request) (web.Reply, error) {
	m, err := s.room(r, s.statusPlace())
	if err != nil {
		return web.Reply{}, err
	}
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		desk, err := m.desk(r, tx, rd)
		if err != nil {
			return web.Reply{}, err
		}
		offers, err := s.Offerings(r.Context(), tx, desk.ID)
		if err != nil {
			return web.Reply{}, err
		}
		say := rd.Lang.T
		p := view.DeskStatus{Frame: m.frame(rd, say(m.title)), Rail: m.rail, Desk: desk.DeskName + ", " + desk.Name, Services: ui.Table{Caption: say(m.title), HideTitle: true}}
		for _, c := range []string{"service", "now"} {
			p.Services.Columns = append(p.Services.Columns, ui.Column{Text: say("desk.status." + c)})
		}
		for _, o := range offers {
			p.Services.Rows = append(p.Services.Rows, statusRow(rd, o))
		}
		return web.Page(p.Page()), nil
	})
}

func statusRow(rd directory.Reader, o Offering) ui.Row {
	name, _ := o.In(rd.Lang.Lang())
	now := ui.Cell{Chip: &ui.Chip{Text: rd.Lang.T("desk.status.works"), Icon: ui.IconCheck, Tone: ui.ToneKept}}
	if o.Trouble != "" {
		now.Chip, now.Sub = &ui.Chip{Text: rd.Lang.T("desk.status.ails"), Icon: ui.IconAlert, Tone: ui.ToneOverdue}, ailing(rd, o)
	}
	return ui.Row{Cells: []ui.Cell{{Text: name, Href: statusOf(o), Head: true}, now}}
}

func (s *Service) oneStatusPage(r *web.Request) (web.Reply, error) {
	return s.showAt(s.statusPlace(), r, s.askStatus)
}

// whenTyped is how a form writes an instant, as a browser's own field does.
const whenTyped = "2006-01-02T15:04"

// askStatus asks what is wrong with a service, and until when.
func (s *Service) askStatus(f *settingForm) error {
	o, err := s.service(f.r, f.tx, f.desk.ID)
	if err != nil {
		return err
	}
	label := func(name string) string { return f.say("desk.status." + name) }
	name, _ := o.In(f.rd.Lang.Lang())
	f.page.Title, f.page.Lead = f.say("desk.status.of", "name", name), label("lead")
	zone, err := clock.Zone(f.desk.Zone)
	if err != nil {
		return err
	}
	until := ""
	if t := o.Until(); t.After(f.rd.Now) { // what has passed is to be said anew, or left out
		until = t.In(zone).Format(whenTyped)
	}
	when := f.ask("until", label("expected"), f.say("desk.status.expected.hint", "zone", f.desk.Zone), until)
	when.Type = "datetime-local"
	trouble := f.ask("trouble", label("trouble"), label("trouble.hint"), o.Trouble)
	fields := []ui.Field{trouble}
	if o.NameFR != "" || o.TroubleFR != "" {
		fields = append(fields, f.ask("trouble_fr", label("trouble_fr"), label("trouble_fr.hint"), o.TroubleFR))
	}
	if at := o.Troubled(); !at.IsZero() {
		f.page.Facts = []ui.Fact{{Label: label("since"), Value: clock.FormatNear(at, f.rd.Now, f.rd.Zone, f.rd.Lang.Lang())}}
	}
	f.page.Parts = []view.SettingPart{
		{ID: "part-now", Legend: label("now"), Hint: label("now.hint"), Fields: fields},
		{ID: "part-until", Legend: label("until"), Fields: []ui.Field{when}},
	}
	f.seen("seen", o.Version)
	return nil
}

func (s *Service) statusSet(r *web.Request) (web.Reply, error) {
	return s.saveAt(s.statusPlace(), r, func(tx *store.Tx, desk directory.Controller) error {
		o, err := s.service(r, tx, desk.ID)
		if err != nil {
			return err
		}
		zone, err := clock.Zone(desk.Zone)
		if err != nil {
			return err
		}
		var until time.Time
		if typed := r.Value("until"); typed != "" {
			if until, err = time.ParseInLocation(whenTyped, strings.Replace(typed, " ", "T", 1), zone); err != nil {
				return fault.Invalid("status.when", "write day and time like this: 2026-11-24T14:30").On("until")
			}
		}
		return s.SetStatus(r.Context(), tx, o, r.Value("trouble"), r.Value("trouble_fr"), until, saw(r.Value("seen")))
	}, s.askStatus)
}
