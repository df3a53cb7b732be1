package civil

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a calendar day. It is comparable; the zero Date is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// New returns the date, normalised as time.Date does (32 January is 1 February).
func New(year int, month time.Month, day int) Date {
	return Of(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Of returns the day on which t falls in t's own location.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// In returns the day on which the instant t falls in loc.
func In(t time.Time, loc *time.Location) Date { return Of(t.In(loc)) }

// Parse reads a date written as 2026-06-19.
func Parse(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date; write it as year-month-day, such as 2026-06-19", s)
	}
	return Of(t), nil
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String is the date as 2026-06-19, empty for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// English is the date as people read it: "19 June 2026".
func (d Date) English() string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Day) + " " + d.Month.String() + " " + strconv.Itoa(d.Year)
}

// EnglishDay is the date with its weekday: "Friday 19 June 2026".
func (d Date) EnglishDay() string {
	if d.IsZero() {
		return ""
	}
	return d.Weekday().String() + " " + d.English()
}

// UnmarshalText reads what String writes.
func (d *Date) UnmarshalText(text []byte) error {
	v, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// MarshalText writes the date as 2026-06-19.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// AddDays returns the date n days later, earlier when n is negative.
func (d Date) AddDays(n int) Date { return Of(d.utc().AddDate(0, 0, n)) }

// DaysUntil is the number of days from d to other, negative when other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int(other.utc().Sub(d.utc()) / (24 * time.Hour))
}

// Before reports whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is later than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Compare returns -1, 0 or 1 as d is before, on or after other.
func (d Date) Compare(other Date) int { return d.utc().Compare(other.utc()) }

// Start is the first instant of the day in loc. Where clocks jump over
// midnight it is the first instant that exists.
func (d Date) Start(loc *time.Location) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
	// time.Date may answer with an instant of the day before when midnight is
	// skipped; walk to the first quarter of an hour that belongs to the day.
	for In(t, loc).Before(d) {
		t = t.Add(15 * time.Minute)
	}
	return t
}

// End is the first instant after the day in loc: whatever is done before it was
// done on the day or earlier.
func (d Date) End(loc *time.Location) time.Time { return d.AddDays(1).Start(loc) }
