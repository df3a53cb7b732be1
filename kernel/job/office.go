package job

import (
	"context"
	"errors"

	"heed/kernel/fault"
	"heed/kernel/store"
)

// What an operator sees of the queue and may do about it. Payloads are not
// shown: the kind, the number and the reason are enough to act on.

// Tally is how many jobs of one kind there are.
type Tally struct {
	Kind                   string
	Waiting, Running, Dead int64
}

// Fields implements store.Row.
func (t *Tally) Fields() []any { return []any{&t.Kind, &t.Waiting, &t.Running, &t.Dead} }

// Tallies counts jobs by kind; kinds without jobs are left out. One counts as
// running while somebody holds its lease.
func Tallies(ctx context.Context, tx *store.Tx) ([]Tally, error) {
	return store.All[Tally](ctx, tx, countKinds, tx.Millis())
}

// Waiting is a job that runs or will be tried.
type Waiting struct {
	ID       int64
	Kind     string
	Attempts int64
	Next     int64  // when it is due, in milliseconds
	Error    string // why the last try failed; empty before the first
	until    int64
}

// Fields implements store.Row.
func (w *Waiting) Fields() []any {
	return []any{&w.ID, &w.Kind, &w.Attempts, &w.Next, &w.Error, &w.until}
}

// Running reports whether somebody holds its lease at an instant, in milliseconds.
func (w *Waiting) Running(millis int64) bool { return w.until > millis }

// WaitingJobs lists jobs that wait or run, the next one first.
func WaitingJobs(ctx context.Context, tx *store.Tx, limit int) ([]Waiting, error) {
	return store.All[Waiting](ctx, tx, selectWaiting, limit)
}

// DeadJobs lists jobs whose tries are used up, newest first.
func DeadJobs(ctx context.Context, tx *store.Tx, limit int) ([]Dead, error) {
	return store.All[Dead](ctx, tx, selectDead, limit)
}

// DeadJob returns one of them, an Unknown fault when there is no such dead job.
func DeadJob(ctx context.Context, tx *store.Tx, job int64) (Dead, error) {
	d, err := store.One[Dead](ctx, tx, selectDeadOne, job)
	if errors.Is(err, store.ErrNone) {
		err = noSuchJob(job)
	}
	return d, err
}

func noSuchJob(job int64) error {
	return fault.Unknown("job.unknown", "there is no dead job %d; it may have been tried again or given up already", job)
}

// Revive makes a dead job due again, with all its tries. It returns an Unknown
// fault when there is no such dead job.
func (q *Queue) Revive(ctx context.Context, tx *store.Tx, job int64) error {
	n, err := store.Keep(ctx, tx, reviveJob, tx.Millis(), job)
	if err == nil && n == 0 {
		return noSuchJob(job)
	}
	tx.After(q.Wake)
	return err
}

// GiveUp removes a dead job for good; what it was to do stays undone. It returns
// an Unknown fault when there is no such dead job.
func (q *Queue) GiveUp(ctx context.Context, tx *store.Tx, job int64) error {
	n, err := store.Keep(ctx, tx, deleteDead, job)
	if err == nil && n == 0 {
		return noSuchJob(job)
	}
	return err
}

// Counts returns how many jobs are ready and dead.
func Counts(ctx context.Context, tx *store.Tx) (map[string]int64, error) {
	rows, err := store.All[countRow](ctx, tx, countJobs)
	out := map[string]int64{}
	for _, r := range rows {
		out[r.state] = r.n
	}
	return out, err
}
