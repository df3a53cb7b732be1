package job

import (
	"context"
	"sync"
	"time"

	"heed/kernel/store"
)

// localMost is how many jobs a node keeps for itself. Work beyond that is left
// for whoever claims it.
const localMost = 1000

// leaseMargin is how long before its lease ends a job is no longer begun.
const leaseMargin = time.Minute

// local holds jobs that were enqueued on this node while its runners were
// running. They are written with a lease of this node and handed over in
// memory, which saves the transaction that would claim them. A node that dies
// gives its leases back when it starts again; another one takes the jobs over
// when the leases end.
type local struct {
	mu      sync.Mutex
	running bool // runners are running
	rows    []dueRow
}

// takes reports whether a job that is due now may be handed over in memory.
func (l *local) takes() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.running && len(l.rows) < localMost
}

// runs reports whether runners run in this process.
func (l *local) runs() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.running
}

func (l *local) push(r dueRow) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows = append(l.rows, r)
}

// pop returns the oldest job, and whether more wait behind it.
func (l *local) pop() (r dueRow, ok, more bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.rows) == 0 {
		return dueRow{}, false, false
	}
	r = l.rows[0]
	l.rows = l.rows[1:]
	return r, true, len(l.rows) > 0
}

func (l *local) run(running bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running = running
	if !running {
		l.rows = nil
	}
}

// underway is the job that a context runs.
type underway struct {
	id   int64
	done bool // its row was deleted with its work
}

type underwayKey struct{}

// Done ends the job that ctx runs, in the transaction of its work: one
// confirmation by the disk serves both, and the work is done exactly once. A
// handler calls it in its last transaction; one that does not is ended in a
// transaction of its own. Outside a job it does nothing.
func Done(ctx context.Context, tx *store.Tx) error {
	u, ok := ctx.Value(underwayKey{}).(*underway)
	if !ok {
		return nil
	}
	if _, err := store.Keep(ctx, tx, deleteJob, u.id); err != nil {
		return err
	}
	tx.After(func() { u.done = true })
	return nil
}
