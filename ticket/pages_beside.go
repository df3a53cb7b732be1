package ticket

import (
	"net/url"
	"strings"
	"unicode"

	"heed/directory"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// listOf is the part of an address that says which list a page shows or stands
// beside: its view, what narrows it, its order and which page of it.
func listOf(r *web.Request) url.Values {
	all, list := r.HTTP.URL.Query(), url.Values{}
	for _, name := range append(viewParts(), "before", "after") {
		if v := all.Get(name); v != "" {
			list.Set(name, v)
		}
	}
	return list
}

// beside is an address of a ticket with the list that the request's page stands
// beside: what is done to a ticket leads back to the same rows.
func beside(r *web.Request, to string) string {
	list := listOf(r).Encode()
	if list == "" || !strings.HasPrefix(to, "/desk/tickets/") {
		return to
	}
	return withQuery(to, list)
}

// handedOver is the parameter of a list that names a ticket which was handed over.
const handedOver = "moved"

// onList is the list that somebody worked on, after a ticket of it was handed over: it
// may be out of their sight now, so the list says what became of it.
func onList(r *web.Request, ref string) string {
	list := listOf(r)
	list.Set(handedOver, ref)
	return "/desk?" + list.Encode()
}

// movedToast says that a ticket was handed over.
func movedToast(r *web.Request, rd directory.Reader) *ui.Toast {
	ref := r.Query(handedOver)
	if ref == "" || len(ref) > 40 || strings.ContainsFunc(ref, func(c rune) bool { return c != '-' && !unicode.IsUpper(c) && !unicode.IsDigit(c) }) {
		return nil
	}
	return &ui.Toast{Text: rd.Lang.T("ticket.moved.toast", "ref", ref), Icon: ui.IconHand}
}

// listAt is the address of a view's list, as the request's page shows it or stands
// beside it.
func listAt(r *web.Request, v queueView) *url.URL {
	list := listOf(r)
	list.Set("view", v.name)
	return &url.URL{Path: "/desk", RawQuery: list.Encode()}
}

// queue is the middle region: a page of a view as the address narrows it. open is
// the ticket that stands beside it, 0 for none.
func (s *Service) queue(r *web.Request, tx *store.Tx, rd directory.Reader, v queueView, open int64) (ui.Queue, error) {
	at := listAt(r, v)
	q := ui.Queue{
		Title: v.title, New: ui.Link{Text: rd.Lang.T("desk.call.title"), Href: "/desk/call", Icon: ui.IconPhone}, Filters: narrower(rd, v), Keep: v.keep(rd),
		Empty: ui.Empty{Icon: ui.IconInbox, Title: rd.Lang.T("ticket.queue.empty"), Text: rd.Lang.T("ticket.queue.empty.text")},
	}
	q.Lines = ui.Lines{Action: directory.PathLines, Here: r.Here(), One: r.Prefs.OneLine}
	q.Columns = ui.Columns{Action: directory.PathColumns, Here: r.Here(), Chosen: ui.ColumnsOf(r.Prefs.Columns)}
	s.tickable(rd, &q, at.RawQuery)
	ts, err := s.pageOf(r, tx, v, at, &q.Pages)
	if err != nil {
		return q, err
	}
	q.Shown = r.HTTP.Header.Get(ui.RowsHeader)
	if q.Rows, err = s.queueRows(r, tx, rd, ts, at.RawQuery, open); err != nil {
		return q, err
	}
	q.Count = countOf(rd, v, q)
	if len(q.Rows) == 0 && !v.plain() {
		q.Empty = ui.Empty{Icon: ui.IconFilter, Title: rd.Lang.T("ticket.queue.none"), Text: rd.Lang.T("ticket.queue.none.text"), Action: ui.Link{Text: rd.Lang.T("ticket.filter.clear"), Href: "/desk?view=" + v.query.Get("view")}}
	}
	q.Narrow, err = s.narrowForm(r.Context(), tx, rd, v)
	return q, err
}

// countOf says how many tickets a list holds: by the maintained counts where they can
// tell, and otherwise as far as its first page shows.
func countOf(rd directory.Reader, v queueView, q ui.Queue) string {
	n := int64(len(q.Rows))
	switch {
	case v.saved == 0 && v.known && v.filter.counted():
		n = v.tell(v.name, v.filter)
	case q.Pages.Newer != "":
		return ""
	case q.Pages.Older != "":
		return rd.Lang.T("ticket.queue.more", "n", n)
	}
	return rd.Lang.T("ticket.queue.count", "n", n)
}

// pageOf is one page of a list, in the list's order; at is its address.
func (s *Service) pageOf(r *web.Request, tx *store.Tx, v queueView, at *url.URL, p *ui.Pages) ([]Ticket, error) {
	if !v.byDue {
		ts, err := s.List(r.Context(), tx, v.filter, before(r), pageSize+1)
		ts, *p = pages(ts, at)
		return ts, err
	}
	due, last, _ := strings.Cut(r.Query("after"), ".")
	after := Place{number(due), number(last)}
	ts, err := s.ListDue(r.Context(), tx, v.filter, after, pageSize+1)
	ts, *p = ui.Paged(ts, pageSize, at, "after", func(t Ticket) string {
		at := PlaceOf(t)
		return id.Text(at.At) + "." + id.Text(at.ID)
	})
	return ts, err
}
