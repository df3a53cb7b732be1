package ticket_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

func TestClosedDaysAreTriedAddedAndRemovedByForms(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		head := w.head("Head Of Desk", "ONE")
		const at = "/desk/settings/closures/new"
		hours := url.Values{"holidays": {"england-and-wales"}, "reopen": {"7"}, "seen": {"-1"}, "mon": {"09:00-17:00"}, "tue": {"09:00-17:00"}, "wed": {"09:00-17:00"}}
		w.post(head, "/desk/settings/hours", hours, http.StatusOK)
		targets := url.Values{"preview": {"1"}}
		for _, p := range []string{"P1", "P2", "P3", "P4"} {
			targets.Set("response"+p, "60")
			targets.Set("resolution"+p, "120")
		}
		hours.Set("preview", "1")
		says(t, "before there are any", w.get(head, "/desk/settings"), "Closed soon", `href="`+at+`"`, "Friday 25 December 2026", "Christmas Day", "Public holiday", "!/remove\"")
		says(t, "the empty form", w.get(head, at), `name="from" type="date"`, "Up to 31 days", "!-error\"", "!What this would mean")
		form := url.Values{"name": {"Strike day"}, "from": {"2026-11-23"}, "to": {""}, "hours": {"one to five"}}
		says(t, "hours in words", w.post(head, at, form, http.StatusUnprocessableEntity), `id="hours-error"`, `value="one to five"`, `value="Strike day"`, `value="2026-11-23"`)
		form.Set("hours", "")
		form.Set("to", "soon")
		says(t, "no day", w.post(head, at, form, http.StatusUnprocessableEntity), `id="to-error"`, "2026-12-24")
		form.Set("to", "2062-11-23")
		says(t, "a year typed wrong", w.post(head, at, form, http.StatusUnprocessableEntity), `id="to-error"`, "at most 31")
		form.Set("to", "")

		before := w.get(head, "/desk/settings/hours?"+hours.Encode())
		try := maps.Clone(form)
		try.Set("preview", "1")
		says(t, "tried", w.get(head, at+"?"+try.Encode()), "What this would mean", "Closed Monday 23 November 2026: 1 day.", "A P2 reported now would be due an answer on Tuesday 24 November, 10:00")
		says(t, "trying saves nothing", w.get(head, "/desk/settings"), "!Strike day")
		try.Set("from", "2026-11-20")
		says(t, "tried in the past", w.get(head, at+"?"+try.Encode()), `id="from-error"`, "is over", "!What this would mean")

		page := w.post(head, at, form, http.StatusOK)
		says(t, "added", page, "Strike day", "Monday 23 November 2026", "Closed by the desk", "A P2 reported now would be due an answer on Tuesday 24 November, 10:00")
		after := w.get(head, "/desk/settings/hours?"+hours.Encode())
		says(t, "hours tried before", before, "!an answer on Tuesday 24 November, 10:00")
		says(t, "hours tried after", after, "A P2 reported now would be due an answer on Tuesday 24 November, 10:00")
		says(t, "targets tried after", w.get(head, "/desk/settings/targets?"+targets.Encode()), "A P2 reported now would be due an answer on Tuesday 24 November, 10:00")
		says(t, "the same again", w.post(head, at, form, http.StatusUnprocessableEntity), `id="from-error"`, "Strike day")
		part := url.Values{"name": {"Staff meeting"}, "from": {"2026-12-29"}, "to": {"2026-12-30"}, "hours": {"13:00 – 17:00"}}
		both := w.post(head, at, part, http.StatusOK)
		says(t, "a part of two days", both, "Tuesday 29 December 2026 to Wednesday 30 December 2026, 13:00-17:00")
		if a, b, c := strings.Index(both, "Strike day"), strings.Index(both, "Christmas Day"), strings.Index(both, "Staff meeting"); a > b || b > c {
			t.Error("the closed days are not in the order in which they come")
		}

		link := regexp.MustCompile(`/desk/settings/closures/\d+/remove`).FindString(page)
		says(t, "before it is removed", w.get(head, link), "Remove “Strike day”?", "Monday 23 November 2026")
		says(t, "once removed", w.post(head, link, url.Values{"form_token": {""}}, http.StatusOK), "!Strike day", "Staff meeting", "!an answer on Tuesday 24 November, 10:00")
		w.send(head, http.MethodGet, link, "", http.StatusNotFound)
		w.post(head, link, url.Values{"form_token": {""}}, http.StatusNotFound)
	})
}

