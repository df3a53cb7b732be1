package privacy

import (
	"archive/zip"
	"bytes"
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket"
)

// serve serves the pages; whoever sends a user name as session is that person.
func (w *world) serve() (s *web.Server, base string) {
	w.t.Helper()
	s = &web.Server{
		Log: slog.New(slog.DiscardHandler), Clock: w.data.Clock, Bundle: w.bundle, HoldKey: make([]byte, 32),
		Identify: func(ctx context.Context, user string) (who policy.Actor, session int64, err error) {
			err = w.data.DB.Read(ctx, tester(), policy.Operate, func(tx *store.Tx) error {
				p, err := w.people.Named(ctx, tx, user)
				if err != nil {
					return fault.Unauthenticated("session.ended", "sign in")
				}
				who, err = w.people.Actor(ctx, tx, p.ID, "session")
				return err
			})
			return who, 1, err
		},
		Failure: func(r *web.Request, f *fault.Error, _ string) web.Reply {
			return web.Page(ui.ErrorPage{Frame: ui.Frame{T: r.Lang.T}, Title: f.Text}.Page()).As(f.Kind.Status())
		},
	}
	mux := http.NewServeMux()
	if err := s.Mount(mux, w.pages.Routes()...); err != nil {
		w.t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler(mux))
	w.t.Cleanup(srv.Close)
	return s, srv.URL
}

// visitor asks for pages as somebody, in a language.
type visitor struct {
	w            *world
	s            *web.Server
	base         string
	user, accept string
}

