package e2e

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"heed/app/demo"
	"heed/kernel/store"
)

// give hands a ticket over in the desk's page.
func (b *browser) give(ref, team, note string) {
	b.d.t.Helper()
	page := "/desk/tickets/" + ref + "/assign"
	b.sent(b.form(page, page).fill("team="+written(b.d.team(team).ID), "owner=", "note="+note))
}

// Two agents have a ticket open. What the second sends is not lost, and they see
// what the first did before they send it again.
func TestOfTwoAgentsAtOnceTheSecondKeepsTheirWordsAndSeesTheFirst(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a request", "to write on")
		here := "/desk/tickets/" + ref
		owen, leila := d.as("oachterberg"), d.as("lhaddad")
		owen.give(ref, "BST", "please look")
		f, g := owen.form(here, here).fill("mode=reply", "body=it is the lamp", "then=asked"), leila.form(here, here).fill("mode=reply", "body=it is the fan")
		leila.sent(g)
		r := owen.send(f)
		if r.status != http.StatusConflict || !strings.Contains(r.body, "Somebody changed this ticket") || !strings.Contains(r.body, "it is the fan") || !strings.Contains(r.body, "The last to write was Leila Haddad") {
			t.Fatalf("the second reply: %d; it must show what the first did", r.status)
		}
		again := formIn(t, here, r.body, here)
		if again.fields.Get("body") != "it is the lamp" || again.fields.Get("then") != "asked" || again.fields.Get("mode") != "reply" || len(again.fields["to"]) != 1 {
			t.Errorf("of what was typed there is left %v", again.fields)
		}
		owen.sent(again)
		// notes lose nothing and wait for nobody
		f, g = owen.form(here, here).fill("mode=note", "body=a note of Owen"), leila.form(here, here).fill("mode=note", "body=a note of Leila")
		leila.sent(g)
		owen.sent(f)
		page := owen.must(here)
		for _, want := range []string{"it is the fan", "it is the lamp", "a note of Owen", "a note of Leila"} {
			if strings.Count(page, want) != 1 {
				t.Errorf("%q stands %d times on the page", want, strings.Count(page, want))
			}
		}
	})
}

func TestAStaleHandOverKeepsWhatWasChosenAndTyped(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a request", "to write on")
		here := "/desk/tickets/" + ref
		b := d.as("oachterberg")
		apps := written(d.team("IT-APPS").ID)
		f := b.form(here+"/assign", here+"/assign").fill("team="+apps, "owner=", "note=a long thought about okapis", "keep=internal")
		b.sent(b.form(here+"/take", here+"/take"))
		r := b.send(f)
		if r.status != http.StatusConflict {
			t.Fatalf("a stale hand-over: %d", r.status)
		}
		again := formIn(t, here, r.body, here+"/assign")
		for name, want := range map[string]string{"team": apps, "owner": "", "note": "a long thought about okapis", "keep": "internal"} {
			if got := again.fields.Get(name); got != want {
				t.Errorf("%s is %q in the form again, was %q", name, got, want)
			}
		}
		b.sent(again)
	})
}

// resume signs in on the page that came instead of an answer.
func (d *desk) resume(user string, r reply) (*browser, string) {
	d.t.Helper()
	if err := d.People.SetPassword(d.t.Context(), number(d.t, d.person(user)), demo.Password); err != nil {
		d.t.Fatal(err)
	}
	b := d.as("")
	f := formIn(d.t, "/sign-in", r.body, "/sign-in").fill("user="+user, "password="+demo.Password)
	return b, b.sent(f)
}

func TestWhatWasTypedSurvivesTheEndOfTheSession(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a request", "to write on")
		here := "/desk/tickets/" + ref
		for name, c := range map[string]struct{ who, page, action, field string }{
			"in mid-reply":       {"oachterberg", here, here, "body"},
			"in mid-hand-over":   {"oachterberg", here + "/assign", here + "/assign", "note"},
			"in mid-message":     {"aruiz", "/requests/" + ref, "/requests/" + ref, "body"},
			"in mid-request":     {"aruiz", "/ask", "/ask", "body"},
			"while a call lasts": {"oachterberg", "/desk/call", "/desk/call", "body"},
		} {
			b := d.as(c.who)
			f := b.form(c.page, c.action).fill(c.field + "=half a word about axolotls")
			b.sent(b.form(c.page, "/sign-out"))
			r := b.send(f)
			if r.status != http.StatusUnauthorized || strings.Contains(r.body, "axolotl") {
				t.Fatalf("%s: %d, and the text must travel sealed", name, r.status)
			}
			again, to := d.resume(c.who, r)
			if to != c.page {
				t.Errorf("%s: signed in, one stands at %s", name, to)
			}
			if got := again.form(c.page, c.action).fields.Get(c.field); got != "half a word about axolotls" {
				t.Errorf("%s: the form holds %q", name, got)
			}
		}
		if strings.Contains(d.as("aruiz").must("/requests/"+ref), "axolotls</p>") || d.entriesOf(ref) != 1 {
			t.Errorf("it was sent without asking: %d entries", d.entriesOf(ref))
		}
	})
}

