package clock

import (
	"slices"
	"strings"
	"time"

	"heed/kernel/fault"
)

// Holidays is a set of public holidays: rules that give one day a year each,
// and single days that a government added or moved. The zero Holidays is empty.
// Get one with [PublicHolidays].
type Holidays struct {
	region  string
	source  string
	through int
	rules   []rule
	moved   []moved
	names   map[Date]string // every day from firstYear to lastYear
}

// The years for which [Holidays.On] knows days; the clock itself ends in 2199.
const firstYear, lastYear = 2000, 2199

// A rule places one holiday in every year.
type rule struct {
	name string
	on   func(year int) Date
	// roll moves a holiday that falls on a weekend to the next weekday that is
	// not itself a holiday.
	roll bool
}

// moved is a one-off: a day added to one year, or the usual day replaced.
type moved struct {
	name     string
	day      Date
	replaces string // name of the rule that does not apply in that year; may be empty
}

// Region returns the name under which the set is asked for, such as
// "england-and-wales".
func (h Holidays) Region() string { return h.region }

// Source says where the dates can be checked.
func (h Holidays) Source() string { return h.source }

// CheckedThrough returns the last year whose days were compared with the
// source. Later years follow the rules and may miss a one-off day.
func (h Holidays) CheckedThrough() int { return h.through }

// Day is one public holiday.
type Day struct {
	Date Date
	Name string
}

// On returns the name of the holiday on d, and whether there is one. It knows
// the years 2000 to 2199.
func (h Holidays) On(d Date) (string, bool) {
	name, ok := h.names[d]
	return name, ok
}

// Year returns the holidays of a year in order.
func (h Holidays) Year(year int) []Day {
	var days []Day
	for _, m := range h.moved {
		if m.day.Year == year {
			days = append(days, Day{m.day, m.name})
		}
	}
	var weekend []Day
	for _, r := range h.rules {
		day := Day{r.on(year), r.name}
		switch {
		case h.replaced(r.name, year):
		case r.roll && isWeekend(day.Date):
			weekend = append(weekend, day)
		default:
			days = append(days, day)
		}
	}
	// Fixed days first, then those that make room for them: when Christmas is a
	// Saturday and Boxing Day a Sunday, Monday and Tuesday are taken in order.
	for _, day := range weekend {
		for isWeekend(day.Date) || taken(days, day.Date) {
			day.Date = day.Date.AddDays(1)
		}
		days = append(days, day)
	}
	slices.SortStableFunc(days, func(a, b Day) int { return strings.Compare(a.Date.String(), b.Date.String()) })
	return days
}

func (h Holidays) replaced(name string, year int) bool {
	return slices.ContainsFunc(h.moved, func(m moved) bool { return m.replaces == name && m.day.Year == year })
}

func taken(days []Day, d Date) bool {
	return slices.ContainsFunc(days, func(day Day) bool { return day.Date == d })
}

func isWeekend(d Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// PublicHolidays returns the set of a region; [Regions] lists them. Others are
// [fault.Invalid].
func PublicHolidays(region string) (Holidays, error) {
	for _, h := range regions() {
		if h.region == region {
			h.names = make(map[Date]string)
			for year := firstYear; year <= lastYear; year++ {
				for _, day := range h.Year(year) {
					h.names[day.Date] = day.Name
				}
			}
			return h, nil
		}
	}
	return Holidays{}, fault.Invalid("clock.region_unknown",
		"there are no public holidays for %q; give one of %s, or list the days as closures", region, strings.Join(Regions(), ", "))
}

// Regions lists the regions whose public holidays are known.
func Regions() []string {
	var names []string
	for _, h := range regions() {
		names = append(names, h.region)
	}
	return names
}

// fixed is the same date every year.
func fixed(m time.Month, day int) func(int) Date {
	return func(year int) Date { return Date{year, m, day} }
}

// nth is the n-th given weekday of a month; n = -1 is the last one.
func nth(n int, w time.Weekday, m time.Month) func(int) Date {
	return func(year int) Date {
		if n < 0 {
			last := Date{year, m, 1}.AddDays(31)
			last = Date{last.Year, last.Month, 1}.AddDays(-1)
			return last.AddDays(-(int(last.Weekday()-w) + 7) % 7)
		}
		first := Date{year, m, 1}
		return first.AddDays((int(w-first.Weekday())+7)%7 + 7*(n-1))
	}
}

// mondayBefore is the Monday that comes before a fixed date.
func mondayBefore(m time.Month, day int) func(int) Date {
	return func(year int) Date {
		d := Date{year, m, day}.AddDays(-1)
		return d.AddDays(-(int(d.Weekday()-time.Monday) + 7) % 7)
	}
}

// fromEaster is so many days after Easter Sunday.
func fromEaster(days int) func(int) Date {
	return func(year int) Date { return easter(year).AddDays(days) }
}

// easter returns Easter Sunday of the Gregorian calendar, by Gauss's rule in the
// form of H. Lichtenberg, which needs no exceptions. Days count from 1 March.
func easter(year int) Date {
	century := year / 100
	solar := 2 - (3*century+3)/4
	lunar := 15 + (3*century+3)/4 - (8*century+13)/25
	golden := year % 19
	moon := (19*golden + lunar) % 30
	moon -= (moon + golden/11) / 29
	fullMoon := 21 + moon
	firstSunday := 7 - (year+year/4+solar)%7
	sunday := fullMoon + 7 - (fullMoon-firstSunday)%7
	return Date{year, time.March, 1}.AddDays(sunday - 1)
}
