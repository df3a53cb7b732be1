package deadline_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"heed/notice/civil"
	"heed/notice/deadline"
	"heed/notice/pack"
)

func library(t *testing.T) *pack.Library {
	t.Helper()
	lib, err := pack.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// at reads "2026-11-25 10:00" in a zone; a bare date is noon.
func at(t *testing.T, z *time.Location, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	if !strings.Contains(s, " ") {
		s += " 12:00"
	}
	v, err := time.ParseInLocation("2006-01-02 15:04", s, z)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func date(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

type pauses [][2]string

func ukRequest(t *testing.T, z *time.Location, received string, ps pauses) deadline.Request {
	t.Helper()
	r := deadline.Request{Access: true, Received: at(t, z, received)}
	for _, p := range ps {
		r.Pauses = append(r.Pauses, deadline.Pause{Asked: at(t, z, p[0]), Answered: at(t, z, p[1])})
	}
	return r
}

// ukCase is a request and the days it leads to.
type ukCase struct {
	name     string
	received string
	calendar string
	identity string
	fee      string
	pauses   pauses
	extended string
	raw      string
	rolled   string
	rule     string
}

func ukMonthsAndPauses() []ukCase {
	return []ukCase{
		{name: "Christmas and Boxing Day move the due day on", received: "2026-11-25", raw: "2026-12-25", rolled: "2026-12-29"},
		{name: "a day that the next month lacks is its last day", received: "2027-01-31", raw: "2027-02-28", rolled: "2027-03-01"},
		{name: "the last day of October is the last day of November", received: "2026-10-31", raw: "2026-11-30", rolled: "2026-11-30"},
		{name: "a start on New Year's Day counts", received: "2026-01-01", raw: "2026-02-01", rolled: "2026-02-02"},
		{name: "the regulator's own example of 2024", received: "2024-11-25", raw: "2024-12-25", rolled: "2024-12-27"},
		{name: "an extension is three months from the same start", received: "2026-11-30", extended: "2026-12-10", raw: "2027-02-28", rolled: "2027-03-01", rule: "uk.rights.extended"},
		{name: "days from asking to answer, both included, do not count", received: "2026-11-02", pauses: pauses{{"2026-11-05", "2026-11-12"}}, raw: "2026-12-10", rolled: "2026-12-10"},
		{name: "two pauses that overlap count each day once", received: "2026-11-02", pauses: pauses{{"2026-11-05", "2026-11-12"}, {"2026-11-10", "2026-11-14"}}, raw: "2026-12-12", rolled: "2026-12-14"},
		{name: "the order of pauses does not matter", received: "2026-11-02", pauses: pauses{{"2026-11-10", "2026-11-14"}, {"2026-11-05", "2026-11-12"}}, raw: "2026-12-12", rolled: "2026-12-14"},
		{name: "a pause across the end of a month", received: "2026-10-20", pauses: pauses{{"2026-10-30", "2026-11-03"}}, raw: "2026-11-25", rolled: "2026-11-25"},
		{name: "a question after the due day stops nothing", received: "2026-11-02", pauses: pauses{{"2026-12-05", "2026-12-12"}}, raw: "2026-12-02", rolled: "2026-12-02"},
		{name: "a question asked and answered on one day costs that day", received: "2026-11-02", pauses: pauses{{"2026-11-05 09:00", "2026-11-05 17:00"}}, raw: "2026-12-03", rolled: "2026-12-03"},
		{name: "an extension sent on the last day is in time", received: "2026-11-02", extended: "2026-12-02 23:59", raw: "2027-02-02", rolled: "2027-02-02", rule: "uk.rights.extended"},
		{name: "an extension sent a minute later is not", received: "2026-11-02", extended: "2026-12-03 00:00", raw: "2026-12-02", rolled: "2026-12-02"},
		{name: "a pause lengthens the time for the extension notice", received: "2026-11-02", pauses: pauses{{"2026-11-05", "2026-11-12"}}, extended: "2026-12-10", raw: "2027-02-10", rolled: "2027-02-10", rule: "uk.rights.extended"},
		{name: "a question within the extended time counts", received: "2026-11-02", extended: "2026-12-01", pauses: pauses{{"2027-01-04", "2027-01-08"}}, raw: "2027-02-07", rolled: "2027-02-08", rule: "uk.rights.extended"},
	}
}

func ukStartsAndHolidays() []ukCase {
	return []ukCase{
		{name: "the clock waits for proof of identity", received: "2026-11-02", identity: "2026-11-09", raw: "2026-12-09", rolled: "2026-12-09"},
		{name: "the clock waits for the later of proof and fee", received: "2026-11-02", identity: "2026-11-09", fee: "2026-11-11", raw: "2026-12-11", rolled: "2026-12-11"},
		{name: "one minute before midnight is still that day", received: "2026-11-16 23:59", raw: "2026-12-16", rolled: "2026-12-16"},
		{name: "one minute after midnight is the next", received: "2026-11-17 00:01", raw: "2026-12-17", rolled: "2026-12-17"},
		{name: "the day the clocks go forward is a day like any other", received: "2026-03-29 00:30", raw: "2026-04-29", rolled: "2026-04-29"},
		{name: "the night the clocks go back is a night like any other", received: "2026-10-25 01:30", raw: "2026-11-25", rolled: "2026-11-25"},
		{name: "a leap day has no day of that number in March to miss", received: "2028-02-29", raw: "2028-03-29", rolled: "2028-03-29"},
		{name: "the end of January in a leap year", received: "2028-01-31", raw: "2028-02-29", rolled: "2028-02-29"},
		{name: "Good Friday and Easter Monday move the due day past Easter", received: "2026-03-03", raw: "2026-04-03", rolled: "2026-04-07"},
		{name: "Scotland works on Easter Monday", received: "2026-03-03", calendar: "scotland", raw: "2026-04-03", rolled: "2026-04-06"},
		{name: "Scotland rests on the second of January", received: "2025-12-02", calendar: "scotland", raw: "2026-01-02", rolled: "2026-01-05"},
		{name: "England works on the second of January", received: "2025-12-02", raw: "2026-01-02", rolled: "2026-01-02"},
		{name: "Scotland rests on St Andrew's Day", received: "2026-10-30", calendar: "scotland", raw: "2026-11-30", rolled: "2026-12-01"},
		{name: "Northern Ireland rests on St Patrick's Day", received: "2026-02-17", calendar: "northern-ireland", raw: "2026-03-17", rolled: "2026-03-18"},
		{name: "the Boyne on a Sunday moves to Monday", received: "2026-06-12", calendar: "northern-ireland", raw: "2026-07-12", rolled: "2026-07-14"},
	}
}

func TestUKRightsRequests(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "Europe/London")
	for _, tc := range slices.Concat(ukMonthsAndPauses(), ukStartsAndHolidays()) {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := ukRequest(t, z, tc.received, tc.pauses)
			r.Identity, r.Fee = at(t, z, tc.identity), at(t, z, tc.fee)
			if tc.extended != "" {
				r.Extended = deadline.Extension{Sent: at(t, z, tc.extended), Ground: "complexity"}
			}
			// The examples are told under today's law, whatever their year.
			c, err := deadline.ByPack(lib, "uk@2026-06-19", tc.calendar)
			if err != nil {
				t.Fatal(err)
			}
			d, err := c.Rights(r)
			if err != nil {
				t.Fatal(err)
			}
			if d.Raw.Day != date(t, tc.raw) || d.Rolled.Day != date(t, tc.rolled) {
				t.Errorf("got raw %s, rolled %s; want %s, %s\n%s", d.Raw.Day, d.Rolled.Day, tc.raw, tc.rolled, strings.Join(d.Steps, "\n"))
			}
			if d.Latest != d.Rolled {
				t.Errorf("latest is %v, want the rolled day %v", d.Latest, d.Rolled)
			}
			if want := date(t, tc.rolled).End(z); !d.Latest.Before.Equal(want) {
				t.Errorf("the last moment is before %s, want %s", d.Latest.Before, want)
			}
			if d.Target.Before.After(d.Latest.Before) || d.Target.Day.Before(d.Start) {
				t.Errorf("target %s is outside %s to %s", d.Target.Day, d.Start, d.Latest.Day)
			}
			if tc.rule == "" {
				tc.rule = "uk.rights.month"
			}
			if d.Rule != tc.rule || d.Pack != "uk@2026-06-19" || len(d.Steps) < 3 {
				t.Errorf("rule %q under %q in %d steps; want %q and the reckoning in words", d.Rule, d.Pack, len(d.Steps), tc.rule)
			}
		})
	}
}

