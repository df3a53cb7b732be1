package clock

import (
	"sync"
	"time"

	"heed/kernel/fault"
)

// lastInstant is the end of what a [Movable] can be moved to. Instants beyond it
// would still fit a column, but dates of five digits break forms and mails.
var lastInstant = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)

// Movable is the test clock of a running service: it shows a chosen instant at
// the start, runs on with the machine's clock, and can be moved forward. It
// never goes back, because jobs, targets and the ledger rely on time that does
// not. Use [NewMovable].
//
// The distance is not stored here. Who starts a service again on moved data
// passes the latest instant found in that data as start.
type Movable struct {
	mu      sync.Mutex
	offset  time.Duration
	shown   time.Time // latest instant handed out: the floor for the next
	waiting waitlist
	alarm   *time.Timer
}

// NewMovable returns a clock that shows start now and runs on from there.
func NewMovable(start time.Time) *Movable {
	return &Movable{offset: instant(start).Sub(System().Now())}
}

// Now returns the present instant of the clock.
func (m *Movable) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.read()
}

// Forward moves the clock by s, wakes everyone whose instant has come, and
// returns the instant it now shows. A step that goes nowhere or beyond the year
// 2199 is [fault.Invalid] and changes nothing.
func (m *Movable) Forward(s Step) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	from := m.read()
	to := s.From(from)
	if !to.After(from) {
		return from, fault.Invalid("clock.step_back",
			"the test clock only moves forward, and %q does not move it; give a step such as 2h, 3d or 1y", s.String())
	}
	if to.After(lastInstant) {
		return from, fault.Invalid("clock.step_far",
			"a step of %q would take the test clock from %s past the year 2199; take a smaller step", s.String(), from.Format(time.DateOnly))
	}
	m.offset += to.Sub(from)
	m.wake()
	return m.read(), nil
}

// read returns the instant to show; the lock is held. A machine whose clock is
// set back makes the test clock stand still until it has caught up.
func (m *Movable) read() time.Time {
	if now := System().Now().Add(m.offset); now.After(m.shown) {
		m.shown = now
	}
	return m.shown
}

// wake fires what is due and sets the alarm for the next; the lock is held.
func (m *Movable) wake() {
	now := m.read()
	m.waiting.fire(now)
	if m.alarm != nil {
		m.alarm.Stop()
		m.alarm = nil
	}
	if len(m.waiting) > 0 {
		m.alarm = time.AfterFunc(m.waiting[0].due.Sub(now), func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.wake()
		})
	}
}

func (m *Movable) after(d time.Duration) (<-chan time.Time, func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.waiting.add(m.read().Add(roundUp(d)))
	m.wake()
	return w.ch, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.waiting.remove(w)
		m.wake()
	}
}
