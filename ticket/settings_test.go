package ticket

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// runs makes somebody an operator of a desk.
func (w *world) runs(p directory.Person, desk directory.Controller) {
	w.t.Helper()
	w.system(func(tx *store.Tx) error {
		return w.people.GiveRole(w.t.Context(), tx, p.ID, desk.ID, directory.RoleOperator)
	})
}

// wifi is a service of the desk, as it stands.
func (w *world) wifi() (o Offering) {
	w.t.Helper()
	w.system(func(tx *store.Tx) error {
		all, err := w.s.everyOffering(w.t.Context(), tx, w.desk.ID)
		o = all[0]
		return err
	})
	return o
}

func TestOnlyThoseWhoRunADeskSetHowItWorks(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var other directory.Controller
		w.system(func(tx *store.Tx) (err error) {
			other, err = w.people.AddController(t.Context(), tx, directory.Controller{Code: "TMU", Name: "Toronto", DeskName: "Desk", Notice: "test", Zone: "America/Toronto", Lang: "en-CA", RefPrefix: "TMU"})
			return err
		})
		verbs := map[string]func(*store.Tx) error{
			"a service": func(tx *store.Tx) error {
				return w.s.SetOffering(t.Context(), tx, Offering{Controller: w.desk.ID, Code: "WIFI", Name: "Wireless"})
			},
			"its hours": func(tx *store.Tx) error {
				return w.s.SetDesk(t.Context(), tx, Setting{Controller: w.desk.ID, Week: "mon-fri 09:00-17:00"})
			},
			"a promise": func(tx *store.Tx) error {
				return w.s.SetPromise(t.Context(), tx, w.desk.ID, P2, Promise{Response: time.Hour, Resolution: time.Hour})
			},
			"closed days and open ones": func(tx *store.Tx) error {
				if err := w.s.AddClosure(t.Context(), tx, w.closed(24, 24)); err != nil {
					return err
				}
				_, all, err := w.s.closuresNow(t.Context(), tx, w.desk.ID)
				if err != nil {
					return err
				}
				return w.s.RemoveClosure(t.Context(), tx, w.desk.ID, all[0].ID)
			},
		}
		elsewhere := w.person("Sol Adeyemi", "sadeyemi")
		w.runs(elsewhere, other)
		w.runs(w.marc, w.desk)
		for name, verb := range verbs {
			refuses(t, w.try(w.priya, policy.Operate, verb), fault.KindDenied, "policy.denied")
			refuses(t, w.try(elsewhere, policy.Operate, verb), fault.KindDenied, "policy.denied")
			refuses(t, w.try(w.marc, policy.Resolve, verb), fault.KindDenied, "policy.denied")
			if err := w.try(w.marc, policy.Operate, verb); err != nil {
				t.Errorf("who runs the desk may not set %s: %v", name, err)
			}
		}
	})
}

func TestASettingThatSomebodyElseChangedIsNotOverwritten(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.runs(w.marc, w.desk)
		try := func(fn func(*store.Tx) error) error { return w.try(w.marc, policy.Operate, fn) }
		hours := func(seen int64) func(*store.Tx) error {
			return func(tx *store.Tx) error {
				return w.s.SetDesk(t.Context(), tx, Setting{Controller: w.desk.ID, Week: "mon-fri 08:00-16:00", ReopenDays: 3, Version: seen})
			}
		}
		promise := func(seen int64) func(*store.Tx) error {
			return func(tx *store.Tx) error {
				return w.s.SetPromise(t.Context(), tx, w.desk.ID, P2, Promise{Response: time.Hour, Resolution: 2 * time.Hour, Version: seen})
			}
		}
		service := func(seen int64) func(*store.Tx) error {
			return func(tx *store.Tx) error {
				return w.s.SetOffering(t.Context(), tx, Offering{Controller: w.desk.ID, Code: "wifi", Name: "Wireless", Version: seen})
			}
		}
		for name, set := range map[string]func(int64) func(*store.Tx) error{"hours": hours, "a promise": promise, "a service": service} {
			for i, seen := range []int64{unseen, 1, 2, 0} { // new; as it was made; as it was changed; without looking
				if err := try(set(seen)); err != nil {
					t.Errorf("change %d of %s, seen as %d: %v", i, name, seen, err)
				}
			}
			if name != "a service" {
				refuses(t, try(set(unseen)), fault.KindConflict, "desk.stale")
			}
			refuses(t, try(set(1)), fault.KindConflict, "desk.stale")
		}
		refuses(t, try(service(unseen)), fault.KindInvalid, "service.taken")
		if o := w.wifi(); o.Code != "WIFI" || o.Version != 4 {
			t.Errorf("the service stands as %+v", o)
		}
	})
}

