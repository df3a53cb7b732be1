package e2e

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"heed/kernel/store"
)

func TestCHI14AFormWithTheNumberOfACardComesBackOnceBeforeItIsSent(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("aruiz")
		const body = "My card 4111 1111 1111 1111 opens no door, the numbat says."
		refused := b.send(b.form("/ask", "/ask").fill("subject=a door", "body="+body))
		if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, "ot sent yet") {
			t.Fatalf("sent at once: %d", refused.status)
		}
		if !strings.Contains(refused.body, `name="hinted" value="card"`) || !strings.Contains(refused.body, "4111 1111 1111 1111") {
			t.Error("the form does not come back with its text and what was said")
		}
		if n := d.count("SELECT count(*) FROM ticket"); n != 0 {
			t.Fatalf("%d tickets of a form that was not sent", n)
		}
		b.sent(formIn(t, "/ask", refused.body, "/ask"))
		ref := d.newest("LJMU")
		here := "/requests/" + ref
		if again := b.send(b.form(here, here).fill("body=my password is hunter2")); again.status != http.StatusUnprocessableEntity || !strings.Contains(again.body, `name="hinted" value="password"`) {
			t.Errorf("an answer with a password: %d", again.status)
		}
		b.sent(b.form(here, here).fill("body=my password is wrong, it says"))
	})
}

func TestLJMUH21WhateverElseSomebodyWritesIsTheirChoice(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	page := d.as("aruiz").must("/ask")
	for _, name := range asked(page) {
		needed := regexp.MustCompile(`<(input|textarea|select)[^>]* name="` + name + `"[^>]*\srequired`).MatchString(page)
		if want := name == "subject" || name == "body"; needed != want {
			t.Errorf("%s: demanded is %v, want %v", name, needed, want)
		}
	}
	for _, kind := range []string{"card", "health", "password"} {
		if !strings.Contains(page, `data-hint="`+kind+`" hidden`) {
			t.Errorf("no hint waits for what looks like %s", kind)
		}
	}
}

func TestWhileSomebodyTypesTheKeptDraftSaysWhichHintsToShow(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	b := d.as("aruiz")
	for body, want := range map[string]string{
		"the door does not open":                "",
		"my password: hunter2, I was diagnosed": "password health",
	} {
		r, err := b.client.PostForm(d.site.URL+"/drafts?place=/ask", url.Values{"subject": {"a door"}, "body": {body}})
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		if got := r.Header.Get("Heed-Hint"); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}
