package ticket_test

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"heed/directory"
	"heed/kernel/event"
	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket"
)

// desk is one controller with two teams, under one sentence: who holds a ticket
// sees it, for as long as they hold it.
type desk struct {
	t      *testing.T
	env    *storetest.Env
	people *directory.Directory
	*ticket.Service
	controller directory.Controller
	teams      map[string]directory.Team
	server     *web.Server
	base       string
}

// inForce is the notice that tests run under.
type inForce struct{}

func (inForce) InForce(int64) string { return "test@1" }

func open[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func newDesk(t *testing.T, d store.Dialect) *desk {
	t.Helper()
	mint, quiet := id.NewMint(1), slog.New(slog.DiscardHandler)
	w := &desk{t: t, env: storetest.Open(t, d, []store.Module{job.Module(), directory.Module(), ticket.Module()}), teams: map[string]directory.Team{}}
	keys := storetest.Open(t, d, []store.Module{seal.Module()})
	vault := open[*seal.Vault](t)(seal.Open(t.Context(), keys.DB, seal.NewMaster(), mint))
	queue := &job.Queue{DB: w.env.DB, Mint: mint, Log: quiet}
	w.people = &directory.Directory{DB: w.env.DB, Vault: vault, Mint: mint, Log: quiet}
	w.Service = &ticket.Service{
		DB: w.env.DB, Vault: vault, Mint: mint, People: w.people, Notices: inForce{},
		Bus: &event.Bus{Queue: queue, Hub: event.NewHub(w.env.DB, quiet)},
	}
	w.people.Tickets = w.Service
	w.people.Prepare()
	w.Prepare()
	w.write(func(tx *store.Tx) (err error) {
		w.controller, err = w.people.AddController(t.Context(), tx, directory.Controller{
			Code: "U", Name: "A university", DeskName: "Desk", Notice: "test", Zone: "UTC", Lang: "en-GB", RefPrefix: "U", MailLocal: "desk",
		})
		for _, code := range []string{"ONE", "TWO"} {
			if err == nil {
				w.teams[code], err = w.people.AddTeam(t.Context(), tx, directory.Team{Controller: w.controller.ID, Code: code, Name: "Team " + code, Desk: code == "ONE"})
			}
		}
		return err
	})
	rule := func(what string) policy.Rule {
		return policy.Rule{ID: "test/see/" + what, Notice: "test", What: what, Who: []policy.Term{{Atom: "while_assigned"}}, Purposes: []policy.Purpose{policy.Resolve}}
	}
	w.env.Shelf.Put(policy.NewBook(map[int64][]policy.Rule{w.controller.ID: {rule("ticket"), rule("entry")}}))
	w.serve()
	return w
}

func (w *desk) serve() {
	bundle := open[*i18n.Bundle](w.t)(i18n.NewBundle(func(string, string) {}, ui.Catalogue(), directory.Catalogue(), ticket.Catalogue()))
	w.server = &web.Server{
		Log: slog.New(slog.DiscardHandler), Clock: w.env.Clock, Bundle: bundle, HoldKey: make([]byte, 32),
		Identify: func(ctx context.Context, secret string) (policy.Actor, int64, error) {
			who, s, err := w.people.ActorOf(ctx, secret)
			return who, s.ID, err
		},
		Failure: func(_ *web.Request, f *fault.Error, _ string) web.Reply {
			return web.Page(ui.Text(f.Text)).As(f.Kind.Status())
		},
	}
	mux := http.NewServeMux()
	if err := w.server.Mount(mux, w.Routes()...); err != nil {
		w.t.Fatal(err)
	}
	srv := httptest.NewServer(w.server.Handler(mux))
	w.t.Cleanup(func() { w.Bus.Hub.Close(); srv.Close() })
	w.base = srv.URL
}

func (w *desk) write(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.env.DB.Write(w.t.Context(), policy.System("test"), policy.Operate, fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *desk) read(who policy.Actor, purpose policy.Purpose, fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.env.DB.Read(w.t.Context(), who, purpose, fn); err != nil {
		w.t.Fatal(err)
	}
}

// actor is whose session a secret is.
func (w *desk) actor(secret string) policy.Actor {
	w.t.Helper()
	who, _, err := w.people.ActorOf(w.t.Context(), secret)
	if err != nil {
		w.t.Fatal(err)
	}
	return who
}

// analyst adds somebody of a team and returns them with an open session.
func (w *desk) analyst(name, team string) (directory.Person, string) {
	w.t.Helper()
	var p directory.Person
	w.write(func(tx *store.Tx) (err error) {
		p, err = w.people.AddPerson(w.t.Context(), tx, directory.NewPerson{Controller: w.controller.ID, Name: name, Source: "directory", FeedKey: []byte(name)})
		if err == nil && team != "" {
			err = w.people.Join(w.t.Context(), tx, p.ID, w.teams[team])
		}
		return err
	})
	return p, open[string](w.t)(w.people.OpenSession(w.t.Context(), p.ID, "password", "A browser"))
}

// ask opens a ticket for somebody in a team.
func (w *desk) ask(p directory.Person, team, subject string) (out ticket.Ticket) {
	w.t.Helper()
	err := w.env.DB.Write(w.t.Context(), policy.System("test"), policy.Resolve, func(tx *store.Tx) (err error) {
		out, err = w.Open(w.t.Context(), tx, ticket.NewTicket{Channel: ticket.Portal, Reporter: p, Team: w.teams[team].ID, Subject: subject, Text: ticket.Text{Body: canary}})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

const canary = "the words of a numbat"

// give hands a ticket over in the name of somebody who holds it.
func (w *desk) give(secret, ref, team string) {
	w.t.Helper()
	err := w.env.DB.Write(w.t.Context(), w.actor(secret), policy.Resolve, func(tx *store.Tx) error {
		return w.Assign(w.t.Context(), tx, ref, ticket.Handover{Team: w.teams[team].ID})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// stream is an open page's stream.
type stream struct {
	t    *testing.T
	body io.Closer
	said chan string // "event data", closed at the end
	all  strings.Builder
}

// listen opens the stream of a page.
func (w *desk) listen(secret, here string, version int64, rows ...string) *stream {
	w.t.Helper()
	q := url.Values{"here": {here}, "rows": {strings.Join(rows, ",")}}
	if version != 0 {
		q.Set("version", strconv.FormatInt(version, 10))
	}
	req := open[*http.Request](w.t)(http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.base+"/desk/live?"+q.Encode(), nil))
	req.AddCookie(w.server.SessionCookie(secret))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = res.Body.Close() })
	if res.StatusCode != http.StatusOK {
		w.t.Fatalf("the stream answers %d", res.StatusCode)
	}
	s := &stream{t: w.t, body: res.Body, said: make(chan string, 64)}
	go func() {
		defer close(s.said)
		lines := bufio.NewScanner(res.Body)
		name := ""
		for lines.Scan() {
			if n, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				name = n
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				s.said <- name + " " + data
			}
		}
	}()
	return s
}

// until waits for an event that begins so and returns it.
func (s *stream) until(begin string) string {
	s.t.Helper()
	late := time.NewTimer(10 * time.Second)
	for {
		select {
		case e, open := <-s.said:
			s.all.WriteString(e + "\n")
			if !open {
				s.t.Fatalf("the stream ended before %q:\n%s", begin, s.all.String())
			}
			if strings.HasPrefix(e, begin) {
				return e
			}
		case <-late.C:
			s.t.Fatalf("%q was not said:\n%s", begin, s.all.String())
		}
	}
}

// ends waits for the end of the stream.
func (s *stream) ends(within time.Duration) {
	s.t.Helper()
	late := time.NewTimer(within)
	for {
		select {
		case e, open := <-s.said:
			s.all.WriteString(e + "\n")
			if !open {
				return
			}
		case <-late.C:
			s.t.Fatalf("the stream goes on:\n%s", s.all.String())
		}
	}
}

// get returns a page as somebody sees it.
func (w *desk) get(secret, path string) string {
	w.t.Helper()
	return w.send(secret, http.MethodGet, path, "", http.StatusOK)
}

// post sends a form and expects a status.
func (w *desk) post(secret, path string, form url.Values, status int) string {
	w.t.Helper()
	return w.send(secret, http.MethodPost, path, form.Encode(), status)
}

// draft posts what somebody types on a page, as script does.
func (w *desk) draft(secret, page, body string) {
	w.t.Helper()
	w.post(secret, "/drafts?place="+url.QueryEscape(page), url.Values{"body": {body}}, http.StatusNoContent)
}

func (w *desk) send(secret, method, path, form string, status int) string {
	w.t.Helper()
	req := open[*http.Request](w.t)(http.NewRequestWithContext(w.t.Context(), method, w.base+path, strings.NewReader(form)))
	req.AddCookie(w.server.SessionCookie(secret))
	if form != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	client := http.Client{}
	if status == http.StatusSeeOther { // elsewhere it goes on, as a browser does
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	res := open[*http.Response](w.t)(client.Do(req))
	defer func() { _ = res.Body.Close() }()
	raw := open[[]byte](w.t)(io.ReadAll(res.Body))
	if res.StatusCode != status {
		w.t.Fatalf("%s %s answers %d, want %d: %s", method, path, res.StatusCode, status, raw)
	}
	return string(raw)
}

func each(t *testing.T, fn func(*testing.T, *desk)) {
	t.Helper()
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			fn(t, newDesk(t, d))
		})
	}
}
