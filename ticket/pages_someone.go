package ticket

import (
	"context"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// calledMost is how many people of one name a form offers; of more it asks for more words.
const calledMost = 8

// which is the field of a form in which one of several people of a name is chosen.
func which(field string) string { return field + "_is" }

// someone is the person of a ticket's desk whom a form names in a field: by user name,
// by words that only one of those has whom the actor may find, or as one of several
// that the form offered.
func (s *Service) someone(r *web.Request, tx *store.Tx, t Ticket, field, typed string) (directory.Person, error) {
	p, found, err := s.People.Served(r.Context(), tx, t.Controller, directory.UserName, typed)
	if err != nil || found {
		return p, err
	}
	called, err := s.namesakes(r.Context(), tx, t, typed)
	if err != nil {
		return p, err
	}
	chosen := number(r.Value(which(field)))
	if i := slices.IndexFunc(called, func(p directory.Person) bool { return p.ID == chosen }); i >= 0 {
		return called[i], nil
	}
	switch {
	case len(called) == 0:
		return p, fault.Invalid("person.nobody", "nobody here has that user name and, among those whom you may find, nobody has that name; check it").On(field)
	case len(called) > calledMost:
		return p, fault.Invalid("person.many", "more than %d people here are called that; write more of the name, or the user name", calledMost).On(field)
	case len(called) > 1:
		return p, fault.Invalid("person.several", "several people here are called that; choose which of them").On(which(field))
	}
	return called[0], nil
}

// namesakes are the people of a ticket's desk with an open account who have the words,
// among those whom the actor may find.
func (s *Service) namesakes(ctx context.Context, tx *store.Tx, t Ticket, words string) ([]directory.Person, error) {
	if words == "" {
		return nil, nil
	}
	found, err := s.People.Find(ctx, tx, words, 2*calledMost)
	var out []directory.Person
	for _, p := range found {
		same, e := s.People.SameDesk(ctx, tx, t.Controller, p.Controller)
		if e != nil {
			return nil, e
		}
		if same && p.State == directory.Active {
			out = append(out, p)
		}
	}
	return out, err
}

// askWhich adds to a page the question which of several people is meant, where what was
// typed in a field names several.
func (s *Service) askWhich(a *asking, field, label string) error {
	typed := strings.TrimSpace(a.typed[field])
	if typed == "" {
		return nil
	}
	if _, found, err := s.People.Served(a.r.Context(), a.tx, a.t.Controller, directory.UserName, typed); err != nil || found {
		return err
	}
	called, err := s.namesakes(a.r.Context(), a.tx, a.t, typed)
	if err != nil || len(called) < 2 || len(called) > calledMost {
		return err
	}
	c := ui.Choices{ID: which(field), Label: label, Empty: a.say("ticket.person.which"), Required: true}
	for _, p := range called {
		about := slices.DeleteFunc([]string{p.Name, p.Beside()}, func(w string) bool { return w == "" })
		c.Options = append(c.Options, ui.Option{Value: id.Text(p.ID), Text: strings.Join(about, ", "), Selected: a.typed[which(field)] == id.Text(p.ID)})
	}
	a.page.Selects = append(a.page.Selects, c)
	return nil
}
