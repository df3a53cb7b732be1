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

// views are the saved views that somebody has.
func (w *desk) views(secret string) (out []ticket.SavedView) {
	w.t.Helper()
	w.read(w.actor(secret), policy.Resolve, func(tx *store.Tx) (err error) {
		out, err = w.SavedViews(w.t.Context(), tx)
		return err
	})
	return out
}

func TestAListIsKeptAsAViewForOneselfOrATeam(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		_, mine := w.analyst("Ada", "ONE")
		_, hers := w.analyst("Bea", "ONE")
		_, far := w.analyst("Dora", "TWO")
		list := "view=all&priority=P1&sort=due"
		if page := w.get(mine, "/desk?"+list); !strings.Contains(page, "/desk/views/save?priority=P1&amp;sort=due&amp;view=all") {
			t.Error("a narrowed list cannot be saved")
		}
		if page := w.get(mine, "/desk?view=all"); strings.Contains(page, "/desk/views/save") {
			t.Error("a list as everybody has it can be saved")
		}
		w.post(mine, "/desk/views/save", url.Values{"query": {list + "&before=17&here=x"}, "name": {"Burning"}}, 303)
		w.post(mine, "/desk/views/save", url.Values{"query": {list}, "name": {"Ours"}, "team": {id.Text(w.teams["ONE"].ID)}}, 303)
		got := w.views(mine)
		if len(got) != 2 || got[0].Name != "Burning" || got[0].Query != "priority=P1&sort=due&view=all" {
			t.Fatalf("the views are %+v", got)
		}
		if got := w.views(hers); len(got) != 1 || got[0].Name != "Ours" {
			t.Errorf("a colleague has %+v", got)
		}
		if got := w.views(far); len(got) != 0 {
			t.Errorf("another team has %+v", got)
		}
		rail := w.get(hers, "/desk/views")
		if !strings.Contains(rail, ">Ours<") || strings.Contains(rail, "Burning") {
			t.Error("the rail of a colleague does not show the team's view alone")
		}
		page := w.get(mine, "/desk?view=saved-"+id.Text(got[0].ID))
		if !strings.Contains(page, "Burning") || !strings.Contains(page, "/desk/views/"+id.Text(got[0].ID)+"/remove") {
			t.Errorf("the view does not open as what it is:\n%s", page)
		}
		w.post(far, "/desk/views/"+id.Text(got[1].ID)+"/remove", url.Values{"form_token": {"r"}}, 404)
		w.post(hers, "/desk/views/"+id.Text(got[0].ID)+"/remove", url.Values{"form_token": {"r"}}, 404)
		w.post(mine, "/desk/views/"+id.Text(got[0].ID)+"/remove", url.Values{"form_token": {"r"}}, 303)
		if got := w.views(mine); len(got) != 1 || got[0].Name != "Ours" {
			t.Errorf("after removing one the views are %+v", got)
		}
	})
}

func TestAViewThatCannotBeSavedComesBackAsItWasTyped(t *testing.T) {
	t.Parallel()
	w := newDesk(t, store.SQLite)
	_, mine := w.analyst("Ada", "ONE")
	w.post(mine, "/desk/views/save", url.Values{"query": {"view=all"}, "name": {"Same"}}, 303)
	for name, c := range map[string]struct {
		form   url.Values
		status int
		says   string
	}{
		"without a name":   {url.Values{"name": {"  "}}, 422, "give the view a name"},
		"under one taken":  {url.Values{"name": {"Same"}}, 409, "a view with this name already"},
		"for another team": {url.Values{"name": {"Theirs"}, "team": {id.Text(w.teams["TWO"].ID)}}, 422, "choose a team of yours"},
		"of no list":       {url.Values{"name": {"X"}, "query": {"%zz"}}, 422, "not the address of a list"},
	} {
		if c.form.Get("query") == "" {
			c.form.Set("query", "view=all&priority=P2")
		}
		page := w.post(mine, "/desk/views/save", c.form, c.status)
		if !strings.Contains(strings.ToLower(page), c.says) || c.form.Get("query") != "%zz" && !strings.Contains(page, "priority=P2") {
			t.Errorf("%s:\n%s", name, page)
		}
	}
}

// A view outlives the list that it narrows: it says so, and can be removed.
func TestAViewOfATeamThatOneHasLeftExplainsItself(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		ada, mine := w.analyst("Ada", "ONE")
		w.write(func(tx *store.Tx) error { return w.people.Join(t.Context(), tx, ada.ID, w.teams["TWO"]) })
		team := "team-" + id.Text(w.teams["ONE"].ID)
		w.post(mine, "/desk/views/save", url.Values{"query": {"priority=P1&view=" + team}, "name": {"Burning"}}, 303)
		w.write(func(tx *store.Tx) error { return w.people.Leave(t.Context(), tx, ada.ID, w.teams["ONE"]) })
		v := w.views(mine)[0]
		page := w.get(mine, "/desk?view=saved-"+id.Text(v.ID))
		if !strings.Contains(page, "This list is not there any more") || !strings.Contains(page, "/desk/views/"+id.Text(v.ID)+"/remove") {
			t.Errorf("the view of a team that she left shows:\n%s", page)
		}
	})
}