// A form of a page that has none of its own comes back to where it was typed.
func TestAReopeningTypedAsTheSessionEndedIsFoundOnTheRequest(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	b := d.as("aruiz")
	ref := b.ask("a request", "to write on")
	page := "/desk/tickets/" + ref + "/resolve"
	owen := d.as("oachterberg")
	owen.sent(owen.form(page, page).fill("body=it is done"))
	f := b.form("/requests/"+ref, "/requests/"+ref+"/reopen").fill("body=it is not done")
	b.sent(b.form("/requests", "/sign-out"))
	again, to := d.resume("aruiz", b.send(f))
	if to != "/requests/"+ref || again.form(to, to+"/reopen").fields.Get("body") != "it is not done" {
		t.Errorf("signed in, one stands at %s", to)
	}
}

// What somebody writes to have a request opened again is not lost when it is open
// by then: it stands in the answer.
func TestAReopeningThatComesTooLateKeepsItsWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	b, owen := d.as("aruiz"), d.as("oachterberg")
	ref := b.ask("a request", "to write on")
	page := "/desk/tickets/" + ref
	owen.sent(owen.form(page+"/resolve", page+"/resolve").fill("body=it is done"))
	f := b.form("/requests/"+ref, "/requests/"+ref+"/reopen").fill("body=the axolotl is back")
	owen.sent(owen.form(page+"/reopen", page+"/reopen"))
	status, said := b.post(f.action, f.fields)
	if status != http.StatusConflict && status != http.StatusUnprocessableEntity || !strings.Contains(said, "the axolotl is back</textarea>") {
		t.Errorf("the request answers %d and has lost the words", status)
	}
}

// LJMUH-09 for somebody who was just writing: nothing of the ticket shows any
// more, and their own words wait for the day it comes back.
func TestATicketThatMovesAwayLeavesNoTraceAndTakesNoWords(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("zorilla of a subject", "zorilla of a body")
		here := "/desk/tickets/" + ref
		owen, leila := d.as("oachterberg"), d.as("lhaddad")
		owen.give(ref, "BST", "for Leila")
		f := leila.form(here, here).fill("mode=reply", "body=what Leila typed", "then=solved").attach("okapi.txt", "text/plain", "stripes")
		hand := leila.form(here+"/assign", here+"/assign").fill("note=what Leila thought")
		leila.post("/drafts?place="+here, url.Values{"body": {"what Leila typed so far"}, "mode": {"reply"}})
		owen.give(ref, "IT-DESK", "back to us")
		before, stored := d.written(), len(filesOf(t, d.Config))
		for name, r := range map[string]reply{"a reply": leila.send(f), "a hand-over": leila.send(hand)} {
			said := html.UnescapeString(r.body)
			if r.status != http.StatusNotFound || strings.Contains(said, "zorilla") || strings.Contains(said, "Ana Ruiz") || !strings.Contains(said, "what you typed is kept") {
				t.Errorf("%s after it moved away: %d %.200s", name, r.status, said)
			}
		}
		guess := here[:len(here)-4] + "9999"
		r := leila.send(&form{t: t, page: guess, action: guess, fields: f.fields})
		if strip(r.body, guess) != strip(leila.send(&form{t: t, page: here, action: here, fields: f.fields}).body, here) {
			t.Error("a ticket that never was is answered otherwise than one that is out of reach")
		}
		if d.written() != before || len(filesOf(t, d.Config)) != stored {
			t.Error("something was carried out")
		}
		for _, path := range []string{here, here + "/assign", "/desk/search?q=zorilla", "/desk?view=all"} {
			if _, page := leila.get(path); strings.Contains(page, "zorilla of") || strings.Contains(page, "Leila typed") || strings.Contains(page, "Leila thought") {
				t.Errorf("%s still tells of it", path)
			}
		}
		owen.give(ref, "BST", "for Leila again")
		if got := leila.form(here, here).fields; got.Get("body") != "what Leila typed" || got.Get("then") != "solved" {
			t.Errorf("it came back, and the composer holds %v", got)
		}
		if got := leila.form(here+"/assign", here+"/assign").fields.Get("note"); got != "what Leila thought" {
			t.Errorf("it came back, and the note is %q", got)
		}
	})
}

// strip leaves out of a page what is new each time, and its own address.
func strip(page, here string) string {
	page = strings.ReplaceAll(page, here, "HERE")
	return regexp.MustCompile(`value="[^"]*"|\d\d:\d\d`).ReplaceAllString(page, "")
}