func TestARetiredServiceStaysWithItsTicketsAndIsNotChosenAgain(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		set := func(retired bool) {
			w.system(func(tx *store.Tx) error {
				return w.s.SetOffering(t.Context(), tx, Offering{Controller: w.desk.ID, Code: "WIFI", Name: "Wireless", Retired: retired})
			})
		}
		set(false)
		wifi := w.wifi()
		a, plain := w.ask(func(in *NewTicket) { in.Offering = wifi.ID }), w.ask()
		set(true)
		choose := func(of Ticket) error {
			c := w.now(of.Ref).Sorting()
			c.Offering, c.Impact = wifi.ID, High
			return w.try(w.priya, policy.Resolve, func(tx *store.Tx) error { return w.s.Classify(t.Context(), tx, of.Ref, c) })
		}
		w.ok(choose(a))
		refuses(t, choose(plain), fault.KindInvalid, "ticket.service")
		refuses(t, w.try(w.ana, policy.Own, func(tx *store.Tx) error {
			_, err := w.s.Open(t.Context(), tx, NewTicket{Channel: Portal, Reporter: w.ana, Subject: "x", Offering: wifi.ID})
			return err
		}), fault.KindInvalid, "ticket.service")
		w.mine(w.ana, func(tx *store.Tx) error {
			next, err := w.s.Continue(t.Context(), tx, a.Ref, NewTicket{Channel: Portal, Text: Text{Body: "again"}})
			if next.Offering != wifi.ID {
				t.Errorf("what goes on from it has the service %d", next.Offering)
			}
			return err
		})
		w.works(w.priya, func(tx *store.Tx) error {
			offered, err := w.s.Offerings(t.Context(), tx, w.desk.ID)
			if len(offered) != 0 {
				t.Errorf("still offered: %v", offered)
			}
			found, e := w.s.List(t.Context(), tx, Filter{Offering: wifi.ID}, Newest, 10)
			if len(found) != 2 {
				t.Errorf("a list by the service finds %d", len(found))
			}
			return firstOf(err, func() error { return e })
		})
		set(false)
		w.ok(choose(plain))
	})
}

func TestAServiceThatNobodyCouldFindIsRefused(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		for _, tc := range []struct {
			name, key, field string
			o                Offering
		}{
			{"a code of two words would be two words on a timeline", "service.code", "code", Offering{Code: "MY WIFI", Name: "Wireless"}},
			{"no code", "service.code", "code", Offering{Name: "Wireless"}},
			{"no name", "service.name", "name", Offering{Code: "WIFI"}},
			{"a team of nobody's", "service.team", "team", Offering{Code: "WIFI", Name: "Wireless", Team: 99}},
		} {
			tc.o.Controller = w.desk.ID
			err := w.env.DB.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error { return w.s.SetOffering(t.Context(), tx, tc.o) })
			if f := fault.As(err); err == nil || f.Key != tc.key || f.Field != tc.field {
				t.Errorf("%s: %v", tc.name, err)
			}
		}
	})
}

