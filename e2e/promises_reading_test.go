package e2e

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
)

// amend puts the notices in force with passages changed, given as what is there
// and what shall be: a promise that the file makes ends when it makes it no more.
func (d *desk) amend(policyName string, changes ...string) {
	d.t.Helper()
	dir := filepath.Join(d.t.TempDir(), "notices")
	if err := copyFolder(notices(), dir); err != nil {
		d.t.Fatal(err)
	}
	file := filepath.Join(dir, policyName+".yaml")
	src, err := os.ReadFile(file)
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(string(src), changes[i]) {
			d.t.Fatalf("%s does not say %q", policyName, changes[i])
		}
	}
	next := strings.NewReplacer(append(changes, "\nversion: 1\n", "\nversion: 2\n")...)
	if err := os.WriteFile(file, []byte(next.Replace(string(src))), 0o600); err != nil {
		d.t.Fatal(err)
	}
	d.Notices.Files, d.Notices.Overlays = os.DirFS(dir), os.DirFS(filepath.Join(dir, "demo"))
	problems := d.Notices.Reload(d.controllers())
	if n, _ := d.Notices.Find(policyName, 0); n == nil || n.Version != 2 {
		d.t.Fatalf("the changed %s is not in force: %v", policyName, problems)
	}
}

func TestTMU15NothingIsReadForAPurposeTheNoticeDoesNotName(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("egagnon").ask("quokkaplan", "x")
		// the notice reads tickets to resolve them, and to reach people about them
		serve := map[policy.Purpose]bool{policy.Resolve: true, policy.Contact: true, policy.ProgressMail: true}
		for _, p := range policy.Purposes() {
			who := d.program(t, "praman", p)
			one, list := who.get("/api/v1/tickets/"+ref), who.get("/api/v1/tickets?q=quokkaplan")
			refused := http.StatusNotFound
			if p == policy.Oversight {
				refused = http.StatusForbidden // a token cannot say why, each time
			}
			if (one.status == http.StatusOK) != serve[p] || (!serve[p] && one.status != refused) {
				t.Errorf("for the purpose %q the ticket answers %d", p, one.status)
			}
			if strings.Contains(list.body, ref) != serve[p] {
				t.Errorf("for the purpose %q the list answers %d and holds it: %t", p, list.status, strings.Contains(list.body, ref))
			}
		}
		for _, p := range []policy.Purpose{"", "curiosity"} {
			err := d.DB.Read(t.Context(), systemActor(), p, func(*store.Tx) error { t.Errorf("something was read for %q", p); return nil })
			if !fault.Is(err, fault.KindInvalid) {
				t.Errorf("for %q: %v", p, err)
			}
		}
	})
}

func TestLJMUH13StaffReadOnlyWhereTheirWorkNeedsItAndEachReadingIsRecorded(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("numbat", "the margay is slow")
		lecturer, owen := d.as("ljmu02"), d.as("oachterberg")
		for _, path := range []string{"/desk", "/desk/views", "/desk/search?q=numbat", "/desk/tickets/" + ref, "/operator/mail", "/privacy/ledger"} {
			if status, page := lecturer.get(path); status != http.StatusForbidden && status != http.StatusNotFound || strings.Contains(page, "margay") {
				t.Errorf("staff outside the desk: %s answers %d", path, status)
			}
		}
		owen.must("/desk/tickets/" + ref)
		d.sequence()
		d.read(func(tx *store.Tx) error {
			n, err := store.One[store.Value[int64]](t.Context(), tx, `SELECT count(*) FROM ledger_record
				WHERE action = 'ticket.read' AND actor_id = $1 AND purpose = 'resolve' AND rule LIKE 'ljmu-helpdesk/see/it-department%'`, number(t, d.person("oachterberg")))
			if err == nil && n.V == 0 {
				t.Error("a reading is not recorded with its purpose and its sentence")
			}
			return err
		})
		// the right goes with the sentence: once it is narrower, so is the sight
		d.amend("ljmu-helpdesk", "who: team:IT\n    what: ticket", "who: team:IT\n    when: [assignee]\n    what: ticket")
		if status, _ := owen.get("/desk/tickets/" + ref); status != http.StatusOK {
			t.Errorf("Owen's team holds the ticket, and it answers %d", status)
		}
		if status, page := owen.post("/desk/tickets/"+ref+"/assign", url.Values{"team": {id.Text(d.team("BST").ID)}}); status != http.StatusSeeOther {
			t.Fatalf("hand over: %d %.200s", status, page)
		}
		d.unseen(owen, ref, "numbat", "margay")
	})
}

