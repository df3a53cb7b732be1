package clock

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"heed/kernel/fault"
)

// A Step is how far a test clock is moved. Years, months and days are calendar
// units, counted in UTC; Exact is elapsed time and is added last.
type Step struct {
	Years, Months, Days int
	Exact               time.Duration
}

// maxStepCount bounds one number of a step; the test clock ends long before.
const maxStepCount = 1_000_000

// ParseStep reads a step: whole numbers with a unit each, joined without
// spaces. Units are y (year), mo (month), w (week), d (day), h (hour),
// m (minute) and s (second), for instance "3d", "2h30m" or "1y". Signs,
// fractions and an empty text are [fault.Invalid].
func ParseStep(s string) (Step, error) {
	bad := func() (Step, error) {
		return Step{}, fault.Invalid("clock.step_syntax",
			"%q is not a step of the test clock; give whole numbers with a unit, such as 90m, 2h, 3d, 1w, 1mo or 1y", s)
	}
	var out Step
	rest := strings.TrimSpace(s)
	if rest == "" {
		return bad()
	}
	for rest != "" {
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		n, err := strconv.Atoi(rest[:digits])
		if err != nil || n > maxStepCount {
			return bad()
		}
		rest = rest[digits:]
		letters := len(rest) - len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz"))
		if !out.add(n, rest[:letters]) {
			return bad()
		}
		rest = rest[letters:]
	}
	return out, nil
}

// add counts n of unit into s and reports whether the unit is known.
func (s *Step) add(n int, unit string) bool {
	switch unit {
	case "y":
		s.Years += n
	case "mo":
		s.Months += n
	case "w":
		s.Days += 7 * n
	case "d":
		s.Days += n
	case "h":
		s.Exact += time.Duration(n) * time.Hour
	case "m":
		s.Exact += time.Duration(n) * time.Minute
	case "s":
		s.Exact += time.Duration(n) * time.Second
	default:
		return false
	}
	return true
}

// From returns the instant one step after t.
func (s Step) From(t time.Time) time.Time {
	return instant(t).AddDate(s.Years, s.Months, s.Days).Add(s.Exact)
}

// String writes the step in the form [ParseStep] reads. The zero step is "0s".
func (s Step) String() string {
	var b strings.Builder
	part := func(n int64, unit string) {
		if n != 0 {
			fmt.Fprintf(&b, "%d%s", n, unit)
		}
	}
	part(int64(s.Years), "y")
	part(int64(s.Months), "mo")
	part(int64(s.Days), "d")
	part(int64(s.Exact/time.Hour), "h")
	part(int64(s.Exact%time.Hour/time.Minute), "m")
	part(int64(s.Exact%time.Minute/time.Second), "s")
	if b.Len() == 0 {
		return "0s"
	}
	return b.String()
}
