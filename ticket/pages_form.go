package ticket

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
)

// submit reads a form, stores the files that come with it, and carries it out
// once. What is wrong comes back on the page that page draws, with everything
// that was typed; files that nothing took are removed again. up is nil for forms
// without files.
func (s *Service) submit(r *web.Request, up *uploads, do func(*store.Tx) (string, error), page func(*store.Tx, directory.Reader, Draft, *fault.Error) (web.Reply, error)) (web.Reply, error) {
	return s.submitAfter(r, up, func() error { return nil }, do, page)
}

// submitAfter is submit of a form that before has to let through, once it is
// read: what before writes stands though the form is refused.
func (s *Service) submitAfter(r *web.Request, up *uploads, before func() error, do func(*store.Tx) (string, error), page func(*store.Tx, directory.Reader, Draft, *fault.Error) (web.Reply, error)) (web.Reply, error) {
	var sink web.Sink
	if up != nil {
		sink = up.sink(r)
	}
	to, first := "", false
	err := r.ReadForm(sink)
	if err == nil {
		err = before()
	}
	if err == nil {
		to, first, err = s.carry(r, r.Value("form_token"), said(r, up), do)
	}
	if up != nil {
		left := up.files
		switch {
		case first:
			left = up.unwanted
		case comesBack(err):
			var e error
			if left, e = s.keepFiles(r, up); e != nil {
				err = e
			}
		}
		if e := up.remove(context.WithoutCancel(r.Context()), left); e != nil && err == nil {
			err = e
		}
	}
	if err == nil {
		return web.Redirect(beside(r, to)), nil
	}
	return s.again(r, err, func(tx *store.Tx, rd directory.Reader, typed Draft, f *fault.Error) (web.Reply, error) {
		if up != nil && !up.wait() && len(up.files) > 0 {
			typed[lostFiles] = up.names()
		}
		return page(tx, rd, typed, f)
	})
}

// act carries out a form that can only be pressed again, never mended: fn returns
// where to go.
func (s *Service) act(r *web.Request, fn func(*store.Tx) (string, error)) (web.Reply, error) {
	to, _, err := s.carryOut(r, r.Value("form_token"), fn)
	return web.Redirect(beside(r, to)), err
}

// carryOut runs fn in a write transaction, once per token: a second press is not
// the first, finds where that one went and changes nothing.
func (s *Service) carryOut(r *web.Request, token string, fn func(*store.Tx) (string, error)) (to string, first bool, err error) {
	return s.carry(r, token, said(r, nil), fn)
}

// carry is carryOut of a form that says what.
func (s *Service) carry(r *web.Request, token, what string, fn func(*store.Tx) (string, error)) (to string, first bool, err error) {
	run := func(tx *store.Tx) error {
		done, again, err := s.Once(r.Context(), tx, token, what)
		first = err == nil && !again
		if err == nil && again {
			to, err = s.sentBefore(r, tx, done)
		}
		if err != nil || again {
			return err
		}
		if to, err = fn(tx); err != nil {
			return err
		}
		if err := s.DropDraft(r.Context(), tx, r.HTTP.URL.Path); err != nil {
			return err
		}
		return s.Used(r.Context(), tx, token, what, to)
	}
	err = s.DB.Write(r.Context(), r.Actor, r.Purpose, run)
	if token != "" && errors.Is(err, store.ErrUnique) { // both presses at the same instant: the other one won
		err = s.DB.Write(r.Context(), r.Actor, r.Purpose, run)
	}
	return to, first && err == nil, err
}

// said is all that a form says: its fields but for those that a page makes anew,
// and its files by name and size.
func said(r *web.Request, up *uploads) string {
	form := maps.Clone(r.Form())
	for _, k := range []string{"form_token", "version", "back", "hinted", draftShown} {
		form.Del(k)
	}
	if up != nil {
		for _, f := range up.files {
			form.Add("files", fmt.Sprint(f.Size, " ", f.Name))
		}
	}
	return form.Encode()
}

// sentBefore is where a form leads that is sent once more: back in the browser,
// and pressed again. The page says why nothing happens, unless it was one press
// too many; words that were changed since are kept as a draft of their page.
func (s *Service) sentBefore(r *web.Request, tx *store.Tx, done Done) (to string, err error) {
	if !done.Same {
		return withQuery(done.Result, "again=other"), s.SaveDraft(r.Context(), tx, r.HTTP.URL.Path, draftOf(r.Form()))
	}
	if tx.Now().Sub(done.At) <= HoldFor {
		return done.Result, nil
	}
	return withQuery(done.Result, "again=same"), nil
}

// withQuery adds parameters, already written as a query, to an address of ours.
func withQuery(to, query string) string {
	page, part, within := strings.Cut(to, "#")
	sign := "?"
	if strings.Contains(page, "?") {
		sign = "&"
	}
	page += sign + query
	if within {
		page += "#" + part
	}
	return page
}

// again shows a form again with what was wrong, where somebody can mend it. What
// was typed on a ticket that is out of reach by now is kept for its author.
func (s *Service) again(r *web.Request, err error, page func(*store.Tx, directory.Reader, Draft, *fault.Error) (web.Reply, error)) (web.Reply, error) {
	f := fault.As(err)
	switch {
	case comesBack(err):
	case f.Kind == fault.KindUnknown:
		return web.Reply{}, s.away(r, err)
	default:
		return web.Reply{}, err
	}
	if err := s.keepTyped(r); err != nil {
		return web.Reply{}, err
	}
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		typed := draftOf(r.Form())
		kept, _, err := s.LoadDraft(r.Context(), tx, r.HTTP.URL.Path)
		if back := kept[cameBack]; back != "" {
			typed[cameBack] = back
		}
		if mine := r.Value("form_token"); mine != "" && kept[draftWindow] == mine { // with what another window holds
			typed[draftWindow], typed["body"] = mine, kept["body"]
		}
		if err != nil {
			return web.Reply{}, err
		}
		return page(tx, rd, typed, f)
	})
}

