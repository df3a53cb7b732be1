package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heed/kernel/store"
)

// What a refused form held stands on its page again, however its author comes back
// to it: by the browser's way back, by loading the page again, on another computer.
func TestARefusedFormStandsOnItsPageAgain(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		asker, agent := d.as("aruiz"), d.as("oachterberg")
		ref := asker.ask("A lamp", "It flickers.")
		for path, c := range map[string]struct {
			b      *browser
			fields url.Values
			typed  string
		}{
			"/ask":                           {asker, url.Values{"subject": {"  "}, "body": {"my password is hunter2"}}, "hunter2"},
			"/desk/call":                     {agent, url.Values{"subject": {"a call without a caller"}, "body": {"who was it"}}, "a call without a caller"},
			"/desk/tickets/" + ref + "/wait": {agent, url.Values{"version": {"1"}, "for": {"date"}, "until": {"2001-02-03"}}, "2001-02-03"},
		} {
			status, page := c.b.post(path, c.fields)
			if status != http.StatusUnprocessableEntity || !strings.Contains(page, c.typed) {
				t.Errorf("%s: the refused form answers %d, with what was typed: %t", path, status, strings.Contains(page, c.typed))
			}
			if want := `data-unsent="` + path + `"`; !strings.Contains(page, want) {
				t.Errorf("%s: the page does not say %s", path, want)
			}
			if again := c.b.must(path); !strings.Contains(again, c.typed) {
				t.Errorf("%s: opened again, the page has lost what was typed", path)
			}
		}
	})
}

func TestAFormThatMayNotBeKeptOrHasNoPageLeavesNothing(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("rokafor") // whose desk may hold nothing above OFFICIAL
		status, page := b.post("/ask", url.Values{"subject": {"A plan"}, "body": {"SECRET\n\nnobody may keep this"}})
		if status != http.StatusUnprocessableEntity || !strings.Contains(page, "nobody may keep this") {
			t.Errorf("a marked text: %d", status)
		}
		if strings.Contains(b.must("/ask"), "nobody may keep this") {
			t.Error("what is marked too high is kept")
		}
		if n := d.count(`SELECT count(*) AS value FROM draft`); n != 0 {
			t.Errorf("%d drafts are kept, want none", n)
		}
	})
}

func TestACallThatWasNotSentIsSaidToBeOneAndCanBeForgotten(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("oachterberg")
		const kept = "typed and not sent"
		if strings.Contains(b.must("/desk/call"), kept) {
			t.Error("a fresh form says that something waits")
		}
		b.post("/desk/call", url.Values{"subject": {"the numbat of somebody else"}, "body": {"x"}})
		page := b.must("/desk/call")
		if !strings.Contains(page, kept) || !strings.Contains(page, "numbat of somebody else") {
			t.Errorf("what waits is not said to wait:\n%.3000s", page)
		}
		b.sent(b.form("/desk/call", "/desk/call/new"))
		if page := b.must("/desk/call"); strings.Contains(page, kept) || strings.Contains(page, "numbat") {
			t.Error("a new call begins with the words of another")
		}
	})
}

// What a refused form holds and what was typed into it in another window come back
// together, so that neither is lost with the next word.
func TestARefusedFormComesBackWithTheWordsOfTheOtherWindow(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("aruiz")
		first, second := b.form("/ask", "/ask"), b.form("/ask", "/ask")
		b.post("/drafts?place=/ask", second.fill("body=the numbat of the second window").fields)
		r := b.send(first.fill("subject=A door", "body=my password is hunter2"))
		for _, want := range []string{"hunter2", "numbat of the second window"} {
			if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, want) {
				t.Errorf("%d, without %q", r.status, want)
			}
		}
		again := formIn(t, "/ask", r.body, "/ask")
		b.post("/drafts?place=/ask", again.fields)
		if page := b.must("/ask"); strings.Count(page, "numbat of the second window") != 1 || strings.Count(page, "hunter2") != 1 {
			t.Error("after the next word something is lost or stands twice")
		}
	})
}
