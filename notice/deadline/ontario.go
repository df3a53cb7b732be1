package deadline

import (
	"time"

	"heed/notice/civil"
)

// days counts calendar days, as FIPPA did before Bill 97: the first day is not
// counted, an end on a Sunday or holiday moves on (Legislation Act, 2006, s. 89).
func (c Clock) days(r Request) Deadline {
	d := c.begin("ca-on.access.days", c.day(r.Received))
	d.step("Received on %s.", d.Start.EnglishDay())
	n := c.pack.Clocks.RightsDays
	raw := d.Start.AddDays(n)
	d.step("%d days on is %s.", n, raw.EnglishDay())
	raw = raw.AddDays(c.deposit(&d, r, func(civil.Date) bool { return true }))
	raw = c.extend(&d, r, raw, civil.Date.AddDays)
	d.finish(c, raw, c.rollHoliday(&d, raw), r.Fixed)
	return d
}

// workDays counts business days: neither Saturday nor Sunday nor holiday.
func (c Clock) workDays(r Request) Deadline {
	d := c.begin("ca-on.access.business-days", c.day(r.Received))
	d.step("Received on %s.", d.Start.EnglishDay())
	n := c.pack.Clocks.RightsWorkDays
	raw := c.addWorkDays(d.Start, n)
	d.step("%d business days on is %s.", n, raw.EnglishDay())
	if stopped := c.deposit(&d, r, c.calendar.WorkingDay); stopped > 0 {
		raw = c.addWorkDays(raw, stopped)
	}
	raw = c.extend(&d, r, raw, c.addWorkDays)
	d.finish(c, raw, raw, r.Fixed)
	return d
}

// addWorkDays returns the nth working day after day.
func (c Clock) addWorkDays(day civil.Date, n int) civil.Date {
	for n > 0 {
		if day = day.AddDays(1); c.calendar.WorkingDay(day) {
			n--
		}
	}
	return day
}

// deposit counts the days on which the clock stood still while a deposit or an
// agreed plan was awaited. The day of asking still counts, so that the due day
// is rather too early than too late.
func (c Clock) deposit(d *Deadline, r Request, counts func(civil.Date) bool) int {
	if !c.pack.Clocks.FeeStopsClock {
		return 0
	}
	still := map[civil.Date]bool{}
	for _, p := range r.Pauses {
		to := c.day(p.Answered)
		if p.Answered.IsZero() {
			to, d.Paused = c.day(r.AsOf), true
		}
		for day := c.day(p.Asked).AddDays(1); !day.After(to); day = day.AddDays(1) {
			if counts(day) {
				still[day] = true
			}
		}
	}
	if len(still) > 0 {
		d.step("The clock stood still on %d days.", len(still))
	}
	return len(still)
}

func (c Clock) extend(d *Deadline, r Request, raw civil.Date, add func(civil.Date, int) civil.Date) civil.Date {
	switch sent := r.Extended.Sent; {
	case sent.IsZero() || r.Extended.Days <= 0:
		return raw
	case c.day(sent).After(raw):
		d.step("The notice of an extension went out on %s, after the last day; it has no effect.", c.day(sent).EnglishDay())
		return raw
	}
	d.Rule += ".extended"
	raw = add(raw, r.Extended.Days)
	d.step("Extended by notice of %s by %d days to %s.", c.day(r.Extended.Sent).English(), r.Extended.Days, raw.EnglishDay())
	return raw
}

// Correction counts until when a request for correction under FIPPA must be
// answered. In the UK it is a rights request like any other.
func (c Clock) Correction(received time.Time) (Deadline, error) {
	if c.pack.Clocks.CorrectDays == 0 {
		return c.Rights(Request{Received: received})
	}
	d := c.begin("ca-on.correction", c.day(received))
	raw := d.Start.AddDays(c.pack.Clocks.CorrectDays)
	d.step("Received on %s; %d days on is %s.", d.Start.EnglishDay(), c.pack.Clocks.CorrectDays, raw.EnglishDay())
	d.finish(c, raw, c.rollHoliday(&d, raw), 0)
	return d, nil
}