func (v visitor) do(method, path string, form url.Values) (int, string) {
	v.w.t.Helper()
	req, err := http.NewRequestWithContext(v.w.t.Context(), method, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.w.t.Fatal(err)
	}
	req.AddCookie(v.s.SessionCookie(v.user))
	req.Header.Set("Accept-Language", v.accept)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		v.w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.w.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// words are the words of a page, as somebody reads them.
func (v visitor) words(path string) string {
	v.w.t.Helper()
	status, page := v.do(http.MethodGet, path, nil)
	if status != http.StatusOK {
		v.w.t.Fatalf("GET %s as %s: %d", path, v.user, status)
	}
	return plain(page)
}

var (
	marks  = regexp.MustCompile(`(?s)<svg.*?</svg>|<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

func plain(page string) string {
	return spaces.ReplaceAllString(html.UnescapeString(marks.ReplaceAllString(page, " ")), " ")
}

func TestMyDataSaysWhatIsHeldWhereFromWhyAndUntilWhen(t *testing.T) { // CHI-17, LJMUH-22, LJMUH-25
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, bob, _ := w.crowd()
		w.ask(ana, ana, "zyzzyva hinge", "the xylograph jams", "a.txt", "quincunx")
		w.ask(bob, bob, "Bob's own", "nothing of hers", "", "")
		s, base := w.serve()
		page := visitor{w, s, base, "avexil", "en"}.words("/my-data")
		for _, want := range []string{
			"Anastasia Vexillaria", "avexil@people.example", "0151 496 7788", "From the directory, Monday 23 November 2026", "Belongs here as",
			"To get in touch with you about your request", "legitimate interests", "at most 30 days after your account is closed", "Requests 1", "Files 1",
			"Version 1", "You may see your data and have a copy", "DPO@ljmu.ac.uk", "Download a copy",
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%q is not on the page", want)
			}
		}
		for _, not := range []string{"Bob", "bquag", "xylograph", "feed"} {
			if strings.Contains(page, not) {
				t.Errorf("%q is on the page", not)
			}
		}
		w.person("TMU", "Eve Portmanteau", "eport")
		if page := (visitor{w, s, base, "eport", "fr-CA"}).words("/my-data"); !strings.Contains(page, "Mes données") || !strings.Contains(page, "au moins 1 an") || strings.Contains(page, "mine.") || strings.Contains(page, "privacy.") {
			t.Errorf("the French page: %.900s", page)
		}
	})
}

func TestTheDownloadIsAZipAndStandsInTheLedger(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, _, _ := w.crowd()
		w.ask(ana, ana, "zyzzyva hinge", "the xylograph jams", "../a.txt", "quincunx")
		s, base := w.serve()
		status, body := visitor{w, s, base, "avexil", "en"}.do(http.MethodPost, "/my-data/copy", nil)
		z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
		if status != http.StatusOK || err != nil {
			t.Fatalf("%d, %v", status, err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); !strings.HasPrefix(got, "data.json index.html files/0001-") || strings.Contains(got, "..") && !strings.Contains(got, "_a.txt") {
			t.Errorf("the zip holds %s", got)
		}
		if n := w.verified("person.export", "a copy, made by the person"); n != 1 {
			t.Errorf("%d records of it, want 1", n)
		}
		if status, _ := (visitor{w, s, base, "nobody", "en"}).do(http.MethodPost, "/my-data/copy", nil); status != http.StatusUnauthorized {
			t.Errorf("a stranger gets %d", status)
		}
	})
}

func TestWhoLookedNamesTeamsAndReasonsAndNobody(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, bob, agent := w.crowd()
		own := w.ask(ana, ana, "zyzzyva hinge", "the xylograph jams", "", "")
		theirs := w.ask(bob, bob, "Bob's own", "nothing of hers", "", "")
		w.as(agent, policy.Resolve, func(tx *store.Tx) error {
			for _, ref := range []string{own.Ref, theirs.Ref} {
				if _, _, err := w.tickets.Find(t.Context(), tx, ref); err != nil {
					return err
				}
			}
			_, _, err := w.people.Card(t.Context(), tx, ana.ID)
			return err
		})
		s, base := w.serve()
		her := visitor{w, s, base, "avexil", "en"}
		page := her.words("/looked")
		for _, want := range []string{"Team: IT Services", "Opened your request", own.Ref, "Opened your details", "solving the request", "Everybody in the IT department"} {
			if !strings.Contains(page, want) {
				t.Errorf("%q is not on the page: %.1500s", want, page)
			}
		}
		for _, not := range []string{"Tumbler", "otumbler", "Quagmire", theirs.Ref} {
			if strings.Contains(page, not) {
				t.Errorf("%q is on the page", not)
			}
		}
		if strings.Contains(page, "your own matters") || !strings.Contains(her.words("/looked?own=1"), "your own matters") {
			t.Error("her own looks are not told apart")
		}
		her.accept = "fr"
		if page := her.words("/looked"); !strings.Contains(page, "Équipe : IT Services") || !strings.Contains(page, "résoudre la demande") {
			t.Errorf("the French page: %.900s", page)
		}
	})
}

func TestWhoLookedGoesOnPageByPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.SQLite)
	ana, _, agent := w.crowd()
	own := w.ask(ana, ana, "zyzzyva hinge", "the xylograph jams", "", "")
	for range pageSize + 5 {
		w.as(agent, policy.Resolve, func(tx *store.Tx) error {
			_, _, err := w.tickets.Find(t.Context(), tx, own.Ref)
			return err
		})
	}
	s, base := w.serve()
	her := visitor{w, s, base, "avexil", "en"}
	_, first := her.do(http.MethodGet, "/looked", nil)
	older := regexp.MustCompile(`href="(/looked\?[^"]*before=[^"]*)"`).FindStringSubmatch(first)
	if older == nil {
		t.Fatal("there is no link to older records")
	}
	seen := 0
	for _, page := range []string{plain(first), her.words(html.UnescapeString(older[1]))} {
		for _, times := range regexp.MustCompile(`Opened your request\s+\S+\s+(\d+) times that day`).FindAllStringSubmatch(page, -1) {
			n, err := strconv.Atoi(times[1])
			if err != nil {
				t.Fatal(err)
			}
			seen += n
		}
	}
	if seen != pageSize+5 {
		t.Errorf("two pages show %d looks, want %d", seen, pageSize+5)
	}
}

func TestThePrivacyOfficeReadsATicketWithAReasonOnly(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, _, agent := w.crowd()
		w.officer("LJMU", "Ingrid Oversight", "ioversight")
		w.officer("TMU", "Nadia Elsewhere", "nelsewhere")
		own := w.ask(ana, ana, "zyzzyva hinge", "the xylograph jams", "", "")
		w.as(agent, policy.Resolve, func(tx *store.Tx) error {
			_, err := w.tickets.Note(t.Context(), tx, own.Ref, ticket.Text{Body: "ask the ombrometer"})
			return err
		})
		s, base := w.serve()
		at := "/privacy/tickets/" + own.Ref
		officer := visitor{w, s, base, "ioversight", "en"}
		if page := officer.words(at); strings.Contains(page, "zyzzyva") || !strings.Contains(page, "Why do you need to read it?") {
			t.Errorf("before a reason: %.600s", page)
		}
		for name, form := range map[string]url.Values{
			"no reason":                {"words": {"case 17"}},
			"a reason not on the list": {"reason": {"curious"}, "words": {"case 17"}},
			"no words":                 {"reason": {"complaint"}},
		} {
			if status, page := officer.do(http.MethodPost, at, form); status != http.StatusUnprocessableEntity || strings.Contains(page, "zyzzyva") {
				t.Errorf("%s: %d", name, status)
			}
		}
		if n := w.verified("ticket.read", "%"); n != 0 {
			t.Errorf("%d readings are recorded before there was one", n)
		}
		reason := url.Values{"reason": {"complaint"}, "words": {"case 17"}}
		status, page := officer.do(http.MethodPost, at, reason)
		for _, want := range []string{"zyzzyva", "xylograph", "ombrometer", "Privacy oversight.", "you are a privacy officer"} {
			if !strings.Contains(plain(page), want) {
				t.Errorf("%q is not on the page (%d)", want, status)
			}
		}
		if strings.Count(page, "<form") > strings.Count(page, "/settings/")+strings.Count(page, "/sign-out") {
			t.Error("the page has a form: nothing can be changed here")
		}
		if n := w.count("ledger_record WHERE action = 'ticket.read' AND purpose = 'oversight' AND detail = 'complaint: case 17' AND object_id = $1", own.ID); n != 1 {
			t.Errorf("%d records have the reason, want 1", n)
		}
		w.others(s, base, at, reason)
		if page := (visitor{w, s, base, "avexil", "en"}).words("/looked"); !strings.Contains(page, "Reason given: A complaint about how it was handled (case 17)") || !strings.Contains(page, "Privacy officer") || strings.Contains(page, "Ingrid") {
			t.Errorf("what she sees of it: %.900s", page)
		}
	})
}

// others may not: unseen and absent are one answer, and to whom no notice gives
// oversight the page is closed.
func (w *world) others(s *web.Server, base, at string, reason url.Values) {
	w.t.Helper()
	elsewhere := visitor{w, s, base, "nelsewhere", "en"}
	unseen, _ := elsewhere.do(http.MethodPost, at, reason)
	absent, _ := elsewhere.do(http.MethodPost, "/privacy/tickets/LJMU-9999", reason)
	if unseen != http.StatusNotFound || absent != unseen {
		w.t.Errorf("another desk's officer gets %d for a ticket that is there and %d for one that is not", unseen, absent)
	}
	for _, user := range []string{"otumbler", "avexil", "bquag"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if status, _ := (visitor{w, s, base, user, "en"}).do(method, at, reason); status != http.StatusForbidden {
				w.t.Errorf("%s as %s: %d", method, user, status)
			}
		}
	}
}

func TestTheLedgerIsSearchedByNamesAndReferences(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.SQLite)
	ana, bob, _ := w.crowd()
	w.officer("LJMU", "Ingrid Oversight", "ioversight")
	hers, his := w.ask(ana, ana, "zyzzyva", "x", "", ""), w.ask(bob, bob, "other", "y", "", "")
	s, base := w.serve()
	officer := visitor{w, s, base, "ioversight", "en"}
	for query, want := range map[string]directory.Person{"person=avexil": ana, "actor=bquag@people.example": bob, "object=" + his.Ref: bob, "object=" + hers.Ref: ana} {
		page := officer.words("/privacy/ledger?" + query)
		other := map[int64]string{ana.ID: "Bob Quagmire", bob.ID: "Anastasia Vexillaria"}[want.ID]
		if !strings.Contains(page, want.Name) || strings.Contains(page, other) {
			t.Errorf("%s: %.600s", query, page)
		}
	}
	for _, query := range []string{"person=nobody", "object=LJMU-9999"} {
		if page := officer.words("/privacy/ledger?" + query); !strings.Contains(page, "No record matches") {
			t.Errorf("%s finds something", query)
		}
	}
}

// A grant that nobody uses comes to light after a quarter, and using it puts it
// back among the others.
func TestAnUnusedGrantIsAskedAbout(t *testing.T) { // LJMUH-13
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, _, agent := w.crowd()
		w.officer("LJMU", "Ingrid Oversight", "ioversight")
		asked := w.ask(ana, ana, "zyzzyva", "x", "", "")
		s, base := w.serve()
		officer := visitor{w, s, base, "ioversight", "en"}
		if page := officer.words(pathGrants); !strings.Contains(page, agent.Name) || strings.Contains(page, "unused for 90 days in use") || !strings.Contains(page, "0 unused for 90 days") {
			t.Errorf("fresh grants are not in use: %.900s", page)
		}
		w.data.Clock.Advance(91 * 24 * time.Hour)
		if page := officer.words(pathGrants); !strings.Contains(page, "2 unused for 90 days") {
			t.Errorf("after a quarter the team and the role of %s are not asked about: %.900s", agent.Name, page)
		}
		w.as(agent, policy.Resolve, func(tx *store.Tx) error {
			_, err := w.tickets.Note(t.Context(), tx, asked.Ref, ticket.Text{Body: "used"})
			return err
		})
		if page := officer.words(pathGrants); !strings.Contains(page, "0 unused for 90 days") {
			t.Errorf("after using them they are still asked about: %.900s", page)
		}
		if status, page := (visitor{w, s, base, "avexil", "en"}).do(http.MethodGet, pathGrants, nil); status != http.StatusForbidden || strings.Contains(page, agent.Name) {
			t.Errorf("somebody who does not watch over the desk is answered %d", status)
		}
	})
}
