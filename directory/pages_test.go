package directory

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

	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// browser is somebody at the pages of signing in.
type browser struct {
	t    *testing.T
	http *http.Client
	base string
	lang string // what the browser says it reads
}

// pages serves the pages of a world.
func (w *world) pages(t *testing.T, keys Ceremonies) *browser {
	t.Helper()
	bundle, err := i18n.NewBundle(func(lang, key string) {
		if lang == i18n.English && !strings.HasPrefix(key, "fault.") {
			t.Errorf("the sentence %s is missing", key)
		}
	}, ui.Catalogue(), Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	p := &Pages{Directory: w.Directory, Keys: keys}
	s := &web.Server{
		Log: slog.New(slog.DiscardHandler), Clock: w.Clock, Bundle: bundle, HoldKey: make([]byte, 32),
		Identify: func(ctx context.Context, secret string) (policy.Actor, int64, error) {
			who, sess, err := w.ActorOf(ctx, secret)
			return who, sess.ID, err
		},
		Whose: w.PersonOf,
	}
	s.Failure = func(r *web.Request, f *fault.Error, held string) web.Reply {
		if reply, err := p.SignInPage(r, held, "", f); f.Kind == fault.KindUnauthenticated && err == nil {
			return reply
		}
		return web.Page(ui.ErrorPage{Frame: ui.Frame{T: r.Lang.T}, Title: f.Text}.Page()).As(f.Kind.Status())
	}
	mux := http.NewServeMux()
	if err := s.Mount(mux, p.Routes()...); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler(mux))
	t.Cleanup(srv.Close)
	return (&browser{t: t, base: srv.URL}).fresh()
}

// fresh is another browser at the same pages.
func (b *browser) fresh() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return &browser{t: b.t, base: b.base, http: &http.Client{Jar: jar}}
}

// shown is a page as it arrived, behind all redirects.
type shown struct {
	status int
	path   string
	body   string
}

func (b *browser) do(method, path, mediaType, body string) shown {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", mediaType)
	req.Header.Set("Accept-Language", b.lang)
	req.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140")
	res, err := b.http.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return shown{res.StatusCode, res.Request.URL.Path, html.UnescapeString(string(raw))}
}

func (b *browser) get(path string) shown { b.t.Helper(); return b.do(http.MethodGet, path, "", "") }

func (b *browser) post(path string, fields ...string) shown {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return b.do(http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode())
}

// expect fails unless the answer is of a status and holds some words.
func (a shown) expect(t *testing.T, what string, status int, words ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("%s: status %d, want %d (at %s)", what, a.status, status, a.path)
	}
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			t.Errorf("%s: the page does not say %q", what, w)
		}
	}
}

func TestSigningInWithASecondStep(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa Okafor", "rosa")
		if err := w.SetPassword(t.Context(), rosa.ID, passphrase); err != nil {
			t.Fatal(err)
		}
		b := w.pages(t, nil)
		b.get("/account").expect(t, "somebody unknown", 401, "User name")
		b.post("/sign-in", "user", "rosa", "password", "wrong", "back", "/account").expect(t, "a wrong password", 401, "is not right")
		b.post("/sign-in", "user", "rosa", "password", passphrase, "back", "/account").expect(t, "the password", 200, "Where you are signed in", "Firefox on Linux")

		b.post("/account/app/begin").expect(t, "setting up", 200, "data:image/png;base64,", "Cannot scan?")
		page := b.get("/account/app")
		typed := regexp.MustCompile(`<code>([A-Z2-7 ]+)</code>`).FindStringSubmatch(page.body)
		if typed == nil {
			t.Fatal("the secret is not on the page")
		}
		secret := strings.ReplaceAll(typed[1], " ", "")
		b.post("/account/app", "code", "000000").expect(t, "a wrong code", 422, "is not the app's", "data:image/png")
		done := b.post("/account/app", "code", w.codeOf(secret))
		done.expect(t, "a right code", 200, "Keep these recovery codes")
		codes := regexp.MustCompile(`<code>([a-z2-7-]{19})</code>`).FindAllStringSubmatch(done.body, -1)
		if len(codes) != recoveryCodes {
			t.Fatalf("%d recovery codes are shown", len(codes))
		}
		b.get("/account/app").expect(t, "afterwards", 200, "10 recovery codes left", "Turn it off")
		if got := b.get("/account/app"); strings.Contains(got.body, codes[0][1]) {
			t.Error("the recovery codes are shown a second time")
		}

		other := b.fresh()
		if got := other.get("/sign-in/code"); got.path != "/sign-in" {
			t.Errorf("a second step without a first leads to %s", got.path)
		}
		w.Clock.Advance(time.Minute)
		other.post("/sign-in", "user", "rosa", "password", passphrase, "back", "/account").expect(t, "the first step", 200, "Second step", "Use a recovery code")
		other.get("/account").expect(t, "between the steps", 401)
		other.post("/sign-in/code", "code", "123123").expect(t, "a wrong code", 401, "Second step", "This code is not right")
		other.get("/sign-in/code?with=recovery").expect(t, "the other way", 200, "Recovery code", "Use a code of the app")
		other.post("/sign-in/code?with=recovery", "code", codes[0][1]).expect(t, "a recovery code", 200, "Where you are signed in")
		other.post("/account/sessions/end-others").expect(t, "ending others", 200, "This one")
		b.get("/account").expect(t, "the ended session", 401)

		w.Clock.Advance(time.Minute)
		other.post("/account/app/remove", "code", "000000").expect(t, "turning off without a code", 422, "This code is not right")
		other.post("/account/app/remove", "code", w.codeOf(secret)).expect(t, "turning off", 200, "Set up an authenticator app")
		b.post("/sign-in", "user", "rosa", "password", passphrase, "back", "//elsewhere.example/").expect(t, "one step again, and no way off the site", 404)
	})
}

