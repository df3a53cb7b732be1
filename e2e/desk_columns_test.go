package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heed/kernel/store"
)

func TestAnAgentChoosesWhatTheRowsOfTheListSay(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		d.as("aruiz").ask("A numbat", "in the lift")
		b := d.as("oachterberg")
		if strings.Contains(b.must("/desk?view=all"), "row-more") {
			t.Error("rows say who holds a ticket before anybody wanted it")
		}
		f := b.form("/desk?view=all", "/settings/columns")
		f.fields["column"] = []string{"team", "owner", "nonsense"}
		if to := b.sent(f); to != "/desk?view=all" {
			t.Errorf("the choice leads to %s", to)
		}
		page := b.must("/desk?view=all")
		_, rows, _ := strings.Cut(page, `class="rows"`)
		rows, _, _ = strings.Cut(rows, "</ul>")
		if !strings.Contains(rows, "IT Helpdesk") || !strings.Contains(rows, "Nobody yet") || strings.Contains(rows, ">P3<") || strings.Contains(rows, ">New<") {
			t.Errorf("the row says something else than was chosen:\n%s", rows)
		}
		if status, _ := b.post("/settings/columns", url.Values{"back": {"/desk?view=all"}}); status != http.StatusSeeOther {
			t.Errorf("choosing nothing answers %d", status)
		}
		_, rows, _ = strings.Cut(b.must("/desk?view=all"), `class="rows"`)
		rows, _, _ = strings.Cut(rows, "</ul>")
		if strings.Contains(rows, "IT Helpdesk") || !strings.Contains(rows, "A numbat") {
			t.Errorf("with nothing chosen the row says:\n%s", rows)
		}
	})
}

func TestTheRailCanBeMadeNarrowAndWideAgain(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b := d.as("oachterberg")
		for _, want := range []bool{false, true, false} {
			page := b.must("/desk?view=all")
			if narrow := strings.Contains(page, `data-rail="narrow"`); narrow != want {
				t.Fatalf("narrow: %t, want %t", narrow, want)
			}
			press := map[bool]string{false: "narrow", true: "wide"}[want]
			if !strings.Contains(page, `name="rail" value="`+press+`"`) {
				t.Errorf("nothing makes it %s", press)
			}
			b.post("/settings/rail", url.Values{"rail": {press}, "back": {"/desk?view=all"}})
		}
	})
}
