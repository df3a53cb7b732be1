package clock

import (
	"time"

	"heed/kernel/fault"
)

// maxDays bounds every search through a calendar: some thirty years.
const maxDays = 11_000

// Hours is a desk's calendar. Build one with [NewHours]. It is immutable and
// safe for concurrent use. The zero Hours is never open.
type Hours struct {
	zone     *time.Location
	week     Week
	holidays Holidays
	closures []Closure
}

// NewHours returns a calendar with the weekly pattern in the given zone, less
// the public holidays (the zero [Holidays] has none) and the desk's own
// closures. A week without any opening, or with openings that overlap, and a
// closure that ends before it starts are [fault.Invalid].
func NewHours(zone *time.Location, week Week, holidays Holidays, closures ...Closure) (Hours, error) {
	week, err := week.sorted()
	if err != nil {
		return Hours{}, err
	}
	if week.closed() {
		return Hours{}, fault.Invalid("clock.week_closed",
			"the opening hours have no opening at all; give at least one, such as mon-fri 09:00-17:00")
	}
	return Hours{zone: zone, week: week, holidays: holidays}.Closing(closures...)
}

// Zone returns the zone in which the desk opens and closes.
func (h Hours) Zone() *time.Location { return h.zone }

// Open reports whether the desk is open at t.
func (h Hours) Open(t time.Time) bool {
	return h.zone != nil && h.Between(t, t.Add(Precision)) > 0
}

// Between returns how much open time lies between a and b; zero when b is not
// after a. It is elapsed time: an opening across the night when clocks go back
// is an hour longer than its wall-clock times suggest.
func (h Hours) Between(a, b time.Time) time.Duration {
	var sum time.Duration
	h.walk(a, b, func(s stretch) bool {
		sum += s.counted()
		return true
	})
	return sum
}

// Add returns the first instant by which work of open time has passed since
// start; with no work that is start itself. So an hour from Friday 16:00 at a
// desk that closes at 17:00 is due on Friday at 17:00, not on Monday. Work that
// does not fit into the next thirty years is [fault.Invalid].
func (h Hours) Add(start time.Time, work time.Duration) (time.Time, error) {
	due, left := instant(start), roundUp(work)
	if left <= 0 {
		return due, nil
	}
	h.walk(due, time.Time{}, func(s stretch) bool {
		if c := s.counted(); c < left {
			left -= c
			return true
		}
		due, left = s.from.Add(left), 0
		return false
	})
	if left > 0 {
		return time.Time{}, fault.Invalid("clock.never_due",
			"the desk is not open long enough in the next thirty years to work %s; check its opening hours and closures", work)
	}
	return due, nil
}

// stretch is a piece of time that counts as a whole or not at all.
type stretch struct {
	from, to time.Time
	open     bool
	reason   string // the holiday's or closure's name, when that is why
}

func (s stretch) counted() time.Duration {
	if !s.open {
		return 0
	}
	return s.to.Sub(s.from)
}

// walk cuts the time from a to b into stretches, in order and without gaps, and
// gives them to visit until it returns false. A zero b means no end; then the
// walk gives up after maxDays.
func (h Hours) walk(a, b time.Time, visit func(stretch) bool) {
	a = instant(a)
	endless := b.IsZero()
	if !endless {
		b = instant(b)
	}
	if h.zone == nil || (!endless && !a.Before(b)) {
		return
	}
	at := a
	pass := func(to time.Time, open bool, reason string) bool {
		if !endless && to.After(b) {
			to = b
		}
		if !at.Before(to) {
			return true
		}
		s := stretch{from: at, to: to, open: open, reason: reason}
		at = to
		return visit(s) && (endless || at.Before(b))
	}
	day := DateOf(a, h.zone)
	for range maxDays {
		reason, shut := h.shut(day)
		if !shut {
			for _, p := range h.pieces(day) {
				if !pass(day.at(p.From, h.zone, opening), false, "") || !pass(day.at(p.To, h.zone, closing), p.open, p.reason) {
					return
				}
			}
		}
		next := day.AddDays(1)
		if !pass(next.at(0, h.zone, opening), false, reason) {
			return
		}
		day = next
	}
}

// shut reports whether a day is a closure or a holiday, and its name. A day on
// which the week is closed anyway keeps no name: the weekend is reason enough.
func (h Hours) shut(d Date) (string, bool) {
	if len(h.week[d.Weekday()]) == 0 {
		return "", false
	}
	for _, c := range h.closures {
		if c.whole() && c.on(d) {
			return c.Name, true
		}
	}
	return h.holidays.On(d)
}