func TestAPauseStopsOnlyWhatTheLawLetsItStop(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "Europe/London")
	plain := date(t, "2026-12-02")
	ps := pauses{{"2026-11-05", "2026-11-12"}}
	for _, tc := range []struct {
		name   string
		pack   string
		access bool
		want   civil.Date
	}{
		{"access under the law of today", "uk@2026-02-05", true, date(t, "2026-12-10")},
		{"a correction is never paused", "uk@2026-06-19", false, plain},
		{"under the law before February 2026 nothing is", "uk@2018-05-25", true, plain},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c, err := deadline.ByPack(lib, tc.pack, "")
			if err != nil {
				t.Fatal(err)
			}
			r := ukRequest(t, z, "2026-11-02", ps)
			r.Access = tc.access
			d, err := c.Rights(r)
			if err != nil {
				t.Fatal(err)
			}
			if d.Rolled.Day != tc.want {
				t.Errorf("due %s, want %s\n%s", d.Rolled.Day, tc.want, strings.Join(d.Steps, "\n"))
			}
		})
	}
}

func TestAnOpenQuestionMovesTheDayWithEachDayItStands(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "Europe/London")
	c, err := deadline.ByPack(lib, "uk@2026-06-19", "")
	if err != nil {
		t.Fatal(err)
	}
	r := ukRequest(t, z, "2026-11-02", pauses{{"2026-11-05", ""}})
	if _, err := c.Rights(r); err == nil {
		t.Error("an open question without a day to count to was accepted")
	}
	r.AsOf = at(t, z, "2026-11-12")
	d, err := c.Rights(r)
	if err != nil {
		t.Fatal(err)
	}
	if !d.Paused || d.Rolled.Day != date(t, "2026-12-10") {
		t.Errorf("paused %v, due %s; want paused and 10 December", d.Paused, d.Rolled.Day)
	}
}

