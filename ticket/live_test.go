package ticket_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heed/kernel/store"
)

// LJMUH-09: who saw a ticket because it was assigned to them stops seeing it when
// the assignment ends; also on the page that is open, at once.
func TestAnOpenPageIsToldThatItsTicketIsGoneWhenTheAssignmentEnds(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, mine := w.analyst("Ada", "ONE")
		_, hers := w.analyst("Bea", "ONE")
		x := w.ask(reporter, "ONE", "A subject with a numbat")
		open := w.listen(mine, "/desk/tickets/"+x.Ref+"?view=all", x.Version, x.Ref)
		w.give(hers, x.Ref, "TWO")
		gone := open.until("gone ")
		if !strings.Contains(open.all.String(), `row {"ref":"`+x.Ref) {
			t.Errorf("its row is not gone:\n%s", open.all.String())
		}
		if strings.Contains(open.all.String(), "numbat") || strings.Contains(gone, "TWO") {
			t.Errorf("the stream says more than that it is gone:\n%s", open.all.String())
		}
		if got := open.until("counts "); !strings.Contains(got, `:0`) {
			t.Errorf("the count of the team that held it: %s", got)
		}
		w.give(w.bringer("TWO"), x.Ref, "ONE")
		if again := open.until("counts "); !strings.Contains(again, `:1`) {
			t.Errorf("when it comes back: %s", again)
		}
	})
}

// bringer is somebody of a team who hands tickets on.
func (w *desk) bringer(team string) string {
	_, secret := w.analyst("Cleo", team)
	return secret
}

func TestNobodyHearsOfTicketsOutOfTheirReach(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, far := w.analyst("Dora", "TWO")
		x := w.ask(reporter, "ONE", "A subject with a numbat")
		// asks for a ticket and rows that she may not see
		s := w.listen(far, "/desk/tickets/"+x.Ref+"?view=all", 1, x.Ref)
		w.ask(reporter, "ONE", "Another")
		y := w.ask(reporter, "TWO", "One of hers")
		s.until("fresh ")
		if got := s.all.String(); strings.Contains(got, "gone {") || strings.Contains(got, "changed {") || strings.Contains(got, "row {") || strings.Contains(got, "numbat") || strings.Contains(got, y.Subject) {
			t.Errorf("heard of tickets of another team, or words:\n%s", got)
		}
		if !strings.Contains(s.all.String(), `"n":1`) {
			t.Errorf("one ticket is new to her:\n%s", s.all.String())
		}
	})
}

func TestAnOpenPageIsToldWhoChangedItsTicket(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, mine := w.analyst("Ada", "ONE")
		bea, hers := w.analyst("Bea", "ONE")
		x := w.ask(reporter, "ONE", "A subject")
		s := w.listen(mine, "/desk/tickets/"+x.Ref, x.Version)
		w.give(hers, x.Ref, "ONE")
		// the first round may see the change before the news of it
		if got := s.until(`changed {"show":"Show","text":"` + bea.Name); strings.Contains(got, "subject") {
			t.Errorf("told %s", got)
		}
		// a page that was drawn before the change hears of it when it begins to listen
		w.listen(mine, "/desk/tickets/"+x.Ref, x.Version).until("changed ")
	})
}

func TestTheStreamEndsWithTheSession(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, mine := w.analyst("Ada", "ONE")
		s := w.listen(mine, "/desk?view=all", 0)
		w.ask(reporter, "ONE", "Before")
		s.until("fresh ")
		who, sess, err := w.people.ActorOf(t.Context(), mine)
		if err == nil {
			err = w.people.EndSession(t.Context(), who, sess.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.ask(reporter, "ONE", "After")
		s.ends(10 * time.Second)
		if strings.Contains(s.all.String(), `"n":2`) {
			t.Errorf("told after the session had ended:\n%s", s.all.String())
		}
	})
}

func TestStreamsAreBoundedAndEndWithTheService(t *testing.T) {
	t.Parallel()
	w := newDesk(t, store.SQLite)
	_, mine := w.analyst("Ada", "ONE")
	var all []*stream
	for range 8 {
		all = append(all, w.listen(mine, "/desk", 0))
	}
	req := open[*http.Request](t)(http.NewRequestWithContext(t.Context(), http.MethodGet, w.base+"/desk/live", nil))
	req.AddCookie(w.server.SessionCookie(mine))
	res := open[*http.Response](t)(http.DefaultClient.Do(req))
	_ = res.Body.Close()
	if res.StatusCode != http.StatusNoContent {
		t.Errorf("a ninth page gets %d; a browser asks again unless it is 204", res.StatusCode)
	}
	w.Bus.Hub.Close()
	for _, s := range all {
		s.ends(10 * time.Second)
	}
}

