package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/policy"
	"heed/kernel/web/assets"
)

// Server turns routes into an http.Handler. Fill the fields before Handler.
type Server struct {
	Log     *slog.Logger
	Clock   clock.Clock
	Bundle  *i18n.Bundle
	Secure  bool // behind TLS: cookies are Secure and named __Host-
	HoldKey []byte
	// Identify returns the actor of a session's secret; an ended one is a fault
	// of kind Unauthenticated.
	Identify func(ctx context.Context, secret string) (policy.Actor, int64, error)
	// Whose returns the person whose session a secret opens or opened, 0 when
	// that is not known; it lets nobody in. Without it nothing typed is held.
	Whose func(ctx context.Context, secret string) (int64, error)
	// Failure draws an error as a page; held is what had been typed, "" for nothing.
	Failure func(r *Request, err *fault.Error, held string) Reply

	pages *http.ServeMux // what is mounted, once Handler was called
}

// Names of cookies.
const (
	themeCookie   = "heed_theme"
	keysCookie    = "heed_keys"
	railCookie    = "heed_rail"
	linesCookie   = "heed_lines"
	columnsCookie = "heed_columns"
	langCookie    = "heed_lang"
)

// policyHeader is the content policy of every page: own files only, no inline
// script, no inline style, no frames around us.
const policyHeader = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"

// Handler wraps a mux with everything that holds for all of it.
func (s *Server) Handler(mux *http.ServeMux) http.Handler {
	mux.Handle("GET "+assets.Prefix, assets.Handler())
	s.pages = mux
	protect := http.NewCrossOriginProtection()
	protect.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, &Request{HTTP: r, server: s, Lang: s.lang(r)}, fault.Denied("form.origin", "this form was sent from another site, so it was not carried out; open the page here and send it again"))
	}))
	return s.envelope(protect.Handler(s.unknown(mux)))
}

// unknown draws the mux's own 404 and 405 as our pages.
func (s *Server) unknown(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern == "" {
			req := s.request(r, Route{Purpose: policy.Own})
			_, err := s.identify(req) // the page is in the words and under the notice of who reads it
			if err == nil {
				err = fault.Unknown("page.unknown", "there is no page at this address")
			}
			reply := s.failure(w, req, err)
			if allow := allowed(h, r); allow != "" {
				w.Header().Set("Allow", allow)
				reply.Status = http.StatusMethodNotAllowed
			}
			s.send(w, req, reply)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// allowed asks the mux's answer for its Allow header.
func allowed(h http.Handler, r *http.Request) string {
	rec := &discard{h: http.Header{}}
	h.ServeHTTP(rec, r)
	return rec.h.Get("Allow")
}

type discard struct{ h http.Header }

func (d *discard) Header() http.Header         { return d.h }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}

// envelope sets the headers, names the request, bounds how long it is waited for,
// logs one line, and catches panics.
func (s *Server) envelope(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.Clock.Now()
		name := requestName()
		h := w.Header()
		h.Set("Content-Security-Policy", policyHeader)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("X-Request-Id", name)
		if s.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !strings.HasPrefix(r.URL.Path, assets.Prefix) {
			h.Set("Cache-Control", "no-store")
		}
		rec := &recorder{ResponseWriter: w, status: 200}
		if r.Body != nil && r.Body != http.NoBody {
			body := &patient{ReadCloser: r.Body, conn: http.NewResponseController(w)}
			defer body.leave()
			r.Body = body
		}
		broken := s.guard(rec, r, next)
		s.Log.Info("request", "request", name, "method", r.Method, "pattern", r.Pattern, "status", rec.status, "took", s.Clock.Now().Sub(began).Round(time.Microsecond))
		if broken {
			panic(http.ErrAbortHandler) // net/http cuts the connection, and logs nothing
		}
	})
}

type recorder struct {
	http.ResponseWriter
	status int
	wrote  bool
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.status, r.wrote = status, true
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil // would send the head
	}
	r.wrote = true
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func requestName() string {
	var b [6]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func (s *Server) lang(r *http.Request) i18n.Localizer {
	return s.Bundle.Localizer(s.Bundle.Choose(cookie(r, langCookie), r.Header.Get("Accept-Language"), ""))
}

func (s *Server) request(r *http.Request, route Route) *Request {
	return &Request{
		HTTP: r, Purpose: route.Purpose, Lang: s.lang(r), server: s,
		Prefs: Prefs{Theme: cookie(r, themeCookie), KeysOff: cookie(r, keysCookie) == "off", Narrow: cookie(r, railCookie) == "narrow", OneLine: cookie(r, linesCookie) == "one", Columns: columns(r), Lang: cookie(r, langCookie)},
	}
}

// columns are those that were chosen; nil for no choice.
func columns(r *http.Request) []string {
	chosen, some := strings.CutPrefix(cookie(r, columnsCookie), "-")
	if !some {
		return nil
	}
	return strings.Split(chosen, "-")
}

func cookie(r *http.Request, name string) string {
	if c, err := r.Cookie(name); err == nil {
		return c.Value
	}
	return ""
}

// serve runs one route.
func (s *Server) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req := s.request(r, route)
		nobody, err := s.identify(req)
		if err == nil && req.Actor.IsNobody() && !route.Public {
			err = nobody
		}
		if err != nil {
			s.fail(w, req, err)
			return
		}
		reply, err := route.Handle(req)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		s.send(w, req, reply)
	})
}

