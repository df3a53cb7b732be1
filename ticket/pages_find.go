package ticket

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"heed/directory"
	dview "heed/directory/view"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// found are the tickets for a search: the reference first, then words.
func (s *Service) found(r *web.Request, tx *store.Tx, query string, from int64, limit int) ([]Ticket, error) {
	ts, err := s.Search(r.Context(), tx, query, from, limit)
	if err != nil || from != Newest {
		return ts, err
	}
	if t, _, err := s.Find(r.Context(), tx, strings.ToUpper(strings.TrimSpace(query))); err == nil {
		ts = slices.Insert(slices.DeleteFunc(ts, func(x Ticket) bool { return x.ID == t.ID }), 0, t)
	}
	return ts, nil
}

func (s *Service) searchPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		if err := atDesk(rd); err != nil {
			return web.Reply{}, err
		}
		vs, err := s.views(r, tx, rd)
		if err != nil {
			return web.Reply{}, err
		}
		q := r.Query("q")
		p := view.Search{Frame: s.deskFrame(r, rd, rd.Lang.T("desk.search.title")), Rail: s.rail(rd, vs, ""), URL: "/desk/search", Query: q, Why: s.listWhy(tx, rd)}
		if q == "" {
			return web.Page(p.Page()), nil
		}
		from := before(r)
		p.Trouble = s.askedNothing(rd, q)
		ts, err := s.found(r, tx, q, from, pageSize+1)
		if fault.Is(err, fault.KindInvalid) {
			p.Trouble, err = rd.Lang.Fault(fault.As(err)), nil
		}
		if err != nil {
			return web.Reply{}, err
		}
		ts, p.Pages = pages(ts, r.HTTP.URL)
		if len(ts) > 0 {
			p.Found = rd.Lang.T("desk.search.found", "n", len(ts))
		}
		if p.Snippets, err = s.snippets(r, tx, q, ts); err != nil {
			return web.Reply{}, err
		}
		if p.Rows, err = s.queueRows(r, tx, rd, ts, "view=all", 0); err != nil {
			return web.Reply{}, err
		}
		parsed := text.ParseQuery(q, searchFilters()...).Wide()
		for _, row := range p.Rows {
			p.Marks = append(p.Marks, view.Marks{Subject: pieces(marks(row.Subject, parsed)), Person: pieces(marks(row.Person, parsed))})
		}
		people, err := s.People.Find(r.Context(), tx, q, 8)
		for _, x := range people {
			p.People = append(p.People, view.FoundPerson{Name: x.Name, About: x.Beside(), Href: "/desk/people/" + id.Text(x.ID)})
		}
		return web.Page(p.Page()), err
	})
}

// askedNothing says kindly that there is no word in a search.
func (s *Service) askedNothing(rd directory.Reader, q string) string {
	if parsed := text.ParseQuery(q, searchFilters()...); parsed.Empty() {
		return rd.Lang.T("desk.search.empty") + " " + rd.Lang.T("desk.search.filters")
	}
	return ""
}

// snippets are the words around the hits of each ticket found, in its order.
func (s *Service) snippets(r *web.Request, tx *store.Tx, q string, ts []Ticket) ([][]view.Piece, error) {
	found, err := s.Snippets(r.Context(), tx, q, ts)
	out := make([][]view.Piece, len(ts))
	for i, t := range ts {
		out[i] = pieces(found[t.ID])
	}
	return out, err
}

func pieces(found []Piece) (out []view.Piece) {
	for _, p := range found {
		out = append(out, view.Piece(p))
	}
	return out
}

func (s *Service) peoplePage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		vs, err := s.views(r, tx, rd)
		if err != nil {
			return web.Reply{}, err
		}
		p := dview.People{Frame: s.deskFrame(r, rd, rd.Lang.T("people.title")), Rail: s.rail(rd, vs, "people"), URL: "/desk/people", Query: r.Query("q")}
		found, err := s.People.Find(r.Context(), tx, p.Query, pageSize)
		for _, x := range found {
			p.Rows = append(p.Rows, dview.PersonRow{Name: x.Name, About: x.Beside(), Href: "/desk/people/" + id.Text(x.ID)})
		}
		p.Found = rd.Lang.T("people.found", "n", len(found))
		return web.Page(p.Page()), err
	})
}

func (s *Service) personPage(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		n, err := id.Parse(r.Path("id"))
		if err != nil {
			return web.Reply{}, fault.Unknown("person.unknown", "there is nobody here by that name whom you may see")
		}
		person, why, err := s.People.Card(r.Context(), tx, n)
		if err != nil {
			return web.Reply{}, err
		}
		vs, err := s.views(r, tx, rd)
		if err != nil {
			return web.Reply{}, err
		}
		say := rd.Lang.T
		p := dview.PersonCard{
			Frame: s.deskFrame(r, rd, person.Name), Rail: s.rail(rd, vs, "people"), Back: ui.Link{Text: say("people.title"), Href: "/desk/people"},
			Name: person.Name, Role: strings.Trim(person.First(directory.JobTitle)+", "+person.First(directory.Department), ", "), Why: rd.Why(why),
		}
		group := dview.FactGroup{Heading: say("people.values")}
		for _, v := range person.Values {
			fact := rd.Fact(v)
			if v.Hidden {
				fact.Href = directory.ValuesPath(person.ID)
			}
			group.Facts = append(group.Facts, fact)
		}
		p.Groups = []dview.FactGroup{group}
		apart, may, err := s.People.Vetting(r.Context(), tx, person.ID)
		if err != nil {
			return web.Reply{}, err
		}
		if may {
			p.Groups = append(p.Groups, rd.Vetting(person.ID, apart))
		}
		ts, err := s.List(r.Context(), tx, Filter{Person: person.ID, Open: true}, Newest, 10)
		if err != nil {
			return web.Reply{}, err
		}
		p.Tickets, err = s.queueRows(r, tx, rd, ts, "view=all", 0)
		return web.Page(p.Page()), err
	})
}

// palette answers the command palette with what the actor may see.
func (s *Service) palette(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		var a ui.PaletteAnswer
		if q := r.Query("q"); q != "" {
			ts, err := s.found(r, tx, q, Newest, 6)
			if err != nil {
				return web.Reply{}, err
			}
			g := ui.PaletteGroup{Heading: rd.Lang.T("desk.search.tickets"), Results: []ui.PaletteResult{}}
			for _, t := range ts {
				g.Results = append(g.Results, ui.PaletteResult{Text: t.Subject, Meta: t.Ref, Href: "/desk/tickets/" + t.Ref, Icon: ui.IconInbox})
			}
			people, err := s.People.Find(r.Context(), tx, q, 6)
			if err != nil {
				return web.Reply{}, err
			}
			pg := ui.PaletteGroup{Heading: rd.Lang.T("desk.search.people"), Results: []ui.PaletteResult{}}
			for _, x := range people {
				pg.Results = append(pg.Results, ui.PaletteResult{Text: x.Name, Meta: x.Beside(), Href: "/desk/people/" + id.Text(x.ID), Icon: ui.IconUser})
			}
			a.Groups = []ui.PaletteGroup{g, pg}
		}
		raw, err := json.Marshal(a)
		return web.Reply{Header: map[string]string{"Content-Type": "application/json"}, Stream: func(w io.Writer) error {
			_, err := io.Copy(w, bytes.NewReader(raw))
			return err
		}}, err
	})
}
