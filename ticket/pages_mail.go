package ticket

import (
	"context"

	"heed/directory"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// letterPolicy is what a mail as it was sent may do: look like it, and be shown by
// this service alone. No script runs and nothing is fetched from elsewhere, so
// that no sender learns who read it and when. Same-origin is for the pictures that
// came with the mail, which need the reader's session.
const letterPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"

// letter is a mail as it was sent, for a frame in its entry.
func (s *Service) letter(r *web.Request) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		n, err := parseID(r.Path("entry"))
		if err != nil {
			return web.Reply{}, err
		}
		t, e, err := s.Original(r.Context(), tx, r.Path("ref"), n)
		if err != nil {
			return web.Reply{}, err
		}
		f := rd.Frame(r, rd.Lang.T("ticket.letter.title", "ref", t.Ref))
		reply := web.Page(ui.Letter(f, text.Sanitize(e.HTML).WithInline(pictures(e, r.HTTP.URL.Path)).Component()))
		reply.Header = map[string]string{"Content-Security-Policy": letterPolicy}
		return reply, nil
	})
}

// Original returns the entry of a ticket that keeps a mail as it was sent, as far
// as the actor may read it. The read is recorded.
func (s *Service) Original(ctx context.Context, tx *store.Tx, name string, entry int64) (Ticket, Entry, error) {
	t, _, err := s.Find(ctx, tx, name)
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	es, _, err := s.Entries(ctx, tx, t, entry+1, 1)
	if err == nil && (len(es) == 0 || es[0].ID != entry || es[0].HTML == "") {
		err = unknown()
	}
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	return t, es[0], nil
}

// pictures are the addresses of an entry's files that the mail shows, by the
// numbers that stand in its kept HTML. page is the address of the letter.
func pictures(e Entry, page string) func(string) (string, bool) {
	return func(part string) (string, bool) {
		for _, a := range e.Files {
			if id.Text(a.ID) == part && picture(a.MediaType) {
				return page + "/" + part, true
			}
		}
		return "", false
	}
}

// picture reports whether a file may be drawn by a browser: pixels only. SVG is a
// document and may carry a script.
func picture(mediaType string) bool {
	switch mediaType {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return true
	}
	return false
}

// letterPicture is a picture inside a letter. The browser is told to believe the
// type and nothing else, so a file that lies about it is no picture.
func (s *Service) letterPicture(r *web.Request) (web.Reply, error) {
	reply, a, err := s.attached(r)
	if err == nil && !picture(a.MediaType) {
		err = unknown()
	}
	if err != nil {
		return web.Reply{}, err
	}
	reply.Header["Content-Type"] = a.MediaType
	delete(reply.Header, "Content-Disposition")
	return reply, nil
}
