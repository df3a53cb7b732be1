package clock

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"heed/kernel/fault"
)

type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

func zone(t tester, name string) *time.Location {
	t.Helper()
	loc, err := Zone(name)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return loc
}

func desk(t tester, where, week, region string, closures ...Closure) Hours {
	t.Helper()
	w, err := ParseWeek(week)
	if err != nil {
		t.Fatalf("%v", err)
	}
	var days Holidays
	if region != "" {
		if days, err = PublicHolidays(region); err != nil {
			t.Fatalf("%v", err)
		}
	}
	h, err := NewHours(zone(t, where), w, days, closures...)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return h
}

const officeWeek = "mon-fri 09:00-17:00"

func TestAddFindsTheFirstInstantByWhichTheWorkIsDone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		zone, week, region, start string
		work                      time.Duration
		want                      string
	}{
		"within one opening":                                        {"UTC", officeWeek, "", "2026-11-24 10:00", 2 * time.Hour, "2026-11-24 12:00"},
		"exactly to closing time stays today":                       {"UTC", officeWeek, "", "2026-11-20 16:00", time.Hour, "2026-11-20 17:00"},
		"over a weekend":                                            {"UTC", officeWeek, "", "2026-11-20 16:00", 2 * time.Hour, "2026-11-23 10:00"},
		"begun at night":                                            {"UTC", officeWeek, "", "2026-11-24 23:00", time.Hour, "2026-11-25 10:00"},
		"no work is due at once, even shut":                         {"UTC", officeWeek, "", "2026-11-21 12:00", 0, "2026-11-21 12:00"},
		"over Christmas in England":                                 {"Europe/London", officeWeek, "england-and-wales", "2026-12-24 16:30", time.Hour, "2026-12-29 09:30"},
		"local hours in summer time":                                {"Europe/London", officeWeek, "", "2026-07-01 07:00", time.Hour, "2026-07-01 09:00"},
		"Toronto, over Canada Day":                                  {"America/Toronto", officeWeek, "ontario", "2026-06-30 20:30", time.Hour, "2026-07-02 13:30"},
		"night shift through the hour that is repeated":             {"Europe/London", "sat 22:00-24:00, sun 00:00-06:00", "", "2026-10-24 21:00", 9 * time.Hour, "2026-10-25 06:00"},
		"night shift through the hour that is skipped":              {"Europe/London", "sat 22:00-24:00, sun 00:00-06:00", "", "2026-03-28 22:00", 7 * time.Hour, "2026-03-29 05:00"},
		"opening inside the skipped hour":                           {"Europe/London", "sun 01:30-03:00", "", "2026-03-29 00:00", time.Hour, "2026-03-29 02:00"},
		"opening inside the repeated hour begins at its first pass": {"Europe/London", "sun 01:30-03:00", "", "2026-10-25 00:00", 30 * time.Minute, "2026-10-25 01:00"},
		"closing inside the repeated hour ends at its second pass":  {"Europe/London", "sun 00:00-01:30", "", "2026-10-24 22:00", 2*time.Hour + 30*time.Minute, "2026-10-25 01:30"},
		"day whose midnight is skipped":                             {"America/Santiago", "sun 00:00-02:00", "", "2026-09-06 00:00", time.Hour, "2026-09-06 05:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := desk(t, c.zone, c.week, c.region)
			got, err := h.Add(at(c.start+":00"), c.work)
			if err != nil || got != at(c.want+":00") {
				t.Errorf("Add(%s, %v) = %v, %v; want %s", c.start, c.work, got, err, c.want)
			}
		})
	}
}

func TestClosuresAreShutOnBothTheirEnds(t *testing.T) {
	t.Parallel()
	h := desk(t, "UTC", officeWeek, "", Closure{From: Date{2026, 12, 24}, To: Date{2026, 12, 31}, Name: "Christmas closure"})
	got, err := h.Add(at("2026-12-23 16:00:00"), 2*time.Hour)
	if want := at("2027-01-01 10:00:00"); err != nil || got != want {
		t.Errorf("Add over the closure = %v, %v; want %v", got, err, want)
	}
	if h.Open(at("2026-12-24 10:00:00")) || h.Open(at("2026-12-31 16:59:59")) || !h.Open(at("2026-12-23 16:59:59")) {
		t.Errorf("Open does not follow the closure")
	}
}

