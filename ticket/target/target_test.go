package target

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heed/kernel/clock"
	"heed/kernel/fault"
)

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func desk(t testing.TB, zone, region string) clock.Hours {
	t.Helper()
	week := must(clock.ParseWeek("mon-fri 09:00-17:00"))(t)
	return must(clock.NewHours(must(clock.Zone(zone))(t), week, must(clock.PublicHolidays(region))(t)))(t)
}

func at(t testing.TB, zone, s string) time.Time {
	t.Helper()
	return must(time.ParseInLocation("2006-01-02 15:04", s, must(clock.Zone(zone))(t)))(t).UTC()
}

const (
	uk = "Europe/London"
	on = "America/Toronto"
)

func TestDueInstants(t *testing.T) {
	t.Parallel()
	type ev struct {
		what    What
		at      string
		allowed time.Duration
	}
	for _, tc := range []struct {
		name, zone, region string
		events             []ev
		now, due           string // due empty: nobody knows
		left, over         time.Duration
		late               bool
	}{
		{
			"four hours on an ordinary morning", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:30", 4 * time.Hour}},
			"2026-11-24 10:30", "2026-11-24 13:30", 3 * time.Hour, 0, false,
		},
		{
			"over the night to the next morning", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 16:00", 4 * time.Hour}},
			"2026-11-24 22:00", "2026-11-25 12:00", 3 * time.Hour, 0, false,
		},
		{
			"over a weekend", uk, "england-and-wales",
			[]ev{{Started, "2026-11-27 16:00", 2 * time.Hour}},
			"2026-11-28 12:00", "2026-11-30 10:00", time.Hour, 0, false,
		},
		{
			"over Easter, which takes two days in England", uk, "england-and-wales",
			[]ev{{Started, "2026-04-02 16:00", 2 * time.Hour}},
			"2026-04-03 12:00", "2026-04-07 10:00", time.Hour, 0, false,
		},
		{
			"over Easter, which takes one day in Ontario", on, "ontario",
			[]ev{{Started, "2026-04-02 16:00", 2 * time.Hour}},
			"2026-04-03 12:00", "2026-04-06 10:00", time.Hour, 0, false,
		},
		{
			"over Thanksgiving in Ontario", on, "ontario",
			[]ev{{Started, "2026-10-09 16:30", time.Hour}},
			"2026-10-10 12:00", "2026-10-13 09:30", 30 * time.Minute, 0, false,
		},
		{
			"the Sunday on which clocks go back changes nothing on Monday", uk, "england-and-wales",
			[]ev{{Started, "2026-10-23 16:00", 3 * time.Hour}},
			"2026-10-26 09:00", "2026-10-26 11:00", 2 * time.Hour, 0, false,
		},
		{
			"the Sunday on which clocks go forward in Toronto", on, "ontario",
			[]ev{{Started, "2026-03-06 16:00", 3 * time.Hour}},
			"2026-03-09 09:00", "2026-03-09 11:00", 2 * time.Hour, 0, false,
		},
		{
			"a pause of a day moves it by a day", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", 4 * time.Hour}, {Paused, "2026-11-24 11:00", 0}, {Resumed, "2026-11-25 11:00", 0}},
			"2026-11-25 12:00", "2026-11-25 13:00", time.Hour, 0, false,
		},
		{
			"while it is paused nobody knows", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", 4 * time.Hour}, {Paused, "2026-11-24 11:00", 0}},
			"2026-12-24 12:00", "", 2 * time.Hour, 0, false,
		},
		{
			"past its due instant it is late, and a pause neither mends that nor makes it worse", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", time.Hour}, {Paused, "2026-11-24 11:00", 0}, {Resumed, "2026-11-24 13:00", 0}},
			"2026-11-24 14:00", "2026-11-24 10:00", 0, 2 * time.Hour, true,
		},
		{
			"late and paused for days it is over by what counted before", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", time.Hour}, {Paused, "2026-11-24 11:30", 0}},
			"2026-11-27 14:00", "2026-11-24 10:00", 0, 90 * time.Minute, true,
		},
		{
			"late, paused and met it is over by what counted before", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", time.Hour}, {Paused, "2026-11-24 11:30", 0}, {Met, "2026-11-27 14:00", 0}},
			"2026-12-24 14:00", "2026-11-24 10:00", 0, 90 * time.Minute, true,
		},
		{
			"met in time", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", 4 * time.Hour}, {Met, "2026-11-24 10:00", 0}},
			"2026-12-24 10:00", "", 3 * time.Hour, 0, false,
		},
		{
			"met at the very instant is in time", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", 4 * time.Hour}, {Met, "2026-11-24 13:00", 0}},
			"2026-12-24 10:00", "", 0, 0, false,
		},
		{
			"met in the evening after a due time at the end of the day is late", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", 8 * time.Hour}, {Met, "2026-11-24 19:00", 0}},
			"2026-12-24 10:00", "2026-11-24 17:00", 0, 0, true,
		},
		{
			"opened again it goes on where it stopped", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", 4 * time.Hour}, {Met, "2026-11-24 12:00", 0}, {Resumed, "2026-11-30 09:00", 0}},
			"2026-11-30 09:30", "2026-11-30 10:00", 30 * time.Minute, 0, false,
		},
		{
			"another priority counts from the start", uk, "england-and-wales",
			[]ev{{Started, "2026-11-24 09:00", 8 * time.Hour}, {Set, "2026-11-24 11:00", 4 * time.Hour}},
			"2026-11-24 11:00", "2026-11-24 13:00", 2 * time.Hour, 0, false,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			h := desk(t, tc.zone, tc.region)
			var events []Event
			for _, e := range tc.events {
				events = append(events, Event{Resolution, e.what, at(t, tc.zone, e.at), e.allowed}, Event{Response, Met, at(t, tc.zone, e.at), 0})
			}
			r := must(Reckon(h, Resolution, events, at(t, tc.zone, tc.now)))(t)
			got := ""
			if !r.Due.IsZero() {
				got = r.Due.In(h.Zone()).Format("2006-01-02 15:04")
			}
			if diff := cmp.Diff([]any{tc.due, tc.left, tc.over, tc.late}, []any{got, r.Left(), r.Over, r.Late}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAClockThatNeverStartedPromisesNothing(t *testing.T) {
	t.Parallel()
	r := must(Reckon(desk(t, uk, "england-and-wales"), Response, []Event{{Resolution, Started, at(t, uk, "2026-11-24 09:00"), time.Hour}}, at(t, uk, "2026-11-25 09:00")))(t)
	if diff := cmp.Diff(Reckoning{}, r); diff != "" || r.Paused() {
		t.Error(diff)
	}
}

func TestEventsOutOfOrderAreRefused(t *testing.T) {
	t.Parallel()
	_, err := Reckon(desk(t, uk, "england-and-wales"), Response, []Event{
		{Response, Started, at(t, uk, "2026-11-24 09:00"), time.Hour}, {Response, Paused, at(t, uk, "2026-11-23 09:00"), 0},
	}, at(t, uk, "2026-11-25 09:00"))
	if !fault.Is(err, fault.KindConflict) {
		t.Errorf("got %v", err)
	}
}

func TestTheExplanationAddsUpToWhatIsAllowed(t *testing.T) {
	t.Parallel()
	h := desk(t, uk, "england-and-wales")
	rapid.Check(t, func(rt *rapid.T) {
		start := at(t, uk, "2026-11-24 09:00").Add(time.Duration(rapid.IntRange(0, 400).Draw(rt, "hours")) * time.Hour)
		allowed := time.Duration(rapid.IntRange(1, 60*40).Draw(rt, "minutes")) * time.Minute
		events, now := []Event{{Resolution, Started, start, allowed}}, start
		for i := range rapid.IntRange(0, 6).Draw(rt, "pauses") {
			now = now.Add(time.Duration(rapid.IntRange(1, 3000).Draw(rt, "gap")) * time.Minute)
			events = append(events, Event{Resolution, []What{Paused, Resumed}[i%2], now, 0})
		}
		now = now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(rt, "end")) * time.Minute)
		r, err := Reckon(h, Resolution, events, now)
		if err != nil {
			rt.Fatal(err)
		}
		if r.Due.IsZero() {
			if r.Running {
				rt.Fatal("a clock that runs has no due instant")
			}
			return
		}
		var sum time.Duration
		for _, s := range r.Explain(h) {
			sum += s.Counted
		}
		if sum != allowed {
			rt.Fatalf("the steps count %s, and %s are allowed: %+v", sum, allowed, r)
		}
		later, err := Reckon(h, Resolution, events, now.Add(time.Hour))
		if err != nil || !later.Due.Equal(r.Due) {
			rt.Fatalf("an hour later it is due at %v and not at %v (%v)", later.Due, r.Due, err)
		}
	})
}
