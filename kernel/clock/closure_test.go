package clock

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heed/kernel/fault"
)

func TestAClosureOfHoursShutsOnlyThem(t *testing.T) {
	t.Parallel()
	days := func(hours ...Span) (out []Closure) {
		for _, s := range hours {
			out = append(out, Closure{From: Date{2026, 11, 24}, To: Date{2026, 11, 25}, Hours: s, Name: "Staff meeting"})
		}
		return out
	}
	for _, tc := range []struct {
		name     string
		week     string
		closures []Closure
		want     time.Duration // open on Tuesday
	}{
		{"the afternoon", officeWeek, days(Span{13 * 60, 17 * 60}), 4 * time.Hour},
		{"in the middle", officeWeek, days(Span{11 * 60, 12 * 60}), 7 * time.Hour},
		{"from before it opens", officeWeek, days(Span{8 * 60, 10 * 60}), 7 * time.Hour},
		{"all the hours", officeWeek, days(Span{8 * 60, 18 * 60}), 0},
		{"while it is shut anyway", officeWeek, days(Span{18 * 60, 20 * 60}), 8 * time.Hour},
		{"over the break at noon", "mon-fri 09:00-12:00 13:00-17:00", days(Span{11 * 60, 14 * 60}), 5 * time.Hour},
		{"twice the same", officeWeek, days(Span{13 * 60, 15 * 60}, Span{14 * 60, 16 * 60}), 5 * time.Hour},
	} {
		h := desk(t, "UTC", tc.week, "", tc.closures...)
		if got := h.Between(at("2026-11-24 00:00:00"), at("2026-11-25 00:00:00")); got != tc.want {
			t.Errorf("%s: %v are open, want %v", tc.name, got, tc.want)
		}
		if got := h.Between(at("2026-11-26 00:00:00"), at("2026-11-27 00:00:00")); got < 7*time.Hour {
			t.Errorf("%s: the day after is open for %v", tc.name, got)
		}
	}
}

func TestAClosureIsNamedInTheExplanation(t *testing.T) {
	t.Parallel()
	h := desk(t, "UTC", officeWeek, "",
		Closure{From: Date{2026, 11, 24}, To: Date{2026, 11, 24}, Hours: Span{13 * 60, 17 * 60}, Name: "Staff meeting"},
		Closure{From: Date{2026, 11, 25}, To: Date{2026, 11, 25}, Name: "Strike"})
	steps, err := h.Explain(at("2026-11-24 12:00:00"), 90*time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range steps {
		got = append(got, s.Words(h.Zone(), "en"))
	}
	want := `Tuesday 24 November, 12:00 to 13:00: 1 hour counted
Tuesday 24 November, 13:00 to 17:00: closed, Staff meeting
Tuesday 24 November, 17:00 to Wednesday 25 November, 00:00: closed
Wednesday 25 November, 00:00 to Thursday 26 November, 00:00: closed, Strike
Thursday 26 November, 00:00 to 09:00: closed
Thursday 26 November, 09:00 to 09:30: 30 minutes counted`
	if diff := cmp.Diff(want, strings.Join(got, "\n")); diff != "" {
		t.Error(diff)
	}
}

func TestClosuresOverlapWhereTheyShutTheSameTimeTwice(t *testing.T) {
	t.Parallel()
	on := func(from, to int, hours Span) Closure {
		return Closure{From: Date{2026, 12, from}, To: Date{2026, 12, to}, Hours: hours}
	}
	morning, noon, afternoon := Span{540, 720}, Span{660, 780}, Span{720, 1020}
	for _, tc := range []struct {
		name string
		a, b Closure
		want bool
	}{
		{"one after the other", on(1, 3, Span{}), on(4, 5, Span{}), false},
		{"they share a day", on(1, 3, Span{}), on(3, 5, Span{}), true},
		{"one within the other", on(1, 9, Span{}), on(3, 4, Span{}), true},
		{"the morning and the afternoon of a day", on(1, 1, morning), on(1, 1, afternoon), false},
		{"the morning and noon", on(1, 1, morning), on(1, 1, noon), true},
		{"the morning and the whole day", on(1, 1, morning), on(1, 1, Span{}), true},
		{"mornings of different days", on(1, 2, morning), on(3, 4, morning), false},
	} {
		if tc.a.Overlaps(tc.b) != tc.want || tc.b.Overlaps(tc.a) != tc.want {
			t.Errorf("%s: they overlap: %t", tc.name, !tc.want)
		}
	}
}

func TestAClosureCountsBothItsEndsAmongItsDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, n := DateOf(instants(t, "from"), time.UTC), rapid.IntRange(1, 800).Draw(t, "days")
		if got := (Closure{From: from, To: from.AddDays(n - 1)}).Days(); got != n {
			t.Fatalf("%d days from %s count %d", n, from, got)
		}
	})
}

func TestDaysAndPartsOfADayAreReadOrRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := DateOf(instants(t, "day"), time.UTC)
		if got, err := ParseDate(day.String()); err != nil || got != day {
			t.Fatalf("%s came back as %v, %v", day, got, err)
		}
		span := Span{From: rapid.IntRange(0, minutesPerDay-1).Draw(t, "from")}
		span.To = rapid.IntRange(span.From+1, minutesPerDay).Draw(t, "to")
		if got, err := ParseSpan(span.String()); err != nil || got != span {
			t.Fatalf("%s came back as %v, %v", span, got, err)
		}
	})
	for _, wrong := range []string{"", "soon", "24/12/2026", "2026-02-30", "26-12-24"} {
		if _, err := ParseDate(wrong); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("the day %q: %v", wrong, err)
		}
	}
	for _, wrong := range []string{"", "13:00", "17:00-13:00", "13:00-13:00", "13-17"} {
		if _, err := ParseSpan(wrong); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("the part %q: %v", wrong, err)
		}
	}
}
