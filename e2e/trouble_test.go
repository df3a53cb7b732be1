package e2e

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"heed/app"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/store"
)

func TestOddInputIsTakenWholeAndShownSafely(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("aruiz")
		for name, in := range map[string][2]string{
			"a subject of 10,000 characters": {strings.Repeat("numbat ", 1500), "x"},
			"scripts":                        {"<script>alert(1)</script>", `<img src=x onerror=alert(1)> [x](javascript:alert(1))`},
			"invalid UTF-8":                  {"caf\xe9 \xff\xfe", "na\xefve"},
			"right to left":                  {"طابعة لا تعمل", "الطابعة في الطابق الثالث"},
			"control characters":             {"a\x00b\x1b[31m", "c\u202ed"},
			"only a body":                    {"", "nothing else"},
		} {
			ref := b.ask(in[0], in[1])
			page := b.must("/requests/" + ref)
			for _, bad := range []string{"<script>alert", "<img src=x", "href=\"javascript:", "\x00", "\x1b"} {
				if strings.Contains(page, bad) {
					t.Errorf("%s: the page holds %q", name, bad)
				}
			}
			if agent := d.as("oachterberg").must("/desk/tickets/" + ref); !strings.Contains(agent, ref) {
				t.Errorf("%s: the desk does not show it", name)
			}
		}
		if status, page := b.post("/ask", url.Values{"subject": {""}, "body": {"  "}}); status != http.StatusUnprocessableEntity || !strings.Contains(page, "Say in a few words what you need") {
			t.Errorf("an empty form: %d", status)
		}
		for _, q := range []string{"%%%", "\"", "NOT", "a\"b*", "(((", "-", "ref:", strings.Repeat("x ", 500)} {
			if status, _ := d.as("oachterberg").get("/desk/search?q=" + url.QueryEscape(q)); status != http.StatusOK {
				t.Errorf("searching %q answers %d", q, status)
			}
		}
	})
}

func TestASecondPressDoesNothing(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("aruiz")
		form := url.Values{"subject": {"once"}, "body": {"only once"}, "form_token": {"t-1"}}
		_, first := b.post("/ask", form)
		_, second := b.post("/ask", form)
		if first != second {
			t.Errorf("pressed twice: %s and %s", first, second)
		}
		if n := strings.Count(b.must("/requests"), `href="/requests/LJMU-`); n != 1 {
			t.Errorf("%d requests after two presses", n)
		}
	})
}

func TestAStaleFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	ref := d.as("aruiz").ask("stale", "x")
	agent := d.as("oachterberg")
	if status, _ := agent.post("/desk/tickets/"+ref+"/take", url.Values{"version": {"1"}}); status != http.StatusSeeOther {
		t.Fatal(status)
	}
	status, page := agent.post("/desk/tickets/"+ref+"/close", url.Values{"version": {"1"}})
	if status != http.StatusConflict || !strings.Contains(page, "Somebody changed this ticket") {
		t.Errorf("a stale close: %d", status)
	}
	status, page = agent.post("/desk/tickets/"+ref+"/assign", url.Values{"version": {"1"}, "team": {"1"}, "note": {"a long thought about okapis"}})
	if status/100 != 4 || !strings.Contains(page, "okapis") {
		t.Errorf("a stale hand-over loses its note: %d", status)
	}
}

func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	b := d.as("aruiz")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.site.URL+"/ask", strings.NewReader("subject=x&body=y"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", "https://evil.example")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	res, err := b.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: %d", res.StatusCode)
	}
	if strings.Contains(b.must("/requests"), "LJMU-1") {
		t.Error("it was carried out")
	}
}

func TestAForgedReplyAddressDoesNotReachATicket(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	ref := d.as("aruiz").ask("victim", "x")
	real := d.outgoing("acknowledgement", "Reply-To")
	at := strings.IndexByte(real, '@')
	last := byte('a')
	if real[at-1] == 'a' {
		last = 'b'
	}
	forged := real[:at-1] + string(last) + real[at:]
	d.mail(forged, "From: stranger@else.example\nTo: "+forged+"\nSubject: hi\nMessage-ID: <f@else.example>\n\ninjected tapirs\n")
	if strings.Contains(d.as("oachterberg").must("/desk/tickets/"+ref), "tapirs") {
		t.Error("a forged address reached the ticket")
	}
}

