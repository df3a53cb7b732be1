package passkey_test

import (
	"context"
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/policy"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// browser is somebody at the pages, with an authenticator that signs for a site.
type browser struct {
	h    *house
	http *http.Client
	base string
}

// serve serves the pages of a house and returns a browser with nobody signed in.
func (h *house) serve() *browser {
	h.t.Helper()
	bundle, err := i18n.NewBundle(nil, ui.Catalogue(), directory.Catalogue())
	if err != nil {
		h.t.Fatal(err)
	}
	s := &web.Server{
		Log: slog.New(slog.DiscardHandler), Clock: clock.System(), Bundle: bundle, HoldKey: make([]byte, 32),
		Identify: func(ctx context.Context, secret string) (policy.Actor, int64, error) {
			who, sess, err := h.ActorOf(ctx, secret)
			return who, sess.ID, err
		},
		Failure: func(r *web.Request, f *fault.Error, _ string) web.Reply {
			return web.Page(ui.ErrorPage{Frame: ui.Frame{T: r.Lang.T}, Title: f.Text}.Page())
		},
	}
	mux := http.NewServeMux()
	if err := s.Mount(mux, (&directory.Pages{Directory: h.Directory, Keys: h.c}).Routes()...); err != nil {
		h.t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler(mux))
	h.t.Cleanup(srv.Close)
	return (&browser{h: h, base: srv.URL}).fresh()
}

// fresh is another browser, with nobody signed in.
func (b *browser) fresh() *browser {
	b.h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.h.t.Fatal(err)
	}
	return &browser{h: b.h, base: b.base, http: &http.Client{Jar: jar, Timeout: time.Minute}}
}

// post sends a body and returns the status and what came back.
func (b *browser) post(path, mediaType, body string) (int, []byte) {
	b.h.t.Helper()
	res, err := b.http.Post(b.base+path, mediaType, strings.NewReader(body))
	if err != nil {
		b.h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		b.h.t.Fatal(err)
	}
	return res.StatusCode, raw
}

const formType = "application/x-www-form-urlencoded"

// signIn signs somebody in without a passkey.
func (b *browser) signIn(who policy.Actor) {
	b.h.t.Helper()
	secret, err := b.h.OpenSession(b.h.t.Context(), who.PersonID(), "password", "x")
	if err != nil {
		b.h.t.Fatal(err)
	}
	here, err := url.Parse(b.base)
	if err != nil {
		b.h.t.Fatal(err)
	}
	b.http.Jar.SetCookies(here, []*http.Cookie{{Name: "heed_session", Value: secret}})
}

// account is the page of one's own account.
func (b *browser) account() (int, string) {
	b.h.t.Helper()
	res, err := b.http.Get(b.base + "/account")
	if err != nil {
		b.h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		b.h.t.Fatal(err)
	}
	return res.StatusCode, html.UnescapeString(string(raw))
}

// ask begins an exchange and returns the options.
func (b *browser) ask(path string) []byte {
	b.h.t.Helper()
	status, raw := b.post(path, formType, "back=%2Faccount")
	if status != 200 {
		b.h.t.Fatalf("%s answers %d: %s", path, status, raw)
	}
	return raw
}

const (
	addBegin, addFinish   = "/account/passkeys/begin", "/account/passkeys/finish"
	openBegin, openFinish = "/sign-in/passkey/begin", "/sign-in/passkey/finish"
	jsonType              = "application/json"
)

func TestAPasskeyIsAddedAndSignsInByThePages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		a, b := newAuthenticator(t, origin, site), h.serve()
		b.signIn(h.rosa)
		if status, raw := b.post(addFinish, jsonType, string(a.create(b.ask(addBegin)))); status != 200 || string(raw) != `{"location":"/account"}` {
			t.Fatalf("adding: %d %s", status, raw)
		}
		_, page := b.account()
		remove := regexp.MustCompile(`/account/passkeys/\d+/remove`).FindString(page)
		if remove == "" {
			t.Fatal("the passkey is not on the list")
		}

		other := b.fresh()
		if status, _ := other.account(); status != 401 {
			t.Errorf("nobody sees the account: %d", status)
		}
		if status, raw := other.post(openFinish, jsonType, string(a.get(other.ask(openBegin)))); status != 200 || string(raw) != `{"location":"/account"}` {
			t.Fatalf("signing in: %d %s", status, raw)
		}
		if status, page := other.account(); status != 200 || !strings.Contains(page, "Where you are signed in") {
			t.Errorf("signed in: %d", status)
		}

		stranger := b.fresh()
		stranger.signIn(h.other)
		if status, _ := stranger.post(remove, formType, ""); status != 200 || len(h.list(h.rosa)) != 1 {
			t.Errorf("somebody else removes it: %d, %d left", status, len(h.list(h.rosa)))
		}
		if status, _ := b.post(remove, formType, ""); status != 200 || len(h.list(h.rosa)) != 0 {
			t.Errorf("removing: %d, %d left", status, len(h.list(h.rosa)))
		}
		last := b.fresh()
		if status, _ := last.post(openFinish, jsonType, string(a.get(last.ask(openBegin)))); status != 401 {
			t.Errorf("a removed passkey: %d", status)
		}
	})
}

