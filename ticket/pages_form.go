package ticket

import (
	"context"
	"errors"
	"io"
	"path"
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
	var sink web.Sink
	if up != nil {
		sink = up.sink(r)
	}
	to, first := "", false
	err := r.ReadForm(sink)
	if err == nil {
		to, first, err = s.carryOut(r, do)
	}
	if up != nil && !first {
		if e := up.remove(context.WithoutCancel(r.Context())); e != nil && err == nil {
			err = e
		}
	}
	if err == nil {
		return web.Redirect(to), nil
	}
	return s.again(r, err, page)
}

// act carries out a form that can only be pressed again, never mended: fn returns
// where to go.
func (s *Service) act(r *web.Request, fn func(*store.Tx) (string, error)) (web.Reply, error) {
	to, _, err := s.carryOut(r, fn)
	return web.Redirect(to), err
}

// carryOut runs fn in a write transaction, once per form_token: a second press is not
// the first, finds where that one went and changes nothing.
func (s *Service) carryOut(r *web.Request, fn func(*store.Tx) (string, error)) (to string, first bool, err error) {
	token := r.Value("form_token")
	run := func(tx *store.Tx) error {
		done, again, err := s.Once(r.Context(), tx, token)
		first = err == nil && !again
		if err != nil || again {
			to = done
			return err
		}
		if to, err = fn(tx); err != nil {
			return err
		}
		if err := s.DropDraft(r.Context(), tx, r.HTTP.URL.Path); err != nil {
			return err
		}
		return s.Used(r.Context(), tx, token, to)
	}
	err = s.DB.Write(r.Context(), r.Actor, r.Purpose, run)
	if token != "" && errors.Is(err, store.ErrUnique) { // both presses at the same instant: the other one won
		err = s.DB.Write(r.Context(), r.Actor, r.Purpose, run)
	}
	return to, first && err == nil, err
}

// again shows a form again with what was wrong, where somebody can mend it.
func (s *Service) again(r *web.Request, err error, page func(*store.Tx, directory.Reader, Draft, *fault.Error) (web.Reply, error)) (web.Reply, error) {
	f := fault.As(err)
	switch f.Kind {
	case fault.KindInvalid, fault.KindConflict, fault.KindTooLarge, fault.KindBusy:
	default:
		return web.Reply{}, err
	}
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		return page(tx, rd, draftOf(r.Form()), f)
	})
}

// uploads are the files of a form, stored before the transaction that takes them.
type uploads struct {
	s      *Service
	key    int64
	ticket int64 // 0: of a ticket to be
	files  []File
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
		blob, size, err := u.s.Files.Put(r.Context(), u.key, body)
		if err != nil || size == 0 {
			return err
		}
		u.files = append(u.files, File{Name: path.Base(strings.ReplaceAll(name, `\`, "/")), MediaType: plainType(mediaType), Size: size, Blob: blob})
		return nil
	}
}

// remove takes stored files away again, but for content that an entry of the
// ticket has: the same bytes are one file.
func (u *uploads) remove(ctx context.Context) error {
	for _, f := range u.files {
		used := false
		err := u.s.DB.Read(ctx, policy.System("tidy up after a form"), policy.Operate, func(tx *store.Tx) error {
			_, err := store.One[store.Value[int64]](ctx, tx, selectBlobUse, u.ticket, f.Blob)
			used = err == nil
			if errors.Is(err, store.ErrNone) {
				err = nil
			}
			return err
		})
		if err == nil && !used {
			err = u.s.Files.Delete(ctx, u.key, f.Blob)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// plainType keeps a media type that is one; the rest is bytes.
func plainType(t string) string {
	t, _, _ = strings.Cut(strings.ToLower(t), ";")
	if kind, sub, ok := strings.Cut(strings.TrimSpace(t), "/"); ok && kind != "" && sub != "" && len(t) < 100 && !strings.ContainsAny(t, "\"<> ") {
		return strings.TrimSpace(t)
	}
	return "application/octet-stream"
}
