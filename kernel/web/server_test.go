package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/a-h/templ"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/policy"
)

// site is a server with a log that can be read.
type site struct {
	*Server
	log bytes.Buffer
}

// text is a page of one line.
func text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	})
}

func newSite(t *testing.T) *site {
	t.Helper()
	bundle, err := i18n.NewBundle(nil, i18n.Catalogue{Slice: "t", Files: fstest.MapFS{
		"messages/en.json": {Data: []byte(`{"t.hello": "Hello"}`)}, "messages/fr.json": {Data: []byte(`{"t.hello": "Bonjour"}`)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{}
	s.Server = &Server{
		Clock: clock.System(), Bundle: bundle, HoldKey: make([]byte, 32), Log: slog.New(slog.NewTextHandler(&s.log, nil)),
		Identify: func(_ context.Context, secret string) (policy.Actor, int64, error) {
			switch secret {
			case "rosa":
				return policy.Person(policy.Facts{Person: 7}), 70, nil
			case "broken":
				return policy.Actor{}, 0, fault.Busy("t.busy", "the store is busy")
			}
			return policy.Actor{}, 0, fault.Unauthenticated("t.ended", "ended")
		},
		Whose: func(_ context.Context, secret string) (int64, error) {
			switch secret {
			case "rosa", "rosa-before":
				return 7, nil
			case "broken":
				return 7, fault.Busy("t.busy", "the store is busy")
			}
			return 0, nil
		},
		Failure: func(_ *Request, f *fault.Error, held string) Reply {
			return Page(text(f.Key + "|" + f.Text + "|" + held))
		},
	}
	return s
}

// page is a route that anybody may reach.
func page(pattern string, h Handler) Route {
	return Route{Pattern: pattern, Action: "t.read", Purpose: policy.Own, Public: true, Handle: h}
}

func hello(*Request) (Reply, error) { return Page(text("hello")), nil }

// handler mounts routes.
func (s *site) handler(t *testing.T, routes ...Route) http.Handler {
	t.Helper()
	mux := http.NewServeMux()
	if err := s.Mount(mux, routes...); err != nil {
		t.Fatal(err)
	}
	return s.Handler(mux)
}

// ask sends one request; the headers are pairs.
func ask(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

const formType = "application/x-www-form-urlencoded"

func TestARouteSaysWhatItDoesAndWhatFor(t *testing.T) { // CHI-22
	t.Parallel()
	for name, r := range map[string]Route{
		"no action":       {Pattern: "GET /", Purpose: policy.Own, Handle: hello},
		"no purpose":      {Pattern: "GET /", Action: "t.read", Handle: hello},
		"unknown purpose": {Pattern: "GET /", Action: "t.read", Purpose: "advertising", Handle: hello},
		"no handler":      {Pattern: "GET /", Action: "t.read", Purpose: policy.Own},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mux := http.NewServeMux()
			if err := newSite(t).Mount(mux, r); err == nil || !strings.Contains(err.Error(), r.Pattern) {
				t.Errorf("Mount: %v, want an error that names the route", err)
			}
			if _, pattern := mux.Handler(httptest.NewRequest(http.MethodGet, "/", nil)); pattern != "" {
				t.Error("the refused route can be reached")
			}
		})
	}
}

func TestARouteNeedsASessionUnlessItIsPublic(t *testing.T) {
	t.Parallel()
	who := func(r *Request) (Reply, error) {
		return Page(text(fmt.Sprint(r.Actor.PersonID(), " ", r.Session, " ", r.Purpose))), nil
	}
	private := page("GET /private", who)
	private.Public = false
	h := newSite(t).handler(t, private, page("GET /public", who))
	for name, c := range map[string]struct {
		path, cookie string
		status       int
		body         string
	}{
		"public, nobody":             {"/public", "", 200, "0 0 own"},
		"public, somebody":           {"/public", "rosa", 200, "7 70 own"},
		"public, an ended session":   {"/public", "old", 200, "0 0 own"},
		"private, nobody":            {"/private", "", 401, "session.none|sign in to go on|"},
		"private, somebody":          {"/private", "rosa", 200, "7 70 own"},
		"private, an ended session":  {"/private", "old", 401, "t.ended|ended|"},
		"sessions cannot be checked": {"/private", "broken", 503, "t.busy|the store is busy|"},
		"so not on public pages":     {"/public", "broken", 503, "t.busy|the store is busy|"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var headers []string
			if c.cookie != "" {
				headers = []string{"Cookie", "heed_session=" + c.cookie}
			}
			if w := ask(h, http.MethodGet, c.path, "", headers...); w.Code != c.status || w.Body.String() != c.body {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, c.status, c.body)
			}
		})
	}
}

func TestAFormFromAnotherSiteIsNotCarriedOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		method  string
		headers []string
		done    bool
	}{
		"our own page":                    {http.MethodPost, []string{"Sec-Fetch-Site", "same-origin"}, true},
		"typed by the person":             {http.MethodPost, []string{"Sec-Fetch-Site", "none"}, true},
		"another site":                    {http.MethodPost, []string{"Sec-Fetch-Site", "cross-site"}, false},
		"a neighbour under our domain":    {http.MethodPost, []string{"Sec-Fetch-Site", "same-site"}, false},
		"an old browser, our origin":      {http.MethodPost, []string{"Origin", "http://example.com"}, true},
		"an old browser, another origin":  {http.MethodPost, []string{"Origin", "http://evil.example"}, false},
		"an old browser, no origin shown": {http.MethodPost, []string{"Origin", "null"}, false},
		"a program":                       {http.MethodPost, nil, true},
		"a link from another site":        {http.MethodGet, []string{"Sec-Fetch-Site", "cross-site"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done := false
			act := func(*Request) (Reply, error) { done = true; return Redirect("/"), nil }
			h := newSite(t).handler(t, page("POST /act", act), page("GET /act", act))
			w := ask(h, c.method, "/act", "", c.headers...)
			if done != c.done {
				t.Errorf("carried out: %v, want %v", done, c.done)
			}
			if !c.done && (w.Code != 403 || !strings.HasPrefix(w.Body.String(), "form.origin|")) {
				t.Errorf("refused with %d %q", w.Code, w.Body)
			}
		})
	}
}