// told is a ceremony of a play: every answer "yes" is right.
type told struct{ handle []byte }

// BeginAdd implements Ceremonies.
func (c *told) BeginAdd(handle []byte, name, _ string, _ [][]byte) (options, state []byte, err error) {
	c.handle = handle
	return []byte(`{"publicKey":{"user":{"name":"` + name + `"}}}`), []byte("s"), nil
}

// FinishAdd implements Ceremonies.
func (c *told) FinishAdd(_ []byte, _ string, _, answer []byte) (credential, record []byte, err error) {
	if string(answer) != "yes" {
		return nil, nil, errPasskey
	}
	return []byte("credential"), []byte("record"), nil
}

// BeginOpen implements Ceremonies.
func (c *told) BeginOpen() (options, state []byte, err error) {
	return []byte(`{"publicKey":{}}`), []byte("s"), nil
}

// FinishOpen implements Ceremonies.
func (c *told) FinishOpen(_, answer []byte, find func(credential, handle []byte) ([]byte, error)) (credential, record []byte, err error) {
	if string(answer) != "yes" {
		return nil, nil, errPasskey
	}
	record, err = find([]byte("credential"), c.handle)
	return []byte("credential"), record, err
}

func TestPasskeysSpeakJSONToTheBrowser(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa Okafor", "rosa")
		if err := w.SetPassword(t.Context(), rosa.ID, passphrase); err != nil {
			t.Fatal(err)
		}
		w.app(rosa.ID) // a passkey needs no second step
		b := w.pages(t, &told{})
		b.enter(w.session(rosa.ID))
		b.get("/account").expect(t, "the account", 200, "Add a passkey", "None yet")
		b.post("/account/passkeys/begin").expect(t, "beginning", 200, `"name":"rosa"`)
		said := b.do(http.MethodPost, "/account/passkeys/finish", "application/json", "no")
		said.expect(t, "a wrong answer", 401)
		var problem struct{ Detail string }
		if err := json.Unmarshal([]byte(said.body), &problem); err != nil || !strings.EqualFold(problem.Detail, errPasskey.Text) {
			t.Errorf("the refusal is %q, %v", said.body, err)
		}
		b.post("/account/passkeys/begin").expect(t, "beginning again", 200)
		b.do(http.MethodPost, "/account/passkeys/finish", "application/json", "yes").expect(t, "the right answer", 200, `{"location":"/account"}`)
		account := b.get("/account")
		account.expect(t, "the list", 200, "Firefox on Linux", "Remove")

		other := b.fresh()
		other.get("/sign-in").expect(t, "signing in", 200, "Use a passkey")
		other.post("/sign-in/passkey/begin", "back", "/account").expect(t, "beginning", 200, "publicKey")
		other.do(http.MethodPost, "/sign-in/passkey/finish", "application/json", "no").expect(t, "a wrong answer", 401)
		other.post("/sign-in/passkey/begin", "back", "/account").expect(t, "beginning again", 200)
		other.do(http.MethodPost, "/sign-in/passkey/finish", "application/json", strings.Repeat("x", maxAnswer+1)).expect(t, "a flood", 413)
		other.do(http.MethodPost, "/sign-in/passkey/finish", "application/json", "yes").expect(t, "the right answer", 200, `{"location":"/account"}`)
		other.get("/account").expect(t, "signed in", 200, "Where you are signed in")

		remove := regexp.MustCompile(`/account/passkeys/\d+/remove`).FindString(account.body)
		b.post(remove).expect(t, "removing", 200, "None yet")
		b.post("/account/passkeys/x/remove").expect(t, "removing nothing", 404)
	})
}

func TestWhatWasTypedSurvivesBothSteps(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa Okafor", "rosa")
		if err := w.SetPassword(t.Context(), rosa.ID, passphrase); err != nil {
			t.Fatal(err)
		}
		_, codes := w.app(rosa.ID)
		b := w.pages(t, nil)
		b.enter(w.session(rosa.ID))
		w.Clock.Advance(sessionIdle + time.Second)
		page := b.post("/account/app/codes", "code", "what I had typed")
		page.expect(t, "a form whose session has ended", 401, "What you typed is kept")
		held := regexp.MustCompile(`name="held" value="([^"]+)"`).FindStringSubmatch(page.body)
		if held == nil {
			t.Fatal("nothing is held")
		}
		b.post("/sign-in", "user", "rosa", "password", passphrase, "held", held[1], "back", "/account").expect(t, "the first step", 200, "Second step")
		var kept step
		w.read(func(tx *store.Tx) (err error) {
			kept, err = w.step(t.Context(), tx, stepCode, b.cookie("heed_step"))
			return err
		})
		if kept.held != held[1] {
			t.Error("what was typed is lost between the steps")
		}
		b.post("/sign-in/code", "code", codes[0]).expect(t, "the second step", 200, "Where you are signed in")
	})
}

func (b *browser) cookie(name string) string {
	here, err := url.Parse(b.base)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range b.http.Jar.Cookies(here) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func TestTheSentencesAreThereInBothLanguages(t *testing.T) {
	t.Parallel()
	problems, err := Catalogue().Problems("people.")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

// enter lets the browser in by a session that is open already.
func (b *browser) enter(secret string) {
	b.t.Helper()
	here, err := url.Parse(b.base)
	if err != nil {
		b.t.Fatal(err)
	}
	b.http.Jar.SetCookies(here, []*http.Cookie{{Name: "heed_session", Value: secret}})
}
