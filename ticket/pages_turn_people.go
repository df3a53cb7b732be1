package ticket

import (
	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// askPeople shows the user names that stand, as far as there are any and the
// reader may see the card.
func (s *Service) askPeople(a *asking) error {
	names, err := s.People.Names(a.r.Context(), a.tx, a.t.Reporter, a.t.Affected)
	if err != nil {
		return err
	}
	for _, x := range []struct {
		field  string
		person int64
	}{{"reporter", a.t.Reporter}, {"affected", a.t.Affected}} {
		f := ui.Field{ID: x.field, Label: a.say("ticket.people." + x.field), Autocomplete: "off", SpellOff: true}
		stands := ""
		if x.person != 0 {
			card, _, err := s.People.Card(a.r.Context(), a.tx, x.person)
			if err != nil && !fault.Is(err, fault.KindUnknown) {
				return err
			}
			stands, f.Hint = card.First(directory.UserName), a.say("ticket.people.now", "who", names[x.person])
		}
		f.Value = a.was(x.field, stands)
		a.page.First = append(a.page.First, f)
		if f.Value != stands {
			if err := s.askWhich(a, x.field, f.Label); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) peoplePut(r *web.Request, tx *store.Tx) error {
	t, _, err := s.look(r.Context(), tx, s.do.classify, r.Path("ref"))
	if err != nil {
		return err
	}
	c, err := concernedBy(t, map[string]string{"reporter": r.Value("reporter"), "affected": r.Value("affected")}, func(field, name string) (directory.Person, error) {
		return s.someone(r, tx, t, field, name)
	})
	if err != nil {
		return err
	}
	c.Version = number(r.Value("version"))
	return s.Concern(r.Context(), tx, t.Ref, c)
}

// peopleLink leads to where the people of a ticket are put right.
func peopleLink(r *web.Request, rd directory.Reader, t Ticket) ui.Link {
	return ui.Link{Text: rd.Lang.T("ticket.act.people"), Href: beside(r, "/desk/tickets/"+t.Ref+"/people")}
}