func TestThePagesRefuseWhatDoesNotVerify(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		b := h.serve()
		for name, answer := range map[string]func(a, other *authenticator, b *browser) []byte{
			"the challenge of another exchange": func(a, _ *authenticator, b *browser) []byte {
				stale := b.ask(openBegin)
				b.ask(openBegin)
				return a.get(stale)
			},
			"a challenge of one's own": func(a, _ *authenticator, b *browser) []byte {
				b.ask(openBegin)
				return a.get([]byte(`{"publicKey":{"challenge":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}`))
			},
			"a page of another site": func(a, _ *authenticator, b *browser) []byte {
				a.origin = "https://desk.example.net"
				return a.get(b.ask(openBegin))
			},
			"a counter that goes backwards": func(a, _ *authenticator, b *browser) []byte {
				a.counter = 0
				return a.get(b.ask(openBegin))
			},
			"another one's credential": func(a, other *authenticator, b *browser) []byte {
				a.id = other.id
				return a.get(b.ask(openBegin))
			},
			"in the name of somebody else": func(a, other *authenticator, b *browser) []byte {
				a.handle = other.handle
				return a.get(b.ask(openBegin))
			},
			"without an exchange": func(a, _ *authenticator, b *browser) []byte {
				elsewhere := b.fresh()
				return a.get(elsewhere.ask(openBegin))
			},
			"no answer at all": func(_, _ *authenticator, b *browser) []byte { b.ask(openBegin); return nil },
			"something else":   func(_, _ *authenticator, b *browser) []byte { b.ask(openBegin); return []byte(`{"id":7}`) },
		} {
			a, other := newAuthenticator(t, origin, site), newAuthenticator(t, origin, site)
			if err := h.add(h.rosa, a); err != nil {
				t.Fatal(err)
			}
			if err := h.add(h.other, other); err != nil {
				t.Fatal(err)
			}
			a.counter = 5
			if _, err := h.open(a); err != nil {
				t.Fatal(err)
			}
			who := b.fresh()
			status, raw := who.post(openFinish, jsonType, string(answer(a, other, who)))
			var problem struct {
				Status int
				Detail string
			}
			if err := json.Unmarshal(raw, &problem); err != nil || status != 401 || problem.Status != 401 || problem.Detail == "" {
				t.Errorf("%s: %d %s", name, status, raw)
			}
			if status, _ := who.account(); status != 401 {
				t.Errorf("%s: signed in all the same", name)
			}
		}
	})
}

func TestAnAnswerOfThePagesCountsOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		a, b := newAuthenticator(t, origin, site), h.serve()
		b.signIn(h.rosa)
		thief := b.fresh()
		thief.signIn(h.other)
		made := string(a.create(b.ask(addBegin)))
		if status, _ := thief.post(addFinish, jsonType, made); status != 401 || len(h.list(h.other)) != 0 {
			t.Errorf("another session finishes: %d", status)
		}
		if status, raw := b.post(addFinish, jsonType, made); status != 200 {
			t.Fatalf("%d %s", status, raw)
		}
		if status, _ := b.post(addFinish, jsonType, made); status != 401 || len(h.list(h.rosa)) != 1 {
			t.Errorf("the same answer again: %d", status)
		}
		who, replay := b.fresh(), b.fresh()
		given := string(a.get(who.ask(openBegin)))
		if status, raw := who.post(openFinish, jsonType, given); status != 200 {
			t.Fatalf("%d %s", status, raw)
		}
		replay.ask(openBegin)
		if status, _ := replay.post(openFinish, jsonType, given); status != 401 {
			t.Errorf("an answer heard on the way: %d", status)
		}
		if status, _ := replay.account(); status != 401 {
			t.Error("and it signs in")
		}
	})
}
