package deadline

import (
	"fmt"
	"time"

	"heed/kernel/fault"
	"heed/notice/civil"
	"heed/notice/pack"
)

// Due is a last day and the first instant that is too late. The zero Due means
// that the law names none.
type Due struct {
	Day    civil.Date
	Before time.Time
}

// IsZero reports whether there is no such moment.
func (d Due) IsZero() bool { return d.Before.IsZero() }

// Deadline is the outcome of a reckoning.
type Deadline struct {
	Rule   string // stable id, such as uk.rights.month
	Pack   string // the law it was counted under
	Start  civil.Date
	Raw    Due
	Rolled Due
	Latest Due
	Target Due
	Paused bool // the clock stands still: somebody was asked and has not answered
	Steps  []string
}

// Clock counts under one pack, in one zone, with one calendar of holidays.
type Clock struct {
	pack     pack.Pack
	calendar *pack.Calendar
	zone     *time.Location
}

// New returns the clock for a case received at an instant: the pack in force on
// that day stays with it. calendar is empty for the regime's own, or one that
// the regime lists, such as scotland.
func New(lib *pack.Library, regime string, received time.Time, calendar string) (Clock, error) {
	r, ok := lib.Regime(regime)
	if !ok {
		return Clock{}, fault.Invalid("deadline.regime", "there is no law pack for %q", regime)
	}
	zone, err := r.Location()
	if err != nil {
		return Clock{}, fault.Internal(err)
	}
	p, ok := lib.InForce(regime, civil.In(received, zone))
	if !ok {
		return Clock{}, fault.Invalid("deadline.pack", "no law pack of %s was in force on %s", r.Title, civil.In(received, zone).English())
	}
	return ByPack(lib, p.ID, calendar)
}

// ByPack returns the clock of a stored pack id, confirmed or not.
func ByPack(lib *pack.Library, id, calendar string) (Clock, error) {
	p, ok := lib.ByID(id)
	if !ok {
		return Clock{}, fault.Invalid("deadline.pack", "there is no law pack %q", id)
	}
	if calendar == "" {
		calendar = p.Regime.Calendar
	}
	cal, ok := lib.Calendar(calendar)
	if !ok {
		return Clock{}, fault.Invalid("deadline.calendar", "there is no calendar %q", calendar)
	}
	zone, err := p.Regime.Location()
	if err != nil {
		return Clock{}, fault.Internal(err)
	}
	return Clock{pack: p, calendar: cal, zone: zone}, nil
}

// Pack is the law the clock counts under.
func (c Clock) Pack() pack.Pack { return c.pack }

func (c Clock) day(t time.Time) civil.Date { return civil.In(t, c.zone) }

// endOf is a due at the end of a day.
func (c Clock) endOf(d civil.Date) Due { return Due{Day: d, Before: d.End(c.zone)} }

// at is a due at an instant.
func (c Clock) at(t time.Time) Due { return Due{Day: c.day(t), Before: t} }

func (c Clock) begin(rule string, start civil.Date) Deadline {
	return Deadline{Rule: rule, Pack: c.pack.ID, Start: start}
}

func (d *Deadline) step(format string, args ...any) {
	d.Steps = append(d.Steps, fmt.Sprintf(format, args...))
}

// rollWorking moves a day that is a weekend or a holiday to the next working
// day and tells why.
func (c Clock) rollWorking(d *Deadline, day civil.Date) civil.Date {
	return c.roll(d, day, c.calendar.WorkingDay)
}

// rollHoliday moves a day that is a Sunday or a holiday to the next that is
// neither; a Saturday stays.
func (c Clock) rollHoliday(d *Deadline, day civil.Date) civil.Date {
	return c.roll(d, day, func(x civil.Date) bool {
		_, holiday := c.calendar.Holiday(x)
		return x.Weekday() != time.Sunday && !holiday
	})
}

func (c Clock) roll(d *Deadline, day civil.Date, open func(civil.Date) bool) civil.Date {
	for !open(day) {
		why := day.Weekday().String()
		if name, ok := c.calendar.Holiday(day); ok {
			why = name
		}
		d.step("%s is no working day (%s).", day.English(), why)
		day = day.AddDays(1)
	}
	return day
}

// target is four fifths of the way to the raw day, moved back to a working day.
func (c Clock) target(start, raw civil.Date) civil.Date {
	day := start.AddDays(start.DaysUntil(raw) * 4 / 5)
	for day.After(start) && !c.calendar.WorkingDay(day) {
		day = day.AddDays(-1)
	}
	return day
}
