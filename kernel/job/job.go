package job

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Handler does the work of one kind. The payload is what was enqueued.
type Handler struct {
	Kind  string // "mail.send"
	Tries int64  // 0 means 12: spread over about three days
	Run   func(ctx context.Context, payload json.RawMessage) error
}

// Handle returns the handler of a kind with a typed payload.
func Handle[P any](kind string, tries int64, run func(context.Context, P) error) Handler {
	return Handler{Kind: kind, Tries: tries, Run: func(ctx context.Context, raw json.RawMessage) error {
		var p P
		if err := json.Unmarshal(raw, &p); err != nil {
			return fmt.Errorf("payload of %s: %w", kind, err)
		}
		return run(ctx, p)
	}}
}

// Duty is regular work.
type Duty struct {
	Name  string
	Every time.Duration
	Run   func(ctx context.Context) error
}

// Queue enqueues and runs jobs. Register handlers and duties before Start.
type Queue struct {
	DB   *store.DB
	Mint *id.Mint
	Log  *slog.Logger
	Node int // number of this node; no two running nodes share one

	local    local
	handlers map[string]Handler
	duties   []Duty
	wake     chan struct{}
	heard    atomic.Bool // other processes tell us of their jobs
	once     sync.Once
}

const (
	lease        = 5 * time.Minute
	defaultTries = 12
	claimAtOnce  = 16
	workers      = 8
	idlePoll     = time.Second      // how late a job of another process may be noticed where nobody tells
	heardPoll    = 10 * time.Second // the same where we are told; what is told may be missed
)

func (q *Queue) init() {
	q.once.Do(func() { q.wake, q.handlers = make(chan struct{}, 1), map[string]Handler{} })
}

// Register adds handlers. Two handlers of one kind are a programming error.
func (q *Queue) Register(hs ...Handler) error {
	q.init()
	for _, h := range hs {
		if _, dup := q.handlers[h.Kind]; dup {
			return fmt.Errorf("job: two handlers for %s", h.Kind)
		}
		q.handlers[h.Kind] = h
	}
	return nil
}

// Oblige adds duties.
func (q *Queue) Oblige(ds ...Duty) { q.duties = append(q.duties, ds...) }

// Enqueue writes a job in the caller's transaction. A job with a unique key
// that is already waiting is not written twice. at in the past means now.
func (q *Queue) Enqueue(ctx context.Context, tx *store.Tx, kind string, payload any, unique string, at time.Time) error {
	q.init()
	raw, err := json.Marshal(payload)
	if err != nil {
		return err
	}
	var key any
	if unique != "" {
		key = kind + "/" + unique
	}
	if at.Before(tx.Now()) {
		at = tx.Now()
	}
	row := dueRow{id: q.Mint.Next(tx.Now()), kind: kind, payload: string(raw)}
	mine := !at.After(tx.Now()) && q.local.takes()
	holder, tries := noNode, 0
	if mine {
		row.until = tx.Now().Add(lease).UnixMilli()
		holder, tries = q.Node, 1
	}
	added, err := store.Keep(ctx, tx, insertJob, row.id, kind, row.payload, key, at.UnixMilli(), row.until, holder, tries)
	if err != nil {
		return err
	}
	tx.After(func() {
		if mine && added > 0 {
			q.local.push(row)
		}
		q.Wake()
		if added > 0 && !q.local.runs() {
			q.tell(ctx)
		}
	})
	return nil
}

