package civil_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"heed/notice/civil"
)

func date(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDatesReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	d := date(t, "2026-06-19")
	if d.English() != "19 June 2026" || d.EnglishDay() != "Friday 19 June 2026" || d.String() != "2026-06-19" {
		t.Errorf("got %q, %q, %q", d.English(), d.EnglishDay(), d.String())
	}
	var zero civil.Date
	if !zero.IsZero() || zero.String() != "" || zero.English() != "" || zero.EnglishDay() != "" {
		t.Error("no date is written as something")
	}
	for _, bad := range []string{"", "2026-6-19", "2026-02-30", "19.6.2026", "2026-06-19T00:00"} {
		if _, err := civil.Parse(bad); err == nil {
			t.Errorf("%q was read as a date", bad)
		}
	}
}

func TestDaysBeginAndEndWhereClocksChange(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	beirut, err := time.LoadLocation("Asia/Beirut") // its clocks go forward at midnight
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name  string
		day   string
		zone  *time.Location
		hours float64
	}{
		{"an ordinary day", "2026-06-19", london, 24},
		{"the day the clocks go forward", "2026-03-29", london, 23},
		{"the day the clocks go back", "2026-10-25", london, 25},
		{"a day that begins at one o'clock", "2022-03-27", beirut, 23},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			d := date(t, tc.day)
			if got := d.End(tc.zone).Sub(d.Start(tc.zone)).Hours(); got != tc.hours {
				t.Errorf("the day has %v hours, want %v", got, tc.hours)
			}
			if civil.In(d.Start(tc.zone), tc.zone) != d || civil.In(d.End(tc.zone).Add(-time.Nanosecond), tc.zone) != d {
				t.Error("the first or the last instant of the day belongs to another")
			}
		})
	}
}

func TestPeriodsRoundTheWayTheyAreAsked(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ from, period, clamped, later string }{
		{"2028-02-29", "1y", "2029-02-28", "2029-03-01"},
		{"2028-02-29", "4y", "2032-02-29", "2032-02-29"},
		{"2026-01-31", "1m", "2026-02-28", "2026-03-01"},
		{"2026-12-31", "2m", "2027-02-28", "2027-03-01"},
		{"2026-12-31", "30d", "2027-01-30", "2027-01-30"},
		{"2026-08-31", "1y6m", "2028-02-29", "2028-03-01"},
		{"2026-01-31", "1m1d", "2026-03-01", "2026-03-02"},
	} {
		p, err := civil.ParsePeriod(tc.period)
		if err != nil {
			t.Fatal(err)
		}
		later, _ := p.AddLater(date(t, tc.from))
		if got := p.AddClamped(date(t, tc.from)); got != date(t, tc.clamped) || later != date(t, tc.later) {
			t.Errorf("%s + %s: clamped %s, later %s; want %s, %s", tc.from, tc.period, got, later, tc.clamped, tc.later)
		}
	}
}

func TestPeriodsAreReadWrittenAndCompared(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][3]string{
		"1y": {"1y", "1 year", "1 an"}, "18m": {"18m", "18 months", "18 mois"}, "0d": {"0d", "0 days", "0 jours"},
		"1y6m2d": {"1y6m2d", "1 year and 6 months and 2 days", "1 an et 6 mois et 2 jours"},
	} {
		p, err := civil.ParsePeriod(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := [3]string{p.String(), p.English(), p.French()}; got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
	for _, bad := range []string{"", "1", "y", "1w", "-1d", "1d1y", "1 y", "99999d"} {
		if _, err := civil.ParsePeriod(bad); err == nil {
			t.Errorf("%q was read as a period", bad)
		}
	}
	for _, tc := range []struct {
		a, b  string
		order int
		sure  bool
	}{
		{"1y", "12m", 0, true},
		{"1y", "13m", -1, true},
		{"2y", "1y", 1, true},
		{"1m", "30d", 0, false},
		{"1m", "27d", 1, true},
		{"1m", "32d", -1, true},
		{"1y", "365d", 0, false},
		{"1y", "364d", 1, true},
		{"1y", "367d", -1, true},
		{"0d", "0d", 0, true},
	} {
		var a, b civil.Period
		if a.UnmarshalText([]byte(tc.a)) != nil || b.UnmarshalText([]byte(tc.b)) != nil {
			t.Fatal("the cases are wrong")
		}
		if order, sure := a.Compare(b); order != tc.order || sure != tc.sure {
			t.Errorf("%s and %s: %d, %v; want %d, %v", tc.a, tc.b, order, sure, tc.order, tc.sure)
		}
	}
}

func TestPeriodLaws(t *testing.T) {
	t.Parallel()
	period := rapid.Custom(func(t *rapid.T) civil.Period {
		return civil.Period{Years: rapid.IntRange(0, 20).Draw(t, "y"), Months: rapid.IntRange(0, 40).Draw(t, "m"), Days: rapid.IntRange(0, 800).Draw(t, "d")}
	})
	day := rapid.Custom(func(t *rapid.T) civil.Date {
		return civil.New(2000, 1, 1+rapid.IntRange(0, 40000).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		p, q, d := period.Draw(t, "p"), period.Draw(t, "q"), day.Draw(t, "from")
		var back civil.Period
		if err := back.UnmarshalText([]byte(p.String())); err != nil || back != p {
			t.Fatalf("%+v is written %s and read %+v (%v)", p, p, back, err)
		}
		later, missing := p.AddLater(d)
		if early := p.AddClamped(d); early.After(later) || (missing == (early == later)) || early.Before(d) {
			t.Fatalf("%s + %s: clamped %s, later %s, missing %v", d, p, early, later, missing)
		}
		if order, sure := p.Compare(q); sure {
			ends := p.AddClamped(d).Compare(q.AddClamped(d))
			if order == 0 && ends != 0 || order < 0 && ends > 0 || order > 0 && ends < 0 {
				t.Fatalf("%s compares %d with %s and ends %d from %s", p, order, q, ends, d)
			}
		}
		if n := d.DaysUntil(later); d.AddDays(n) != later {
			t.Fatalf("%d days from %s do not lead to %s", n, d, later)
		}
	})
}
