package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

func TestADeskPageOffersOnlyWhatItsTicketAllows(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a potoroo", "in the server room")
		b, here := d.as("oachterberg"), "/desk/tickets/"+ref
		offers := func(state string, want ...string) {
			t.Helper()
			page := b.must(here)
			for _, act := range []string{"assign", "take", "wait", "call", "resume", "resolve", "reopen", "close"} {
				wanted := strings.Contains(" "+strings.Join(want, " ")+" ", " "+act+" ")
				if got := strings.Contains(page, `="`+here+"/"+act+`"`); got != wanted {
					t.Errorf("%s: %s is offered: %v, want %v", state, act, got, wanted)
				}
			}
			if got, wanted := strings.Contains(page, `id="composer"`), state != "closed"; got != wanted {
				t.Errorf("%s: a composer: %v", state, got)
			}
		}
		turn := func(act string, pairs ...string) {
			t.Helper()
			b.sent(b.form(here+"/"+act, here+"/"+act).fill(pairs...))
		}
		offers("new", "assign", "take", "wait", "call", "resolve", "close")
		turn("wait", "for=third")
		offers("waiting", "assign", "take", "resume", "wait", "call", "resolve", "close")
		turn("resume")
		stale := b.form(here+"/resolve", here+"/resolve").fill("body=it left by itself")
		mine := d.as("aruiz")
		mine.sent(mine.form("/requests/"+ref, "/requests/"+ref).fill("body=now there are two"))
		if r := b.send(stale); r.status != http.StatusConflict || !strings.Contains(r.body, "it left by itself") || !strings.Contains(r.body, "somebody changed this ticket") && !strings.Contains(r.body, "Somebody changed this ticket") {
			t.Errorf("an old page resolved over news: %d %.500s", r.status, r.body)
		}
		turn("resolve", "body=both left")
		if page := b.must(here); strings.Contains(page, `value="asked"`) || strings.Contains(page, `value="solved"`) {
			t.Error("a solved ticket offers to be solved with a reply")
		}
		turn("close")
		offers("closed", "reopen")
		if page := b.must(here); !strings.Contains(page, "Open it again to write on it") {
			t.Error("a closed ticket does not say how to write on it")
		}
	})
}

func TestWhoMayNotReadMailsWritesNotesOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	d.as("ceze").ask("a bettong", "in the practice room")
	ref := d.newest("CHI")
	page := d.as("hsorensen").must("/desk/tickets/" + ref)
	if strings.Contains(page, `value="reply"`) || !strings.Contains(page, `value="note"`) || !strings.Contains(page, "no sentence of this notice lets you read e-mails") || strings.Contains(page, ref+`/resolve"`) {
		t.Error("an analyst without a support role is offered a reply, or not told why there is none")
	}
	if !strings.Contains(d.as("mtan").must("/desk/tickets/"+ref), `value="reply"`) {
		t.Error("a support role is offered no reply")
	}
	refused(t, "a reply by a program", d.program(t, "hsorensen", policy.Resolve).do(http.MethodPost, "/api/v1/tickets/"+ref+"/replies", "application/json", strings.NewReader(`{"text":"we come"}`)), http.StatusForbidden, "reply.unread")
}

func TestWhoeverNoMailReachesIsPromisedNone(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	b := d.as("jwhitfield")
	ask := b.must("/ask")
	ref := b.ask("a quokka", "in the library")
	for name, page := range map[string]string{"the form": ask, "the request": b.must("/requests/" + ref), "the home page": b.must("/")} {
		if strings.Contains(page, "by mail and here") || strings.Contains(page, "We answer there") || !strings.Contains(page, "The answer will stand here") {
			t.Errorf("%s promises a mail that cannot leave", name)
		}
	}
	if page := d.as("oachterberg").must("/desk/tickets/" + ref); strings.Contains(page, "by mail to Jo") || !strings.Contains(page, "No mail leaves") {
		t.Error("the composer promises a mail that cannot leave")
	}
}

func TestWhoHandsATicketOverIsToldOnTheListTheyCameFrom(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a wombat", "under the desk")
		b := d.as("oachterberg")
		here := "/desk/tickets/" + ref + "/assign?view=all"
		to := b.sent(b.form(here, here).fill("team="+id.Text(d.team("BST").ID), "owner="))
		if !strings.HasPrefix(to, "/desk?") || !strings.Contains(to, "view=all") {
			t.Errorf("it leads to %s and not back to the list", to)
		}
		if page := b.must(to); !strings.Contains(page, ref+" is handed over.") {
			t.Error("nothing says what became of the ticket")
		}
		if page := b.must("/desk?moved=" + url.QueryEscape("you must pay at evil.example")); strings.Contains(page, "evil.example is") || strings.Contains(page, "is handed over") {
			t.Error("an address makes the page say what it likes")
		}
	})
}
