package ticket

import (
	"cmp"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// service is the one that an address names; a new one for /new.
func (s *Service) service(r *web.Request, tx *store.Tx, desk int64) (Offering, error) {
	if r.Path("id") == "" {
		return Offering{Controller: desk, Kind: Incident, Version: unseen}, nil
	}
	all, err := s.everyOffering(r.Context(), tx, desk)
	if err != nil {
		return Offering{}, err
	}
	n := number(r.Path("id"))
	for _, o := range all {
		if o.ID == n {
			return o, nil
		}
	}
	return Offering{}, fault.Unknown("service.none", "this desk has no such service; look at its list")
}

func (s *Service) servicePage(r *web.Request) (web.Reply, error) { return s.show(r, s.askService) }

// askService puts the questions about a service on its page.
func (s *Service) askService(f *settingForm) error {
	o, err := s.service(f.r, f.tx, f.desk.ID)
	if err != nil {
		return err
	}
	teams, err := s.People.Teams(f.r.Context(), f.tx)
	if err != nil {
		return err
	}
	front := []ui.Option{{Value: "0", Text: f.say("desk.settings.front")}}
	for _, t := range teams {
		if t.Controller == f.desk.ID {
			front = append(front, ui.Option{Value: id.Text(t.ID), Text: t.Name})
		}
	}
	label := func(name string) string { return f.say("desk.settings.service." + name) }
	hint := func(name string) string { return f.say("desk.settings.service." + name + ".hint") }
	f.page.Title, f.page.Lead = o.Name, f.say("desk.settings.service.lead")
	names := view.SettingPart{ID: "part-names", Legend: f.say("desk.settings.service.words"), Hint: f.say("desk.settings.service.words.hint")}
	for _, q := range []struct{ name, stands string }{{"name", o.Name}, {"name_fr", o.NameFR}, {"about", o.About}, {"about_fr", o.AboutFR}} {
		names.Fields = append(names.Fields, f.ask(q.name, label(q.name), hint(q.name), q.stands))
	}
	names.Fields[0].Required = true
	portal := view.SettingPart{
		ID: "part-portal", Legend: label("portal"), Hint: label("portal.hint"), Fields: []ui.Field{f.ask("also", label("also"), hint("also"), o.Also)},
		Selects: []ui.Choices{f.pick("icon", label("icon"), hint("icon"), o.Icon, iconOptions(f.say))},
	}
	way := view.SettingPart{ID: "part-way", Legend: f.say("desk.settings.service.way")}
	if o.ID == 0 {
		f.page.Title = f.say("desk.settings.service.new")
		code := f.ask("code", label("code"), hint("code"), "")
		code.Required, code.SpellOff = true, true
		way.Fields = append(way.Fields, code)
	} else {
		f.page.Facts = []ui.Fact{{Label: label("code"), Value: o.Code}, {Label: f.say("desk.status.now"), Value: cmp.Or(o.Trouble, f.say("desk.status.works")), Href: statusOf(o)}}
		f.page.Other = ui.Button{Text: f.say("desk.settings.retire"), Href: f.r.HTTP.URL.Path + "/retire", Kind: ui.ButtonQuiet, Icon: ui.IconDash}
		if o.Retired {
			f.page.Facts = append(f.page.Facts, ui.Fact{Label: label("state"), Value: label("retired")})
			f.page.Other.Text, f.page.Other.Icon = f.say("desk.settings.again"), ui.IconUndo
		}
	}
	way.Selects = []ui.Choices{
		f.pick("team", label("team"), hint("team"), id.Text(o.Team), front),
		f.pick("kind", label("kind"), hint("kind"), string(o.Kind), []ui.Option{
			{Value: string(Incident), Text: f.say("ticket.kind.incident")}, {Value: string(Request), Text: f.say("ticket.kind.request")},
		}),
	}
	begins := view.SettingPart{ID: "part-begins", Legend: label("begins"), Hint: hint("begins")}
	for _, q := range []struct {
		name   string
		stands Level
	}{{"impact", o.Impact}, {"urgency", o.Urgency}} {
		begins.Selects = append(begins.Selects, f.pick(q.name, f.say("ticket.fact."+q.name), "", levelOr(q.stands).String(), levelOptions(f.say)))
	}
	f.page.Parts = []view.SettingPart{names, portal, way, begins}
	f.seen("seen", o.Version)
	return nil
}

func (s *Service) serviceSet(r *web.Request) (web.Reply, error) {
	return s.save(r, func(tx *store.Tx, desk directory.Controller) error {
		o, err := s.service(r, tx, desk.ID)
		if err != nil {
			return err
		}
		if o.ID == 0 {
			o.Code = r.Value("code")
		}
		o.Name, o.NameFR, o.About, o.AboutFR = r.Value("name"), r.Value("name_fr"), r.Value("about"), r.Value("about_fr")
		o.Also, o.Icon = r.Value("also"), r.Value("icon")
		o.Team, o.Kind, o.Version = number(r.Value("team")), Kind(r.Value("kind")), saw(r.Value("seen"))
		o.Impact, o.Urgency = cmp.Or(parseLevel(r.Value("impact")), o.Impact), cmp.Or(parseLevel(r.Value("urgency")), o.Urgency)
		return s.SetOffering(r.Context(), tx, o)
	}, s.askService)
}

func (s *Service) retirePage(r *web.Request) (web.Reply, error) { return s.show(r, s.askRetiring) }

// askRetiring asks whether to retire a service or, when it is, to offer it again.
func (s *Service) askRetiring(f *settingForm) error {
	o, err := s.service(f.r, f.tx, f.desk.ID)
	if err != nil {
		return err
	}
	name := "retire"
	if o.Retired {
		name = "again"
	}
	f.page.Title, f.page.Lead = f.say("desk.settings."+name+".title", "name", o.Name), f.say("desk.settings."+name+".text")
	f.page.Do = f.say("desk.settings." + name)
	f.page.Back = ui.Link{Text: o.Name, Href: pathServices + "/" + id.Text(o.ID)}
	f.page.Form.Hidden = append(f.page.Form.Hidden, ui.Hidden{Name: "do", Value: name})
	f.seen("seen", o.Version)
	return nil
}

func (s *Service) retired(r *web.Request) (web.Reply, error) {
	return s.save(r, func(tx *store.Tx, desk directory.Controller) error {
		o, err := s.service(r, tx, desk.ID)
		if err != nil {
			return err
		}
		o.Retired, o.Version = r.Value("do") == "retire", saw(r.Value("seen"))
		return s.SetOffering(r.Context(), tx, o)
	}, s.askRetiring)
}