// keepTyped keeps what was typed into a form that comes back, on the pages that show
// it again when they are opened anew. What may not be kept there stands on the page
// that comes back alone.
func (s *Service) keepTyped(r *web.Request) error {
	at := r.HTTP.URL.Path
	if at != "/desk/call" && at != "/ask" && !strings.HasPrefix(at, "/desk/tickets/") && !strings.HasPrefix(at, "/requests/") {
		return nil
	}
	typed := typedIn(r.Form())
	if len(typed) == 0 {
		return nil
	}
	err := s.DB.Write(r.Context(), r.Actor, r.Purpose, func(tx *store.Tx) error {
		return s.SaveDraft(r.Context(), tx, at, typed)
	})
	if fault.Is(err, fault.KindInvalid) {
		return nil
	}
	return err
}

// comesBack reports whether a form that failed so is shown again, to be mended.
func comesBack(err error) bool {
	if err == nil {
		return false
	}
	switch fault.As(err).Kind {
	case fault.KindInvalid, fault.KindConflict, fault.KindTooLarge, fault.KindBusy:
		return true
	default:
		return false
	}
}

// away keeps what was typed about a ticket that its author may not see now, and
// says so. It says the same of a ticket that never was.
func (s *Service) away(r *web.Request, err error) error {
	if e := r.ReadForm(nil); e != nil {
		return err
	}
	typed := draftOf(r.Form())
	if typed["body"]+typed["note"] == "" {
		return err
	}
	e := s.DB.Write(r.Context(), r.Actor, r.Purpose, func(tx *store.Tx) error {
		return s.SaveDraft(r.Context(), tx, r.HTTP.URL.Path, typed)
	})
	if e != nil {
		return e
	}
	return fault.Unknown("ticket.away", "there is no such ticket that you may see now; what you typed is kept, and stands on its page again should the ticket come back to you")
}

// uploads are the files of a form, stored before the transaction that takes them.
type uploads struct {
	s      *Service
	key    int64
	ticket int64 // 0: of a ticket to be
	files  []File
	// choose finds key and ticket when the first file comes, where a field that the
	// form sends before its files says what they belong to; nil: they are known. It
	// may say something else the next time, so such files do not wait with a form
	// that comes back.
	choose func(*uploads) error
	// unwanted are files that came back with a reply and were left out this time.
	unwanted []File
}

// wait reports whether the files are kept with a form that comes back.
func (u *uploads) wait() bool { return u.ticket != 0 && u.choose == nil }

// wanted are those of the files that came back which a form keeps.
func (u *uploads) wanted(back []File, keep []string) (out []File) {
	u.unwanted = nil
	for _, f := range back {
		if slices.Contains(keep, f.Blob) {
			out = append(out, f)
		} else {
			u.unwanted = append(u.unwanted, f)
		}
	}
	return out
}

// uploadsTo are uploads to a ticket that the actor may use an action on.
func (s *Service) uploadsTo(r *web.Request, a policy.Action[Subject]) (*uploads, error) {
	up := &uploads{s: s}
	err := s.DB.Read(r.Context(), r.Actor, r.Purpose, func(tx *store.Tx) error {
		t, _, err := s.look(r.Context(), tx, a, r.Path("ref"))
		up.key, up.ticket = t.key, t.ID
		return err
	})
	return up, err
}

func (u *uploads) sink(r *web.Request) web.Sink {
	return func(name, mediaType string, body io.Reader) error {
		if name == "" {
			return nil
		}
		if u.choose != nil && u.key == 0 {
			if err := u.choose(u); err != nil {
				return err
			}
		}
		blob, size, err := u.s.Files.Put(r.Context(), u.key, body)
		if err != nil || size == 0 {
			return err
		}
		u.files = append(u.files, File{Name: baseName(name), MediaType: plainType(mediaType), Size: size, Blob: blob})
		return nil
	}
}

// remove takes stored files away again, but for content that an entry of the
// ticket has: the same bytes are one file.
func (u *uploads) remove(ctx context.Context, files []File) error {
	for _, f := range files {
		err := u.s.DB.Write(ctx, policy.System("tidy up after a form"), policy.Operate, func(tx *store.Tx) error {
			if _, err := store.Keep(ctx, tx, touchTicket, u.ticket); err != nil { // see attach
				return err
			}
			_, err := store.One[store.Value[int64]](ctx, tx, selectBlobUse, u.ticket, f.Blob)
			if !errors.Is(err, store.ErrNone) {
				return err
			}
			return u.s.Files.Delete(ctx, u.key, f.Blob)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// baseName is the name of a file without the folders that some browsers send.
func baseName(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

// plainType keeps a media type that is one; the rest is bytes.
func plainType(t string) string {
	t, _, _ = strings.Cut(strings.ToLower(t), ";")
	if kind, sub, ok := strings.Cut(strings.TrimSpace(t), "/"); ok && kind != "" && sub != "" && len(t) < 100 && !strings.ContainsAny(t, "\"<> ") {
		return strings.TrimSpace(t)
	}
	return "application/octet-stream"
}
