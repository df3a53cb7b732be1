package clock

import (
	"context"
	"slices"
	"time"
)

// After returns a channel that receives one instant once c has reached
// c.Now()+d, and a function that gives the wait up. On a clock that can be
// moved the channel also fires when the clock is moved to or past that instant.
// A d of zero or less fires at once. The stop function may be called more than
// once and after the channel fired.
//
// A Clock from outside this package waits in real time.
func After(c Clock, d time.Duration) (<-chan time.Time, func()) {
	if m, ok := c.(mover); ok {
		return m.after(d)
	}
	ch := make(chan time.Time, 1)
	t := time.AfterFunc(d, func() { ch <- c.Now() })
	return ch, func() { t.Stop() }
}

// Sleep waits until c has reached c.Now()+d or ctx ends, whichever is first,
// and returns ctx's error in the second case.
func Sleep(ctx context.Context, c Clock, d time.Duration) error {
	ch, stop := After(c, d)
	defer stop()
	select {
	case <-ch:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// mover is a clock that can jump and therefore keeps a list of who waits.
type mover interface {
	after(d time.Duration) (<-chan time.Time, func())
}

// waitlist holds those who wait for an instant, earliest first. Its owner
// guards it with a lock.
type waitlist []*waiter

type waiter struct {
	due time.Time
	ch  chan time.Time // holds one value, so that firing never blocks
}

func (l *waitlist) add(due time.Time) *waiter {
	w := &waiter{due: due, ch: make(chan time.Time, 1)}
	at, _ := slices.BinarySearchFunc(*l, w, func(a, b *waiter) int {
		if a.due.After(b.due) {
			return 1
		}
		return -1 // equals go behind, so that first come is first woken
	})
	*l = slices.Insert(*l, at, w)
	return w
}

func (l *waitlist) remove(w *waiter) {
	if i := slices.Index(*l, w); i >= 0 {
		*l = slices.Delete(*l, i, i+1)
	}
}

// fire wakes everyone who is due at now.
func (l *waitlist) fire(now time.Time) {
	n := 0
	for n < len(*l) && !(*l)[n].due.After(now) {
		(*l)[n].ch <- now
		n++
	}
	*l = slices.Delete(*l, 0, n)
}

// roundUp lifts d to the next whole step of [Precision], so that a due instant
// can be reached exactly by a clock that only shows whole steps.
func roundUp(d time.Duration) time.Duration {
	if r := d % Precision; r > 0 {
		return d + Precision - r
	}
	return d
}
