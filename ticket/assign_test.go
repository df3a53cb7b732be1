package ticket_test

import (
	"strings"
	"testing"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// assign hands a ticket over in somebody's name.
func (w *desk) assign(secret, ref string, h ticket.Handover) {
	w.t.Helper()
	who, _, err := w.people.ActorOf(w.t.Context(), secret)
	if err == nil {
		err = w.env.DB.Write(w.t.Context(), who, policy.Resolve, func(tx *store.Tx) error { return w.Assign(w.t.Context(), tx, ref, h) })
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// Whoever gives a ticket to another team and leaves the owner as it stood means
// the team; an owner who is in both goes along.
func TestAnOwnerDoesNotGoAlongToATeamThatTheyAreNotIn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		rosa, _ := w.analyst("Rosa", "")
		ada, mine := w.analyst("Ada", "ONE")
		bea, hers := w.analyst("Bea", "ONE")
		w.write(func(tx *store.Tx) error { return w.people.Join(t.Context(), tx, bea.ID, w.teams["TWO"]) })
		one, two := w.teams["ONE"].ID, w.teams["TWO"].ID
		stays, goes := w.ask(rosa, "ONE", "Stays behind"), w.ask(rosa, "ONE", "Goes along")
		w.assign(mine, stays.Ref, ticket.Handover{Team: one, Assignee: ada.ID})
		w.assign(hers, goes.Ref, ticket.Handover{Team: one, Assignee: bea.ID})
		w.assign(mine, stays.Ref, ticket.Handover{Team: two, Assignee: ada.ID})
		w.assign(hers, goes.Ref, ticket.Handover{Team: two, Assignee: bea.ID})
		if got := w.now(stays.ID); got.Team != two || got.Assignee != 0 {
			t.Errorf("it lies with team %d and %d, want %d and nobody", got.Team, got.Assignee, two)
		}
		if got := w.now(goes.ID); got.Team != two || got.Assignee != bea.ID {
			t.Errorf("it lies with team %d and %d, want %d and %d", got.Team, got.Assignee, two, bea.ID)
		}
	})
}

// What people wrote runs in its own direction, whatever the page around it does.
func TestWordsOfPeopleRunInTheirOwnDirection(t *testing.T) {
	t.Parallel()
	w := newDesk(t, store.SQLite)
	rosa, _ := w.analyst("رنا خوري", "")
	_, mine := w.analyst("Ada", "ONE")
	const subject = "الطابعة لا تعمل"
	x := w.ask(rosa, "ONE", subject)
	if list := w.get(mine, "/desk"); !strings.Contains(list, "<bdi>"+subject+"</bdi>") || !strings.Contains(list, "<bdi>رنا خوري</bdi>") {
		t.Error("a row does not keep a subject and a name apart from the words around them")
	}
	page := w.get(mine, "/desk/tickets/"+x.Ref)
	for _, want := range []string{`<h1 dir="auto">` + subject, `class="said" dir="auto"`, `rows="3" dir="auto"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the ticket's page lacks %s", want)
		}
	}
}
