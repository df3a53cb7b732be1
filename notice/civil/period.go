package civil

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Period is a length of calendar time, such as 1y, 18m or 30d. The zero Period
// is no time at all: "until the day itself".
type Period struct {
	Years, Months, Days int
}

const maxPeriodParts = 4000 // a period beyond this is a slip of the key, not a plan

// ParsePeriod reads 1y, 6m, 30d or a sum such as 1y6m.
func ParsePeriod(s string) (Period, error) {
	m := regexp.MustCompile(`^(?:(\d{1,5})y)?(?:(\d{1,5})m)?(?:(\d{1,5})d)?$`).FindStringSubmatch(s)
	if s == "" || m == nil {
		return Period{}, fmt.Errorf("%q is not a period; write years, months or days, such as 1y, 6m, 30d or 1y6m", s)
	}
	var p Period
	for i, part := range []*int{&p.Years, &p.Months, &p.Days} {
		if m[i+1] == "" {
			continue
		}
		n, err := strconv.Atoi(m[i+1])
		if err != nil || n > maxPeriodParts {
			return Period{}, fmt.Errorf("%q is longer than any period a notice needs; at most %d of each unit", s, maxPeriodParts)
		}
		*part = n
	}
	return p, nil
}

// UnmarshalText reads what String writes.
func (p *Period) UnmarshalText(text []byte) error {
	v, err := ParsePeriod(string(text))
	if err != nil {
		return err
	}
	*p = v
	return nil
}

// MarshalText writes the period as 1y6m.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// IsZero reports whether the period is no time at all.
func (p Period) IsZero() bool { return p == Period{} }

// String is the period as a notice file writes it: 1y, 6m, 0d.
func (p Period) String() string {
	var b strings.Builder
	for _, part := range []struct {
		n    int
		unit string
	}{{p.Years, "y"}, {p.Months, "m"}, {p.Days, "d"}} {
		if part.n != 0 {
			b.WriteString(strconv.Itoa(part.n) + part.unit)
		}
	}
	if b.Len() == 0 {
		return "0d"
	}
	return b.String()
}

// English is the period in words: "1 year and 6 months".
func (p Period) English() string {
	return p.words(" and ", [3][2]string{{"year", "years"}, {"month", "months"}, {"day", "days"}})
}

// French is the period in French words: "1 an et 6 mois".
func (p Period) French() string {
	return p.words(" et ", [3][2]string{{"an", "ans"}, {"mois", "mois"}, {"jour", "jours"}})
}

func (p Period) words(and string, units [3][2]string) string {
	var parts []string
	for i, n := range []int{p.Years, p.Months, p.Days} {
		switch {
		case n == 1:
			parts = append(parts, "1 "+units[i][0])
		case n != 0:
			parts = append(parts, strconv.Itoa(n)+" "+units[i][1])
		}
	}
	if len(parts) == 0 {
		return "0 " + units[2][1]
	}
	return strings.Join(parts, and)
}

// shortest and longest bound the period in days, whatever date it starts from.
func (p Period) shortest() int {
	months := p.Years*12 + p.Months
	return months/12*365 + months%12*28 + p.Days
}

func (p Period) longest() int {
	months := p.Years*12 + p.Months
	return months/12*366 + months%12*31 + p.Days
}

// Compare says whether p is shorter (-1), equal (0) or longer (1) than other
// from every date. sure is false where that depends on the date it is counted
// from, as with one month and thirty days.
func (p Period) Compare(other Period) (order int, sure bool) {
	pm, om := p.Years*12+p.Months, other.Years*12+other.Months
	switch {
	case pm == om && p.Days == other.Days:
		return 0, true
	case pm <= om && p.Days <= other.Days:
		return -1, true
	case pm >= om && p.Days >= other.Days:
		return 1, true
	case p.longest() < other.shortest():
		return -1, true
	case p.shortest() > other.longest():
		return 1, true
	}
	return 0, false
}

// AddClamped returns d + p; where the day does not exist in the month reached,
// the last day that does. A promise "at most" counts this way, and so do
// answers due in the same day next month.
func (p Period) AddClamped(d Date) Date {
	y, m := p.month(d)
	day := min(d.Day, New(y, m+1, 0).Day)
	return New(y, m, day).AddDays(p.Days)
}

// AddLater returns d + p; where the day does not exist in the month reached,
// the first day after it. A promise "at least" counts this way. missing reports
// that the day itself did not exist.
func (p Period) AddLater(d Date) (due Date, missing bool) {
	y, m := p.month(d)
	missing = d.Day > New(y, m+1, 0).Day
	if missing {
		return New(y, m+1, 1).AddDays(p.Days), true
	}
	return New(y, m, d.Day).AddDays(p.Days), false
}

// month is the year and month that p's years and months reach from d.
func (p Period) month(d Date) (int, time.Month) {
	first := New(d.Year+p.Years, d.Month+time.Month(p.Months), 1)
	return first.Year, first.Month
}