func TestAddressesThatAreNoneAreOurOwnPages(t *testing.T) {
	t.Parallel()
	h := newSite(t).handler(t, page("GET /thing", hello), page("POST /act", hello))
	for name, c := range map[string]struct {
		method, path string
		status       int
		allow        string
	}{
		"no page":                 {http.MethodGet, "/nothing", 404, ""},
		"no page to post to":      {http.MethodPost, "/nothing", 404, ""},
		"a page, posted to":       {http.MethodPost, "/thing", 405, "GET, HEAD"},
		"a form, fetched":         {http.MethodGet, "/act", 405, "POST"},
		"a method nobody uses":    {"BREW", "/thing", 405, "GET, HEAD"},
		"the head of a page":      {http.MethodHead, "/thing", 200, ""},
		"a page":                  {http.MethodGet, "/thing", 200, ""},
		"an asset that is not":    {http.MethodGet, "/assets/none.js", 404, ""},
		"the way out of a folder": {http.MethodGet, "/assets/%2e%2e/%2e%2e/secret", 404, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := ask(h, c.method, c.path, "")
			if w.Code != c.status || w.Header().Get("Allow") != c.allow {
				t.Errorf("%d, Allow %q; want %d, %q", w.Code, w.Header().Get("Allow"), c.status, c.allow)
			}
			if c.status == 405 && !strings.HasPrefix(w.Body.String(), "page.unknown|") {
				t.Errorf("the page is %q, not ours", w.Body)
			}
		})
	}
}

func TestEveryAnswerCarriesTheSafeHeaders(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Secure = true
	h := s.handler(t,
		page("GET /page", hello),
		page("GET /error", func(*Request) (Reply, error) { return Reply{}, errors.New("broken") }),
		page("GET /panic", func(*Request) (Reply, error) { panic("broken") }),
		page("GET /away", func(*Request) (Reply, error) { return Redirect("/page"), nil }),
	)
	for _, path := range []string{"/page", "/error", "/panic", "/away", "/nothing"} {
		w := ask(h, http.MethodGet, path, "")
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		content := w.Header().Get("Content-Security-Policy")
		for _, rule := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(content, rule) {
				t.Errorf("%s: the content policy lacks %q", path, rule)
			}
		}
		for _, hole := range []string{"unsafe-", "*", "http:", "https:"} {
			if strings.Contains(content, hole) {
				t.Errorf("%s: the content policy has the hole %q", path, hole)
			}
		}
		if w.Header().Get("X-Request-Id") == "" {
			t.Errorf("%s: the request has no name", path)
		}
	}
	s.Secure = false
	if got := ask(h, http.MethodGet, "/page", "").Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("without TLS the browser is told to insist on it: %q", got)
	}
}