func TestAFixedNumberOfDaysCanBeAimedAt(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "Europe/London")
	c, err := deadline.ByPack(lib, "uk@2026-06-19", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name     string
		received string
		fixed    int
		want     string
	}{
		{"28 days where the controller likes one number", "2026-11-02", 28, "2026-11-30"},
		{"never later than the law", "2026-11-02", 90, "2026-12-02"},
		{"else four fifths of the way, on a working day", "2026-11-25", 0, "2026-12-18"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := ukRequest(t, z, tc.received, nil)
			r.Fixed = tc.fixed
			d, err := c.Rights(r)
			if err != nil {
				t.Fatal(err)
			}
			if d.Target.Day != date(t, tc.want) {
				t.Errorf("target %s, want %s", d.Target.Day, tc.want)
			}
		})
	}
}

func TestBadInputIsRefusedInWords(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "Europe/London")
	c, err := deadline.ByPack(lib, "uk@2026-06-19", "")
	if err != nil {
		t.Fatal(err)
	}
	noon := at(t, z, "2026-11-02")
	for name, r := range map[string]deadline.Request{
		"no receipt":             {},
		"a pause without asking": {Received: noon, Pauses: []deadline.Pause{{Answered: noon}}},
		"answered before asked":  {Received: noon, Pauses: []deadline.Pause{{Asked: noon, Answered: noon.Add(-time.Hour)}}},
		"no ground":              {Received: noon, Extended: deadline.Extension{Sent: noon}},
	} {
		if _, err := c.Rights(r); err == nil {
			t.Errorf("%s: was accepted", name)
		}
	}
	if _, err := deadline.New(lib, "mars", noon, ""); err == nil {
		t.Error("an unknown regime was accepted")
	}
	if _, err := deadline.New(lib, "uk", at(t, z, "2017-01-01"), ""); err == nil {
		t.Error("a day before any pack was accepted")
	}
	if _, err := deadline.ByPack(lib, "uk@2026-06-19", "atlantis"); err == nil {
		t.Error("an unknown calendar was accepted")
	}
	if _, err := deadline.ByPack(lib, "uk@1066", ""); err == nil {
		t.Error("an unknown pack was accepted")
	}
}

