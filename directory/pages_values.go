package directory

import (
	"time"

	"heed/directory/view"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// valueRoutes are the addresses of what a card hides.
func (p *Pages) valueRoutes() []web.Route {
	work := policy.Resolve
	return []web.Route{
		{Pattern: "GET /desk/people/{id}/values", Action: "person.read", Purpose: work, Handle: p.valuesPage},
		{Pattern: "POST /desk/people/{id}/values", Action: "person.reveal", Purpose: work, Handle: p.uncover},
		{Pattern: "POST /desk/people/{id}/vetting", Action: "person.vet", Purpose: work, Handle: p.vetted},
	}
}

// uncoveredFor is how long an uncovered value stands on the page.
const uncoveredFor = 2 * time.Minute

// ValuesPath is where a hidden value of a person is uncovered; cards link to it.
func ValuesPath(person int64) string { return "/desk/people/" + id.Text(person) + "/values" }

func (p *Pages) valuesPage(r *web.Request) (web.Reply, error) {
	return p.View(r, r.Actor, func(tx *store.Tx, rd Reader) (web.Reply, error) { return p.values(r, tx, rd, nil) })
}

// change runs fn on a person in a write transaction. What was wrong with the form
// comes back on the page of their card.
func (p *Pages) change(r *web.Request, fn func(*store.Tx, Reader, int64) (web.Reply, error)) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	var reply web.Reply
	err := p.DB.Write(r.Context(), r.Actor, r.Purpose, func(tx *store.Tx) error {
		n, err := id.Parse(r.Path("id"))
		if err != nil {
			return unknown()
		}
		rd, err := p.Read(r.Context(), tx, r)
		if err != nil {
			return err
		}
		reply, err = fn(tx, rd, n)
		if f := fault.As(err); err != nil && f.Kind == fault.KindInvalid {
			reply, err = p.values(r, tx, rd, f)
		}
		return err
	})
	return reply, err
}

// uncover shows one value once: reloading the page asks again, and going back
// shows it hidden.
func (p *Pages) uncover(r *web.Request) (web.Reply, error) {
	return p.change(r, func(tx *store.Tx, rd Reader, n int64) (web.Reply, error) {
		in := Reveal{Kind: Kind(r.Value("kind")), Reason: Reason(r.Value("reason")), Words: r.Value("words")}
		person, why, err := p.Reveal(r.Context(), tx, n, in)
		if err != nil {
			return web.Reply{}, err
		}
		apart, may, err := p.Vetting(r.Context(), tx, n)
		if err != nil {
			return web.Reply{}, err
		}
		if !in.Kind.vetting() {
			person.Values = append(person.Values, apart...)
		}
		page := valuesOf(r, rd, person, why, in.Kind)
		page.Record = recordOf(r, rd, person, may)
		return web.Page(page.Page()), nil
	})
}

// values draws the page with everything hidden that is, and what was wrong with
// the form.
func (p *Pages) values(r *web.Request, tx *store.Tx, rd Reader, problem *fault.Error) (web.Reply, error) {
	n, err := id.Parse(r.Path("id"))
	if err != nil {
		return web.Reply{}, unknown()
	}
	person, why, err := p.Card(r.Context(), tx, n)
	if err != nil {
		return web.Reply{}, err
	}
	apart, may, err := p.Vetting(r.Context(), tx, n)
	if err != nil {
		return web.Reply{}, err
	}
	person.Values = append(person.Values, apart...)
	page, reply := valuesOf(r, rd, person, why, ""), web.Reply{}
	page.Record = recordOf(r, rd, person, may)
	if problem != nil {
		reply.Status = problem.Kind.Status()
		said := rd.Lang.Fault(problem)
		switch {
		case page.Record != nil && problem.Field == "record":
			page.Record.Kind.Error = said
		case page.Record != nil && problem.Field == "value":
			page.Record.Value.Error = said
		case page.Ask == nil || problem.Field == "kind":
			page.Trouble = said
		case problem.Field == "words":
			page.Ask.Words.Error = said
		default:
			page.Ask.Reason.Error = said
		}
	}
	reply.Page = page.Page()
	return reply, nil
}

