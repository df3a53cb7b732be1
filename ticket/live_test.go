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
	who, _, err := w.people.ActorOf(w.t.Context(), secret)
	if err == nil {
		err = w.env.DB.Write(w.t.Context(), who, policy.Resolve, func(tx *store.Tx) error {
			return w.Assign(w.t.Context(), tx, ref, ticket.Handover{Team: w.teams[team].ID})
		})
	}
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

func each(t *testing.T, fn func(*testing.T, *desk)) {
	t.Helper()
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			fn(t, newDesk(t, d))
		})
	}
}

// LJMUH-09: who saw a ticket because it was assigned to them stops seeing it when
// the assignment ends; also on the page that is open, at once.
func TestAnOpenPageIsToldThatItsTicketIsGoneWhenTheAssignmentEnds(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, mine := w.analyst("Ada", "ONE")
		_, hers := w.analyst("Bea", "ONE")
		x := w.ask(reporter, "ONE", "A subject with a numbat")
		open := w.listen(mine, "/desk/tickets/"+x.Ref+"?view=all", x.Version, x.Ref)
		w.give(hers, x.Ref, "TWO")
		gone := open.until("gone ")
		if !strings.Contains(open.all.String(), `row {"ref":"`+x.Ref) {
			t.Errorf("its row is not gone:\n%s", open.all.String())
		}
		if strings.Contains(open.all.String(), "numbat") || strings.Contains(gone, "TWO") {
			t.Errorf("the stream says more than that it is gone:\n%s", open.all.String())
		}
		if got := open.until("counts "); !strings.Contains(got, `:0`) {
			t.Errorf("the count of the team that held it: %s", got)
		}
		w.give(w.bringer("TWO"), x.Ref, "ONE")
		if again := open.until("counts "); !strings.Contains(again, `:1`) {
			t.Errorf("when it comes back: %s", again)
		}
	})
}

// bringer is somebody of a team who hands tickets on.
func (w *desk) bringer(team string) string {
	_, secret := w.analyst("Cleo", team)
	return secret
}

func TestNobodyHearsOfTicketsOutOfTheirReach(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, far := w.analyst("Dora", "TWO")
		x := w.ask(reporter, "ONE", "A subject with a numbat")
		// asks for a ticket and rows that she may not see
		s := w.listen(far, "/desk/tickets/"+x.Ref+"?view=all", 1, x.Ref)
		w.ask(reporter, "ONE", "Another")
		y := w.ask(reporter, "TWO", "One of hers")
		s.until("fresh ")
		if got := s.all.String(); strings.Contains(got, "gone {") || strings.Contains(got, "changed {") || strings.Contains(got, "row {") || strings.Contains(got, "numbat") || strings.Contains(got, y.Subject) {
			t.Errorf("heard of tickets of another team, or words:\n%s", got)
		}
		if !strings.Contains(s.all.String(), `"n":1`) {
			t.Errorf("one ticket is new to her:\n%s", s.all.String())
		}
	})
}

func TestAnOpenPageIsToldWhoChangedItsTicket(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, mine := w.analyst("Ada", "ONE")
		bea, hers := w.analyst("Bea", "ONE")
		x := w.ask(reporter, "ONE", "A subject")
		s := w.listen(mine, "/desk/tickets/"+x.Ref, x.Version)
		w.give(hers, x.Ref, "ONE")
		// the first round may see the change before the news of it
		if got := s.until(`changed {"show":"Show","text":"` + bea.Name); strings.Contains(got, "subject") {
			t.Errorf("told %s", got)
		}
		// a page that was drawn before the change hears of it when it begins to listen
		w.listen(mine, "/desk/tickets/"+x.Ref, x.Version).until("changed ")
	})
}

func TestTheStreamEndsWithTheSession(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, mine := w.analyst("Ada", "ONE")
		s := w.listen(mine, "/desk?view=all", 0)
		w.ask(reporter, "ONE", "Before")
		s.until("fresh ")
		who, sess, err := w.people.ActorOf(t.Context(), mine)
		if err == nil {
			err = w.people.EndSession(t.Context(), who, sess.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.ask(reporter, "ONE", "After")
		s.ends(10 * time.Second)
		if strings.Contains(s.all.String(), `"n":2`) {
			t.Errorf("told after the session had ended:\n%s", s.all.String())
		}
	})
}

func TestStreamsAreBoundedAndEndWithTheService(t *testing.T) {
	t.Parallel()
	w := newDesk(t, store.SQLite)
	_, mine := w.analyst("Ada", "ONE")
	var all []*stream
	for range 8 {
		all = append(all, w.listen(mine, "/desk", 0))
	}
	req := open[*http.Request](t)(http.NewRequestWithContext(t.Context(), http.MethodGet, w.base+"/desk/live", nil))
	req.AddCookie(w.server.SessionCookie(mine))
	res := open[*http.Response](t)(http.DefaultClient.Do(req))
	_ = res.Body.Close()
	if res.StatusCode != http.StatusNoContent {
		t.Errorf("a ninth page gets %d; a browser asks again unless it is 204", res.StatusCode)
	}
	w.Bus.Hub.Close()
	for _, s := range all {
		s.ends(10 * time.Second)
	}
}

func TestOnlyTheDeskHasAStream(t *testing.T) {
	t.Parallel()
	w := newDesk(t, store.SQLite)
	_, student := w.analyst("Rosa", "")
	for secret, want := range map[string]int{student: http.StatusForbidden, "nobody": http.StatusUnauthorized} {
		req := open[*http.Request](t)(http.NewRequestWithContext(t.Context(), http.MethodGet, w.base+"/desk/live", nil))
		req.AddCookie(w.server.SessionCookie(secret))
		res := open[*http.Response](t)(http.DefaultClient.Do(req))
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%q gets %d, want %d", secret, res.StatusCode, want)
		}
	}
}

// Who may read a ticket knows who else looks at it; who may not knows nothing, and
// whoever leaves is forgotten at once.
func TestOnlyThoseWhoMayReadATicketKnowWhoLooksAtIt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, mine := w.analyst("Ada", "ONE")
		_, hers := w.analyst("Bea", "ONE")
		_, far := w.analyst("Dora", "TWO")
		x := w.ask(reporter, "ONE", "A subject")
		page := "/desk/tickets/" + x.Ref
		ada := w.listen(mine, page, x.Version)
		dora := w.listen(far, page, x.Version)
		bea := w.listen(hers, page, x.Version)
		if got := ada.until("here "); !strings.Contains(got, "Bea has this open too") {
			t.Errorf("Ada is told %s", got)
		}
		bea.until(`here {"text":"Ada`)
		w.give(hers, x.Ref, "TWO")
		bea.until("gone ")
		ada.until("gone ")
		w.ask(reporter, "TWO", "Something for Dora")
		dora.until("fresh ")
		if got := dora.all.String(); strings.Contains(got, "here {") {
			t.Errorf("Dora could not read it, and was told:\n%s", got)
		}
		if others := w.Bus.Hub.Others(x.ID, 0); len(others) != 0 {
			t.Errorf("%v still count as looking at a ticket that is gone from them", others)
		}
	})
}