func TestMailThatRobotsSendIsNotAnswered(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	d.mail("helpdesk@desk.example.org", "From: robot@ljmu.example\nSubject: Out of office\nAuto-Submitted: auto-replied\nMessage-ID: <r@ljmu.example>\n\nI am away.\n")
	d.mail("helpdesk@desk.example.org", "From: monitor@ljmu.example\nSubject: Disk full\nAuto-Submitted: auto-generated\nMessage-ID: <m@ljmu.example>\n\ndisk\n")
	if n := len(d.sent("acknowledgement")); n != 0 {
		t.Errorf("%d acknowledgements went to robots", n)
	}
}

func TestAWrongMasterKeyAndABrokenConfigurationSayWhatToDo(t *testing.T) {
	t.Parallel()
	c := config(t, store.SQLite)
	if err := app.BuildDemo(t.Context(), c, app.Options{}, 0, true, func(string) {}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(c.Data+"/master.key", []byte("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := app.Open(t.Context(), c, app.Options{})
	if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "does not belong to this key store") {
		t.Errorf("a wrong master key: %v", err)
	}
	file := c.Data + "/heed.yaml"
	if err := os.WriteFile(file, []byte("addr: 127.0.0.1:1\nadress: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := app.LoadConfig(file, func(string) string { return "" }); err == nil || !strings.Contains(err.Error(), "heed.yaml") || !strings.Contains(err.Error(), "2") {
		t.Errorf("an unknown setting: %v", err)
	}
}

func TestABrokenNoticeFileChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	before := d.Notices.Shelf.Book()
	dir := t.TempDir()
	src, err := os.ReadFile("../notices/ljmu-helpdesk.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/ljmu-helpdesk.yaml", []byte(strings.Replace(string(src), "see:", "sea:", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Notices.Files = os.DirFS(dir)
	cs := d.controllers()
	problems := d.Notices.Reload(cs)
	found := false
	for _, p := range problems {
		found = found || (strings.Contains(p.String(), "ljmu-helpdesk.yaml:") && strings.Contains(p.String(), "see"))
	}
	if !found {
		t.Errorf("the fault is not named with its place: %v", problems)
	}
	rule := "ljmu-helpdesk/see/it-department"
	if _, ok := before.Find(rule); !ok {
		t.Fatal("the rule was not there to begin with")
	}
	if _, ok := d.Notices.Shelf.Book().Find(rule); !ok {
		t.Error("a broken file took the old rules out of force")
	}
}

func TestTheTestClockIsRefusedOnRealData(t *testing.T) {
	t.Parallel()
	c := config(t, store.SQLite)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	code := app.Run(t.Context(), app.Program{
		Args: []string{"serve", "--test-clock", "127.0.0.1:0"}, Out: &out, Err: &out, In: strings.NewReader(""),
		Env: func(k string) string {
			return map[string]string{"HEED_DATA": c.Data, "HEED_ADDR": "127.0.0.1:0", "HEED_LMTP_ADDR": "off"}[k]
		},
	})
	if code == 0 || !strings.Contains(out.String(), "only for demo and test data") {
		t.Errorf("exit %d: %s", code, out.String())
	}
}

func TestASessionEndsByItself(t *testing.T) {
	t.Parallel()
	c := config(t, store.SQLite)
	if err := app.BuildDemo(t.Context(), c, app.Options{}, 0, true, func(string) {}); err != nil {
		t.Fatal(err)
	}
	m := clock.NewMovable(clock.System().Now())
	h, err := app.Open(t.Context(), c, app.Options{Unsafe: true, Clock: m})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	d := &desk{House: h, t: t}
	secret, err := h.People.OpenSession(t.Context(), number(t, d.person("aruiz")), "test", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.People.ActorOf(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	step, err := clock.ParseStep("3h")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Forward(step); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.People.ActorOf(t.Context(), secret); !fault.Is(err, fault.KindUnauthenticated) {
		t.Errorf("after three idle hours: %v", err)
	}
}
