package clock

import (
	"sync"
	"time"
)

// Manual is a clock for tests. It stands still until it is moved. Use
// [NewManual]; the zero value shows the zero instant.
type Manual struct {
	mu      sync.Mutex
	now     time.Time
	waiting waitlist
}

// NewManual returns a clock that shows t.
func NewManual(t time.Time) *Manual { return &Manual{now: instant(t)} }

// Now returns the instant the clock was last set to.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Set moves the clock to t, forward or back, and wakes those whose instant has
// come. Going back is allowed so that tests can play a machine whose clock was
// corrected.
func (m *Manual) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = instant(t)
	m.waiting.fire(m.now)
}

// Advance moves the clock by d and returns the new instant.
func (m *Manual) Advance(d time.Duration) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = instant(m.now.Add(d))
	m.waiting.fire(m.now)
	return m.now
}

// Waiting returns how many callers wait on the clock, so that a test can move
// it only when the code under test has arrived at its wait.
func (m *Manual) Waiting() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.waiting)
}

func (m *Manual) after(d time.Duration) (<-chan time.Time, func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.waiting.add(m.now.Add(roundUp(d)))
	m.waiting.fire(m.now)
	return w.ch, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.waiting.remove(w)
	}
}