func TestClosedDaysThatHaveBegunSayWhatStaysClosed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		head := w.head("Head Of Desk", "ONE")
		page := w.post(head, "/desk/settings/closures/new", url.Values{"name": {"Reading week"}, "from": {"2026-11-23"}, "to": {"2026-11-27"}}, http.StatusOK)
		link := regexp.MustCompile(`/desk/settings/closures/\d+/remove`).FindString(page)
		says(t, "on its first day", w.get(head, link), "!stay closed")
		w.env.Clock.Advance(24 * time.Hour)
		head = w.head("Who Took Over", "ONE")
		says(t, "on its second day", w.get(head, link), "stay closed")
		says(t, "once it is over", w.post(head, link, url.Values{"form_token": {""}}, http.StatusOK), "!Reading week")
	})
}

func TestAServiceSaysOnItsFormHowItsTicketsBegin(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		w.env.Shelf.Put(policy.NewBook(map[int64][]policy.Rule{w.controller.ID: {
			{ID: "test/own", Notice: "test", What: "ticket", Who: []policy.Term{{Atom: "concerned"}}, Purposes: []policy.Purpose{policy.Own}},
			{ID: "test/work", Notice: "test", What: "ticket", Who: []policy.Term{{Atom: "while_assigned"}}, Purposes: []policy.Purpose{policy.Resolve}},
		}}))
		head := w.head("Head Of Desk", "ONE")
		says(t, "a new one", w.get(head, "/desk/settings/services/new"), `name="impact"`, `name="urgency"`, `<option value="medium" selected`)
		form := url.Values{"name": {"Wireless"}, "code": {"WIFI"}, "kind": {"incident"}, "seen": {"-1"}}
		says(t, "without saying it", w.post(head, "/desk/settings/services/new", form, http.StatusOK), "P3", "Impact: Medium. Urgency: Medium.")
		wifi := w.services()[0]
		at := "/desk/settings/services/" + id.Text(wifi.ID)
		form = url.Values{"name": {"Wireless"}, "kind": {"incident"}, "seen": {"1"}, "impact": {"high"}, "urgency": {"high"}}
		says(t, "the table", w.post(head, at, form, http.StatusOK), "P1", "Impact: High. Urgency: High.")
		says(t, "its form", w.get(head, at), `<option value="high" selected`)
		form = url.Values{"name": {"Wireless"}, "kind": {"incident"}, "seen": {"2"}, "impact": {"enormous"}}
		says(t, "a level that is none leaves what stands", w.post(head, at, form, http.StatusOK), "Impact: High. Urgency: High.")
		w.post(head, at+"/retire", url.Values{"do": {"retire"}, "seen": {"3"}}, http.StatusOK)
		says(t, "offered again", w.post(head, at+"/retire", url.Values{"do": {"again"}, "seen": {"4"}}, http.StatusOK), "Impact: High. Urgency: High.")

		person, asker := w.analyst("Who Asks", "")
		w.post(asker, "/ask", url.Values{"service": {id.Text(wifi.ID)}, "subject": {"No wireless"}, "body": {"It drops."}}, http.StatusOK)
		w.write(func(tx *store.Tx) error {
			found, err := w.List(t.Context(), tx, ticket.Filter{Offering: wifi.ID}, ticket.Newest, 10)
			if len(found) != 1 || found[0].Reporter != person.ID || found[0].Priority != ticket.P1 {
				t.Errorf("asked on the portal it begins as %+v", found)
			}
			return err
		})
	})
}