func TestADeskThatNeverOpensAgainIsAnErrorNotALoop(t *testing.T) {
	t.Parallel()
	h := desk(t, "UTC", officeWeek, "", Closure{From: Date{2026, 1, 1}, To: Date{2199, 1, 1}, Name: "closed for good"})
	if got, err := h.Add(at("2026-06-01 00:00:00"), time.Hour); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("Add = %v, %v; want an invalid fault", got, err)
	}
	if _, err := h.Explain(at("2026-06-01 00:00:00"), time.Hour); err == nil {
		t.Errorf("Explain found a due instant where there is none")
	}
}

func TestTheZeroHoursAreNeverOpen(t *testing.T) {
	t.Parallel()
	var h Hours
	if h.Open(at("2026-11-24 10:00:00")) || h.Between(at("2026-01-01 00:00:00"), at("2027-01-01 00:00:00")) != 0 {
		t.Errorf("zero Hours count time")
	}
	if _, err := h.Add(at("2026-01-01 00:00:00"), time.Hour); err == nil {
		t.Errorf("zero Hours gave a due instant")
	}
}

func TestHoursRefuseWhatCannotBeMeant(t *testing.T) {
	t.Parallel()
	for name, week := range map[string]string{
		"nothing": "", "days only": "mon-fri", "unknown day": "monday 09:00-17:00", "backwards": "mon 17:00-09:00",
		"overlap": "mon 09:00-12:00 11:00-13:00", "after midnight": "mon 09:00-25:00", "minute 60": "mon 09:60-10:00",
		"no length": "mon 09:00-09:00", "signs": "mon +9:00-10:00", "stray comma": "mon 09:00-10:00,",
	} {
		if _, err := ParseWeek(week); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: ParseWeek(%q) gave %v, want an invalid fault", name, week, err)
		}
	}
	if _, err := NewHours(time.UTC, Week{}, Holidays{}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a week without openings: %v", err)
	}
	if _, err := NewHours(time.UTC, Week{1: {{-5, 60}}}, Holidays{}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("an opening before midnight: %v", err)
	}
	back := Closure{From: Date{2026, 2, 2}, To: Date{2026, 2, 1}, Name: "x"}
	if _, err := NewHours(time.UTC, Week{1: {{0, 60}}}, Holidays{}, back); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a closure that ends before it starts: %v", err)
	}
}

func TestAWeekMayRunOverSundayAndHaveALunchBreak(t *testing.T) {
	t.Parallel()
	h := desk(t, "UTC", "sat-mon 09:00-12:00 13:00-17:00", "")
	if got, want := h.Between(at("2026-11-21 00:00:00"), at("2026-11-24 00:00:00")), 21*time.Hour; got != want {
		t.Errorf("Saturday to Monday count %v, want %v", got, want)
	}
}