// vetted records what a vetting office was given, and comes back to the page.
func (p *Pages) vetted(r *web.Request) (web.Reply, error) {
	return p.change(r, func(tx *store.Tx, _ Reader, n int64) (web.Reply, error) {
		return web.Redirect(ValuesPath(n)), p.Vet(r.Context(), tx, n, Kind(r.Value("record")), r.Value("value"))
	})
}

// recordOf is the form for what lies apart from the card; nil for those who may
// not see it.
func recordOf(r *web.Request, rd Reader, person Person, may bool) *view.Record {
	if !may {
		return nil
	}
	out := &view.Record{Form: ui.Form{Action: "/desk/people/" + id.Text(person.ID) + "/vetting"}, Most: mostVetting, Kind: ui.Choices{ID: "record", Label: rd.Lang.T("people.vetting.which")}}
	if r.Form() != nil && r.Value("record") != "" {
		out.Value.Value = r.Value("value")
	}
	for _, k := range vettingKinds() {
		out.Kind.Options = append(out.Kind.Options, ui.Option{Value: string(k), Text: rd.Lang.T("people.value." + string(k)), Selected: r.Form() != nil && r.Value("record") == string(k)})
	}
	return out
}

// valuesOf is the page of a card; shown is the kind that was just uncovered.
func valuesOf(r *web.Request, rd Reader, person Person, why policy.Why, shown Kind) view.Values {
	say := rd.Lang.T
	page := view.Values{Frame: rd.Frame(r, person.Name), Back: ui.Link{Text: say("people.hidden.back"), Href: "/desk/people/" + id.Text(person.ID)}, Name: person.Name, Why: rd.Why(why)}
	page.Frame.Brand.Href, page.Frame.SearchURL, page.Frame.PaletteURL, page.Frame.ViewsURL = "/desk", "/desk/search", "/desk/find", "/desk/views"
	ask := view.Uncover{
		Form: ui.Form{Action: ValuesPath(person.ID)}, Words: ui.Input{}, Most: mostWords,
		Kinds:  ui.Choices{ID: "kind", Label: say("people.hidden.which"), Required: true},
		Reason: ui.Choices{ID: "reason", Label: say("people.hidden.why"), Hint: say("people.hidden.recorded"), Required: true},
	}
	if r.Form() != nil && shown == "" {
		ask.Words.Value = r.Value("words")
	}
	for _, v := range person.Values {
		fact := rd.Fact(v)
		if v.Kind == shown {
			ends := rd.Now.Add(uncoveredFor)
			fact.Mask = &ui.Mask{ID: "uncovered", Revealed: v.Text, Fades: ui.When{Text: say("people.hidden.fades", "at", rd.Hour(ends).Text), ISO: ends.Format(time.RFC3339)}}
		}
		if v.Hidden {
			ask.Kinds.Options = append(ask.Kinds.Options, ui.Option{Value: string(v.Kind), Text: fact.Label, Selected: r.Form() != nil && r.Value("kind") == string(v.Kind)})
		}
		page.Facts = append(page.Facts, fact)
	}
	for _, reason := range Reasons() {
		ask.Reason.Options = append(ask.Reason.Options, ui.Option{Value: string(reason), Text: say("people.hidden.reason." + string(reason)), Selected: r.Form() != nil && shown == "" && r.Value("reason") == string(reason)})
	}
	switch len(ask.Kinds.Options) {
	case 0:
		return page
	case 1:
		ask.Form.Hidden = []ui.Hidden{{Name: "kind", Value: ask.Kinds.Options[0].Value}}
	}
	page.Ask = &ask
	return page
}
