package deadline_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heed/notice/civil"
	"heed/notice/deadline"
)

func TestFloorsGoLaterAndCeilingsEarlier(t *testing.T) {
	t.Parallel()
	z := zone(t, "Europe/London")
	year := civil.Period{Years: 1}
	for _, tc := range []struct {
		name    string
		anchor  string
		period  civil.Period
		due     string
		free    string // first day on which disposal is free
		ceiling string
	}{
		{"an ordinary year", "2026-03-10", year, "2027-03-10", "2027-03-11", "2027-03-10"},
		{"a leap day is free on the first of March and gone by the end of February", "2028-02-29", year, "2029-03-01", "2029-03-01", "2029-02-28"},
		{"the last day before April", "2026-03-31", year, "2027-03-31", "2027-04-01", "2027-03-31"},
		{"six months to a day that does not exist", "2026-08-31", civil.Period{Months: 6}, "2027-03-01", "2027-03-01", "2027-02-28"},
		{"no time at all", "2026-08-31", civil.Period{}, "2026-08-31", "2026-09-01", "2026-08-31"},
		{"thirty days", "2026-01-31", civil.Period{Days: 30}, "2026-03-02", "2026-03-03", "2026-03-02"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := deadline.FloorOf(date(t, tc.anchor), tc.period, z)
			if f.Due != date(t, tc.due) || !f.Free.Equal(date(t, tc.free).Start(z)) {
				t.Errorf("floor due %s, free from %s; want %s, %s", f.Due, f.Free, tc.due, tc.free)
			}
			if c := deadline.CeilingOf(date(t, tc.anchor), tc.period); c != date(t, tc.ceiling) {
				t.Errorf("ceiling %s, want %s", c, tc.ceiling)
			}
		})
	}
}

// TMU-21: refused on day 364, allowed the day after the floor.
func TestARecordingIsHeldForItsYear(t *testing.T) {
	t.Parallel()
	z := zone(t, "America/Toronto")
	f := deadline.FloorOf(date(t, "2026-05-04"), civil.Period{Years: 1}, z)
	for day, free := range map[string]bool{"2027-05-03 12:00": false, "2027-05-04 23:59": false, "2027-05-05 00:00": true} {
		if got := !at(t, z, day).Before(f.Free); got != free {
			t.Errorf("%s: free is %v, want %v", day, got, free)
		}
	}
}

// CAB-17: left on 31 March 2026, nothing personal is left on 1 April 2027.
func TestDisposalBeginsSoThatBackupsAreGoneToo(t *testing.T) {
	t.Parallel()
	w := deadline.Keep(nil, []deadline.Bound{{Anchor: "left_department", Period: civil.Period{Years: 1}}},
		map[string]civil.Date{"left_department": date(t, "2026-03-31")}, 30, zone(t, "Europe/London"))
	if w.Latest != date(t, "2027-03-31") || w.StartBy != date(t, "2027-02-15") {
		t.Errorf("limit %s, start by %s; want 31 March and 44 days before, 15 February", w.Latest, w.StartBy)
	}
}

func TestBoundsCombine(t *testing.T) {
	t.Parallel()
	z := zone(t, "America/Toronto")
	year := civil.Period{Years: 1}
	floors := []deadline.Bound{{Anchor: "recorded", Period: year}, {Anchor: "last_used", Period: year}}
	ceilings := []deadline.Bound{{Anchor: "last_used", Period: civil.Period{Months: 18}}, {Anchor: "closed", Period: civil.Period{Years: 3}}}
	for _, tc := range []struct {
		name    string
		anchors map[string]string
		free    string
		latest  string
		missing []string
		clash   bool
	}{
		{"the later floor and the earlier ceiling win", map[string]string{"recorded": "2026-01-10", "last_used": "2026-06-01", "closed": "2026-02-01"}, "2027-06-02", "2027-12-01", nil, false},
		{"an unknown day is shown", map[string]string{"recorded": "2026-01-10", "closed": "2026-02-01"}, "2027-01-11", "2029-02-01", []string{"last_used"}, false},
		{"a floor past the ceiling is a clash", map[string]string{"recorded": "2031-01-10", "last_used": "2026-06-01", "closed": "2026-02-01"}, "2032-01-11", "2027-12-01", nil, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			anchors := map[string]civil.Date{}
			for k, v := range tc.anchors {
				anchors[k] = date(t, v)
			}
			w := deadline.Keep(floors, ceilings, anchors, 14, z)
			if !w.Earliest.Free.Equal(date(t, tc.free).Start(z)) || w.Latest != date(t, tc.latest) || w.Clash != tc.clash {
				t.Errorf("free %s, latest %s, clash %v; want %s, %s, %v", w.Earliest.Free, w.Latest, w.Clash, tc.free, tc.latest, tc.clash)
			}
			if diff := cmp.Diff(tc.missing, w.Missing); diff != "" {
				t.Errorf("missing anchors (-want +got):\n%s", diff)
			}
		})
	}
	if w := deadline.Keep(floors, nil, nil, 14, z); !w.Latest.IsZero() || !w.StartBy.IsZero() || len(w.Missing) != 2 {
		t.Errorf("without ceilings: %+v; want no limit and both anchors missing", w)
	}
}

// LJMUT-13: a row with an open fault survives, its twin without one goes.
func TestALogRowLivesAsLongAsItsLongestPurpose(t *testing.T) {
	t.Parallel()
	support := deadline.Use{Purpose: "support", Live: true, Ceilings: []deadline.Bound{{Anchor: "recorded", Period: civil.Period{Days: 90}}}}
	fault := deadline.Use{Purpose: "fault", Live: true, Ceilings: []deadline.Bound{{Anchor: "fault_closed"}}}
	recorded := map[string]civil.Date{"recorded": date(t, "2026-01-01")}
	idle := fault
	idle.Live = false

	if last, open := deadline.LongestLive([]deadline.Use{support, idle}, recorded); open || last != date(t, "2026-04-01") {
		t.Errorf("without a fault: %s, open %v; want 1 April", last, open)
	}
	if _, open := deadline.LongestLive([]deadline.Use{support, fault}, recorded); !open {
		t.Error("a row with an open fault has an end already")
	}
	recorded["fault_closed"] = date(t, "2026-07-09")
	if last, open := deadline.LongestLive([]deadline.Use{support, fault}, recorded); open || last != date(t, "2026-07-09") {
		t.Errorf("once the fault is closed: %s, open %v; want 9 July", last, open)
	}
}

func TestACeilingIsNeverLaterThanTheFloorOfTheSamePeriod(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		anchor := civil.New(rapid.IntRange(2000, 2100).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 31).Draw(t, "day"))
		p := civil.Period{Years: rapid.IntRange(0, 10).Draw(t, "y"), Months: rapid.IntRange(0, 30).Draw(t, "m"), Days: rapid.IntRange(0, 400).Draw(t, "d")}
		f, c := deadline.FloorOf(anchor, p, time.UTC), deadline.CeilingOf(anchor, p)
		if c.After(f.Due) || c.Before(anchor) || !f.Free.After(anchor.Start(time.UTC)) {
			t.Fatalf("%s + %s: ceiling %s, floor %s, free %s", anchor, p, c, f.Due, f.Free)
		}
	})
}
