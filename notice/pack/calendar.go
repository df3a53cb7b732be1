package pack

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"heed/notice/civil"
)

// Calendar knows the days on which offices of a country or province are closed
// by law, beside weekends.
type Calendar struct {
	Name       string     `yaml:"calendar,required"`
	Title      string     `yaml:"title,required"`
	Source     string     `yaml:"source,required"`
	KnownFrom  civil.Date `yaml:"known_from,required"`
	KnownUntil civil.Date `yaml:"known_until,required"` // compared with the official list until here
	Holidays   []Holiday  `yaml:"holidays,required"`
	Once       []Once     `yaml:"once"` // days proclaimed for one year
}

// Holiday is a day that returns every year. Exactly one of Fixed, Easter and
// Weekday is set.
type Holiday struct {
	Name       string   `yaml:"name,required"`
	Fixed      MonthDay `yaml:"fixed"`       // 12-25
	Easter     *int     `yaml:"easter"`      // days after Easter Sunday, -2 for Good Friday
	Weekday    Nth      `yaml:"weekday"`     // first monday of may; monday before 05-25
	IfSaturday int      `yaml:"if_saturday"` // so many days later is a holiday too
	IfSunday   int      `yaml:"if_sunday"`
}

// Once is a holiday of a single year.
type Once struct {
	Name string     `yaml:"name,required"`
	Date civil.Date `yaml:"date,required"`
}

// MonthDay is a day of every year.
type MonthDay struct {
	Month time.Month
	Day   int
}

// UnmarshalText reads 12-25.
func (m *MonthDay) UnmarshalText(text []byte) error {
	t, err := time.Parse("01-02", string(text))
	if err != nil {
		return fmt.Errorf("%q is not a day of the year; write month-day, such as 12-25", text)
	}
	m.Month, m.Day = t.Month(), t.Day()
	return nil
}

// Nth is a weekday found by counting: the first or last of a month, or the one
// before a day.
type Nth struct {
	Weekday time.Weekday
	Count   int // 1 to 4; -1 for the last; 0 for the one before Before
	Month   time.Month
	Before  MonthDay
}

// UnmarshalText reads "first monday of may" and "monday before 05-25".
func (n *Nth) UnmarshalText(text []byte) error {
	wrong := fmt.Errorf("%q is not a weekday of the year; write \"first monday of may\" or \"monday before 05-25\"", text)
	f := strings.Fields(string(text))
	var ok bool
	switch {
	case len(f) == 3 && f[1] == "before":
		if n.Weekday, ok = weekday(f[0]); !ok {
			return wrong
		}
		return n.Before.UnmarshalText([]byte(f[2]))
	case len(f) == 4 && f[2] == "of":
		counts := []string{"first", "second", "third", "fourth"}
		n.Count = slices.Index(counts, f[0]) + 1
		if f[0] == "last" {
			n.Count = -1
		}
		month, err := time.Parse("January", strings.ToUpper(f[3][:1])+f[3][1:])
		if n.Weekday, ok = weekday(f[1]); !ok || err != nil || n.Count == 0 {
			return wrong
		}
		n.Month = month.Month()
		return nil
	}
	return wrong
}

func weekday(name string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), name) {
			return d, true
		}
	}
	return 0, false
}

func (n Nth) in(year int) civil.Date {
	back := func(d civil.Date) civil.Date {
		return d.AddDays(-int((d.Weekday() - n.Weekday + 7) % 7))
	}
	switch {
	case n.Count == 0:
		return back(civil.New(year, n.Before.Month, n.Before.Day-1))
	case n.Count < 0:
		return back(civil.New(year, n.Month+1, 0))
	}
	return back(civil.New(year, n.Month, 7)).AddDays(7 * (n.Count - 1))
}

func (h Holiday) in(year int) civil.Date {
	switch {
	case h.Easter != nil:
		return Easter(year).AddDays(*h.Easter)
	case h.Fixed.Day != 0:
		return civil.New(year, h.Fixed.Month, h.Fixed.Day)
	}
	return h.Weekday.in(year)
}

func (c *Calendar) validate() error {
	for _, h := range c.Holidays {
		ways := 0
		for _, set := range []bool{h.Easter != nil, h.Fixed.Day != 0, h.Weekday != Nth{}} {
			if set {
				ways++
			}
		}
		if ways != 1 {
			return errors.New(c.Name + ": " + h.Name + ": give exactly one of fixed, easter and weekday")
		}
	}
	return nil
}

// Holiday returns the name of the holiday that falls on the day, "" and false
// for any other day, weekends included.
func (c *Calendar) Holiday(day civil.Date) (string, bool) {
	for _, o := range c.Once {
		if o.Date == day {
			return o.Name, true
		}
	}
	for _, h := range c.Holidays {
		on := h.in(day.Year)
		also := 0
		switch on.Weekday() {
		case time.Saturday:
			also = h.IfSaturday
		case time.Sunday:
			also = h.IfSunday
		}
		switch {
		case on == day:
			return h.Name, true
		case also != 0 && on.AddDays(also) == day:
			return h.Name + " (in lieu)", true
		}
	}
	return "", false
}

// WorkingDay reports whether the day is neither a weekend nor a holiday.
func (c *Calendar) WorkingDay(day civil.Date) bool {
	if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	_, holiday := c.Holiday(day)
	return !holiday
}

// Year returns the holidays of a year in order, those that fall on weekends
// included.
func (c *Calendar) Year(year int) []Once {
	var out []Once
	for d := civil.New(year, time.January, 1); d.Year == year; d = d.AddDays(1) {
		if name, ok := c.Holiday(d); ok {
			out = append(out, Once{name, d})
		}
	}
	return out
}

// Easter returns Easter Sunday of a year of the Gregorian calendar. The steps
// follow the church's own tables: the place of the year in the moon's cycle of
// nineteen, corrected by century, gives the full moon, and the Sunday after it
// is Easter.
func Easter(year int) civil.Date {
	golden := year % 19
	century := year / 100
	leapless := century - century/4 // centuries without a leap day shift the moon one day later
	drift := (8*century + 13) / 25  // the moon runs ahead a day in about 310 years
	epact := (leapless - drift + 19*golden + 15) % 30
	// The two latest full moons are pulled back one day, so that the moon of a
	// cycle never falls on one day twice.
	if epact == 29 || (epact == 28 && golden > 10) {
		epact--
	}
	moon := civil.New(year, time.March, 21).AddDays(epact)
	return moon.AddDays(7 - int(moon.Weekday()))
}
