package clock

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"heed/kernel/fault"
)

const minutesPerDay = 24 * 60

// Span is one opening within a day, in minutes since midnight on the wall
// clock: From is the first open minute, To the first closed one.
type Span struct{ From, To int }

// Week is a weekly pattern of openings, indexed by [time.Weekday]. The zero
// Week is always closed.
type Week [7][]Span

// dayNames are the short names that [ParseWeek] reads, Monday first, as
// patterns are usually written.
const dayNames = "mon tue wed thu fri sat sun"

// ParseWeek reads a pattern such as "mon-fri 08:30-17:00, sat 10:00-12:00
// 13:00-16:00": groups separated by commas, each with days (one, or a range)
// and one or more openings. 24:00 is the end of the day. Wrong days, times
// outside the day and openings that overlap are [fault.Invalid].
func ParseWeek(s string) (Week, error) {
	var w Week
	for group := range strings.SplitSeq(s, ",") {
		words := strings.Fields(strings.ToLower(group))
		if len(words) < 2 {
			return Week{}, badWeek(s, group, "needs days and at least one opening")
		}
		days, ok := parseDays(words[0])
		if !ok {
			return Week{}, badWeek(s, words[0], "is not a day or a range of days")
		}
		for _, word := range words[1:] {
			span, ok := parseSpan(word)
			if !ok {
				return Week{}, badWeek(s, word, "is not an opening that ends after it starts")
			}
			for _, d := range days {
				w[d] = append(w[d], span)
			}
		}
	}
	return w.sorted()
}

func badWeek(all, part, what string) error {
	return fault.Invalid("clock.week_syntax",
		"in the opening hours %q, %q %s; write them like this: mon-fri 08:30-17:00, sat 10:00-14:00", all, strings.TrimSpace(part), what)
}

// sorted returns the week with each day's openings in order, or an error when
// an opening is impossible or two of them overlap.
func (w Week) sorted() (Week, error) {
	var out Week
	for d, spans := range w {
		out[d] = slices.Clone(spans)
		slices.SortFunc(out[d], func(a, b Span) int { return a.From - b.From })
		end := 0
		for _, s := range out[d] {
			if s.From < end || s.To <= s.From || s.To > minutesPerDay {
				return Week{}, fault.Invalid("clock.week_overlap",
					"the opening %s on %s overlaps another or is not a time of day; give openings that follow one another", s, time.Weekday(d))
			}
			end = s.To
		}
	}
	return out, nil
}

func (w Week) closed() bool {
	return !slices.ContainsFunc(w[:], func(day []Span) bool { return len(day) > 0 })
}

// String writes the opening as 08:30-17:00.
func (s Span) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", s.From/60, s.From%60, s.To/60, s.To%60)
}

// parseDays reads "mon" or "sat-mon"; a range may run over Sunday.
func parseDays(s string) ([]time.Weekday, bool) {
	from, to, ranged := strings.Cut(s, "-")
	if !ranged {
		to = from
	}
	names := strings.Fields(dayNames)
	a, b := slices.Index(names, from), slices.Index(names, to)
	if a < 0 || b < 0 {
		return nil, false
	}
	var days []time.Weekday
	for i := a; ; i = (i + 1) % 7 {
		days = append(days, time.Weekday((i+1)%7))
		if i == b {
			return days, true
		}
	}
}

// ParseSpan reads a part of a day such as "08:30-17:00"; 24:00 is the end of the
// day. Other texts, and a part that ends before it starts, are [fault.Invalid].
func ParseSpan(s string) (Span, error) {
	span, ok := parseSpan(s)
	if !ok {
		return Span{}, fault.Invalid("clock.span_syntax", "%q is not a part of a day that ends after it starts; write it like this: 13:00-17:00", s)
	}
	return span, nil
}

func parseSpan(s string) (Span, bool) {
	from, to, ok := strings.Cut(s, "-")
	if !ok {
		return Span{}, false
	}
	a, okA := parseMinute(from)
	b, okB := parseMinute(to)
	return Span{a, b}, okA && okB && a < b
}

// parseMinute reads a wall-clock time as minutes since midnight.
func parseMinute(s string) (int, bool) {
	hour, minute, ok := strings.Cut(s, ":")
	if !ok || len(hour) != 2 || len(minute) != 2 {
		return 0, false
	}
	h, errH := strconv.ParseUint(hour, 10, 8)
	m, errM := strconv.ParseUint(minute, 10, 8)
	total := int(h)*60 + int(m)
	return total, errH == nil && errM == nil && m < 60 && total <= minutesPerDay
}