// deskGen draws calendars with every trait that has caused trouble: clock
// changes on both hemispheres, offsets of half an hour, openings around the
// clock and openings that touch midnight.
func deskGen(t *rapid.T) Hours {
	where := rapid.SampledFrom([]string{"UTC", "Europe/London", "America/Toronto", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu"}).Draw(t, "zone")
	week := rapid.SampledFrom([]string{
		officeWeek, "mon-sun 00:00-24:00", "mon-fri 08:30-12:00 12:30-17:15, sat 10:00-14:00",
		"sat-sun 00:30-03:30", "sun 01:30-02:15, fri 22:00-24:00, sat 00:00-06:00",
	}).Draw(t, "week")
	region := rapid.SampledFrom(append(Regions(), "")).Draw(t, "region")
	var closures []Closure
	for range rapid.IntRange(0, 3).Draw(t, "closures") {
		from := DateOf(instants(t, "closed from"), time.UTC)
		c := Closure{From: from, To: from.AddDays(rapid.IntRange(0, 30).Draw(t, "days")), Name: "closed"}
		if rapid.Bool().Draw(t, "a part of each day") {
			c.Hours.From = rapid.IntRange(0, minutesPerDay-1).Draw(t, "from minute")
			c.Hours.To = rapid.IntRange(c.Hours.From+1, minutesPerDay).Draw(t, "to minute")
		}
		closures = append(closures, c)
	}
	return desk(t, where, week, region, closures...)
}

func instants(t *rapid.T, name string) time.Time {
	base := at("2025-01-01 00:00:00")
	return base.Add(time.Duration(rapid.Int64Range(0, 3*365*24*3600*1000).Draw(t, name)) * time.Millisecond)
}

func work(t *rapid.T, name string) time.Duration {
	return time.Duration(rapid.Int64Range(0, 120*3600*1000).Draw(t, name)) * time.Millisecond
}

func TestLawsOfOpenTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, s, d := deskGen(t), instants(t, "start"), work(t, "work")
		due, err := h.Add(s, d)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Between(s, due); got != d {
			t.Fatalf("Between(start, Add(start, %v)) = %v", d, got)
		}
		if d > 0 && h.Between(s, due.Add(-Precision)) != d-Precision {
			t.Fatalf("%v is not the first instant by which %v is done", due, d)
		}
		later, more := s.Add(work(t, "delay")), d+work(t, "extra")
		if other, _ := h.Add(later, d); other.Before(due) {
			t.Fatalf("a later start %v is due earlier: %v < %v", later, other, due)
		}
		if other, _ := h.Add(s, more); other.Before(due) {
			t.Fatalf("more work %v is due earlier: %v < %v", more, other, due)
		}
		mid := instants(t, "mid")
		if mid.Before(s) {
			s, mid = mid, s
		}
		if whole := h.Between(s, later); !mid.After(later) && h.Between(s, mid)+h.Between(mid, later) != whole {
			t.Fatalf("time cut at %v does not add up to %v", mid, whole)
		}
	})
}

func TestExplanationsCoverTheTimeAndAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, s, d := deskGen(t), instants(t, "start"), work(t, "work")
		steps, err := h.Explain(s, d)
		if err != nil {
			t.Fatal(err)
		}
		due, _ := h.Add(s, d)
		at, sum := s, time.Duration(0)
		for _, step := range steps {
			if step.From != at || !step.From.Before(step.To) {
				t.Fatalf("a gap or an empty step at %v: %+v", at, step)
			}
			at, sum = step.To, sum+step.Counted
		}
		if at != due || sum != d {
			t.Fatalf("steps end at %v with %v, want %v with %v", at, sum, due, d)
		}
	})
}

func TestExplanationReadsLikeACalendar(t *testing.T) {
	t.Parallel()
	h := desk(t, "Europe/London", officeWeek, "england-and-wales")
	steps, err := h.Explain(at("2026-12-24 16:30:00"), 90*time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	var en, fr []string
	for _, s := range steps {
		en = append(en, s.Words(h.Zone(), "en"))
		fr = append(fr, s.Words(h.Zone(), "fr-CA"))
	}
	wantEN := `Thursday 24 December, 16:30 to 17:00: 30 minutes counted
Thursday 24 December, 17:00 to Friday 25 December, 00:00: closed
Friday 25 December, 00:00 to Saturday 26 December, 00:00: closed, Christmas Day
Saturday 26 December, 00:00 to Monday 28 December, 00:00: closed
Monday 28 December, 00:00 to Tuesday 29 December, 00:00: closed, Boxing Day
Tuesday 29 December, 00:00 to 09:00: closed
Tuesday 29 December, 09:00 to 10:00: 1 hour counted`
	if got := strings.Join(en, "\n"); got != wantEN {
		t.Errorf("in English:\n%s\nwant:\n%s", got, wantEN)
	}
	if got, want := fr[0], "jeudi 24 décembre, 16 h 30 à 17 h 00 : 30 minutes de travail"; got != want {
		t.Errorf("in French: %s, want %s", got, want)
	}
}
