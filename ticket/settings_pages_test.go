package ticket_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// head is an analyst who also runs the desk.
func (w *desk) head(name, team string) string {
	w.t.Helper()
	p, secret := w.analyst(name, team)
	w.write(func(tx *store.Tx) error {
		return w.people.GiveRole(w.t.Context(), tx, p.ID, w.controller.ID, directory.RoleOperator)
	})
	w.env.Clock.Advance(time.Minute)
	return secret
}

// services are those that the desk offers.
func (w *desk) services() (out []ticket.Offering) {
	w.t.Helper()
	w.write(func(tx *store.Tx) (err error) {
		out, err = w.Offerings(w.t.Context(), tx, w.controller.ID)
		return err
	})
	return out
}

// says checks that a page has some words and lacks others, which begin with "!".
func says(t *testing.T, name, page string, words ...string) {
	t.Helper()
	for _, want := range words {
		without, not := strings.CutPrefix(want, "!")
		if strings.Contains(page, without) == not {
			t.Errorf("%s: %q is there: %t\n%s", name, without, not, page)
		}
	}
}

func TestTheSettingsAreThereForThoseWhoRunTheDesk(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		_, analyst := w.analyst("An Analyst", "ONE")
		head := w.head("Head Of Desk", "ONE")
		says(t, "the analyst's rail", w.get(analyst, "/desk"), "!/desk/settings")
		says(t, "the rail of who runs it", w.get(head, "/desk"), `href="/desk/settings"`)
		says(t, "the settings", w.get(head, "/desk/settings"), "Desk settings", "09:00-17:00", "A P2 reported now would be due", "8 hours", "There is none yet")
		says(t, "who runs it and works at no desk", w.get(w.head("Only Operator", ""), "/desk/settings"), "Desk settings", "!view=mine")
		says(t, "their portal", w.get(w.head("Another Operator", ""), "/"), `href="/desk/settings"`)
		for _, path := range []string{"", "/hours", "/targets", "/closures/new", "/closures/1/remove", "/services/new", "/services/1", "/services/1/retire"} {
			w.send(analyst, http.MethodGet, "/desk/settings"+path, "", http.StatusForbidden)
			if path != "" {
				w.post(analyst, "/desk/settings"+path, url.Values{"name": {"x"}, "code": {"X"}}, http.StatusForbidden)
			}
		}
		w.send(head, http.MethodGet, "/desk/settings/services/1", "", http.StatusNotFound)
		w.send(head, http.MethodGet, "/desk/settings/closures/1/remove", "", http.StatusNotFound)
	})
}

func TestAServiceIsAddedChangedAndRetiredByForms(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		head := w.head("Head Of Desk", "ONE")
		form := url.Values{"name": {"Wireless"}, "name_fr": {"Sans-fil"}, "about": {"It drops"}, "code": {"two words"}, "team": {id.Text(w.teams["TWO"].ID)}, "kind": {"request"}, "seen": {"-1"}}
		page := w.post(head, "/desk/settings/services/new", form, http.StatusUnprocessableEntity)
		says(t, "a wrong code", page, `id="code-error"`, "short code", `value="two words"`, `value="Sans-fil"`, `value="It drops"`, `<option value="request" selected`)
		form.Set("code", "wifi")
		says(t, "once it is right", w.post(head, "/desk/settings/services/new", form, http.StatusOK), "Wireless", "WIFI", "Team TWO", "Offered")
		says(t, "the same code again", w.post(head, "/desk/settings/services/new", form, http.StatusUnprocessableEntity), "already", `id="code-error"`)

		made := w.services()
		if len(made) != 1 || made[0].Code != "WIFI" || made[0].Team != w.teams["TWO"].ID || made[0].Kind != ticket.Request {
			t.Fatalf("it was made as %+v", made)
		}
		at := "/desk/settings/services/" + id.Text(made[0].ID)
		says(t, "its form", w.get(head, at), `value="Wireless"`, `name="seen" value="1"`, "!name=\"code\"")
		form.Set("seen", "1")
		form.Set("name", "Wireless and network")
		w.post(head, at, form, http.StatusOK)
		form.Set("name", "Something else")
		stale := w.post(head, at, form, http.StatusConflict)
		says(t, "a change over a newer one", stale, "Somebody changed this", `value="Something else"`, "Now it says: Wireless and network", `name="seen" value="2"`)

		says(t, "before it is retired", w.get(head, at+"/retire"), "Tickets that have it keep it")
		says(t, "once retired", w.post(head, at+"/retire", url.Values{"do": {"retire"}, "seen": {"2"}}, http.StatusOK), "Retired", "!Offered")
		if left := w.services(); len(left) != 0 {
			t.Errorf("still offered: %v", left)
		}
		says(t, "the way back", w.get(head, at+"/retire"), "Offer it again")
		w.post(head, at+"/retire", url.Values{"do": {"again"}, "seen": {"3"}}, http.StatusOK)
		if back := w.services(); len(back) != 1 || back[0].Name != "Wireless and network" {
			t.Errorf("offered again: %v", back)
		}
	})
}

