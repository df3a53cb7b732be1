package ticket

import (
	"cmp"
	"context"

	"heed/directory"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web/ui"
)

// levelOptions are the levels that impact and urgency can have.
func levelOptions(say func(string, ...any) string) (out []ui.Option) {
	for _, l := range []Level{High, Medium, Low} {
		out = append(out, ui.Option{Value: l.String(), Text: say("ticket.level." + l.String())})
	}
	return out
}

// Icons are the pictures that a service can have on the portal.
func Icons() []ui.Icon {
	return []ui.Icon{ui.IconKey, ui.IconWifi, ui.IconLaptop, ui.IconPhone, ui.IconMail, ui.IconCalendar, ui.IconDrive, ui.IconFile, ui.IconPrinter, ui.IconScreen, ui.IconApp, ui.IconBook, ui.IconBuilding, ui.IconUsers}
}

// iconOptions are the pictures to choose from, in words.
func iconOptions(say func(string, ...any) string) []ui.Option {
	out := []ui.Option{{Text: say("desk.settings.icon.usual")}}
	for _, i := range Icons() {
		out = append(out, ui.Option{Value: string(i), Text: say("desk.settings.icon." + string(i))})
	}
	return out
}

// picture is the icon of a service's tile.
func (o Offering) picture() ui.Icon { return cmp.Or(ui.Icon(o.Icon), ui.IconHelp) }

// serviceOptions are services to choose from, in the reader's language; of one that is
// not offered any more it says so.
func serviceOptions(rd directory.Reader, services []Offering) (out []ui.Option) {
	for _, o := range services {
		name, _ := o.In(rd.Lang.Lang())
		if o.Retired {
			name = rd.Lang.T("ticket.filter.service.gone", "name", name)
		}
		out = append(out, ui.Option{Value: id.Text(o.ID), Text: name})
	}
	return out
}

// handTo are the teams of a desk, and their members, to whom a ticket can be
// given; team and owner are chosen already.
func (s *Service) handTo(ctx context.Context, tx *store.Tx, desk, team, owner int64) (teams, owners []ui.Option, err error) {
	all, err := s.People.Teams(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	crews, err := s.People.Crews(ctx, tx, desk)
	if err != nil {
		return nil, nil, err
	}
	var people []int64
	for _, members := range crews {
		people = append(people, members...)
	}
	names, err := s.People.Names(ctx, tx, people...)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range all {
		if x.Controller != desk {
			continue
		}
		teams = append(teams, ui.Option{Value: id.Text(x.ID), Text: x.Name, Selected: x.ID == team})
		for _, m := range crews[x.ID] {
			owners = append(owners, ui.Option{Value: id.Text(m), Text: names[m] + ", " + x.Name, Selected: m == owner && x.ID == team})
		}
	}
	return teams, owners, nil
}
