package operate_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"heed/app"
	"heed/kernel/job"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// house is the demo without tickets, served.
type house struct {
	*app.House
	t    *testing.T
	base string
}

func each(t *testing.T, fn func(*testing.T, *house)) {
	t.Helper()
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			fn(t, open(t, d))
		})
	}
}

func open(t *testing.T, d store.Dialect) *house {
	t.Helper()
	c, err := app.LoadConfig("", func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	c.Data, c.LMTPAddr, c.BaseURL = filepath.Join(t.TempDir(), "data"), "off", "http://desk.test"
	if d == store.Postgres {
		c.Database, c.KeyDatabase = storetest.DSN(t, d), storetest.DSN(t, d)
	}
	if err := app.BuildDemo(t.Context(), c, app.Options{Unsafe: true}, 0, true, func(string) {}); err != nil {
		t.Fatal(err)
	}
	h, err := app.Open(t.Context(), c, app.Options{Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	handler, err := (&app.Site{House: h, Demo: &app.Demo{}, Version: "v1.2.3"}).Handler()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	return &house{h, t, srv.URL}
}

// as returns a browser in which somebody of the cast is signed in.
func (h *house) as(user string) func(method, path string) (int, string) {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	send := func(method, path string, form url.Values) (int, string) {
		req, err := http.NewRequestWithContext(h.t.Context(), method, h.base+path, strings.NewReader(form.Encode()))
		if err != nil {
			h.t.Fatal(err)
		}
		if method == http.MethodPost {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		res, err := client.Do(req)
		if err != nil {
			h.t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			h.t.Fatal(err)
		}
		return res.StatusCode, string(body)
	}
	if status, page := send(http.MethodPost, "/demo/sign-in", url.Values{"user": {user}}); status != http.StatusSeeOther {
		h.t.Fatalf("%s could not sign in: %d %s", user, status, page)
	}
	return func(method, path string) (int, string) { return send(method, path, url.Values{}) }
}

const canary = "a numbat in the payload"

// die leaves a dead job behind and returns its number, as addresses write it.
func (h *house) die(kind string, fail *error) string {
	h.t.Helper()
	if err := h.Queue.Register(job.Handle(kind, 1, func(context.Context, string) error { return *fail })); err != nil {
		h.t.Fatal(err)
	}
	err := h.DB.Write(h.t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
		return h.Queue.Enqueue(h.t.Context(), tx, kind, canary, "", tx.Now())
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.settle()
	_, page := h.as("tbrandt")(http.MethodGet, "/operator/jobs")
	_, behind, _ := strings.Cut(page, "/operator/jobs/")
	n, _, ok := strings.Cut(behind, "/retry")
	if !ok {
		h.t.Fatalf("the dead job is not offered for another try:\n%s", page)
	}
	return n
}

func (h *house) settle() {
	h.t.Helper()
	for {
		if n, err := h.Queue.RunDue(h.t.Context()); err != nil {
			h.t.Fatal(err)
		} else if n == 0 {
			return
		}
	}
}

// recorded returns the actions on jobs that the ledger holds, with the kinds.
func (h *house) recorded() (out []string) {
	h.t.Helper()
	err := h.DB.Read(h.t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
		rows, err := ledger.Page(h.t.Context(), tx, policy.Equal("object_kind", "job"), ledger.Filter{}, 1<<62, 20)
		for _, r := range rows {
			if r.Actor == 0 || r.Person != 0 || r.Rule != "house/operate/jobs" {
				h.t.Errorf("the record %+v does not name who acted by which rule, or names somebody else", r)
			}
			out = append(out, r.Action+" "+r.Detail)
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func TestTheRoomIsForOperatorsAlone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		broken := errors.New("no luck")
		n := h.die("test.broken", &broken)
		ask := h.as("kmensah") // an agent
		for _, x := range [][2]string{
			{http.MethodGet, "/operator"},
			{http.MethodPost, "/operator"},
			{http.MethodGet, "/operator/jobs"},
			{http.MethodPost, "/operator/jobs/" + n + "/retry"},
			{http.MethodPost, "/operator/jobs/" + n + "/give-up"},
		} {
			if status, page := ask(x[0], x[1]); status != http.StatusForbidden || strings.Contains(page, "test.broken") {
				t.Errorf("%s %s: an agent gets %d", x[0], x[1], status)
			}
		}
		if got := h.recorded(); got != nil {
			t.Errorf("what was refused is recorded as done: %v", got)
		}
	})
}

func TestADeadJobIsTriedAgainOrGivenUpOnRecord(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ask, broken := h.as("tbrandt"), errors.New("no luck with "+canary)
		n := h.die("test.broken", &broken)
		if _, page := ask(http.MethodGet, "/operator"); !strings.Contains(page, "There are dead jobs (1)") {
			t.Errorf("health does not speak of the dead job:\n%s", page)
		}
		if _, page := ask(http.MethodGet, "/operator/jobs"); strings.Contains(page, "numbat") {
			t.Error("the page shows what the job carries, or the words of its failure")
		}
		if status, _ := ask(http.MethodPost, "/operator/jobs/"+n+"/retry"); status != http.StatusSeeOther {
			t.Fatalf("retry: %d", status)
		}
		h.settle() // fails again and is dead again
		broken = nil
		if status, _ := ask(http.MethodPost, "/operator/jobs/"+n+"/retry"); status != http.StatusSeeOther {
			t.Fatalf("retry: %d", status)
		}
		h.settle()
		if status, _ := ask(http.MethodPost, "/operator/jobs/"+n+"/retry"); status != http.StatusNotFound {
			t.Errorf("a job that is done can be tried again: %d", status)
		}
		broken = errors.New("no luck")
		m := h.die("test.other", &broken)
		if status, _ := ask(http.MethodPost, "/operator/jobs/"+m+"/give-up"); status != http.StatusSeeOther {
			t.Fatalf("give up: %d", status)
		}
		if _, page := ask(http.MethodGet, "/operator/jobs"); strings.Contains(page, "test.other") {
			t.Error("a job that was given up is still there")
		}
		want := []string{"job.giveup test.other", "job.retry test.broken", "job.retry test.broken"}
		if got := h.recorded(); !slices.Equal(got, want) {
			t.Errorf("recorded %v, want %v", got, want)
		}
	})
}

func TestHealthSaysWhatAnOperatorAsks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ask := h.as("tbrandt")
		_, page := ask(http.MethodGet, "/operator")
		engine := map[store.Dialect]string{store.SQLite: "SQLite, embedded", store.Postgres: "PostgreSQL"}[h.DB.Dialect()]
		for _, want := range []string{"v1.2.3", engine, "none known; make one", "up to record", "Not asked now", "Your data and the IT help desk"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if strings.Contains(page, "Tobias Brandt") && strings.Count(page, "Tobias Brandt") > 2 {
			t.Error("the page names somebody outside the frame")
		}
		if err := h.Room.BackedUp(t.Context(), 12_345_678); err != nil {
			t.Fatal(err)
		}
		_, page = ask(http.MethodPost, "/operator")
		if !strings.Contains(page, "12.3 MB") {
			t.Error("the backup of a moment ago is not known")
		}
		if strings.Contains(page, "Not asked now") {
			t.Error("the thorough checks were pressed for and not asked")
		}
	})
}

func TestDoctorAndThePageAskTheSame(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	say := h.Bundle.Localizer("en").T
	for _, c := range h.Room.Checks() {
		if words := say("operate.check." + c.Key); strings.HasPrefix(words, "operate.") {
			t.Errorf("the page has no words for the check %q (%s)", c.Key, c.Name)
		}
		if err := c.Run(t.Context()); err != nil {
			t.Errorf("%s: not in a new house: %v", c.Name, err)
		}
	}
}