func TestAServiceIsNamedInTheReadersLanguageWhereSomebodyTranslatedIt(t *testing.T) {
	t.Parallel()
	both := Offering{Name: "Wireless", NameFR: "Sans-fil", About: "It drops", AboutFR: "Il coupe"}
	for _, tc := range []struct {
		name, lang  string
		o           Offering
		want, about string
	}{
		{"English", "en", both, "Wireless", "It drops"},
		{"French", "fr", both, "Sans-fil", "Il coupe"},
		{"French of Canada", "fr-CA", both, "Sans-fil", "Il coupe"},
		{"French, not translated", "fr", Offering{Name: "Wireless", About: "It drops"}, "Wireless", "It drops"},
	} {
		if got, about := tc.o.In(tc.lang); got != tc.want || about != tc.about {
			t.Errorf("%s: %q, %q", tc.name, got, about)
		}
	}
}

func TestAServiceIsFoundByTheBeginningsOfItsWords(t *testing.T) {
	t.Parallel()
	o := Offering{Code: "WIFI", Name: "Wireless and network", NameFR: "Réseau", About: "A cable, access from home"}
	for query, want := range map[string]bool{
		"": true, "wire": true, "WIRELESS home": true, "reseau": true, "réseau": true, "wifi": true, "...": true,
		"less": false, "wireless printer": false, "zzz": false,
	} {
		if o.matches(query) != want {
			t.Errorf("%q finds it: %t", query, !want)
		}
	}
}

func TestOpeningHoursOfDaysBecomeAWeek(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, want, field string
		days              map[string]string
	}{
		{"days in a row stand together", "mon-fri 09:00-17:00, sat 10:00-12:00", "", map[string]string{"mon": "09:00-17:00", "tue": "09:00-17:00", "wed": "09:00-17:00", "thu": "09:00-17:00", "fri": "09:00-17:00", "sat": "10:00-12:00"}},
		{"a gap parts them", "mon 09:00-12:00, wed 09:00-12:00", "", map[string]string{"mon": "09:00-12:00", "wed": "09:00-12:00"}},
		{"a long dash, a comma and spaces are forgiven", "tue 09:00-12:30 13:30-17:00", "", map[string]string{"tue": " 09:00 – 12:30,  13:30—17:00 "}},
		{"the day that is wrong is named", "", "thu", map[string]string{"mon": "09:00-17:00", "thu": "nine to five"}},
		{"openings that overlap", "", "fri", map[string]string{"fri": "09:00-13:00 12:00-17:00"}},
		{"never open", "", "mon", nil},
	} {
		got, err := weekOf(func(day string) string { return tc.days[day] })
		if got != tc.want || tc.field == "" && err != nil || tc.field != "" && (err == nil || fault.As(err).Field != tc.field) {
			t.Errorf("%s: %q, %v", tc.name, got, err)
		}
	}
}

// Whatever hours somebody gives, the form shows the same ones the next time.
func TestOpeningHoursComeBackAsTheyWereGiven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		days := map[string]string{}
		for _, day := range weekdays() {
			edges := rapid.SliceOfNDistinct(rapid.IntRange(0, 24*4), 4, 4, rapid.ID[int]).Draw(t, day)
			from, to := min(edges[0], edges[1]), max(edges[0], edges[1])
			if rapid.Bool().Draw(t, "open") {
				days[day] = clock.Span{From: from * 15, To: to * 15}.String()
			}
		}
		week, err := weekOf(func(day string) string { return days[day] })
		if err != nil {
			if strings.Join([]string{days["mon"], days["tue"], days["wed"], days["thu"], days["fri"], days["sat"], days["sun"]}, "") != "" {
				t.Fatalf("%v of %v", err, days)
			}
			return
		}
		back, err := openings(week)
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range weekdays() {
			if back[day] != days[day] {
				t.Fatalf("%s was %q and came back as %q, by %q", day, days[day], back[day], week)
			}
		}
	})
}