func TestUKComplaintsShowBothReadingsOfThirtyDays(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "Europe/London")
	c, err := deadline.New(lib, "uk", at(t, z, "2026-11-20"), "")
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Complaint(at(t, z, "2026-11-20"))
	if err != nil {
		t.Fatal(err)
	}
	if d.Target.Day != date(t, "2026-12-19") || d.Latest.Day != date(t, "2026-12-21") {
		t.Errorf("statute %s, regulator %s; want 19 and 21 December", d.Target.Day, d.Latest.Day)
	}
	if got := c.NextNudge(at(t, z, "2026-11-20"), at(t, z, "2026-12-01")); got != date(t, "2026-12-04") {
		t.Errorf("the next weekly note is due on %s, want 4 December", got)
	}
	old, err := deadline.New(lib, "uk", at(t, z, "2026-06-18"), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Complaint(at(t, z, "2026-06-18")); err == nil {
		t.Error("a duty that began on 19 June was applied to 18 June")
	}
}

func TestUKBreachesAreReportedWithinHoursAndNotDays(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "Europe/London")
	for _, tc := range []struct{ name, aware, want string }{
		{"over Christmas", "2026-12-24 16:10", "2026-12-27 16:10"},
		{"over the night that is an hour longer", "2026-10-24 12:00", "2026-10-27 11:00"},
		{"over the night that is an hour shorter", "2027-03-27 12:00", "2027-03-30 13:00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			aware := at(t, z, tc.aware)
			c, err := deadline.New(lib, "uk", aware, "")
			if err != nil {
				t.Fatal(err)
			}
			d, err := c.Breach(aware)
			if err != nil {
				t.Fatal(err)
			}
			if want := at(t, z, tc.want); !d.Latest.Before.Equal(want) || !d.Raw.Before.Equal(want) || !d.Rolled.Before.Equal(want) {
				t.Errorf("due %s, want %s", d.Latest.Before.In(z), want)
			}
			if !d.Target.Before.Before(d.Latest.Before) {
				t.Error("the target is not earlier than the last lawful moment")
			}
			p, err := c.Processor(aware)
			if err != nil {
				t.Fatal(err)
			}
			if !p.Latest.IsZero() || !p.Target.Before.Equal(aware.Add(24*time.Hour)) {
				t.Errorf("a processor aims at %s with a last moment of %v; want 24 hours and none", p.Target.Before, p.Latest)
			}
		})
	}
}

func TestWithdrawalAndRestrictionTakeEffectAtOnce(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "Europe/London")
	now := at(t, z, "2026-11-20 09:30")
	c, err := deadline.New(lib, "uk", now, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []string{"uk.consent.withdraw", "uk.restrict"} {
		if d := c.AtOnce(rule, now); !d.Latest.Before.Equal(now) || d.Rule != rule {
			t.Errorf("%s: due %s, want %s", d.Rule, d.Latest.Before, now)
		}
	}
}

func TestACaseKeepsTheLawOfTheDayItCameIn(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "Europe/London")
	for received, want := range map[string]string{
		"2026-02-04 23:59": "uk@2018-05-25", "2026-02-05 00:01": "uk@2026-02-05",
		"2026-06-18": "uk@2026-02-05", "2026-06-19": "uk@2026-06-19", "2026-11-22": "uk@2026-06-19",
	} {
		c, err := deadline.New(lib, "uk", at(t, z, received), "")
		if err != nil {
			t.Fatal(err)
		}
		if c.Pack().ID != want {
			t.Errorf("received %s: %s, want %s", received, c.Pack().ID, want)
		}
	}
}
