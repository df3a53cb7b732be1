package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heed/kernel/store"
)

// The search at the portal's home finds services and one's own requests, also those
// that are solved, and nothing of anybody else.
func TestTheHomeFindsOnesOwnRequestsByWordAndReference(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		her := d.as("aruiz")
		mine, other := her.ask("a numbat in the lift", "it will not leave"), d.as("sdevlin").ask("a numbat on the roof", "it sings")
		b, here := d.as("oachterberg"), "/desk/tickets/"+mine+"/resolve"
		solve := b.form(here, here).fill("body=It left by itself.")
		if status, said := b.post(solve.action, solve.fields); status != http.StatusSeeOther {
			t.Fatalf("it is not solved: %d %s", status, said)
		}
		for query, want := range map[string]bool{"numbat": true, mine: true, "lift+numbat": true, other: false, "wombat": false, "priority:P9": false, "%22": false} {
			page := her.must("/?q=" + query)
			if found := strings.Contains(page, `href="/requests/`+mine+`"`); found != want {
				t.Errorf("%q finds her request: %t", query, found)
			}
			if strings.Contains(page, "on the roof") {
				t.Errorf("%q finds a request of somebody else", query)
			}
		}
		// nothing was asked of her, and her answer is not ticked off as given
		page := her.must("/requests/" + mine)
		if !strings.Contains(page, "Nothing was asked") || strings.Count(page, `data-state="done"`) != 3 || !strings.Contains(page, `data-state="skipped"`) {
			t.Error("an answer that nobody asked for counts as given")
		}
	})
}

// Who looked at somebody's data is told once a day for each reader, thing and reason,
// with every hour, so that a list of many looks can be read.
func TestLooksOfOneDayAreToldTogetherWithEachHour(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	her := d.as("aruiz")
	ref := her.ask("a numbat in the lift", "it will not leave")
	b := d.as("oachterberg")
	for range 4 {
		b.must("/desk/tickets/" + ref)
	}
	d.sequence()
	page := her.must("/looked?ticket=" + ref)
	rows := strings.Count(page, "Opened your request")
	if rows != 1 || !strings.Contains(page, "4 times that day") {
		t.Errorf("four looks of one day stand in %d rows", rows)
	}
}

// Whoever works at a desk says what is wrong with a service, and everybody who asks for
// help there reads it; nobody else can say it.
func TestWhatIsWrongWithAServiceIsSaidOnThePortal(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		she, other := d.as("amehta"), d.as("ceze")
		service := fmt.Sprint(d.count("SELECT s.id FROM service s JOIN controller c ON c.id = s.controller_id WHERE c.code = 'CO' AND s.code = 'MAIL'"))
		here := "/desk/status/" + service
		if page := other.must("/"); !strings.Contains(page, "Everything works as usual.") {
			t.Error("a day without trouble is not said to be one")
		}
		for _, user := range []string{"amehta", "ceze", "oachterberg"} { // who asks, elsewhere, and who works at another desk
			if status, _ := d.as(user).post(here, url.Values{"trouble": {"All is lost."}, "seen": {"1"}}); status != http.StatusForbidden && status != http.StatusNotFound {
				t.Errorf("%s says what is wrong: %d", user, status)
			}
		}
		for i, user := range []string{"sdevlin", "tbrandt"} { // who answers, and who runs the desk
			b := d.as(user)
			if page := b.must("/desk/status"); !strings.Contains(page, here) || !strings.Contains(page, "Works") {
				t.Errorf("%s is not offered to say how a service does", user)
			}
			words := fmt.Sprintf("Slow in library %d", i)
			late := b.send(b.form(here, here).fill("trouble="+words, "until=2020-01-01T10:00"))
			if late.status != http.StatusUnprocessableEntity || !strings.Contains(late.body, "has passed; give a later one") || !strings.Contains(late.body, words) {
				t.Errorf("a time that has passed: %d, or what was typed is lost", late.status)
			}
			if bad := b.send(b.form(here, here).fill("trouble="+words, "until=noon")); bad.status != http.StatusUnprocessableEntity {
				t.Errorf("a time that is none: %d", bad.status)
			}
			if to := b.sent(b.form(here, here).fill("trouble="+words, "until=2099-11-24T12:30")); to != "/desk/status" {
				t.Errorf("it leads to %s", to)
			}
			for _, page := range []string{she.must("/"), she.must("/ask?service=" + service)} {
				if !strings.Contains(page, words) || !strings.Contains(page, "expected to work again Tuesday 24 November 2099, 12:30") {
					t.Errorf("%s: she is not told what is wrong, or until when", user)
				}
			}
			if page := d.as("sdevlin").must("/desk/call"); !strings.Contains(page, words) {
				t.Error("who answers the telephone is not told")
			}
			if page := other.must("/"); strings.Contains(page, words) || !strings.Contains(page, "Everything works as usual.") {
				t.Error("another institution is told as well")
			}
			b.sent(b.form(here, here).fill("trouble=", "until="))
			if page := she.must("/"); strings.Contains(page, words) || !strings.Contains(page, "Everything works as usual.") {
				t.Error("mended, it still counts as broken")
			}
		}
	})
}
