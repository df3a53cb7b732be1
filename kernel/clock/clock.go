package clock

import "time"

// Precision is the finest step of any instant in the product. Both engines
// store instants as whole milliseconds.
const Precision = time.Millisecond

// A Clock tells the present instant: UTC, truncated to [Precision], without a
// monotonic reading. Implementations are safe for concurrent use.
type Clock interface {
	Now() time.Time
}

// System returns the machine's clock.
func System() Clock { return system{} }

type system struct{}

// Now returns the present instant.
func (system) Now() time.Time { return instant(time.Now()) }

// instant brings any time into the form a Clock promises.
func instant(t time.Time) time.Time { return t.UTC().Truncate(Precision) }
