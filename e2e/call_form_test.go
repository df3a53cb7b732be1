package e2e

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// callFrom is the form of a call by Ana, as an agent begins it.
func (b *browser) callFrom(pairs ...string) *form {
	b.d.t.Helper()
	return b.form("/desk/call?q=aruiz", "/desk/call").fill(append([]string{"caller=" + b.d.person("aruiz")}, pairs...)...)
}

// service is a service that the desk of an agent offers, by its name in the form.
func (b *browser) service(name string) ticket.Offering {
	b.d.t.Helper()
	found := regexp.MustCompile(`<option value="(\d+)"[^>]*>` + name + `</option>`).FindStringSubmatch(b.must("/desk/call"))
	if found == nil {
		b.d.t.Fatalf("the form offers no service %s", name)
	}
	var out ticket.Offering
	b.d.read(func(tx *store.Tx) error {
		c, err := b.d.People.Controller(b.d.t.Context(), tx, b.d.team("IT-DESK").Controller)
		if err != nil {
			return err
		}
		all, err := b.d.Tickets.Offerings(b.d.t.Context(), tx, c.DeskID)
		for _, o := range all {
			if o.ID == number(b.d.t, found[1]) {
				out = o
			}
		}
		return err
	})
	return out
}

// fileOn is what a file on a ticket holds, as the person concerned gets it.
func (b *browser) fileOn(ref, name string) string {
	b.d.t.Helper()
	for _, f := range regexp.MustCompile(`(?s)<a class="file" href="([^"]+)">(.*?)</a>`).FindAllStringSubmatch(b.must("/requests/"+ref), -1) {
		if strings.Contains(f[2], name) {
			return b.must(f[1])
		}
	}
	return "no file " + name
}

func TestAPictureShownAtTheCounterIsOnTheTicketOfTheCall(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b, ana := d.as("oachterberg"), d.as("aruiz")
		b.sent(b.callFrom("subject=a cracked screen", "channel=counter").attach("screen.txt", "text/plain", "a numbat on glass"))
		ref := d.newest("LJMU")
		if got := ana.fileOn(ref, "screen.txt"); got != "a numbat on glass" {
			t.Errorf("on the new ticket: %q", got)
		}
		b.sent(b.callFrom("ticket="+ref, "body=She mailed the error.").attach("error.txt", "text/plain", "quokka fault"))
		if got := ana.fileOn(ref, "error.txt"); got != "quokka fault" || d.count("SELECT count(*) FROM ticket") != 1 {
			t.Errorf("on the open ticket: %q, %d tickets", got, d.count("SELECT count(*) FROM ticket"))
		}
		here := "/desk/tickets/" + ref + "/call"
		b.sent(b.form(here, here).attach("bill.txt", "text/plain", "a bilby, paid"))
		if got := ana.fileOn(ref, "bill.txt"); got != "a bilby, paid" {
			t.Errorf("noted from the ticket: %q", got)
		}
		// refused, the same bytes are still those of the ticket
		if r := b.send(b.callFrom("ticket="+ref, "body=again", "for=jwhitfield").attach("again.txt", "text/plain", "quokka fault")); r.status != http.StatusUnprocessableEntity {
			t.Fatalf("for somebody else on an open ticket: %d", r.status)
		}
		if got := ana.fileOn(ref, "error.txt"); got != "quokka fault" || len(filesOf(t, d.Config)) != 3 {
			t.Errorf("after a call that was refused: %q, %d files", got, len(filesOf(t, d.Config)))
		}
	})
}

func TestFilesOfACallThatComesBackAreNamedOrKept(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("oachterberg")
		ref, other := d.as("aruiz").ask("a numbat", "in the lift"), d.as("jwhitfield").ask("a quokka", "on the roof")
		named := func(what string, f *form) {
			t.Helper()
			r := b.send(f.attach("quoll.png", "image/png", "picture"))
			if !strings.Contains(r.body, "Choose these again, they were not sent: quoll.png") || !strings.Contains(r.body, "she waits here") {
				t.Errorf("%s: %d, the file is not named or the words are gone", what, r.status)
			}
			if left := filesOf(t, d.Config); len(left) != 0 {
				t.Errorf("%s: %d files are left behind", what, len(left))
			}
		}
		named("nobody is chosen", b.form("/desk/call", "/desk/call").fill("body=she waits here"))
		named("on somebody else's ticket", b.callFrom("ticket="+other, "body=she waits here"))
		named("on a ticket that is none", b.callFrom("ticket=LJMU-1", "for=x", "body=she waits here"))
		find := b.callFrom("body=she waits here", "q=aruiz")
		find.action = "/desk/call/find"
		named("while the caller is looked for without script", find)

		here := "/desk/tickets/" + ref + "/call"
		stale := b.form(here, here).fill("body=she called").attach("numbat.txt", "text/plain", "stripes")
		d.as("aruiz").sent(d.as("aruiz").form("/requests/"+ref, "/requests/"+ref).fill("body=one more thing"))
		back := b.send(stale)
		again := formIn(t, here, back.body, here)
		if back.status != http.StatusConflict || len(again.fields["keep_file"]) != 1 || again.fields.Get("body") != "she called" {
			t.Fatalf("the note of a call comes back with %d, %v", back.status, again.fields)
		}
		b.sent(again)
		if got := d.as("aruiz").fileOn(ref, "numbat.txt"); got != "stripes" {
			t.Errorf("sent once more: %q", got)
		}
	})
}

