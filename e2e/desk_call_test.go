package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

func TestAFurtherCallIsNotedOnTheTicketItIsAbout(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref, other := d.as("aruiz").ask("a numbat", "in the lift"), d.as("jwhitfield").ask("a quokka", "on the roof")
		b := d.as("oachterberg")
		d.program(t, "oachterberg", policy.Resolve).send("/api/v1/tickets/"+ref+"/state", "application/json", strings.NewReader(`{"state":"waiting","for":"requester"}`))
		page := b.must("/desk/call?q=aruiz")
		if !strings.Contains(page, `value="`+ref+`"`) || strings.Contains(page, other) {
			t.Error("the form does not offer what is open for the caller, and only that")
		}
		call := func() *form {
			return b.form("/desk/call?q=aruiz", "/desk/call").fill("caller="+d.person("aruiz"), "subject=the lift again", "body=It bites.", "channel=counter")
		}
		b.sent(call().fill("ticket=" + ref))
		if n := d.count("SELECT count(*) FROM ticket"); n != 2 {
			t.Fatalf("%d tickets; the call was about one of two", n)
		}
		if x := d.facts(ref); x.State != ticket.Open || x.Answered.IsZero() {
			t.Errorf("after the call it is %s, answered %s", x.State, x.Answered)
		}
		if seen := d.as("aruiz").must("/requests/" + ref); !strings.Contains(seen, "It bites.") || !strings.Contains(seen, "the lift again") {
			t.Error("the caller does not see what was noted, or the subject is lost")
		}
		if n := d.count("SELECT count(*) FROM entry WHERE kind = 'call' AND class = 'call' AND channel = 'counter'"); n != 1 {
			t.Errorf("%d notes of a visit", n)
		}
		if r := b.send(call().fill("ticket=" + other)); r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "not of whoever calls") {
			t.Errorf("on somebody else's ticket: %d", r.status)
		}
		if r := b.send(call().fill("ticket="+ref, "for=jwhitfield")); r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "Wrong person?") {
			t.Errorf("on an open ticket for somebody else: %d", r.status)
		}
		if r := d.as("lhaddad").send(b.form("/desk/call?q=aruiz", "/desk/call").fill("caller="+d.person("aruiz"), "ticket="+ref, "for=", "body=x")); r.status != http.StatusNotFound {
			t.Errorf("by an agent who may not see it: %d", r.status)
		}
		here := "/desk/tickets/" + ref + "/call"
		b.sent(b.form(here, here).fill("body=They called once more."))
		if !strings.Contains(b.must("/desk/tickets/"+ref), "They called once more.") {
			t.Error("a call noted from the ticket is not on it")
		}
		owen := d.program(t, "oachterberg", policy.Resolve)
		note := func(body string) reply {
			return owen.send("/api/v1/tickets/"+ref+"/calls", "application/json", strings.NewReader(body))
		}
		solve := "/desk/tickets/" + ref + "/resolve"
		b.sent(b.form(solve, solve).fill("body=it left"))
		if r := note(`{"text":"it is back","channel":"counter"}`); r.status != http.StatusCreated || d.facts(ref).State != ticket.Open {
			t.Errorf("by a program, on a solved ticket: %d, now %s", r.status, d.facts(ref).State)
		}
		if r := note(`{"text":"late","version":1}`); r.status != http.StatusConflict {
			t.Errorf("by a program that looked at an older one: %d", r.status)
		}
		end := "/desk/tickets/" + ref + "/close"
		b.sent(b.form(end, end))
		if r := note(`{"text":"again"}`); r.status != http.StatusConflict {
			t.Errorf("on a closed ticket: %d %.200s", r.status, r.body)
		}
	})
}

func TestWhoCallsForSomebodyElseIsNotWhomItIsAbout(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	b := d.as("oachterberg")
	call := func(other string) *form {
		return b.form("/desk/call?q=jwhitfield", "/desk/call").fill("caller="+d.person("jwhitfield"), "subject=her laptop", "body=hums", "for="+other)
	}
	for _, other := range []string{"nobodyhere", "praman"} { // of another university
		if r := b.send(call(other)); r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "obody here has that user name") {
			t.Errorf("for %s: %d", other, r.status)
		}
	}
	b.sent(call("aruiz"))
	x := d.facts(d.newest("LJMU"))
	if got := [2]int64{x.Reporter, x.Affected}; got != [2]int64{number(t, d.person("jwhitfield")), number(t, d.person("aruiz"))} {
		t.Errorf("reporter and affected are %v", got)
	}
	if !strings.Contains(d.outgoingTo("aruiz@ljmu.example"), x.Ref) {
		t.Error("whom it is about is not told")
	}
}

