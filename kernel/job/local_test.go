package job_test

import (
	"context"
	"testing"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// patience bounds how long a test waits for what happens at once.
const patience = 20 * time.Second

// rest waits until the runners do.
func rest(t *testing.T, e *storetest.Env) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	for e.Clock.Waiting() < 8 {
		if err := clock.Sleep(ctx, clock.System(), time.Millisecond); err != nil {
			t.Fatal("the runners never rest")
		}
	}
}

func TestAJobRunsAtOnceHoweverLongTheRunnersHaveRested(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q := queue(e)
		ran := make(chan int, 10)
		if err := q.Register(job.Handle("count", 3, func(_ context.Context, o order) error { ran <- o.Number; return nil })); err != nil {
			t.Fatal(err)
		}
		late, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { q.Start(ctx); close(done) }()
		defer func() { stop(); <-done }()
		for i := range 3 {
			rest(t, e)
			e.Clock.Advance(90 * time.Second)
			rest(t, e)
			if err := enqueue(t, q, i, "", nil); err != nil {
				t.Fatal(err)
			}
			select {
			case n := <-ran:
				if n != i {
					t.Errorf("job %d ran, want %d", n, i)
				}
			case <-late.Done():
				t.Fatalf("job %d waits although the runners rest", i)
			}
		}
	})
}

func TestAJobEndsWithItsWorkOrNotAtAll(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q := queue(e)
		fail := true
		work := func(ctx context.Context, _ order) error {
			return q.DB.Write(ctx, actor(), policy.Operate, func(tx *store.Tx) error {
				if err := job.Done(ctx, tx); err != nil {
					return err
				}
				if fail {
					return fault.Busy("t", "not now")
				}
				return nil
			})
		}
		if err := q.Register(job.Handle("count", 3, work)); err != nil {
			t.Fatal(err)
		}
		if err := enqueue(t, q, 1, "", nil); err != nil {
			t.Fatal(err)
		}
		left := func() (n int64) {
			err := q.DB.Read(t.Context(), actor(), policy.Operate, func(tx *store.Tx) error {
				row, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM job WHERE state = 'ready'")
				n = row.V
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n, err := q.RunDue(t.Context()); n != 1 || err != nil || left() != 1 {
			t.Fatalf("ran %d (%v), %d left; work that failed leaves its job", n, err, left())
		}
		fail = false
		e.Clock.Advance(time.Minute)
		if n, err := q.RunDue(t.Context()); n != 1 || err != nil || left() != 0 {
			t.Fatalf("ran %d (%v), %d left; work that was done takes its job with it", n, err, left())
		}
	})
}

// A node dies with jobs in memory: the next start finds them in the database.
func TestJobsAtHandSurviveTheirNode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		dying := queue(e)
		begun := make(chan struct{})
		block := func(ctx context.Context, _ order) error { close(begun); <-ctx.Done(); return ctx.Err() }
		if err := dying.Register(job.Handle("count", 3, block)); err != nil {
			t.Fatal(err)
		}
		ctx, kill := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { dying.Start(ctx); close(done) }()
		rest(t, e)
		if err := enqueue(t, dying, 7, "", nil); err != nil {
			t.Fatal(err)
		}
		<-begun
		kill()
		<-done

		next, ran := queue(e), 0
		if err := next.Register(job.Handle("count", 3, func(_ context.Context, o order) error { ran = o.Number; return nil })); err != nil {
			t.Fatal(err)
		}
		e.Clock.Advance(time.Hour)
		if _, err := next.RunDue(t.Context()); err != nil || ran != 7 {
			t.Errorf("after a restart %d ran, want 7: %v", ran, err)
		}
	})
}
