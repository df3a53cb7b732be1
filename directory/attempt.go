package directory

import (
	"context"
	"errors"
	"strings"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Five wrong guesses in a row close the way in for a while; each further one
// makes the while longer, up to an hour. Passwords and codes share the count.
const (
	freeTries    = 5
	lockStep     = 30 * time.Second
	lockMost     = time.Hour
	forgetGuess  = 24 * time.Hour
	lockDoubling = 7 // further doublings would be over lockMost anyway
)

// guesser is the key under which guesses at a person are counted. A name that
// nobody has is counted just the same, so that being shut out tells nothing.
func (d *Directory) guesser(person int64, name string) []byte {
	if person == 0 {
		return d.Vault.Hash("attempt.name", strings.ToLower(strings.TrimSpace(name)))
	}
	return d.Vault.Hash("attempt.person", id.Text(person))
}

// guess counts a guess before it is checked, so that a thousand at once are a
// thousand. It returns a fault of kind Busy while the way in is closed.
func (d *Directory) guess(ctx context.Context, key []byte) error {
	return d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error { return d.guessIn(ctx, tx, key) })
}

func (d *Directory) guessIn(ctx context.Context, tx *store.Tx, key []byte) error {
	wait, err := d.try(ctx, tx, key, patience{free: freeTries, step: lockStep, forget: forgetGuess})
	if err == nil && wait > 0 {
		err = fault.Busy("signin.locked", "too many wrong tries; try again in %s, or have a link mailed to you", clock.FormatDuration(wait, "en"))
	}
	return err
}

// patience is how many wrong tries there may be, how long the way is closed after
// the last of them, and when one is forgotten that no other followed.
type patience struct {
	free         int64
	step, forget time.Duration
}

// try counts a try under a key. It returns how long the way stays closed; the try
// does not count then, and must not be made.
func (d *Directory) try(ctx context.Context, tx *store.Tx, key []byte, p patience) (wait time.Duration, err error) {
	a, err := store.One[attemptRow](ctx, tx, selectAttempt, key)
	if err != nil && !errors.Is(err, store.ErrNone) {
		return 0, err
	}
	if tx.Millis() < a.locked {
		return time.UnixMilli(a.locked).Sub(tx.Now()), nil
	}
	if a.at <= tx.Now().Add(-p.forget).UnixMilli() {
		a.failures = 0
	}
	a.failures++
	if over := a.failures - p.free; over >= 0 {
		a.locked = tx.Now().Add(min(p.step<<min(over, lockDoubling), lockMost)).UnixMilli()
	}
	_, err = store.Keep(ctx, tx, upsertAttempt, key, a.failures, a.locked, tx.Millis())
	return 0, err
}

// guessed forgets the wrong guesses once everything that was asked is right.
func (d *Directory) guessed(ctx context.Context, tx *store.Tx, key []byte) error {
	_, err := store.Keep(ctx, tx, deleteAttempt, key)
	return err
}

// returned takes one guess back: the password was right, and a code is still to
// come; or a name led somewhere. The others stay counted, or what is right would
// buy new guesses.
func (d *Directory) returned(ctx context.Context, tx *store.Tx, key []byte) error {
	a, err := store.One[attemptRow](ctx, tx, selectAttempt, key)
	if errors.Is(err, store.ErrNone) {
		return nil
	}
	if err == nil {
		_, err = store.Keep(ctx, tx, upsertAttempt, key, max(a.failures-1, 0), 0, tx.Millis())
	}
	return err
}
