package e2e

import (
	"strings"
	"testing"
	"time"

	"heed/kernel/store"
)

func TestNothingOfALongSubjectIsLost(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	long := "numbat " + strings.Repeat("0123456789", 1000) + " the tail"
	for way, open := range d.ways(long, "what it is about") {
		if page := d.as("oachterberg").must("/desk/tickets/" + open()); !strings.Contains(page, "the tail") || !strings.Contains(page, "what it is about") {
			t.Errorf("by %s the end of the subject is lost", way)
		}
	}
}

func TestASolutionTypedAsTheSessionEndedIsFoundAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	page := "/desk/tickets/" + d.as("aruiz").ask("x", "y") + "/resolve"
	b := d.as("oachterberg")
	f := b.form(page, page).fill("body=a new fan")
	b.sent(b.form("/desk", "/sign-out"))
	again, to := d.resume("oachterberg", b.send(f))
	if got := again.form(page, page).fields.Get("body"); to != page || got != "a new fan" {
		t.Errorf("at %s: %q", to, got)
	}
}

func TestAMessageSentAgainOnThePortalSaysSo(t *testing.T) {
	t.Parallel()
	d, m := movable(t, store.SQLite)
	b := d.as("aruiz")
	here := "/requests/" + b.ask("x", "y")
	f := b.form(here, here).fill("body=a word")
	b.sent(f)
	d.later(m, time.Minute)
	if !strings.Contains(b.must(b.sent(f)), "sent already, and only once") {
		t.Error("no word of it")
	}
	to := b.sent(f.fill("body=another word"))
	if b.form(to, here).fields.Get("body") != "another word" {
		t.Error("lost")
	}
}