func TestHoursAndTargetsAreTriedBeforeTheyAreSaved(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		head := w.head("Head Of Desk", "ONE")
		hours := url.Values{"mon": {"10:00-11:00"}, "fri": {"ten to two"}, "holidays": {"none"}, "reopen": {"7"}, "seen": {"-1"}}
		try := maps.Clone(hours)
		try.Set("preview", "1")
		says(t, "a wrong day, tried", w.get(head, "/desk/settings/hours?"+try.Encode()), `id="fri-error"`, `value="ten to two"`, "!What this would mean")
		says(t, "a wrong day, saved", w.post(head, "/desk/settings/hours", hours, http.StatusUnprocessableEntity), `id="fri-error"`, `value="ten to two"`, `value="10:00-11:00"`, "!09:00-17:00\"")
		hours.Del("fri")
		try = maps.Clone(hours)
		try.Set("preview", "1")
		page := w.get(head, "/desk/settings/hours?"+try.Encode())
		says(t, "tried", page, "What this would mean", "A P2 reported now would be due", "Monday", "!value=\"09:00-17:00\"")
		says(t, "trying saves nothing", w.get(head, "/desk/settings"), "09:00-17:00")
		says(t, "saved", w.post(head, "/desk/settings/hours", hours, http.StatusOK), "10:00-11:00", "7 days", "!09:00-17:00")
		says(t, "saved by somebody who saw none", w.post(head, "/desk/settings/hours", hours, http.StatusConflict), "Somebody changed this")

		targets := url.Values{}
		for _, p := range []string{"P1", "P2", "P3", "P4"} {
			targets.Set("response"+p, "15")
			targets.Set("resolution"+p, "30")
			targets.Set("seen"+p, "-1")
		}
		targets.Set("resolutionP3", "soon")
		says(t, "no number", w.post(head, "/desk/settings/targets", targets, http.StatusUnprocessableEntity), `id="resolutionP3-error"`, `value="soon"`)
		targets.Set("resolutionP3", "10")
		says(t, "a solution before its answer", w.post(head, "/desk/settings/targets", targets, http.StatusUnprocessableEntity), `id="resolutionP3-error"`, "P3 promises")
		targets.Set("resolutionP3", "45")
		says(t, "saved", w.post(head, "/desk/settings/targets", targets, http.StatusOK), "45 minutes", "30 minutes")
		targets.Set("resolutionP3", "50")
		says(t, "over a newer one", w.post(head, "/desk/settings/targets", targets, http.StatusConflict), "Now it says: 45", `value="50"`)
	})
}