func TestOnlyTheDeskHasAStream(t *testing.T) {
	t.Parallel()
	w := newDesk(t, store.SQLite)
	_, student := w.analyst("Rosa", "")
	for secret, want := range map[string]int{student: http.StatusForbidden, "nobody": http.StatusUnauthorized} {
		req := open[*http.Request](t)(http.NewRequestWithContext(t.Context(), http.MethodGet, w.base+"/desk/live", nil))
		req.AddCookie(w.server.SessionCookie(secret))
		res := open[*http.Response](t)(http.DefaultClient.Do(req))
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%q gets %d, want %d", secret, res.StatusCode, want)
		}
	}
}

// Who may read a ticket knows who else looks at it; who may not knows nothing, and
// whoever leaves is forgotten at once.
func TestOnlyThoseWhoMayReadATicketKnowWhoLooksAtIt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, mine := w.analyst("Ada", "ONE")
		_, hers := w.analyst("Bea", "ONE")
		_, far := w.analyst("Dora", "TWO")
		x := w.ask(reporter, "ONE", "A subject")
		page := "/desk/tickets/" + x.Ref
		ada := w.listen(mine, page, x.Version)
		dora := w.listen(far, page, x.Version)
		bea := w.listen(hers, page, x.Version)
		if got := ada.until("here "); !strings.Contains(got, "Bea has this open too") {
			t.Errorf("Ada is told %s", got)
		}
		bea.until(`here {"text":"Ada`)
		w.give(hers, x.Ref, "TWO")
		bea.until("gone ")
		ada.until("gone ")
		w.ask(reporter, "TWO", "Something for Dora")
		dora.until("fresh ")
		if got := dora.all.String(); strings.Contains(got, "here {") {
			t.Errorf("Dora could not read it, and was told:\n%s", got)
		}
		if others := w.Bus.Hub.Others(x.ID, 0); len(others) != 0 {
			t.Errorf("%v still count as looking at a ticket that is gone from them", others)
		}
	})
}

// A list shows who has a ticket open and who writes there, to those who may see
// the ticket, and the list drawn afterwards shows the same without news.
func TestAListShowsWhoHasATicketOpenAndWhoWrites(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		reporter, _ := w.analyst("Rosa", "")
		_, mine := w.analyst("Ada Lovage", "ONE")
		_, hers := w.analyst("Bea Nettle", "ONE")
		_, far := w.analyst("Dora", "TWO")
		x := w.ask(reporter, "ONE", "A subject")
		bea, dora := w.listen(hers, "/desk", 0, x.Ref), w.listen(far, "/desk", 0, x.Ref)
		w.listen(mine, "/desk/tickets/"+x.Ref, x.Version)
		if got := bea.until("faces "); !strings.Contains(got, `"short":"AL","state":"here","text":"Ada Lovage has it open"`) {
			t.Errorf("Bea's list is told %s", got)
		}
		w.draft(mine, "/desk/tickets/"+x.Ref, "Half a sentence")
		if got := bea.until("faces "); !strings.Contains(got, `"state":"typing","text":"Ada Lovage is writing"`) {
			t.Errorf("while Ada writes Bea's list is told %s", got)
		}
		if page := w.get(hers, "/desk"); !strings.Contains(page, "Ada Lovage is writing") {
			t.Error("the list drawn now does not say that Ada writes")
		}
		if page := w.get(mine, "/desk"); strings.Contains(page, "is writing") {
			t.Error("Ada is told of herself")
		}
		w.draft(hers, "/desk/tickets/"+x.Ref, "Bea has not got it open")
		w.ask(reporter, "TWO", "Something for Dora")
		dora.until("fresh ")
		if got := dora.all.String(); strings.Contains(got, "faces") {
			t.Errorf("Dora could not see the ticket, and was told:\n%s", got)
		}
		if page := w.get(mine, "/desk"); strings.Contains(page, "Bea Nettle is") || strings.Contains(page, "Bea Nettle has") {
			t.Error("Bea counts as writing on a ticket that she has not open")
		}
	})
}
