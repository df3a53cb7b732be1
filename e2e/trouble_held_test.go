package e2e

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"heed/kernel/clock"
	"heed/kernel/store"
)

const heldPassword = "correct horse battery"

// heldDesk is a desk whose clock can be moved, with people who have a password.
func heldDesk(t *testing.T, e store.Dialect, people ...string) (*desk, *clock.Movable) {
	t.Helper()
	d, m := movable(t, e)
	for _, p := range people {
		if err := d.People.SetPassword(t.Context(), number(t, d.person(p)), heldPassword); err != nil {
			t.Fatal(err)
		}
	}
	return d, m
}

// heldOn is what the sign-in page carries of a form; "" for nothing.
func heldOn(page string) string {
	_, held, _ := strings.Cut(page, `name="held" value="`)
	held, _, _ = strings.Cut(held, `"`)
	return held
}

func TestTheDraftSurvivesTheEndOfASession(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, m := heldDesk(t, e, "oachterberg")
		ref := d.as("aruiz").ask("draft", "x")
		b, phone := d.as("oachterberg"), d.as("oachterberg")
		type end struct {
			how string
			of  *browser
			do  func()
		}
		for _, x := range []end{
			{"ended from another device", b, func() { phone.post("/account/sessions/end-others", nil) }},
			{"not used for three hours", phone, func() { d.later(m, 3*time.Hour) }},
		} {
			words := "half a reply about axolotls, " + x.how
			x.do()
			status, page := x.of.post("/desk/tickets/"+ref, url.Values{"body": {words}})
			if status != http.StatusUnauthorized || strings.Contains(page, "axolotls") {
				t.Fatalf("%s: %d, and the text must travel sealed", x.how, status)
			}
			status, to := x.of.post("/sign-in", url.Values{"user": {"oachterberg"}, "password": {heldPassword}, "held": {heldOn(page)}})
			if status != http.StatusSeeOther || to != "/desk/tickets/"+ref {
				t.Fatalf("%s: signed in, %d %s", x.how, status, to)
			}
			if page := x.of.must(to); !strings.Contains(page, words) {
				t.Errorf("%s: the text is gone", x.how)
			}
		}
	})
}

func TestWhatSomebodyTypedIsNotGivenToWhoSignsInNext(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, m := heldDesk(t, e, "oachterberg", "mtremblay")
		typed := url.Values{"subject": {"Her axolotl"}, "body": {"Words about axolotls"}}
		for how, end := range map[string]func(b *browser){
			"signed out in another tab": func(b *browser) { b.post("/sign-out", nil) },
			"away for three hours":      func(*browser) { d.later(m, 3*time.Hour) },
		} {
			b := d.as("lhaddad")
			end(b)
			_, page := b.post("/ask", typed)
			held := heldOn(page)
			if held == "" {
				t.Fatalf("%s: nothing is held for the person whose session ended", how)
			}
			status, to := b.post("/sign-in", url.Values{"user": {"mtremblay"}, "password": {heldPassword}, "held": {held}, "back": {"/requests"}})
			if status != http.StatusSeeOther || to != "/requests" {
				t.Fatalf("%s: somebody else signs in, %d %s", how, status, to)
			}
			if strings.Contains(b.must("/ask"), "axolotl") {
				t.Errorf("%s: the words of one person are the draft of another", how)
			}
		}
		me := d.as("oachterberg")
		d.later(m, 3*time.Hour)
		_, page := me.post("/ask", typed)
		d.later(m, 61*time.Minute)
		_, to := me.post("/sign-in", url.Values{"user": {"oachterberg"}, "password": {heldPassword}, "held": {heldOn(page)}})
		if to != "/" || strings.Contains(me.must("/ask"), "axolotl") {
			t.Errorf("a page left open for over an hour still gives the words away: %s", to)
		}
	})
}

func TestWhatNobodyKnownTypedIsNotHeld(t *testing.T) {
	t.Parallel()
	d, _ := heldDesk(t, store.SQLite)
	b := d.as("")
	status, page := b.post("/ask", url.Values{"subject": {"Her axolotl"}, "body": {"Words about axolotls"}})
	page = html.UnescapeString(page)
	if status != http.StatusUnauthorized || heldOn(page) != "" || strings.Contains(page, "What you typed is kept") {
		t.Errorf("%d, and something is held for nobody", status)
	}
	if !strings.Contains(page, "go back in your browser") {
		t.Error("the page does not say where the text still is")
	}
}
