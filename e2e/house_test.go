package e2e

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"heed/app"
	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// engines runs fn on both engines, in parallel.
func engines(t *testing.T, fn func(t *testing.T, d store.Dialect)) {
	t.Helper()
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			fn(t, d)
		})
	}
}

// desk is a house with the demo's institutions, served.
type desk struct {
	*app.House
	t    *testing.T
	site *httptest.Server
}

// config is a configuration in a folder of the test's own.
func config(t *testing.T, d store.Dialect) app.Config {
	t.Helper()
	c, err := app.LoadConfig("", func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	c.Data, c.LMTPAddr, c.BaseURL = filepath.Join(t.TempDir(), "data"), "off", "http://desk.test"
	if d == store.Postgres {
		c.Database, c.KeyDatabase = storetest.DSN(t, d), storetest.DSN(t, d)
	}
	return c
}

// newDesk builds the demo with n tickets and serves it.
func newDesk(t *testing.T, d store.Dialect, n int) *desk {
	t.Helper()
	c := config(t, d)
	buildDemo(t, c, n)
	return openDesk(t, c)
}

func openDesk(t *testing.T, c app.Config) *desk {
	t.Helper()
	return openDeskWith(t, c, app.Options{})
}

// openDeskWith is openDesk with a clock of the test's choice.
func openDeskWith(t *testing.T, c app.Config, o app.Options) *desk {
	t.Helper()
	o.Unsafe, o.Log = true, slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelError}))
	h, err := app.Open(t.Context(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	handler, err := (&app.Site{House: h, Demo: &app.Demo{}}).Handler()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	return &desk{House: h, t: t, site: srv}
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// settle runs every waiting job: mails are read, answers are written.
func (d *desk) settle() {
	d.t.Helper()
	for {
		n, err := d.Queue.RunDue(d.t.Context())
		if err != nil {
			d.t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// browser is somebody at a browser.
type browser struct {
	d      *desk
	client *http.Client
}

// as signs somebody of the cast in; "" is a stranger.
func (d *desk) as(user string) *browser {
	d.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	b := &browser{d, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if user != "" {
		if status, _ := b.post("/demo/sign-in", url.Values{"user": {user}}); status != http.StatusSeeOther {
			d.t.Fatalf("%s could not sign in: %d", user, status)
		}
	}
	return b
}

// get fetches a page.
func (b *browser) get(path string) (int, string) {
	b.d.t.Helper()
	return b.do(http.MethodGet, path, nil)
}

// post sends a form.
func (b *browser) post(path string, form url.Values) (int, string) {
	b.d.t.Helper()
	return b.do(http.MethodPost, path, form)
}

// must fetches a page that has to be there.
func (b *browser) must(path string) string {
	b.d.t.Helper()
	status, page := b.get(path)
	if status != http.StatusOK {
		b.d.t.Fatalf("GET %s: %d", path, status)
	}
	return page
}

func (b *browser) do(method, path string, form url.Values) (int, string) {
	b.d.t.Helper()
	req, err := http.NewRequestWithContext(b.d.t.Context(), method, b.d.site.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.d.t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := b.client.Do(req)
	if err != nil {
		b.d.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.d.t.Fatal(err)
	}
	if to := res.Header.Get("Location"); to != "" {
		return res.StatusCode, to
	}
	return res.StatusCode, string(body)
}

// ask opens a ticket by the portal and returns its reference.
func (b *browser) ask(subject, body string) string {
	b.d.t.Helper()
	status, to := b.post("/ask", url.Values{"subject": {subject}, "body": {body}})
	ref, ok := strings.CutPrefix(to, "/requests/")
	if status != http.StatusSeeOther || !ok {
		b.d.t.Fatalf("ask: %d %.300s", status, to)
	}
	ref, _, _ = strings.Cut(ref, "?")
	return ref
}

// mail delivers a mail and lets it be read.
func (d *desk) mail(to, raw string) {
	d.t.Helper()
	if err := d.Mail.Receive(d.t.Context(), to, []byte(strings.ReplaceAll(raw, "\n", "\r\n"))); err != nil {
		d.t.Fatal(err)
	}
	d.settle()
}

// read runs fn as the system.
func (d *desk) read(fn func(*store.Tx) error) {
	d.t.Helper()
	if err := d.DB.Read(d.t.Context(), policy.System("test"), policy.Operate, fn); err != nil {
		d.t.Fatal(err)
	}
}

// sequence gives what was read and done its place in the ledger.
func (d *desk) sequence() {
	d.t.Helper()
	if _, err := d.Ledger.Sequence(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// team is the id of a team by its code.
func (d *desk) team(code string) directory.Team {
	d.t.Helper()
	var found directory.Team
	d.read(func(tx *store.Tx) error {
		teams, err := d.People.Teams(context.Background(), tx)
		for _, x := range teams {
			if x.Code == code {
				found = x
			}
		}
		return err
	})
	if found.ID == 0 {
		d.t.Fatalf("there is no team %s", code)
	}
	return found
}
