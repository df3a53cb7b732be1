package target

import (
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
)

// Clock says what is measured.
type Clock string

// The clocks.
const (
	Response   Clock = "response"   // until the first answer
	Resolution Clock = "resolution" // until it is solved
)

// What happened to a clock.
type What string

// What can happen to a clock.
const (
	Started What = "started"
	Paused  What = "paused"  // somebody else has the ball
	Resumed What = "resumed" // it goes on where it stopped
	Set     What = "set"     // another time is allowed, from the start on
	Met     What = "met"     // what was promised is done
	Missed  What = "missed"  // the due instant passed; noted at that instant
)

// Event is one thing that happened to one clock.
type Event struct {
	Clock   Clock
	What    What
	At      time.Time
	Allowed time.Duration // open time; with Started and Set only
}

// Reckoning is what the events of a clock come to.
type Reckoning struct {
	Allowed time.Duration // open time; 0 when the clock never started
	Used    time.Duration // open time counted so far
	Over    time.Duration // open time counted beyond what is allowed, so none of a pause; 0 while it is not late
	Due     time.Time     // zero while it is paused in time, for then nobody knows; stays when a pause began late
	Met     time.Time     // zero while it is not met
	Running bool
	Late    bool // it was due before it was met, or before now
	Marked  bool // a Missed event says so
	Runs    []Run
}

// Run is a stretch during which a clock ran.
type Run struct{ From, To time.Time }

// Left is the open time that remains; 0 when none does.
func (r Reckoning) Left() time.Duration { return max(0, r.Allowed-r.Used) }

// Paused reports a clock that stands and was not met.
func (r Reckoning) Paused() bool { return r.Allowed > 0 && !r.Running && r.Met.IsZero() }

// Reckon counts one clock's events, which stand in the order they happened, as
// seen at now. Events of other clocks are left out. Allowed time that does not
// fit into the calendar's next thirty years is [fault.Invalid].
func Reckon(h clock.Hours, c Clock, events []Event, now time.Time) (Reckoning, error) {
	var r Reckoning
	for _, e := range events {
		if e.Clock == c && e.Allowed > 0 {
			r.Allowed = e.Allowed
		}
	}
	if r.Allowed == 0 {
		return r, nil
	}
	var since time.Time
	for _, e := range events {
		if e.Clock != c {
			continue
		}
		switch e.What {
		case Started, Resumed:
			if !r.Running {
				r.Running, since, r.Met = true, e.At, time.Time{}
			}
		case Paused, Met:
			if r.Running {
				if err := r.run(h, since, e.At); err != nil {
					return r, err
				}
			}
			if r.Running = false; e.What == Met {
				r.Met = e.At
			}
		case Missed:
			r.Marked = true
		case Set:
		}
	}
	if r.Running {
		used := r.Used
		if err := r.run(h, since, now); err != nil {
			return r, err
		}
		if r.Due.IsZero() {
			due, err := h.Add(since, r.Allowed-used)
			if err != nil {
				return r, err
			}
			r.Due = due
		}
	}
	if r.Late {
		r.Over = r.Used - r.Allowed
	}
	return r, nil
}

// run counts one stretch, and notes the due instant when it lies before its end.
func (r *Reckoning) run(h clock.Hours, from, to time.Time) error {
	if to.Before(from) {
		return fault.Conflict("target.order", "a clock was stopped before it was started; its events are out of order")
	}
	r.Runs = append(r.Runs, Run{from, to})
	if !r.Late {
		due, err := h.Add(from, r.Allowed-r.Used)
		if err != nil {
			return err
		}
		if due.Before(to) {
			r.Late, r.Due = true, due
		}
	}
	r.Used += h.Between(from, to)
	return nil
}

// Explain returns the steps by which the due instant was reached: each opening
// that counted and each closed piece between, for every stretch that ran, up to
// the due instant, or up to the last stretch's end when there is none.
func (r Reckoning) Explain(h clock.Hours) []clock.CountStep {
	var steps []clock.CountStep
	for i, run := range r.Runs {
		to, passed := run.To, r.Late && !r.Due.After(run.To)
		if passed || (r.Running && i == len(r.Runs)-1) {
			to = r.Due
		}
		steps = append(steps, h.ExplainBetween(run.From, to)...)
		if passed {
			break
		}
	}
	return steps
}
