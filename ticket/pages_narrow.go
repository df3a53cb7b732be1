package ticket

import (
	"github.com/a-h/templ"

	"heed/directory"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// byService is the form above a list that narrows it to one service of the
// reader's desk: those it offers, and those retired, for what is still open.
// Nil when the desk has none.
func (s *Service) byService(r *web.Request, tx *store.Tx, rd directory.Reader, v queueView) (templ.Component, error) {
	all, err := s.everyOffering(r.Context(), tx, rd.Desk.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	say := rd.Lang.T
	n := view.Narrow{Label: say("ticket.filter.service"), Do: say("ticket.filter.narrow"), Options: []ui.Option{{Text: say("ticket.filter.service.all")}}}
	for _, o := range all {
		name, _ := o.In(rd.Lang.Lang())
		if o.Retired {
			name = say("ticket.filter.service.gone", "name", name)
		}
		n.Options = append(n.Options, ui.Option{Value: id.Text(o.ID), Text: name, Selected: o.ID == v.filter.Offering})
	}
	for _, name := range []string{"view", "priority", "sort"} {
		if value := v.query.Get(name); value != "" {
			n.Keep = append(n.Keep, ui.Hidden{Name: name, Value: value})
		}
	}
	return n.Form(), nil
}
