package ticket

import (
	"maps"
	"net/url"
	"slices"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// savedRoutes are the addresses at which views are kept and removed.
func (s *Service) savedRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /desk/views/save", Action: "view.save", Purpose: policy.Resolve, Handle: s.savePage},
		{Pattern: "POST /desk/views/save", Action: "view.save", Purpose: policy.Resolve, Handle: s.saved},
		{Pattern: "GET /desk/views/{id}/remove", Action: "view.remove", Purpose: policy.Resolve, Handle: s.dropPage},
		{Pattern: "POST /desk/views/{id}/remove", Action: "view.remove", Purpose: policy.Resolve, Handle: s.dropped},
	}
}

// withSaved adds the saved views, each as the list that it narrows. One whose list
// is gone stays, so that it can be found and removed.
func (s *Service) withSaved(r *web.Request, tx *store.Tx, rd directory.Reader, vs []queueView) ([]queueView, error) {
	saved, err := s.SavedViews(r.Context(), tx)
	out := slices.Clone(vs)
	for _, v := range saved {
		q, err := url.ParseQuery(v.Query)
		if err != nil {
			return nil, err
		}
		base := chosen(vs, q.Get("view"))
		x := base.narrowed(rd, q)
		x.gone = base.name != q.Get("view")
		x.name, x.title, x.icon, x.saved, x.known, x.letter, x.group = "saved-"+id.Text(v.ID), v.Name, ui.IconList, v.ID, false, "", "mine"
		if v.Team != 0 {
			x.group = "teams"
		}
		out = append(out, x)
	}
	return out, err
}

// narrowed is the view with what an address asks for beside it.
func (v queueView) narrowed(rd directory.Reader, q url.Values) queueView {
	v.query = maps.Clone(v.query)
	for _, part := range viewParts()[1:] {
		if q.Has(part) {
			v.query.Set(part, q.Get(part))
		}
	}
	v.narrow(rd.Person.ID, rd.Now)
	v.byDue = v.query.Get("view") == "due" || v.query.Get("sort") == "due"
	return v
}

// plain reports whether the view shows its whole list in its own order.
func (v queueView) plain() bool {
	return !slices.ContainsFunc(viewParts()[1:], func(part string) bool { return v.query.Get(part) != "" })
}

// keep is the link under a list's head: it keeps a narrowed list as a view, or
// removes the view that is shown.
func (v queueView) keep(rd directory.Reader) ui.Link {
	switch {
	case v.saved != 0:
		return ui.Link{Text: rd.Lang.T("view.remove"), Href: "/desk/views/" + id.Text(v.saved) + "/remove"}
	case v.plain():
		return ui.Link{}
	}
	return ui.Link{Text: rd.Lang.T("view.save"), Href: "/desk/views/save?" + v.query.Encode()}
}

func (s *Service) savePage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		return s.saveForm(r, tx, rd, r.HTTP.URL.Query(), nil, nil)
	})
}

func (s *Service) saveForm(r *web.Request, tx *store.Tx, rd directory.Reader, q url.Values, typed Draft, problem *fault.Error) (web.Reply, error) {
	if err := atDesk(rd); err != nil {
		return web.Reply{}, err
	}
	say := rd.Lang.T
	forWhom := ui.Choices{ID: "team", Label: say("view.for"), Hint: say("view.for.hint"), Options: []ui.Option{{Value: "", Text: say("view.for.me"), Selected: typed["team"] == ""}}}
	for _, g := range rd.Actor.Groups() {
		if v := id.Text(g.ID); !slices.ContainsFunc(forWhom.Options, func(o ui.Option) bool { return o.Value == v }) {
			forWhom.Options = append(forWhom.Options, ui.Option{Value: v, Text: g.Name, Selected: typed["team"] == v})
		}
	}
	p := view.Confirm{
		Frame: s.deskFrame(r, rd, say("view.save.title")), Title: say("view.save.title"), Text: say("view.save.text"), Do: say("view.save.do"),
		Form:    ui.Form{Action: "/desk/views/save", Token: id.Secret(), Hidden: []ui.Hidden{{Name: "query", Value: q.Encode()}}},
		First:   []ui.Field{{ID: "name", Label: say("view.name"), Hint: say("view.name.hint"), Value: typed["name"], Required: true, Autocomplete: "off"}},
		Selects: []ui.Choices{forWhom}, Keep: ui.Link{Text: say("view.save.keep"), Href: "/desk?" + q.Encode()},
	}
	return s.onDesk(r, tx, rd, p, problem)
}

func (s *Service) saved(r *web.Request) (web.Reply, error) {
	return s.submit(r, nil, func(tx *store.Tx) (string, error) {
		v, err := s.SaveView(r.Context(), tx, SavedView{Team: number(r.Value("team")), Name: r.Value("name"), Query: r.Value("query")})
		return "/desk?view=saved-" + id.Text(v.ID), err
	}, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		q, err := url.ParseQuery(r.Value("query"))
		if err != nil {
			q = url.Values{}
		}
		return s.saveForm(r, tx, rd, q, typed, f)
	})
}

func (s *Service) dropPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		vs, err := s.views(r, tx, rd)
		if err != nil {
			return web.Reply{}, err
		}
		v := chosen(vs, "saved-"+r.Path("id"))
		if v.saved == 0 {
			return web.Reply{}, unknown()
		}
		say := rd.Lang.T
		p := view.Confirm{
			Frame: s.deskFrame(r, rd, say("view.remove.title", "name", v.title)), Title: say("view.remove.title", "name", v.title), Text: say("view.remove.text"),
			Form: ui.Form{Action: r.HTTP.URL.Path, Token: id.Secret()}, Do: say("view.remove"), Keep: ui.Link{Text: say("view.remove.keep"), Href: "/desk?view=" + v.name},
		}
		return s.onDesk(r, tx, rd, p, nil)
	})
}

func (s *Service) dropped(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	return s.act(r, func(tx *store.Tx) (string, error) {
		_, err := s.DropView(r.Context(), tx, number(r.Path("id")))
		return "/desk", err
	})
}
