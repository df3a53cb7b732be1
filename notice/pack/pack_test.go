package pack_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heed/notice/civil"
	"heed/notice/pack"
)

func builtin(t *testing.T) *pack.Library {
	t.Helper()
	lib, err := pack.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func date(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The published lists, weekends left out: what stops a clock.
func TestHolidaysAgreeWithThePublishedLists(t *testing.T) {
	t.Parallel()
	lib := builtin(t)
	for _, tc := range []struct {
		calendar string
		year     int
		want     string
	}{
		{"england-wales", 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"},
		{"england-wales", 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"},
		{"england-wales", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"},
		{"england-wales", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"},
		{"scotland", 2025, "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26"},
		{"scotland", 2026, "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28"},
		{"scotland", 2027, "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28"},
		{"northern-ireland", 2025, "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26"},
		{"northern-ireland", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28"},
		{"ontario", 2026, "01-01 02-16 04-03 04-06 05-18 07-01 09-07 10-12 11-11 12-25"},
		{"ontario", 2027, "01-01 02-15 03-26 03-29 05-24 07-01 09-06 10-11 11-11 12-27"},
		{"ontario", 2023, "01-02 02-20 04-07 04-10 05-22 09-04 10-09 12-25 12-26"},
	} {
		cal, ok := lib.Calendar(tc.calendar)
		if !ok {
			t.Fatalf("no calendar %q", tc.calendar)
		}
		var got []string
		for _, h := range cal.Year(tc.year) {
			if w := h.Date.Weekday(); w != time.Saturday && w != time.Sunday {
				got = append(got, h.Date.String()[5:])
			}
		}
		if diff := cmp.Diff(strings.Fields(tc.want), got); diff != "" {
			t.Errorf("%s %d (-want +got):\n%s", tc.calendar, tc.year, diff)
		}
	}
}

func TestEasterAgreesWithTheTables(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{
		1818: "1818-03-22", 1954: "1954-04-18", 1981: "1981-04-19", 2000: "2000-04-23", 2008: "2008-03-23", 2011: "2011-04-24",
		2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2038: "2038-04-25", 2049: "2049-04-18", 2076: "2076-04-19",
	} {
		if got := pack.Easter(year); got != date(t, want) {
			t.Errorf("Easter %d is %s, want %s", year, got, want)
		}
	}
}

func TestEasterIsASundayOfSpring(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(1600, 2600).Draw(t, "year")
		e := pack.Easter(year)
		if e.Weekday() != time.Sunday || e.Before(civil.New(year, 3, 22)) || e.After(civil.New(year, 4, 25)) {
			t.Fatalf("Easter %d is %s", year, e.EnglishDay())
		}
	})
}

func TestPacksTakeTurns(t *testing.T) {
	t.Parallel()
	lib := builtin(t)
	for _, tc := range []struct{ regime, day, want string }{
		{"uk", "2018-05-24", ""},
		{"uk", "2018-05-25", "uk@2018-05-25"},
		{"uk", "2026-02-04", "uk@2018-05-25"},
		{"uk", "2026-02-05", "uk@2026-02-05"},
		{"uk", "2026-06-19", "uk@2026-06-19"},
		{"ca-on-fippa", "2025-06-30", "ca-on-fippa@2006-06-10"},
		{"ca-on-fippa", "2099-01-01", "ca-on-fippa@2025-07-01"},
		{"atlantis", "2026-01-01", ""},
	} {
		if p, ok := lib.InForce(tc.regime, date(t, tc.day)); p.ID != tc.want || ok != (tc.want != "") {
			t.Errorf("%s on %s: %q, want %q", tc.regime, tc.day, p.ID, tc.want)
		}
	}
	if p, ok := lib.ByID("uk@2018-05-25"); !ok || p.Regime == nil || p.Regime.Name != "uk" {
		t.Error("an old pack cannot be found by its id any more")
	}
}

func TestOldProtectionsOfTransfersHaveEnded(t *testing.T) {
	t.Parallel()
	uk, _ := builtin(t).Regime("uk")
	for id, want := range map[string][2]bool{ // valid on 1 March 2024, and today
		"EU-SCC-2010": {true, false}, "idta": {true, true}, "adequacy": {true, true}, "privacy_shield": {false, false},
	} {
		tool, ok := uk.Tool(id)
		if !ok {
			t.Errorf("%s is not known", id)
		}
		if got := [2]bool{tool.ValidOn(date(t, "2024-03-01")), tool.ValidOn(date(t, "2026-11-22"))}; got != want {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
	if _, ok := uk.Regulator("ico"); !ok {
		t.Error("the regulator is not known")
	}
}

func TestFaultyPacksAreRefused(t *testing.T) {
	t.Parallel()
	const calendar = "calendar: c\ntitle: t\nsource: s\nknown_from: 2020-01-01\nknown_until: 2030-01-01\nholidays:\n  - {name: a, fixed: 01-01}\n"
	regime := func(packs string) string {
		return "regime: r\ntitle: t\nzone: UTC\ncalendar: c\ncalendars: [c]\nregulators: [{id: g, name: n, post: p, phone: p, web: w}]\nmust_state: [keep]\nrights_by_law: [access]\npacks:\n" + packs
	}
	pk := "  - {id: a, from: 2020-01-01, confirmed: true, clocks: {rights_days: 1}, sources: [s]}\n"
	for _, tc := range []struct{ name, calendar, regime, want string }{
		{"a good one", calendar, regime(pk), ""},
		{"an unknown key", calendar + "x: 1\n", regime(pk), `unknown key "x"`},
		{"two ways to find a day", strings.Replace(calendar, "fixed: 01-01", "fixed: 01-01, easter: 1", 1), regime(pk), "exactly one of"},
		{"a weekday that is none", strings.Replace(calendar, "fixed: 01-01", "weekday: fifth monday of may", 1), regime(pk), "is not a weekday of the year"},
		{"a calendar without a file", calendar, strings.ReplaceAll(regime(pk), "[c]", "[d]"), "which has no file"},
		{"a zone nobody knows", calendar, strings.Replace(regime(pk), "UTC", "Mars/Base", 1), "Mars/Base"},
		{"confirmed without a day", calendar, regime("  - {id: a, confirmed: true, clocks: {rights_days: 1}, sources: [s]}\n"), "has no first day"},
		{"unconfirmed without a reason", calendar, regime("  - {id: a, clocks: {rights_days: 1}, sources: [s]}\n"), "does not say what it needs"},
		{"two packs on one day", calendar, regime(pk + strings.Replace(pk, "id: a", "id: b", 1)), "not after the one before it"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := pack.Load(fstest.MapFS{"r.yaml": {Data: []byte(tc.regime)}, "calendars/c.yaml": {Data: []byte(tc.calendar)}})
			switch {
			case tc.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
				t.Errorf("got %v, want something about %q", err, tc.want)
			}
		})
	}
}