func TestThePortalFindsServicesAndAsksWhatIsNotKnownYet(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		w.env.Shelf.Put(policy.NewBook(map[int64][]policy.Rule{w.controller.ID: {
			{ID: "test/own", Notice: "test", What: "ticket", Who: []policy.Term{{Atom: "concerned"}}, Purposes: []policy.Purpose{policy.Own}},
			{ID: "test/work", Notice: "test", What: "ticket", Who: []policy.Term{{Atom: "while_assigned"}}, Purposes: []policy.Purpose{policy.Resolve}},
			{ID: "test/entry", Notice: "test", What: "entry", Who: []policy.Term{{Atom: "concerned"}}, Purposes: []policy.Purpose{policy.Own}},
		}}))
		person, asker := w.analyst("Who Asks", "")
		says(t, "a desk without services", w.get(asker, "/"), "What do you need?", "name=\"q\"", "!Everything works")
		w.write(func(tx *store.Tx) error {
			for _, o := range []ticket.Offering{
				{Code: "WIFI", Name: "Wireless", NameFR: "Sans-fil", About: "It drops", Team: w.teams["TWO"].ID},
				{Code: "ACCESS", Name: "Accounts", NameFR: "Comptes", About: "Passwords"},
			} {
				o.Controller = w.controller.ID
				if err := w.SetOffering(t.Context(), tx, o); err != nil {
					return err
				}
			}
			return nil
		})
		w.env.Clock.Advance(time.Minute)
		wifi := w.services()[1]
		home := w.get(asker, "/")
		says(t, "home", home, "Wireless", "Accounts", `href="/ask?service=`+id.Text(wifi.ID)+`"`)
		if strings.Index(home, "Accounts") > strings.Index(home, "Wireless") {
			t.Error("services are not in the order of their names")
		}
		tells := func(fn func(*store.Tx) error) {
			t.Helper()
			if err := w.env.DB.Write(t.Context(), policy.System("test"), policy.Resolve, fn); err != nil {
				t.Fatal(err)
			}
		}
		says(t, "a house in order", home, "Everything works as usual.")
		tells(func(tx *store.Tx) error {
			return w.SetStatus(t.Context(), tx, wifi, "Slow in the library.", "Lent à la bibliothèque.", time.Time{}, 0)
		})
		broke := w.services()[1]
		w.env.Clock.Advance(time.Minute)
		says(t, "trouble", w.get(asker, "/"), "Slow in the library (since ", "!Everything works")
		says(t, "trouble, where one asks about it", w.get(asker, "/ask?service="+id.Text(wifi.ID)), "We know of this:", "Slow in the library (since ")
		tells(func(tx *store.Tx) error {
			return w.SetStatus(t.Context(), tx, broke, "Slow in the library and the annex.", "", w.env.Clock.Now().Add(time.Hour), broke.Version)
		})
		if worse := w.services()[1]; !worse.Troubled().Equal(broke.Troubled()) || worse.Troubled().IsZero() {
			t.Errorf("in other words the trouble begins anew: %s, %s", broke.Troubled(), worse.Troubled())
		}
		says(t, "until when", w.get(asker, "/"), "Slow in the library and the annex (since ", "; expected to work again ")
		w.env.Clock.Advance(90 * time.Minute)
		_, answers := w.analyst("Who Answers", "ONE")
		w.env.Clock.Advance(time.Minute)
		says(t, "the form does not hold on to what has passed", w.get(answers, "/desk/status/"+id.Text(wifi.ID)), "Slow in the library and the annex.", "!"+`name="until" value="2`)
		says(t, "later than was expected", w.get(asker, "/"), "Slow in the library and the annex (since ", "!expected")
		wifi = w.services()[1]
		w.write(func(tx *store.Tx) error { // a change of the service leaves how it does alone
			wifi.Also, wifi.Icon = "eduroam, hot-spot", "nonsense"
			return w.SetOffering(t.Context(), tx, wifi)
		})
		if wifi = w.services()[1]; wifi.Trouble == "" || wifi.Icon != "" {
			t.Errorf("the service is %+v", wifi)
		}
		refuses := func(trouble, french string, until time.Time, seen int64, key string) {
			t.Helper()
			err := w.env.DB.Write(t.Context(), policy.System("test"), policy.Resolve, func(tx *store.Tx) error {
				return w.SetStatus(t.Context(), tx, wifi, trouble, french, until, seen)
			})
			if err == nil || fault.As(err).Key != key {
				t.Errorf("%q until %s is refused with %v, not %s", trouble, until, err, key)
			}
		}
		refuses("", "Lent.", time.Time{}, 0, "status.words")
		refuses("Slow.", "", w.env.Clock.Now(), 0, "status.past")
		refuses("Slow.", "", time.Time{}, wifi.Version-1, "desk.stale")
		tells(func(tx *store.Tx) error { return w.SetStatus(t.Context(), tx, wifi, "", "", time.Time{}, 0) })
		w.env.Clock.Advance(time.Minute)
		says(t, "mended", w.get(asker, "/"), "Everything works as usual.")

		says(t, "found", w.get(asker, "/?q=passw"), "Accounts", "!Wireless", `value="passw"`, "My open requests")
		says(t, "found by its French name", w.get(asker, "/?q=sans-fil"), "Wireless", "!Accounts")
		says(t, "found by what others call it", w.get(asker, "/?q=Eduroam"), "Wireless", "!Accounts", "!eduroam, hot")
		says(t, "nothing found", w.get(asker, "/?q=tuba"), "Nothing goes by", `href="/ask?subject=tuba"`)
		says(t, "asking on from there", w.get(asker, "/ask?subject=tuba"), `value="tuba"`, "What is it about?")

		says(t, "known", w.get(asker, "/ask?service="+id.Text(wifi.ID)), "Wireless", `name="service" value="`+id.Text(wifi.ID)+`"`, "!<select", "!hat is it about?")
		says(t, "another one", w.get(asker, "/ask?service=other"), "<select", "What is it about?")
		w.env.Clock.Advance(time.Minute)
		_, agent := w.analyst("Net Work", "TWO")
		w.ask(person, "TWO", "Not about the wireless")
		says(t, "the list", w.get(agent, "/desk?view=team-"+id.Text(w.teams["TWO"].ID)), `name="service"`, "Every service", "Not about the wireless")
		says(t, "narrowed", w.get(agent, "/desk?view=team-"+id.Text(w.teams["TWO"].ID)+"&service="+id.Text(wifi.ID)), `value="`+id.Text(wifi.ID)+`" selected`, "!Not about the wireless")
	})
}