// identify fills in who asks. nobody says why there is none, should that matter.
func (s *Server) identify(req *Request) (nobody *fault.Error, err error) {
	nobody = fault.Unauthenticated("session.none", "sign in to go on")
	secret := cookie(req.HTTP, s.sessionName())
	if secret == "" || s.Identify == nil {
		return nobody, nil
	}
	actor, session, err := s.Identify(req.HTTP.Context(), secret)
	if err != nil && fault.Is(err, fault.KindUnauthenticated) {
		nobody, err = fault.As(err), nil // says why the session is over
	}
	req.Actor, req.Session = actor, session
	return nobody, err
}

// fail draws an error. What was typed into a form that could not be accepted
// because the session had ended is held, sealed, for after the sign-in; the page
// says so where it cannot be.
func (s *Server) fail(w http.ResponseWriter, r *Request, err error) {
	s.send(w, r, s.failure(w, r, err))
}

func (s *Server) failure(w http.ResponseWriter, r *Request, err error) Reply {
	r.failed = true
	f := fault.As(err)
	if f.Kind == fault.KindInternal {
		s.Log.Error("request failed", "request", w.Header().Get("X-Request-Id"), "error", err)
	}
	held := ""
	if f.Kind == fault.KindUnauthenticated && r.HTTP.Method == http.MethodPost {
		if r.ReadForm(nil) == nil {
			held = s.hold(r)
		}
		if held == "" && len(r.form) > 0 && (f.Key == "session.none" || f.Key == "session.ended") {
			f = fault.Unauthenticated("session.unheld", "nobody is signed in here any more, so what you wrote was neither sent nor kept; go back in your browser to find it, copy it, sign in and send it again")
		}
	}
	reply := s.Failure(r, f, held)
	if reply.Status == 0 && reply.Location == "" {
		reply.Status = f.Kind.Status()
	}
	return reply
}

// send writes a reply. A page is rendered whole before the first byte, and what it
// shows is recorded by then.
func (s *Server) send(w http.ResponseWriter, r *Request, reply Reply) {
	var page bytes.Buffer
	if reply.Location == "" && reply.Stream == nil {
		if err := reply.Page.Render(r.Context(), &page); err != nil {
			s.giveUp(w, "a page could not be drawn", err)
			return
		}
	}
	if err := r.settle(); err != nil && r.failed {
		s.giveUp(w, "a page about an error could not be recorded", err)
		return
	} else if err != nil {
		s.fail(w, r, err)
		return
	}
	r.sent = true
	for _, c := range reply.Cookies {
		http.SetCookie(w, c)
	}
	for k, v := range reply.Header {
		w.Header().Set(k, v)
	}
	switch {
	case reply.Location != "":
		w.Header().Set("Location", reply.Location)
		w.WriteHeader(http.StatusSeeOther)
	case reply.Stream != nil:
		s.stream(w, r, reply)
	default:
		if w.Header().Get("Content-Type") == "" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		if reply.Status != 0 {
			w.WriteHeader(reply.Status)
		}
		_, _ = io.Copy(w, &page)
	}
}

// giveUp answers where no page of ours can.
func (s *Server) giveUp(w http.ResponseWriter, what string, err error) {
	s.Log.Error(what, "request", w.Header().Get("X-Request-Id"), "error", err)
	http.Error(w, "Something went wrong on our side; it has been noted.", http.StatusInternalServerError)
}

// stream sends what is not held in memory. Before its first byte an error is
// still a page; behind it, the connection is cut.
func (s *Server) stream(w http.ResponseWriter, r *Request, reply Reply) {
	first := &recorder{ResponseWriter: w}
	err := reply.Stream(first)
	if err == nil {
		return
	}
	if first.wrote {
		s.Log.Warn("a stream broke off", "request", w.Header().Get("X-Request-Id"), "error", err)
		panic(http.ErrAbortHandler)
	}
	for k := range reply.Header {
		w.Header().Del(k)
	}
	s.fail(w, r, err)
}
