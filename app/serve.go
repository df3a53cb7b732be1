package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"heed/app/operate"
	"heed/directory"
	"heed/directory/passkey"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/mail"
	"heed/privacy"
	"heed/ticket"
)

// Site is the web face of a house.
type Site struct {
	House   *House
	Demo    *Demo  // nil outside the demo
	Version string // of the program, for the operator

	server *web.Server
	pages  *directory.Pages
}

// Handler returns everything the web server answers.
func (s *Site) Handler() (http.Handler, error) {
	h := s.House
	s.server = &web.Server{
		Log: h.Log, Clock: h.Clock, Bundle: h.Bundle, Secure: h.Config.secure(), HoldKey: h.Vault.Derive("held forms"),
		Identify: func(ctx context.Context, secret string) (policy.Actor, int64, error) {
			who, sess, err := h.People.ActorOf(ctx, secret)
			return who, sess.ID, err
		},
		Whose:   h.People.PersonOf,
		Failure: s.failure,
	}
	if err := s.signInPages(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	routes, err := s.Routes()
	if err != nil {
		return nil, err
	}
	if err := s.server.Mount(mux, routes...); err != nil {
		return nil, err
	}
	if err := s.mountAPI(mux); err != nil {
		return nil, err
	}
	return s.server.Handler(mux), nil
}

// Routes is every page of the house.
func (s *Site) Routes() ([]web.Route, error) {
	h := s.House
	if err := s.signInPages(); err != nil {
		return nil, err
	}
	privacyPages := &privacy.Pages{DB: h.DB, People: h.People, Tickets: h.Tickets, Notices: h.Notices, Packs: h.Notices.Packs, Copy: h.Copy, Fresh: h.Ledger.Drain, Version: s.Version}
	mailPages := &mail.Pages{Service: h.Mail, Demo: s.Demo != nil, Frame: operate.Frame}
	out := append(h.Tickets.Routes(), s.pages.Routes()...)
	out = append(out, privacyPages.Routes()...)
	out = append(out, mailPages.Routes()...)
	out = append(out, (&operate.Pages{Room: h.Room, Version: s.Version}).Routes()...)
	if s.Demo != nil {
		out = append(out, s.Demo.Routes(s)...)
	}
	return out, nil
}

// signInPages makes the pages for signing in, once. Passkeys belong to the
// address that people see in their browser.
func (s *Site) signInPages() error {
	if s.pages != nil {
		return nil
	}
	h := s.House
	keys, err := passkey.New(h.Config.BaseURL, "Heed")
	if err != nil {
		return err
	}
	s.pages = &directory.Pages{Directory: h.People, Links: h.Queue, Restore: h.Tickets.Restore, Around: ticket.PortalFrame}
	if keys != nil {
		s.pages.Keys = keys
	}
	return nil
}

// failure draws an error as a page.
func (s *Site) failure(r *web.Request, f *fault.Error, held string) web.Reply {
	if f.Kind == fault.KindUnauthenticated {
		if s.Demo != nil && r.HTTP.URL.Path == "/" {
			return web.Redirect("/demo")
		}
		reply, err := s.pages.SignInPage(r, held, "", f)
		if err == nil {
			return reply
		}
		f = fault.As(err)
	}
	words := r.Lang
	title := func() string { return words.T("ui.error.title." + f.Kind.String()) }
	frame := ui.Frame{T: words.T, Lang: words.Lang(), Title: title(), Brand: ui.Brand{Name: "Heed", Href: "/"}, Theme: r.Prefs.Theme, ThemeAction: "/settings/theme", Here: "/"}
	_ = s.House.DB.Read(r.Context(), policy.System("show an error page"), policy.Own, func(tx *store.Tx) error {
		rd, err := s.House.People.Read(r.Context(), tx, r)
		if err == nil {
			words = rd.Lang
			frame = rd.Frame(r, title())
		}
		return err
	})
	page := ui.ErrorPage{Frame: frame, Kind: errorIcon(f.Kind), Title: frame.Title, Text: words.Fault(f), Do: []ui.Link{{Text: words.T("ui.error.home"), Href: "/"}}}
	if r.HTTP.Method == http.MethodPost {
		for _, name := range []string{"subject", "body", "note"} {
			if r.Form() != nil && r.Value(name) != "" {
				page.Kept = words.T("ui.error.kept")
				page.Typed = append(page.Typed, ui.Fact{Label: words.T("ui.error.typed." + name), Value: r.Value(name)})
			}
		}
	}
	return web.Page(page.Page()).As(f.Kind.Status())
}

func errorIcon(k fault.Kind) ui.Icon {
	switch k {
	case fault.KindUnknown, fault.KindGone:
		return ui.IconSearch
	case fault.KindDenied:
		return ui.IconLock
	case fault.KindBusy:
		return ui.IconClock
	default:
		return ui.IconAlert
	}
}

// Serve answers the web and LMTP and runs jobs until ctx ends. ready is called
// once both doors are open, with their addresses.
func (s *Site) Serve(ctx context.Context, ready func(web, lmtp string)) error {
	handler, err := s.Handler()
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", s.House.Config.Addr)
	if err != nil {
		return fault.Invalid("serve.addr", "the address %s cannot be used (%v); set HEED_ADDR to a free one", s.House.Config.Addr, err)
	}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	run := newGroup(cancel)
	lmtpAddr := "off"
	if addr := s.House.Config.LMTPAddr; addr != "off" {
		mailLn, err := net.Listen("tcp", addr)
		if err != nil {
			_ = ln.Close()
			return fault.Invalid("serve.lmtp", "the mail address %s cannot be used (%v); set HEED_LMTP_ADDR to a free one, or to off", addr, err)
		}
		lmtpAddr = mailLn.Addr().String()
		run.start(func() error { return mail.LMTP{Service: s.House.Mail, Log: s.House.Log}.Serve(ctx, mailLn) })
	}
	run.start(func() error { s.House.Queue.Start(ctx); return nil })
	run.start(func() error { return s.House.sequencer(ctx) })
	run.start(func() error { return s.House.Bus.Hub.Hear(ctx) })
	run.start(func() error { return s.House.Bus.Hub.Send(ctx) })
	srv.RegisterOnShutdown(s.House.Bus.Hub.Close) // pages that are open hold their streams for as long as they may
	run.start(func() error {
		if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	run.start(func() error {
		<-ctx.Done()
		stop, done := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer done()
		return srv.Shutdown(stop)
	})
	ready(ln.Addr().String(), lmtpAddr)
	return run.wait()
}

// sequencer gives ledger records their place, soon after they were written.
func (h *House) sequencer(ctx context.Context) error {
	for ctx.Err() == nil {
		if _, err := h.Ledger.Sequence(ctx); err != nil && ctx.Err() == nil {
			h.Log.Error("the ledger could not be sequenced", "error", err)
		}
		tick, stop := clock.After(clock.System(), time.Second)
		select {
		case <-ctx.Done():
		case <-h.sequence:
			// records come in bursts; one place in the tree a quarter of a second later is soon enough
			_ = clock.Sleep(ctx, clock.System(), 250*time.Millisecond)
		case <-tick:
		}
		stop()
	}
	return nil
}
