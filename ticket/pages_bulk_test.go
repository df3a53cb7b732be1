package ticket_test

import (
	"net/url"
	"strings"
	"testing"

	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// now returns a ticket as it stands.
func (w *desk) now(n int64) (out ticket.Ticket) {
	w.t.Helper()
	w.read(policy.System("test"), policy.Operate, func(tx *store.Tx) (err error) {
		out, err = w.Facts(w.t.Context(), tx, n)
		return err
	})
	return out
}

// Ticked rows are changed one by one: what cannot be changed is named and leaves
// the others be, and a form pressed twice changes nothing twice.
func TestTickedTicketsAreChangedEachOnItsOwn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		ada, mine := w.analyst("Ada", "ONE")
		one, two, far := w.ask(reporter, "ONE", "First"), w.ask(reporter, "ONE", "Second"), w.ask(reporter, "TWO", "Not hers")
		three, four := w.ask(reporter, "ONE", "Third"), w.ask(reporter, "ONE", "Fourth")

		form := url.Values{"do": {"take"}, "view": {"mine"}, "form_token": {"t1"}, "ticket": {one.Ref, two.Ref, far.Ref, two.Ref}}
		page := w.post(mine, "/desk/bulk", form, 200)
		if !strings.Contains(page, "2 of 3 tickets changed") || strings.Contains(page, "Not hers") {
			t.Errorf("after taking two of three the page says:\n%s", page)
		}
		if a, b, c := w.now(one.ID), w.now(two.ID), w.now(far.ID); a.Assignee != ada.ID || b.Assignee != ada.ID || c.Assignee != 0 {
			t.Errorf("taken by %d, %d and %d, want %d twice and 0", a.Assignee, b.Assignee, c.Assignee, ada.ID)
		}
		version := w.now(one.ID).Version
		if w.post(mine, "/desk/bulk", form, 200); w.now(one.ID).Version != version {
			t.Error("the same form pressed again changed a ticket again")
		}

		page = w.post(mine, "/desk/bulk", url.Values{"do": {"answer"}, "go": {"yes"}, "body": {" "}, "ticket": {one.Ref, two.Ref}}, 422)
		if !strings.Contains(page, `name="ticket" value="`+one.Ref) || !strings.Contains(page, `name="ticket" value="`+two.Ref) {
			t.Error("the form that comes back has lost a ticket")
		}
		w.post(mine, "/desk/bulk", url.Values{"do": {"answer"}, "go": {"yes"}, "then": {"solved"}, "body": {"The network is back."}, "form_token": {"t2"}, "ticket": {one.Ref, two.Ref}}, 200)
		if a, b := w.now(one.ID), w.now(two.ID); a.State != ticket.Resolved || b.State != ticket.Resolved {
			t.Errorf("answered and solved, they are %s and %s", a.State, b.State)
		}

		before := w.now(one.ID)
		w.post(mine, "/desk/bulk", url.Values{"do": {"sort"}, "go": {"yes"}, "impact": {"high"}, "form_token": {"t4"}, "ticket": {one.Ref, two.Ref}}, 200)
		if a, b := w.now(one.ID), w.now(two.ID); a.Impact != ticket.High || b.Impact != ticket.High || a.Urgency != before.Urgency || a.Subject != before.Subject {
			t.Errorf("sorted, they stand as %+v and %+v", a, b)
		}
		w.post(mine, "/desk/bulk", url.Values{"do": {"wait"}, "go": {"yes"}, "for": {"third"}, "form_token": {"t5"}, "ticket": {three.Ref, four.Ref}}, 200)
		if a, b := w.now(three.ID), w.now(four.ID); a.WaitsFor != ticket.ForThird || b.State != ticket.Waiting {
			t.Errorf("told to wait, they stand as %+v and %+v", a, b)
		}
		if page := w.post(mine, "/desk/bulk", url.Values{"do": {"wait"}, "go": {"yes"}, "for": {"date"}, "until": {"soon"}, "form_token": {"t6"}, "ticket": {three.Ref, four.Ref}}, 422); !strings.Contains(page, "rite the day like this") || !strings.Contains(page, `name="ticket" value="`+four.Ref) {
			t.Errorf("a day that is none is not asked for again:\n%s", page)
		}
		if page := w.post(mine, "/desk/bulk", url.Values{"do": {"sort"}, "go": {"yes"}, "form_token": {"t8"}, "ticket": {three.Ref}}, 422); !strings.Contains(page, "hoose what is to change") {
			t.Errorf("sorting that changes nothing is not refused:\n%s", page)
		}
		if page := w.post(mine, "/desk/bulk", url.Values{"do": {"close"}, "ticket": {three.Ref, four.Ref}}, 200); !strings.Contains(page, "Close 2 tickets?") || w.now(three.ID).State == ticket.Closed {
			t.Error("closing two tickets was not asked about first")
		}
		w.post(mine, "/desk/bulk", url.Values{"do": {"close"}, "go": {"yes"}, "form_token": {"t7"}, "ticket": {three.Ref, four.Ref}}, 200)
		if a, b := w.now(three.ID), w.now(four.ID); a.State != ticket.Closed || b.State != ticket.Closed {
			t.Errorf("closed, they are %s and %s", a.State, b.State)
		}

		w.post(mine, "/desk/bulk", url.Values{"do": {"assign"}, "go": {"yes"}, "team": {id.Text(w.teams["TWO"].ID)}, "form_token": {"t3"}, "ticket": {one.Ref, two.Ref}}, 200)
		if a, b := w.now(one.ID), w.now(two.ID); a.Team != w.teams["TWO"].ID || b.Team != w.teams["TWO"].ID {
			t.Errorf("handed over, they lie with %d and %d", a.Team, b.Team)
		}
		w.post(mine, "/desk/bulk", url.Values{"do": {"delete"}, "ticket": {one.Ref}}, 404)
	})
}

func TestTheBarOfTickedTicketsAsksFirstWhereSomethingIsToBeSaid(t *testing.T) {
	t.Parallel()
	w := newDesk(t, store.SQLite)
	reporter, _ := w.analyst("Rosa", "")
	_, mine := w.analyst("Ada", "ONE")
	x := w.ask(reporter, "ONE", "First")
	if list := w.get(mine, "/desk"); !strings.Contains(list, `name="ticket" form="bulk" value="`+x.Ref) {
		t.Error("a row of the list cannot be ticked")
	}
	for do, want := range map[string]string{"assign": "Hand over 1 ticket", "answer": "Answer 1 ticket"} {
		page := w.post(mine, "/desk/bulk", url.Values{"do": {do}, "ticket": {x.Ref}}, 200)
		if !strings.Contains(page, want) || w.now(x.ID).Version != x.Version {
			t.Errorf("%s does not ask first:\n%s", do, page)
		}
	}
	many := url.Values{"do": {"take"}}
	for range 200 {
		many.Add("ticket", id.Text(int64(len(many["ticket"]))))
	}
	if page := w.post(mine, "/desk/bulk", many, 422); !strings.Contains(page, "200 tickets at once are too many") {
		t.Errorf("two hundred tickets are answered:\n%s", page)
	}
}
