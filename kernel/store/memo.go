package store

import "sync"

// memoAge is how long a Memo is believed, in milliseconds: as long as another
// node's change may go unnoticed here.
const memoAge = 2000

// Memo keeps a small reading of reference data that nearly every page asks for
// and that hardly ever changes. Never decide a right from it. The zero value is
// ready; it is safe for concurrent use, and what it returns is shared: do not
// change it.
type Memo[T any] struct {
	mu    sync.Mutex
	at    int64 // when it was read, in milliseconds; 0 means it is to be read
	by    *Tx   // who changed it last, until that is durable
	value T
}

// Get returns what is kept, or reads it anew when it is old. Whoever changes the
// data reads rows of their own, which may yet be rolled back: those are not kept.
func (m *Memo[T]) Get(tx *Tx, read func() (T, error)) (T, error) {
	m.mu.Lock()
	age, value, own := tx.Millis()-m.at, m.value, m.by == tx
	m.mu.Unlock()
	if age >= 0 && age < memoAge && !own {
		return value, nil
	}
	value, err := read()
	if err == nil && !own {
		m.mu.Lock()
		m.at, m.value = tx.Millis(), value
		m.mu.Unlock()
	}
	return value, err
}

// Changed makes the data be read anew: by this transaction from now on, by
// everybody once it is durable.
func (m *Memo[T]) Changed(tx *Tx) {
	m.mu.Lock()
	m.by = tx
	m.mu.Unlock()
	tx.After(func() {
		m.mu.Lock()
		m.at, m.by = 0, nil
		m.mu.Unlock()
	})
}