func TestCookiesAreOutOfReachOfScriptsAndOtherSites(t *testing.T) {
	t.Parallel()
	for name, secure := range map[string]bool{"behind TLS": true, "on a developer's machine": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			s.Secure = secure
			for _, c := range []*http.Cookie{s.SessionCookie("secret"), s.SessionCookie(""), s.ThemeCookie("dark"), s.KeysCookie("off"), s.LinesCookie("one"), s.LangCookie("fr")} {
				if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Path != "/" || c.Domain != "" {
					t.Errorf("%+v", c)
				}
				if err := c.Valid(); err != nil {
					t.Error(err)
				}
			}
			session, ended := s.SessionCookie("secret"), s.SessionCookie("")
			if strings.HasPrefix(session.Name, "__Host-") != secure {
				t.Errorf("the session's cookie is called %s", session.Name)
			}
			if session.MaxAge != 0 || !session.Expires.IsZero() {
				t.Error("the session's cookie outlives the browser")
			}
			if ended.MaxAge >= 0 || ended.Name != session.Name {
				t.Errorf("ending a session leaves the cookie: %+v", ended)
			}
		})
	}
}

func TestAReplyIsSentAsItSays(t *testing.T) {
	t.Parallel()
	h := newSite(t).handler(t,
		page("GET /page", func(*Request) (Reply, error) {
			return Page(text("made")).As(201).With(&http.Cookie{Name: "a", Value: "b"}), nil
		}),
		page("GET /away", func(*Request) (Reply, error) { return Redirect("/next"), nil }),
		page("GET /file", func(*Request) (Reply, error) {
			return Reply{Header: map[string]string{"Content-Type": "text/csv"}, Stream: func(w io.Writer) error {
				_, err := io.WriteString(w, "a,b")
				return err
			}}, nil
		}),
		page("GET /undrawn", func(*Request) (Reply, error) {
			return Page(templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				_, _ = io.WriteString(w, "half")
				return errors.New("broken")
			})), nil
		}),
	)
	for path, want := range map[string]struct {
		status               int
		body, kind, location string
	}{
		"/page":    {201, "made", "text/html; charset=utf-8", ""},
		"/away":    {303, "", "", "/next"},
		"/file":    {200, "a,b", "text/csv", ""},
		"/undrawn": {500, "Something went wrong on our side; it has been noted.\n", "text/plain; charset=utf-8", ""},
	} {
		w := ask(h, http.MethodGet, path, "")
		if w.Code != want.status || w.Body.String() != want.body || w.Header().Get("Content-Type") != want.kind || w.Header().Get("Location") != want.location {
			t.Errorf("%s: %d %q %v", path, w.Code, w.Body, w.Header())
		}
	}
	if got := ask(h, http.MethodGet, "/page", "").Header().Get("Set-Cookie"); got != "a=b" {
		t.Errorf("the cookie is %q", got)
	}
}

func TestThePageSpeaksTheReadersLanguage(t *testing.T) {
	t.Parallel()
	h := newSite(t).handler(t, page("GET /", func(r *Request) (Reply, error) {
		return Page(text(r.Lang.T("t.hello") + " " + r.Speak("", "fr").T("t.hello") + " " + cmp.Or(r.Prefs.Theme, "-") + fmt.Sprint(r.Prefs.KeysOff))), nil
	}))
	for name, c := range map[string]struct{ cookie, accept, want string }{
		"nothing said":             {"", "", "Hello Bonjour -false"},
		"the browser says French":  {"", "fr-CA", "Bonjour Bonjour -false"},
		"the reader chose English": {"heed_lang=en; heed_theme=dark; heed_keys=off", "fr", "Hello Hello darktrue"},
	} {
		if got := ask(h, http.MethodGet, "/", "", "Cookie", c.cookie, "Accept-Language", c.accept).Body.String(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