// Wake rouses the runners; it never blocks.
func (q *Queue) Wake() {
	q.init()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func operator() policy.Actor { return policy.System("run jobs") }

// Recover gives back the leases that this node held when it died, so that a
// restart goes on at once instead of waiting for them to run out. A try that was
// cut off does not count as one.
func (q *Queue) Recover(ctx context.Context) error {
	return q.DB.Write(ctx, operator(), policy.Operate, func(tx *store.Tx) error {
		_, err := store.Keep(ctx, tx, freeLeases, q.Node)
		return err
	})
}

// Start runs jobs and duties until ctx ends, and then returns.
func (q *Queue) Start(ctx context.Context) {
	q.init()
	if err := q.Recover(ctx); err != nil {
		q.Log.Error("leases could not be given back; their jobs wait for them to run out", "error", err)
	}
	q.local.run(true)
	var wg sync.WaitGroup
	wg.Go(func() { q.dutyLoop(ctx) })
	wg.Go(func() { q.listenLoop(ctx) })
	for range workers {
		wg.Go(func() { q.jobLoop(ctx) })
	}
	wg.Wait()
	q.local.run(false)
	if err := q.Recover(context.WithoutCancel(ctx)); err != nil {
		q.Log.Warn("leases could not be given back; the next start does it", "error", err)
	}
}

func (q *Queue) jobLoop(ctx context.Context) {
	var looked time.Time
	for ctx.Err() == nil {
		n, err := q.runLocal(ctx)
		// what waits in the database is not forgotten while there is work at hand
		if now := q.DB.Clock().Now(); err == nil && (n == 0 || now.Sub(looked).Abs() >= idlePoll) {
			looked = now
			due := 0
			due, err = q.RunDue(ctx)
			n += due
		}
		if err != nil && ctx.Err() == nil {
			q.Log.Error("jobs could not be run", "error", err)
		}
		if n > 0 {
			continue
		}
		idle, stop := clock.After(q.DB.Clock(), q.pause(ctx))
		select {
		case <-ctx.Done():
		case <-q.wake:
		case <-idle:
		}
		stop()
	}
}

// Discard throws away what waits, for builders of an invented past whose mails
// nobody will look for.
func (q *Queue) Discard(ctx context.Context) error {
	return q.DB.Write(ctx, operator(), policy.Operate, func(tx *store.Tx) error {
		_, err := store.Keep(ctx, tx, discardJobs)
		return err
	})
}

// runLocal runs the oldest job at hand and returns how many it ran.
func (q *Queue) runLocal(ctx context.Context) (int, error) {
	r, ok, more := q.local.pop()
	if !ok {
		return 0, nil
	}
	if more {
		q.Wake()
	}
	return 1, q.runOne(ctx, r)
}

// RunDue claims and runs what is due now, once, and returns how many jobs it
// ran. Tests and commands call it instead of Start.
func (q *Queue) RunDue(ctx context.Context) (int, error) {
	q.init()
	rows, err := q.claim(ctx)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		if err := q.runOne(ctx, r); err != nil {
			return len(rows), err
		}
	}
	return len(rows), nil
}

func (q *Queue) claim(ctx context.Context) ([]dueRow, error) {
	var rows []dueRow
	err := q.DB.Write(ctx, operator(), policy.Operate, func(tx *store.Tx) error {
		var err error
		rows, err = store.All[dueRow](ctx, tx, selectDue+tx.Dialect().LockSkip(), tx.Millis(), claimAtOnce)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		until := tx.Now().Add(lease).UnixMilli()
		ids := make([]int64, len(rows))
		for i := range rows {
			ids[i], rows[i].until = rows[i].id, until
		}
		stmt, args := store.Splice(leaseJobs, []any{until, q.Node}, store.Part{Name: "ids", SQL: policy.In("id", ids)})
		_, err = store.Keep(ctx, tx, stmt, args...)
		return err
	})
	return rows, err
}

func (q *Queue) runOne(ctx context.Context, r dueRow) error {
	if q.DB.Clock().Now().Add(leaseMargin).UnixMilli() > r.until {
		return nil // it waited behind slow ones; whoever claims it next runs it
	}
	h, ok := q.handlers[r.kind]
	err := fmt.Errorf("nobody here runs jobs of kind %s", r.kind)
	u := &underway{id: r.id}
	if ok {
		err = runSafely(context.WithValue(ctx, underwayKey{}, u), h, r.payload)
	}
	if u.done {
		return nil
	}
	if ctx.Err() != nil {
		ctx = context.WithoutCancel(ctx) // the lease is given back, so that the next start goes on at once
	}
	return q.DB.Write(ctx, operator(), policy.Operate, func(tx *store.Tx) error {
		if err == nil {
			_, e := store.Keep(ctx, tx, deleteJob, r.id)
			return e
		}
		tries := h.Tries
		if tries == 0 {
			tries = defaultTries
		}
		state, at := "ready", tx.Now().Add(backoff(r.attempts+1))
		if r.attempts+1 >= tries {
			state = "dead"
		}
		q.Log.Warn("job failed", "kind", r.kind, "job", r.id, "attempt", r.attempts+1, "state", state, "kindOfError", fault.KindOf(err).String())
		_, e := store.Keep(ctx, tx, failJob, state, at.UnixMilli(), reason(err), r.id)
		return e
	})
}

// reason is what an operator reads of a failure; sentences of faults carry no
// personal data, other errors are cut to their type.
func reason(err error) string {
	f := fault.As(err)
	if f.Kind == fault.KindInternal {
		return fmt.Sprintf("%s (%T)", f.Text, err)
	}
	return f.Text
}

func runSafely(ctx context.Context, h Handler, payload string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Internal(fmt.Errorf("panic in a job of kind %s: %v", h.Kind, p))
		}
	}()
	return h.Run(ctx, json.RawMessage(payload))
}

// backoff is 10 s, 30 s, 90 s … up to 12 h.
func backoff(attempt int64) time.Duration {
	d := 10 * time.Second
	for range min(attempt-1, 10) {
		d *= 3
	}
	return min(d, 12*time.Hour)
}
