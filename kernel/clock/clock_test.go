package clock

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heed/kernel/fault"
)

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05.999", s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestSystemShowsUTCInWholeMilliseconds(t *testing.T) {
	t.Parallel()
	now := System().Now()
	if now.Location() != time.UTC || now.Nanosecond()%int(Precision) != 0 {
		t.Errorf("System().Now() = %v: want UTC and whole milliseconds", now)
	}
	if now != now.Round(0) {
		t.Errorf("System().Now() carries a monotonic reading, so equal instants would not compare equal")
	}
}

func TestManualStandsStillUntilMoved(t *testing.T) {
	t.Parallel()
	m := NewManual(time.Date(2026, 11, 24, 15, 10, 0, 999_999, time.FixedZone("", 3600)))
	if got, want := m.Now(), at("2026-11-24 14:10:00"); got != want {
		t.Fatalf("Now() = %v, want %v", got, want)
	}
	if got, want := m.Advance(time.Hour), at("2026-11-24 15:10:00"); got != want {
		t.Errorf("Advance = %v, want %v", got, want)
	}
	m.Set(at("2020-01-01 00:00:00"))
	if got, want := m.Now(), at("2020-01-01 00:00:00"); got != want {
		t.Errorf("after Set, Now() = %v, want %v", got, want)
	}
}

func TestManualWakesInOrderAndOnlyWhoIsDue(t *testing.T) {
	t.Parallel()
	m := NewManual(at("2026-11-24 14:00:00"))
	late, _ := After(m, 2*time.Hour)
	early, _ := After(m, time.Hour)
	given, stop := After(m, time.Hour)
	if m.Waiting() != 3 {
		t.Fatalf("Waiting() = %d, want 3", m.Waiting())
	}
	stop()
	stop()
	m.Advance(time.Hour)
	if got := <-early; got != at("2026-11-24 15:00:00") {
		t.Errorf("woken at %v", got)
	}
	if m.Waiting() != 1 || len(late) != 0 || len(given) != 0 {
		t.Errorf("waiting %d, late fired %d, stopped fired %d; want 1, 0, 0", m.Waiting(), len(late), len(given))
	}
	if now, _ := After(m, 0); len(now) != 1 {
		t.Errorf("a wait of nothing did not fire at once")
	}
}

func TestMovableRunsOnAndWakesWaitersWhenMoved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := NewMovable(at("2026-11-24 14:00:00"))
		time.Sleep(time.Minute)
		if got, want := m.Now(), at("2026-11-24 14:01:00"); got != want {
			t.Fatalf("after a minute Now() = %v, want %v", got, want)
		}
		inReal, _ := After(m, time.Minute)
		inDays, _ := After(m, 48*time.Hour)
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(inReal) != 1 || len(inDays) != 0 {
			t.Fatalf("fired %d and %d after a real minute, want 1 and 0", len(inReal), len(inDays))
		}
		got, err := m.Forward(Step{Days: 3})
		if err != nil || got != at("2026-11-27 14:02:00") {
			t.Fatalf("Forward = %v, %v", got, err)
		}
		if len(inDays) != 1 {
			t.Errorf("moving past a wait did not wake it")
		}
	})
}

func TestMovableKeepsItsRemainingAlarmsAfterAMoveAndAStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := NewMovable(at("2026-11-24 14:00:00"))
		_, stop := After(m, time.Hour)
		ch, _ := After(m, 3*time.Hour)
		stop()
		if _, err := m.Forward(Step{Exact: 2 * time.Hour}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(ch) != 1 {
			t.Errorf("an hour before due and an hour slept, but the wait did not fire")
		}
	})
}

func TestMovableRefusesToGoBackOrTooFar(t *testing.T) {
	t.Parallel()
	m := NewMovable(at("2026-11-24 14:00:00"))
	for _, s := range []Step{{}, {Exact: -time.Hour}, {Years: 1000}, {Days: -1}} {
		if _, err := m.Forward(s); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("Forward(%v): got %v, want an invalid fault", s, err)
		}
	}
	if got := m.Now(); got.After(at("2026-11-24 14:01:00")) {
		t.Errorf("a refused step moved the clock to %v", got)
	}
}

func TestMovableIsSafeForManyAtOnce(t *testing.T) {
	t.Parallel()
	m := NewMovable(at("2026-01-01 00:00:00"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			last := m.Now()
			for range 200 {
				_, stop := After(m, time.Minute)
				if _, err := m.Forward(Step{Exact: time.Second}); err != nil {
					t.Error(err)
				}
				if now := m.Now(); now.Before(last) {
					t.Errorf("went back from %v to %v", last, now)
				} else {
					last = now
				}
				stop()
			}
		})
	}
	wg.Wait()
}

func TestSleepEndsWithTheClockOrTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		if err := Sleep(t.Context(), System(), time.Hour); err != nil {
			t.Errorf("Sleep on the system clock: %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		m := NewManual(at("2026-01-01 00:00:00"))
		if err := Sleep(ctx, m, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Sleep past its context: %v", err)
		}
		if m.Waiting() != 0 {
			t.Errorf("an abandoned sleep still waits")
		}
	})
}

func TestParseStep(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Step{
		"3d":        {Days: 3},
		"2h":        {Exact: 2 * time.Hour},
		"1y":        {Years: 1},
		"1mo2w":     {Months: 1, Days: 14},
		"1h30m10s ": {Exact: time.Hour + 30*time.Minute + 10*time.Second},
	} {
		got, err := ParseStep(in)
		if err != nil || got != want {
			t.Errorf("ParseStep(%q) = %+v, %v; want %+v", in, got, err, want)
			continue
		}
		if again, err := ParseStep(got.String()); err != nil || again != got {
			t.Errorf("ParseStep(%q.String()) = %+v, %v: does not come back", in, again, err)
		}
	}
	for _, in := range []string{"", " ", "3", "d", "-3d", "1.5h", "3x", "3 d", "99999999999999999999d", "1000001d", "3D"} {
		if got, err := ParseStep(in); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("ParseStep(%q) = %+v, %v; want an invalid fault", in, got, err)
		}
	}
}

func TestAStepCountsCalendarYears(t *testing.T) {
	t.Parallel()
	if got, want := (Step{Years: 1}).From(at("2027-03-01 10:00:00")), at("2028-03-01 10:00:00"); got != want {
		t.Errorf("a year from 1 March 2027 = %v, want %v", got, want)
	}
}

func TestZoneRefusesTheMachinesOwnZone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Local", "Mars/Olympus", "../etc/passwd"} {
		if _, err := Zone(name); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("Zone(%q): got %v, want an invalid fault", name, err)
		}
	}
	if loc, err := Zone("America/Toronto"); err != nil || loc.String() != "America/Toronto" {
		t.Errorf("Zone(America/Toronto) = %v, %v", loc, err)
	}
}
