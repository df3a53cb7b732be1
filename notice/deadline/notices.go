package deadline

import (
	"time"

	"heed/kernel/fault"
	"heed/notice/civil"
)

// Complaint counts until when a complaint must be acknowledged. The statute
// counts the day of receipt as the first of its days; the regulator begins with
// the day after and moves off weekends and holidays. The earlier is the target,
// the later the last lawful day, and both are shown.
func (c Clock) Complaint(received time.Time) (Deadline, error) {
	n := c.pack.Clocks.ComplaintDays
	if n == 0 {
		return Deadline{}, fault.Invalid("deadline.complaint", "under %s no law says until when a complaint must be acknowledged; answer without delay", c.pack.ID)
	}
	d := c.begin("uk.complaint.acknowledge", c.day(received))
	statute, regulator := d.Start.AddDays(n-1), d.Start.AddDays(n)
	d.step("Received on %s.", d.Start.EnglishDay())
	d.step("By the statute, which counts that day, day %d is %s.", n, statute.EnglishDay())
	d.step("By the regulator, who begins the day after, it is %s.", regulator.EnglishDay())
	rolled := c.rollWorking(&d, regulator)
	d.Raw, d.Rolled, d.Latest, d.Target = c.endOf(statute), c.endOf(rolled), c.endOf(rolled), c.endOf(statute)
	d.step("The last lawful day is %s; aim at %s.", rolled.EnglishDay(), statute.EnglishDay())
	return d, nil
}

// NextNudge is the next weekly reminder to tell somebody how their complaint
// goes: the first full week after received that ends later than now.
func (c Clock) NextNudge(received, now time.Time) civil.Date {
	day := c.day(received).AddDays(7)
	for !day.After(c.day(now)) {
		day = day.AddDays(7)
	}
	return day
}

// Breach counts until when a breach must be reported to the regulator. In the
// UK it is so many hours exactly, nights and holidays included. Where the law
// says "as soon as feasible" there is no last moment, only a target.
func (c Clock) Breach(aware time.Time) (Deadline, error) {
	k := c.pack.Clocks
	if !k.BreachDuty {
		return Deadline{}, fault.Invalid("deadline.breach", "under %s breaches need not be reported; log them all the same", c.pack.ID)
	}
	if k.BreachHours == 0 {
		d := c.hours("ca-on.breach", aware, k.BreachTarget)
		d.step("The law names no hours: report as soon as feasible. The target of %d hours is the institution's own.", k.BreachTarget)
		return d, nil
	}
	d := c.begin("uk.breach", c.day(aware))
	due := c.at(aware.Add(time.Duration(k.BreachHours) * time.Hour))
	d.Raw, d.Rolled, d.Latest = due, due, due
	d.Target = c.at(aware.Add(time.Duration(k.BreachHours) * time.Hour * 4 / 5))
	d.step("Known on %s; %d hours on is %s. Nights and holidays count.", c.stamp(aware), k.BreachHours, c.stamp(due.Before))
	return d, nil
}

// Processor counts until when a processor should tell its controller of a
// breach. The law says without undue delay; the hours are a target.
func (c Clock) Processor(aware time.Time) (Deadline, error) {
	n := c.pack.Clocks.ProcessorTarget
	if n == 0 {
		return Deadline{}, fault.Invalid("deadline.processor", "under %s there is no clock for processors", c.pack.ID)
	}
	d := c.hours("uk.breach.processor", aware, n)
	d.step("Tell the controller without undue delay. The target of %d hours is the institution's own.", n)
	return d, nil
}

func (c Clock) hours(rule string, from time.Time, n int) Deadline {
	d := c.begin(rule, c.day(from))
	d.Target = c.at(from.Add(time.Duration(n) * time.Hour))
	d.step("Known on %s; %d hours on is %s.", c.stamp(from), n, c.stamp(d.Target.Before))
	return d
}

// AtOnce is the deadline of what takes effect the moment it is asked: consent
// withdrawn, use restricted while accuracy is disputed.
func (c Clock) AtOnce(rule string, received time.Time) Deadline {
	d := c.begin(rule, c.day(received))
	due := c.at(received)
	d.Raw, d.Rolled, d.Latest, d.Target = due, due, due, due
	d.step("It takes effect at once, on %s.", c.stamp(received))
	return d
}

func (c Clock) stamp(t time.Time) string {
	return t.In(c.zone).Format("2 January 2006, 15:04")
}