// sorted is how a ticket is sorted, in words.
func sorted(x ticket.Ticket) string {
	return strings.Join([]string{string(x.Kind), x.Impact.String(), x.Urgency.String(), x.Priority.String()}, " ")
}

func TestACallIsSortedAsItsServiceSaysUnlessTheAgentSaysOtherwise(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("oachterberg")
		devices := b.service("Computers and phones")
		first := number(t, regexp.MustCompile(`(?s)id="team".*?<option value="(\d+)"`).FindStringSubmatch(b.must("/desk/call"))[1])
		if devices.Kind != ticket.Request || devices.Team == first {
			t.Fatalf("the demo's service tells nothing apart: %+v", devices)
		}
		service := "service=" + written(devices.ID)
		for name, c := range map[string]struct {
			fields []string
			want   string
			team   int64
		}{
			"nothing is chosen":                    {nil, "incident medium medium P3", first},
			"the service alone":                    {[]string{service}, "request medium medium P3", devices.Team},
			"the service and another kind":         {[]string{service, "kind=incident"}, "incident medium medium P3", devices.Team},
			"the service and another team":         {[]string{service, "team=" + written(first)}, "request medium medium P3", first},
			"how many it touches":                  {[]string{"impact=high"}, "incident high medium P2", first},
			"how many it touches and how it hurts": {[]string{"impact=high", "urgency=high"}, "incident high high P1", first},
			"little of either":                     {[]string{"impact=low", "urgency=low"}, "incident low low P4", first},
		} {
			b.sent(b.callFrom(append([]string{"subject=" + name, "body=x"}, c.fields...)...))
			if x := d.facts(d.newest("LJMU")); sorted(x) != c.want || x.Team != c.team {
				t.Errorf("%s: %s in team %d, want %s in %d", name, sorted(x), x.Team, c.want, c.team)
			}
		}
		page := b.must("/desk/call")
		for _, want := range []string{"High impact: P1 with high urgency, P2 with medium, P3 with low.", "Low impact: P3 with high urgency, P4 with medium, P4 with low.", "Without a service it is an incident of"} {
			if !strings.Contains(page, want) {
				t.Errorf("the form does not say %q", want)
			}
		}
	})
}

func TestACallOnAnOpenTicketSortsItAnew(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("oachterberg")
		ref := d.as("aruiz").ask("a numbat", "in the lift")
		before := sorted(d.facts(ref))
		b.sent(b.callFrom("ticket="+ref, "body=It is still there."))
		if now := sorted(d.facts(ref)); now != before {
			t.Errorf("a call that says nothing of it sorts it: %s, before %s", now, before)
		}
		b.sent(b.callFrom("ticket="+ref, "body=Now the whole house is shut.", "impact=high", "urgency=high", "kind=incident"))
		if x := d.facts(ref); sorted(x) != "incident high high P1" {
			t.Errorf("after the second call it is %s", sorted(x))
		}
		r := b.send(b.callFrom("ticket="+ref, "body=Give it to them.", "team="+written(d.team("IT").ID)))
		if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "hand the ticket over on its page") || !strings.Contains(r.body, "Give it to them.") {
			t.Errorf("with another team: %d", r.status)
		}
	})
}

func TestAnAgentIsToldThatAServiceGoesWhereTheyCannotFollow(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	leila := d.as("lhaddad")
	access := leila.service("Software")
	call := func(pairs ...string) *form {
		return leila.form("/desk/call", "/desk/call").fill(append([]string{"caller=nameless", "subject=a lost numbat", "service=" + written(access.ID)}, pairs...)...)
	}
	r := leila.send(call())
	if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, `href="#team"`) || !strings.Contains(r.body, "a lost numbat") {
		t.Errorf("a service of a team she may not read: %d %.300s", r.status, r.body)
	}
	leila.sent(call("team=" + written(d.team("BST").ID)))
	if x := d.facts(d.newest("LJMU")); x.Team != d.team("BST").ID || x.Offering != access.ID {
		t.Errorf("with her own team: team %d, service %d", x.Team, x.Offering)
	}
	leila.sent(call("service=", "team="))
	if x := d.facts(d.newest("LJMU")); x.Team != d.team("BST").ID {
		t.Errorf("with neither it is of team %d, not hers", x.Team)
	}
}

