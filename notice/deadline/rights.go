package deadline

import (
	"slices"
	"time"

	"heed/kernel/fault"
	"heed/notice/civil"
)

// Request is what is known of a rights request. A zero time means that the
// thing was not asked for.
type Request struct {
	Access   bool      // only requests for access can be paused to learn what is sought
	Received time.Time // when the request came in
	Identity time.Time // when proof of identity or authority came in, where it was reasonable to ask
	Fee      time.Time // when a fee that may be asked for was paid
	Pauses   []Pause
	Extended Extension
	AsOf     time.Time // until when a pause without an answer is counted
	Fixed    int       // aim at so many days instead of four fifths, such as 28
}

// Pause is a span in which the person was asked something the answer needs.
type Pause struct {
	Asked    time.Time
	Answered time.Time // zero while the question stands
}

// Extension is the notice that the answer will take longer.
type Extension struct {
	Sent   time.Time // zero: none was sent
	Ground string    // UK: complexity or number
	Days   int       // Ontario: by how many days
}

// Rights counts until when a rights request must be answered.
//
// UK: the same day of the next month, at its end, counted from the latest of
// receipt, proof of identity and fee; a day that does not exist is the last of
// that month; a weekend or holiday moves on to the next working day. A notice
// sent in time makes it three months from the same start. Days from asking to
// answer, both included, do not count.
//
// Ontario: thirty days, or under the pack of Bill 97 forty-five business days;
// the first day is not counted.
func (c Clock) Rights(r Request) (Deadline, error) {
	if err := r.check(); err != nil {
		return Deadline{}, err
	}
	switch k := c.pack.Clocks; {
	case k.RightsMonths > 0:
		return c.months(r)
	case k.RightsWorkDays > 0:
		return c.workDays(r), nil
	case k.RightsDays > 0:
		return c.days(r), nil
	}
	return Deadline{}, fault.Invalid("deadline.rights", "the law pack %s has no clock for rights requests", c.pack.ID)
}

func (r Request) check() error {
	if r.Received.IsZero() {
		return fault.Invalid("deadline.received", "a request needs the moment it was received")
	}
	for _, p := range r.Pauses {
		switch {
		case p.Asked.IsZero():
			return fault.Invalid("deadline.pause", "a pause needs the moment the person was asked")
		case !p.Answered.IsZero() && p.Answered.Before(p.Asked):
			return fault.Invalid("deadline.pause", "a pause was answered on %s, before it was asked on %s", civil.Of(p.Answered), civil.Of(p.Asked))
		case p.Answered.IsZero() && r.AsOf.IsZero():
			return fault.Invalid("deadline.pause", "a question is still open; say as of when to count")
		}
	}
	if g := r.Extended.Ground; !r.Extended.Sent.IsZero() && r.Extended.Days == 0 && g != "complexity" && g != "number" {
		return fault.Invalid("deadline.ground", "an extension needs a ground: the complexity or the number of the requests")
	}
	return nil
}

// start is the day from which the UK clock counts.
func (c Clock) start(d *Deadline, r Request) civil.Date {
	start := c.day(r.Received)
	d.step("Received on %s.", start.EnglishDay())
	for _, later := range []struct {
		at   time.Time
		what string
	}{{r.Identity, "Proof of identity came"}, {r.Fee, "The fee was paid"}} {
		if day := c.day(later.at); !later.at.IsZero() && day.After(start) {
			start = day
			d.step("%s on %s; the clock starts then.", later.what, day.EnglishDay())
		}
	}
	return start
}

func (c Clock) months(r Request) (Deadline, error) {
	d := c.begin("uk.rights.month", civil.Date{})
	d.Start = c.start(&d, r)
	base := civil.Period{Months: c.pack.Clocks.RightsMonths}.AddClamped(d.Start)
	d.step("One month on is %s.", base.EnglishDay())
	if base.Day != d.Start.Day {
		d.step("That month has no day %d, so its last day counts.", d.Start.Day)
	}
	if sent := r.Extended.Sent; !sent.IsZero() {
		if c.inTime(r, d.Start, base) {
			d.Rule = "uk.rights.extended"
			base = civil.Period{Months: c.pack.Clocks.RightsMonths + c.pack.Clocks.ExtendMonths}.AddClamped(d.Start)
			d.step("Extended by notice of %s, because of the %s: three months from the same start is %s.", c.day(sent).English(), r.Extended.Ground, base.EnglishDay())
		} else {
			d.step("The notice of an extension went out on %s, after the last day; it has no effect.", c.day(sent).EnglishDay())
		}
	}
	raw := c.paused(&d, r, base)
	d.finish(c, raw, c.rollWorking(&d, raw), r.Fixed)
	return d, nil
}

// inTime reports whether the notice of an extension went out before the first
// month, with its pauses, had ended.
func (c Clock) inTime(r Request, start, base civil.Date) bool {
	scratch := Deadline{Start: start}
	return r.Extended.Sent.Before(c.rollWorking(&scratch, c.paused(&scratch, r, base)).End(c.zone))
}

// finish fills the dues of a deadline in whole days.
func (d *Deadline) finish(c Clock, raw, rolled civil.Date, fixed int) {
	d.Raw, d.Rolled, d.Latest = c.endOf(raw), c.endOf(rolled), c.endOf(rolled)
	aim := c.target(d.Start, raw)
	if fixed > 0 {
		aim = d.Start.AddDays(fixed)
		if aim.After(rolled) {
			aim = rolled
		}
	}
	d.Target = c.endOf(aim)
	d.step("The last lawful day is %s; aim at %s.", rolled.EnglishDay(), aim.EnglishDay())
}

// paused adds the days on which the clock stood still. Each day counts once,
// however many questions stood open on it; a question asked after the due day
// it would move comes too late.
func (c Clock) paused(d *Deadline, r Request, raw civil.Date) civil.Date {
	if len(r.Pauses) == 0 {
		return raw
	}
	if !c.pack.Clocks.StopClock || !r.Access {
		d.step("Questions were asked; under %s they do not stop this clock.", c.pack.ID)
		return raw
	}
	still := map[civil.Date]bool{}
	pauses := slices.SortedFunc(slices.Values(r.Pauses), func(a, b Pause) int { return a.Asked.Compare(b.Asked) })
	for _, p := range pauses {
		from, to := c.day(p.Asked), c.day(p.Answered)
		if p.Answered.IsZero() {
			to, d.Paused = c.day(r.AsOf), true
		}
		if from.Before(d.Start) {
			from = d.Start
		}
		if from.After(raw) {
			d.step("The question of %s came after the due day; it stops nothing.", from.English())
			continue
		}
		added := 0
		for day := from; !day.After(to); day = day.AddDays(1) {
			if !still[day] {
				still[day] = true
				added++
			}
		}
		raw = raw.AddDays(added)
		d.step("The clock stood still from %s to %s, both included: %d days more, %s.", from.English(), to.English(), added, raw.EnglishDay())
	}
	return raw
}