func TestAWrongPersonIsPutRightAndLosesSightOfTheTicket(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, m := movable(t, e)
		b := d.as("oachterberg")
		b.sent(b.form("/desk/call?q=aruiz", "/desk/call").fill("caller="+d.person("aruiz"), "subject=a numbat", "body=in the lift"))
		ref := d.newest("LJMU")
		here := "/desk/tickets/" + ref
		upload := b.form(here, here).fill("mode=reply", "body=see the picture").attach("numbat.txt", "text/plain", "striped")
		b.sent(upload)
		file := "/requests/" + ref + "/files/"
		d.read(func(tx *store.Tx) error {
			row, err := store.One[store.Value[string]](t.Context(), tx, "SELECT CAST(max(id) AS TEXT) FROM attachment")
			file += row.V
			return err
		})
		d.later(m, ticket.HoldFor+time.Second)
		b.sent(b.form(here, here).fill("mode=reply", "body=the wombat is meant for you")) // still held when it is put right
		right, stale := b.form(here+"/people", here+"/people"), b.form(here+"/people", here+"/people")
		for _, who := range []string{"praman", "nobodyhere"} {
			if r := b.send(b.form(here+"/people", here+"/people").fill("affected=" + who)); r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "obody here has that user name") {
				t.Errorf("to %s: %d", who, r.status)
			}
		}
		b.sent(right.fill("reporter=jwhitfield", "affected=jwhitfield"))
		acks := len(d.sent("acknowledgement"))
		again := b.form(here+"/people", here+"/people")
		b.sent(again.fill("affected=lhaddad"))
		if n := len(d.sent("acknowledgement")) - acks; n != 1 {
			t.Errorf("%d acknowledgements for the one who did not know", n)
		}
		b.sent(b.form(here+"/people", here+"/people").fill("affected=jwhitfield"))
		for user, want := range map[string]int{"aruiz": http.StatusNotFound, "jwhitfield": http.StatusOK} {
			for _, path := range []string{"/requests/" + ref, file} {
				if status, _ := d.as(user).get(path); status != want {
					t.Errorf("%s gets %s: %d, want %d", user, path, status, want)
				}
			}
			if listed := strings.Contains(d.as(user).must("/requests"), ref); listed != (want == http.StatusOK) {
				t.Errorf("%s has it in their list: %v", user, listed)
			}
		}
		if page := b.must(here); !strings.Contains(page, "put right who it concerns") {
			t.Error("the timeline does not say so")
		}
		d.later(m, ticket.HoldFor+time.Second)
		if n := len(d.sent("reply")); n != 1 {
			t.Errorf("%d replies left; the one before it was put right is due, the one that was held is not", n)
		}
		for user, want := range map[string]bool{"aruiz": false, "jwhitfield": true} {
			if found := strings.Contains(b.must("/desk/search?q="+user), ref); found != want {
				t.Errorf("searching %s finds it: %v", user, found)
			}
		}
		if r := b.send(stale.fill("reporter=lhaddad")); r.status != http.StatusConflict {
			t.Errorf("an older page: %d to %s", r.status, r.to)
		}
		if r := d.program(t, "lhaddad", policy.Resolve).send("/api/v1/tickets/"+ref+"/people", "application/json", strings.NewReader(`{"affected":"lhaddad"}`)); r.status != http.StatusNotFound {
			t.Errorf("by an agent who may not see it: %d", r.status)
		}
	})
}

func TestNobodyIsTakenOffATicketOnWhichTheyWrote(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a numbat", "it bit me, and nobody is to know")
		owen := d.program(t, "oachterberg", policy.Resolve)
		put := func(body string) reply {
			return owen.send("/api/v1/tickets/"+ref+"/people", "application/json", strings.NewReader(body))
		}
		refused(t, "taken from who wrote it", put(`{"reporter":"jwhitfield","affected":"jwhitfield"}`), http.StatusUnprocessableEntity, "concern.wrote")
		if r := put(`{"affected":"jwhitfield"}`); r.status != http.StatusOK { // she asks for somebody else
			t.Errorf("on behalf: %d %.200s", r.status, r.body)
		}
		if status, _ := d.as("aruiz").get("/requests/" + ref); status != http.StatusOK {
			t.Errorf("who wrote it does not see it any more: %d", status)
		}
	})
}

func TestATicketDoesNotBecomeThatOfAnotherController(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	ref := d.as("rokafor").ask("a bilby", "in the archive")
	r := d.program(t, "kmensah", policy.Resolve).send("/api/v1/tickets/"+ref+"/people", "application/json", strings.NewReader(`{"affected":"amehta"}`))
	refused(t, "to somebody of another department", r, http.StatusUnprocessableEntity, "concern.controller")
	if x := d.facts(ref); x.Affected != number(t, d.person("rokafor")) {
		t.Error("the ticket is theirs all the same")
	}
}