func TestCHI22WhatTheNoticeDoesNotNameIsNotDone(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	page := func(*web.Request) (web.Reply, error) { return web.Reply{}, nil }
	for name, r := range map[string]web.Route{
		"no purpose":      {Pattern: "GET /new", Action: "new.look", Handle: page},
		"another purpose": {Pattern: "GET /new", Action: "new.look", Purpose: "marketing", Handle: page},
		"no action":       {Pattern: "GET /new", Purpose: policy.Own, Handle: page},
	} {
		if err := new(web.Server).Mount(http.NewServeMux(), r); err == nil {
			t.Errorf("a page with %s is served", name)
		}
	}
	if err := new(web.Server).Mount(http.NewServeMux(), web.Route{Pattern: "GET /new", Action: "new.look", Purpose: policy.Own, Handle: page}); err != nil {
		t.Error(err)
	}
	ref := d.as("ceze").ask("tamarin", "the capuchin printer")
	analyst := d.as("hsorensen")
	if page := analyst.must("/desk/tickets/" + ref); !strings.Contains(page, "tamarin") {
		t.Error("an analyst does not see the call")
	}
	if r := d.program(t, "hsorensen", policy.ReuseSolution).get("/api/v1/tickets/" + ref); r.status != http.StatusNotFound {
		t.Errorf("for a purpose the notice does not have: %d", r.status)
	}
	d.amend("chichester-supportworks", "  - id: every-analyst\n    who: analyst\n", "  - id: every-analyst\n    who: analyst\n    when: [assignee]\n")
	d.unseen(analyst, ref, "tamarin", "capuchin")
}

func TestCHI03ACallGivenToAGroupStandsInItsQueue(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		estates := "/desk?view=team-" + id.Text(d.team("ESTATES").ID)
		support, colleague := d.as("mtan"), d.as("hsorensen")
		var refs []string
		for range 3 {
			refs = append(refs, d.as("ceze").ask("tamarin", "x"))
		}
		for i, ref := range refs {
			if page := colleague.must(estates); strings.Count(page, `href="/desk/tickets/CHI-`) != i || strings.Contains(page, ref) {
				t.Errorf("before the hand-over of call %d the queue holds %d", i+1, strings.Count(page, `href="/desk/tickets/CHI-`))
			}
			if status, page := support.post("/desk/tickets/"+ref+"/assign", url.Values{"team": {id.Text(d.team("ESTATES").ID)}}); status != http.StatusSeeOther {
				t.Fatalf("hand over: %d %.200s", status, page)
			}
		}
		if page := colleague.must(estates); strings.Count(page, `href="/desk/tickets/CHI-`) != len(refs) {
			t.Error("the queue did not grow by one for each call")
		}
		if page := support.must("/desk?view=team-" + id.Text(d.team("SIZ").ID)); strings.Contains(page, "/desk/tickets/CHI-") {
			t.Error("the calls still stand in the queue of those who gave them away")
		}
	})
}

func TestCHI02RequestsAndFaultsAreToldApartAndLiveTheSameLife(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	agent, api := d.as("mtan"), d.program(t, "mtan", policy.Resolve)
	for kind, name := range map[string]string{"incident": "Incident", "request": "Request"} {
		status, to := agent.post("/desk/call", url.Values{"caller": {d.person("ceze")}, "kind": {kind}, "channel": {"phone"}, "subject": {"tamarin"}, "body": {"by phone"}})
		ref, ok := strings.CutPrefix(to, "/desk/tickets/")
		if status != http.StatusSeeOther || !ok {
			t.Fatalf("%d %.200s", status, to)
		}
		says := func(state string) {
			t.Helper()
			if r := api.get("/api/v1/tickets/" + ref); !strings.Contains(r.body, `"kind":"`+kind+`"`) || !strings.Contains(r.body, `"state":"`+state+`"`) {
				t.Errorf("a %s that should be %s: %.300s", kind, state, r.body)
			}
		}
		if page := agent.must("/desk/tickets/" + ref); !strings.Contains(page, name) {
			t.Errorf("the desk does not say that it is a %s", kind)
		}
		says("new")
		for _, step := range [][2]string{{"resolve", "resolved"}, {"reopen", "open"}, {"close", "closed"}, {"reopen", "open"}} {
			if status, page := agent.post("/desk/tickets/"+ref+"/"+step[0], url.Values{"body": {"done"}}); status != http.StatusSeeOther {
				t.Fatalf("%s of a %s: %d %.200s", step[0], kind, status, page)
			}
			says(step[1])
		}
	}
}
