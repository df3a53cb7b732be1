package clock

import (
	"slices"
	"time"

	"heed/kernel/fault"
)

// A Closure is a run of days on which a desk is shut although the week says
// open, such as the days between Christmas and New Year. Both ends are closed.
type Closure struct {
	From, To Date
	Hours    Span // the part of each of these days that is closed; zero: the whole day
	Name     string
}

// whole reports a closure of whole days.
func (c Closure) whole() bool { return c.Hours == Span{} }

// on reports whether a day is one of the closure's.
func (c Closure) on(d Date) bool { return !d.Before(c.From) && !c.To.Before(d) }

// Overlaps reports whether two closures shut the same time twice.
func (c Closure) Overlaps(o Closure) bool {
	if c.To.Before(o.From) || o.To.Before(c.From) {
		return false
	}
	return c.whole() || o.whole() || c.Hours.From < o.Hours.To && o.Hours.From < c.Hours.To
}

// Days counts the days from the first to the last, both included.
func (c Closure) Days() int {
	from, to := c.From.at(0, time.UTC, opening), c.To.at(0, time.UTC, opening)
	return int(to.Sub(from)/(24*time.Hour)) + 1
}

// Closing returns the same calendar with further closures. One that ends before
// it starts is [fault.Invalid].
func (h Hours) Closing(closures ...Closure) (Hours, error) {
	for _, c := range closures {
		if c.To.Before(c.From) || c.Hours.To < c.Hours.From {
			return Hours{}, fault.Invalid("clock.closure_order",
				"the closure %q ends on %s, before it starts on %s; swap the two days", c.Name, c.To, c.From)
		}
	}
	h.closures = slices.Concat(h.closures, closures)
	return h, nil
}

// piece is a part of an opening: open, or shut for a reason.
type piece struct {
	Span
	open   bool
	reason string
}

// pieces are a day's openings, cut where closures shut a part of them.
func (h Hours) pieces(d Date) []piece {
	var out []piece
	for _, s := range h.week[d.Weekday()] {
		out = append(out, piece{Span: s, open: true})
	}
	for _, c := range h.closures {
		if c.whole() || !c.on(d) {
			continue
		}
		var cut []piece
		for _, p := range out {
			cut = append(cut, p.less(c)...)
		}
		out = cut
	}
	return out
}

// less cuts a closure out of a piece; what is shut already keeps its reason.
func (p piece) less(c Closure) []piece {
	from, to := max(p.From, c.Hours.From), min(p.To, c.Hours.To)
	if !p.open || from >= to {
		return []piece{p}
	}
	parts := []piece{{Span{p.From, from}, true, ""}, {Span{from, to}, false, c.Name}, {Span{to, p.To}, true, ""}}
	return slices.DeleteFunc(parts, func(p piece) bool { return p.From == p.To })
}