func TestWhatSolvedACallStandsOnceAndApartFromWhatWasSaid(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b, ana := d.as("oachterberg"), d.as("aruiz")
		told := func(ref string, words ...string) {
			t.Helper()
			page := ana.must("/requests/" + ref)
			for _, w := range words {
				if n := strings.Count(page, w); n != 1 {
					t.Errorf("%q stands %d times on %s", w, n, ref)
				}
			}
			if x := d.facts(ref); x.State != ticket.Resolved {
				t.Errorf("%s is %s", ref, x.State)
			}
		}
		b.sent(b.callFrom("subject=a quoll lead", "body=Hers is torn.", "solved=yes", "solution=Lent one until Friday."))
		ref := d.newest("LJMU")
		told(ref, "Hers is torn.", "Lent one until Friday.")
		if n := d.entriesOf(ref); n != 2 {
			t.Errorf("%d entries, want what was said and what helped", n)
		}
		open := ana.ask("a numbat", "in the lift")
		b.sent(b.callFrom("ticket="+open, "body=She asks again.", "solved=yes", "solution=It left by the stairs."))
		told(open, "She asks again.", "It left by the stairs.")

		before := d.written()
		for name, c := range map[string]struct{ fields, says string }{
			"solved without a word": {"solved=yes&solution=", "Say in a sentence how it was solved"},
			"a word, not solved":    {"solved=&solution=We waved.", "it is not marked as solved"},
			"solved with blanks":    {"solved=yes&solution=  ", "Say in a sentence how it was solved"},
		} {
			for _, on := range []string{"", ana.ask("a bilby "+name, "in the hall")} {
				f := b.callFrom("ticket="+on, "subject=a dunnart", "body=nothing is lost").fill(strings.Split(c.fields, "&")...)
				r := b.send(f)
				back := formIn(t, "/desk/call", r.body, "/desk/call")
				if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, `href="#solution"`) || !strings.Contains(r.body, c.says) ||
					back.fields.Get("body") != "nothing is lost" || back.fields.Get("solved") != f.fields.Get("solved") || strings.TrimSpace(back.fields.Get("solution")) != strings.TrimSpace(f.fields.Get("solution")) {
					t.Errorf("%s, on %q: %d %v", name, on, r.status, back.fields)
				}
			}
		}
		if n := d.written() - before; n != 6 { // the bilbies
			t.Errorf("refused calls wrote %d rows", n-6)
		}
	})
}

func TestWhoMayNotReadMailsLogsACallAndLeavesTheSolutionToOthers(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	henrik := d.as("hsorensen")
	call := func(pairs ...string) *form {
		return henrik.form("/desk/call", "/desk/call").fill(append([]string{"caller=nameless", "subject=a tap drips", "body=in the hall"}, pairs...)...)
	}
	r := henrik.send(call("solved=yes", "solution=turned it off"))
	if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, `href="#solution"`) || !strings.Contains(r.body, "turned it off") {
		t.Errorf("solved: %d %.300s", r.status, r.body)
	}
	henrik.sent(call("solved=", "solution="))
}

func TestAProgramSaysWhatAMatterIsAsTheFormOfACallDoes(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		software := d.as("oachterberg").service("Software")
		owen := d.program(t, "oachterberg", policy.Resolve)
		send := func(path, body string) reply {
			return owen.send("/api/v1/tickets"+path, "application/json", strings.NewReader(body))
		}
		opened := func(body string) (out ticket.TicketJSON) {
			t.Helper()
			r := send("", body)
			if err := json.Unmarshal([]byte(r.body), &out); err != nil || r.status != http.StatusCreated {
				t.Fatalf("%s: %d %.300s", body, r.status, r.body)
			}
			return out
		}
		x := opened(`{"subject":"a licence","text":"for the numbat","service":"SOFTWARE","impact":"high"}`)
		if now := d.facts(x.Ref); sorted(now) != "request high medium P2" || now.Team != software.Team || now.State != ticket.New {
			t.Errorf("by its service: %s, %s, in team %d, want %d", sorted(now), now.State, now.Team, software.Team)
		}
		y := opened(`{"subject":"a lead","text":"hers is torn","affected":"aruiz","solved":true,"solution":"lent one"}`)
		if y.State != ticket.Resolved || d.entriesOf(y.Ref) != 2 {
			t.Errorf("solved: %s, %d entries", y.State, d.entriesOf(y.Ref))
		}
		refused(t, "solved without a word", send("", `{"subject":"x","text":"y","solved":true}`), http.StatusUnprocessableEntity, "call.solution")
		refused(t, "a word, not solved", send("", `{"subject":"x","text":"y","solution":"z"}`), http.StatusUnprocessableEntity, "call.unsolved")
		refused(t, "a call solved without a word", send("/"+x.Ref+"/calls", `{"text":"she called","solved":true}`), http.StatusUnprocessableEntity, "call.solution")
		if r := send("/"+x.Ref+"/calls", `{"text":"she called","solved":true,"solution":"sent the licence"}`); r.status != http.StatusCreated || d.facts(x.Ref).State != ticket.Resolved {
			t.Errorf("a call that solved it: %d, %s", r.status, d.facts(x.Ref).State)
		}
	})
}
