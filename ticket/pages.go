package ticket

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// Routes are the addresses of the portal and the desk.
func (s *Service) Routes() []web.Route {
	own, work := policy.Own, policy.Resolve
	return append([]web.Route{
		{Pattern: "GET /{$}", Action: "portal.home", Purpose: own, Handle: s.home},
		{Pattern: "GET /ask", Action: "ticket.open", Purpose: own, Handle: s.ask},
		{Pattern: "POST /ask", Action: "ticket.open", Purpose: own, Handle: s.asked},
		{Pattern: "GET /requests", Action: "ticket.list", Purpose: own, Handle: s.requests},
		{Pattern: "GET /requests/{ref}", Action: "ticket.read", Purpose: own, Handle: s.request},
		{Pattern: "POST /requests/{ref}", Action: "ticket.write", Purpose: own, Handle: s.requestWritten},
		{Pattern: "GET /requests/{ref}/close", Action: "ticket.end", Purpose: own, Handle: s.requestClosing},
		{Pattern: "POST /requests/{ref}/close", Action: "ticket.end", Purpose: own, Handle: s.requestClosed},
		{Pattern: "POST /requests/{ref}/reopen", Action: "ticket.end", Purpose: own, Handle: s.requestReopened},
		{Pattern: "GET /requests/{ref}/files/{file}", Action: "attachment.read", Purpose: own, Handle: s.file},
		{Pattern: "GET /requests/{ref}/mail/{entry}", Action: "ticket.read", Purpose: own, Handle: s.letter},
		{Pattern: "GET /requests/{ref}/mail/{entry}/{file}", Action: "attachment.read", Purpose: own, Handle: s.letterPicture},
		{Pattern: "POST /drafts", Action: "draft.save", Purpose: own, Handle: s.keepDraft},

		{Pattern: "GET /desk", Action: "ticket.list", Purpose: work, Handle: s.queuePage},
		{Pattern: "GET /desk/live", Action: "ticket.watch", Purpose: work, Handle: s.live},
		{Pattern: "GET /desk/views", Action: "ticket.count", Purpose: work, Handle: s.viewsPage},
		{Pattern: "POST /desk/bulk", Action: "ticket.assign", Purpose: work, Handle: s.bulk},
		{Pattern: "GET /desk/tickets/{ref}", Action: "ticket.read", Purpose: work, Handle: s.ticketPage},
		{Pattern: "POST /desk/tickets/{ref}", Action: "ticket.reply", Purpose: work, Handle: s.composed},
		{Pattern: "GET /desk/tickets/{ref}/assign", Action: "ticket.assign", Purpose: work, Handle: s.assignPage},
		{Pattern: "POST /desk/tickets/{ref}/assign", Action: "ticket.assign", Purpose: work, Handle: s.assigned},
		{Pattern: "GET /desk/tickets/{ref}/{act}", Action: "ticket.state", Purpose: work, Handle: s.actPage},
		{Pattern: "POST /desk/tickets/{ref}/{act}", Action: "ticket.state", Purpose: work, Handle: s.acted},
		{Pattern: "GET /desk/tickets/{ref}/files/{file}", Action: "attachment.read", Purpose: work, Handle: s.file},
		{Pattern: "GET /desk/tickets/{ref}/mail/{entry}", Action: "ticket.read", Purpose: work, Handle: s.letter},
		{Pattern: "GET /desk/tickets/{ref}/mail/{entry}/{file}", Action: "attachment.read", Purpose: work, Handle: s.letterPicture},
		{Pattern: "GET /desk/call", Action: "ticket.open", Purpose: work, Handle: s.callPage},
		{Pattern: "POST /desk/call", Action: "ticket.open", Purpose: work, Handle: s.called},
		{Pattern: "POST /desk/call/new", Action: "draft.drop", Purpose: work, Handle: s.callAnew},
		{Pattern: "POST /desk/call/find", Action: "person.find", Purpose: work, Handle: s.callFound},
		{Pattern: "GET /desk/search", Action: "ticket.search", Purpose: work, Handle: s.searchPage},
		{Pattern: "GET /desk/people", Action: "person.find", Purpose: work, Handle: s.peoplePage},
		{Pattern: "GET /desk/people/{id}", Action: "person.read", Purpose: work, Handle: s.personPage},
		{Pattern: "GET /desk/find", Action: "ticket.search", Purpose: work, Handle: s.palette},
	}, slices.Concat(s.savedRoutes(), s.settingsRoutes(), s.statusRoutes())...)
}

const pageSize = 25

// view runs fn in a read transaction of the request's actor and purpose.
func (s *Service) view(r *web.Request, fn func(*store.Tx, directory.Reader) (web.Reply, error)) (web.Reply, error) {
	return s.People.View(r, r.Actor, fn)
}

// keepDraft saves what is being typed; script posts it while somebody writes.
func (s *Service) keepDraft(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	place := web.LocalPath(r.Query("place"), "")
	if place == "" || len(place) > 200 {
		return web.Reply{}, fault.Invalid("draft.place", "a draft belongs to a page")
	}
	err := s.DB.Write(r.Context(), r.Actor, r.Purpose, func(tx *store.Tx) error {
		return s.SaveDraft(r.Context(), tx, place, typedIn(r.Form()))
	})
	return web.Reply{Status: 204, Page: ui.Text(""), Header: map[string]string{ui.HintHeader: excess(draftOf(r.Form()))}}, err
}

// Restore puts a form that was held over a sign-in back as a draft of its page.
func (s *Service) Restore(r *web.Request, who policy.Actor, held web.Held) error {
	return s.DB.Write(r.Context(), who, policy.Own, func(tx *store.Tx) error {
		return s.SaveDraft(r.Context(), tx, held.Path, typedIn(held.Fields))
	})
}

// file serves an attachment as a download that no page can run.
func (s *Service) file(r *web.Request) (web.Reply, error) {
	reply, _, err := s.attached(r)
	return reply, err
}

func (s *Service) attached(r *web.Request) (reply web.Reply, a Attachment, err error) {
	reply, err = s.view(r, func(tx *store.Tx, _ directory.Reader) (web.Reply, error) {
		n, err := parseID(r.Path("file"))
		if err != nil {
			return web.Reply{}, err
		}
		found, blob, key, err := s.Attachment(r.Context(), tx, n)
		if err != nil {
			return web.Reply{}, err
		}
		a = found
		return web.Reply{
			Header: fileHeader(a),
			Stream: func(w io.Writer) error { return s.Files.Copy(r.Context(), w, key, blob) },
		}, nil
	})
	return reply, a, err
}

// fileHeader makes a file something to save, whatever type it claims to be.
func fileHeader(a Attachment) map[string]string {
	return map[string]string{
		"Content-Type":            "application/octet-stream",
		"Content-Disposition":     disposition(a.Name),
		"Content-Length":          fmt.Sprint(a.Size),
		"Content-Security-Policy": "default-src 'none'; sandbox",
	}
}

// disposition names a file for saving (RFC 6266, RFC 8187).
func disposition(name string) string {
	ascii := strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || c == '"' || c == '\\' || c == '/' {
			return '_'
		}
		return c
	}, name)
	var b strings.Builder
	for _, c := range []byte(name) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return `attachment; filename="` + ascii + `"; filename*=UTF-8''` + b.String()
}

// body draws what somebody typed: Markdown for what was written here, plain
// text for what came by mail.
func body(e Entry) text.SafeHTML {
	if e.Channel == Mail {
		return text.Plain(e.Body)
	}
	return text.Markdown(e.Body)
}

func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1_000_000:
		return fmt.Sprintf("%d kB", n/1000)
	default:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
}
