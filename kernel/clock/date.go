package clock

import (
	"fmt"
	"time"

	"heed/kernel/fault"
)

// Date is a day in some zone's calendar, comparable with ==.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day on which t falls in zone.
func DateOf(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return Date{y, m, d}
}

// ParseDate reads a date such as 2026-11-24, with a four-digit year. Others, and
// days that no month has, are [fault.Invalid].
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fault.Invalid("clock.date_syntax", "%q is not a day; write it like this: 2026-11-24", s)
	}
	return DateOf(t, time.UTC), nil
}

// AddDays returns the day n days later; n may be negative.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC), time.UTC)
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC).Weekday()
}

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// String writes the date as 2026-11-24.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// edge says which end of an opening a wall-clock time stands for. It matters
// only on the two days a year when a wall-clock time happens twice or never.
type edge bool

const (
	opening edge = false // a time that happens twice: the first of the two
	closing edge = true  // a time that happens twice: the second
)

// at returns the instant at which clocks in zone show the given minute of the
// day; 1440 is the end of the day. A time that clocks skip becomes the instant
// of the skip, so that a span never starts or ends inside another zone offset.
func (d Date) at(minute int, zone *time.Location, e edge) time.Time {
	wall := time.Date(d.Year, d.Month, d.Day, 0, minute, 0, 0, time.UTC)
	// Offsets change at most once in two days in every zone of the database,
	// so the two offsets around the wall time are the only candidates.
	before := offset(wall.Add(-24*time.Hour), zone)
	after := offset(wall.Add(24*time.Hour), zone)
	first, second := wall.Add(-before), wall.Add(-after)
	if before == after {
		return first
	}
	firstReal, secondReal := offset(first, zone) == before, offset(second, zone) == after
	switch {
	case firstReal && (!secondReal || e == opening):
		return first
	case secondReal:
		return second
	default:
		start, _ := first.In(zone).ZoneBounds()
		return start.UTC()
	}
}

// offset returns what zone adds to UTC at t.
func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}
