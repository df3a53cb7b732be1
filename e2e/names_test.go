package e2e

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// Whether somebody has a user name can be tried out a few times, as people who
// mistype do, and no more; what leads to a ticket stands on record and is free.
func TestUserNamesCannotBeTriedOut(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		const closed, nobody = "leave the field empty and write the name in your text", "Nobody here has the user name"
		d, m := movable(t, e)
		b := d.as("aruiz")
		ask := func(b *browser, words, who string) (int, string) {
			status, page := b.post("/ask", url.Values{"subject": {words}, "body": {words}, "for": {who}})
			return status, html.UnescapeString(page)
		}
		for range 12 {
			for _, who := range []string{"jwhitfield", "no.such.name"} {
				if _, page := ask(b, "", who); !strings.Contains(page, "Say in a few words what you need") || strings.Contains(page, nobody) {
					t.Fatalf("an empty form tells whether %s is here", who)
				}
			}
		}
		for range 12 {
			if status, page := ask(b, "a quokka", "jwhitfield"); status != http.StatusSeeOther {
				t.Fatalf("for somebody who is here: %d %.300s", status, page)
			}
		}
		for range 10 {
			if _, page := ask(b, "a quokka", "no.such.name"); !strings.Contains(page, nobody) {
				t.Fatal("a wrong name is not said to be one")
			}
		}
		for _, who := range []string{"no.such.name", "jwhitfield"} {
			if status, page := ask(b, "a quokka", who); status != http.StatusServiceUnavailable || !strings.Contains(page, closed) || !strings.Contains(page, "a quokka") {
				t.Errorf("%s, after ten wrong ones: %d, want a refusal on the page that was typed", who, status)
			}
		}
		if status, _ := ask(b, "a quokka", ""); status != http.StatusSeeOther {
			t.Errorf("the way that the refusal shows is closed too: %d", status)
		}
		refused(t, "by program, as the same person", d.program(t, "aruiz", policy.Own).send("/api/v1/tickets", "application/json", strings.NewReader(`{"subject":"x","text":"y","affected":"jwhitfield"}`)), http.StatusServiceUnavailable, "lookup.closed")
		if status, _ := ask(d.as("jwhitfield"), "a quokka", "aruiz"); status != http.StatusSeeOther {
			t.Errorf("somebody else is shut out: %d", status)
		}
		d.later(m, time.Hour+time.Second)
		if status, _ := ask(d.as("aruiz"), "a quokka", "jwhitfield"); status != http.StatusSeeOther {
			t.Errorf("after an hour: %d", status)
		}
	})
}

func TestAProgramCannotTryOutUserNames(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ana := d.program(t, "aruiz", policy.Own)
		call := func(words, who string) reply {
			return ana.send("/api/v1/tickets", "application/json", strings.NewReader(`{"subject":"`+words+`","text":"`+words+`","affected":"`+who+`"}`))
		}
		for range 12 {
			if r := call("quokka", "jwhitfield"); r.status != http.StatusCreated {
				t.Fatalf("for somebody who is here: %d %.300s", r.status, r.body)
			}
			refused(t, "an empty call", call("", "jwhitfield"), http.StatusUnprocessableEntity, "ticket.empty")
		}
		ana.key = "the same call"
		for range 12 {
			if r := call("quokka", "jwhitfield"); r.status != http.StatusCreated {
				t.Fatalf("sent again: %d %.300s", r.status, r.body)
			}
		}
		ana.key = ""
		for range 10 {
			refused(t, "a wrong name", call("quokka", "no.such.name"), http.StatusUnprocessableEntity, "ticket.for")
		}
		refused(t, "a right name after ten wrong ones", call("quokka", "jwhitfield"), http.StatusServiceUnavailable, "lookup.closed")
	})
}
