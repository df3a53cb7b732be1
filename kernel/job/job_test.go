package job_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

type order struct {
	Number int `json:"number"`
}

func queue(e *storetest.Env) *job.Queue {
	return &job.Queue{DB: e.DB, Mint: id.NewMint(0), Log: slog.New(slog.DiscardHandler)}
}

func actor() policy.Actor { return policy.System("test") }

func enqueue(t *testing.T, q *job.Queue, n int, unique string, fail error) error {
	t.Helper()
	return q.DB.Write(t.Context(), actor(), policy.Operate, func(tx *store.Tx) error {
		if err := q.Enqueue(t.Context(), tx, "count", order{n}, unique, tx.Now()); err != nil {
			return err
		}
		return fail
	})
}

func TestAJobExistsExactlyWhenItsChangeDoes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q := queue(e)
		var ran []int
		if err := q.Register(job.Handle("count", 3, func(_ context.Context, o order) error { ran = append(ran, o.Number); return nil })); err != nil {
			t.Fatal(err)
		}
		if err := enqueue(t, q, 1, "", nil); err != nil {
			t.Fatal(err)
		}
		if err := enqueue(t, q, 2, "", fault.Invalid("t", "the change failed")); err == nil {
			t.Fatal("the change should have failed")
		}
		for range 2 {
			if err := enqueue(t, q, 3, "only-once", nil); err != nil {
				t.Fatal(err)
			}
		}
		for {
			n, err := q.RunDue(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				break
			}
		}
		if len(ran) != 2 || ran[0] != 1 || ran[1] != 3 {
			t.Errorf("ran %v, want 1 and 3: not the one whose change failed, and the unique one once", ran)
		}
	})
}

func TestAFailingJobIsTriedAgainThenKeptAndRevived(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q := queue(e)
		tries, well := 0, false
		err := q.Register(job.Handle("count", 3, func(context.Context, order) error {
			tries++
			switch {
			case well:
				return nil
			case tries == 2:
				panic("a job that breaks")
			}
			return errors.New("no luck for user@example.org")
		}))
		if err != nil {
			t.Fatal(err)
		}
		if err := enqueue(t, q, 1, "", nil); err != nil {
			t.Fatal(err)
		}
		for range 6 {
			if _, err := q.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			e.Clock.Advance(13 * time.Hour)
		}
		if tries != 3 {
			t.Errorf("tried %d times, want 3", tries)
		}
		var dead []job.Dead
		err = e.DB.Write(t.Context(), actor(), policy.Operate, func(tx *store.Tx) (err error) {
			if dead, err = job.DeadJobs(t.Context(), tx, 10); err != nil || len(dead) != 1 {
				return err
			}
			well = true
			return q.Revive(t.Context(), tx, dead[0].ID)
		})
		if err != nil || len(dead) != 1 {
			t.Fatalf("dead jobs: %v, %v", dead, err)
		}
		if dead[0].Error == "" || dead[0].Error != "Something went wrong on our side; it has been noted (*errors.errorString)" {
			t.Errorf("what an operator reads must name the failure and hold no address: %q", dead[0].Error)
		}
		if n, err := q.RunDue(t.Context()); n != 1 || err != nil || tries != 4 {
			t.Errorf("after revival: ran %d, %v, %d tries", n, err, tries)
		}
	})
}

func TestARestartGoesOnWithWhatADeadRunnerHeld(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		dying, ran := queue(e), 0
		ctx, die := context.WithCancel(t.Context())
		if err := dying.Register(job.Handle("count", 0, func(context.Context, order) error { die(); return ctx.Err() })); err != nil {
			t.Fatal(err)
		}
		if err := enqueue(t, dying, 1, "", nil); err != nil {
			t.Fatal(err)
		}
		lease := func() int {
			q := queue(e)
			if err := q.Register(job.Handle("count", 0, func(context.Context, order) error { ran++; return nil })); err != nil {
				t.Fatal(err)
			}
			if err := q.Recover(t.Context()); err != nil {
				t.Fatal(err)
			}
			e.Clock.Advance(time.Minute) // past the pause after a failed try, within the lease
			n, err := q.RunDue(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		_, _ = dying.RunDue(ctx)
		if n := lease(); n != 1 || ran != 1 {
			t.Errorf("the next runner ran %d jobs, the work was done %d times", n, ran)
		}
	})
}

func TestOneOfManyNodesDoesADuty(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		done := 0
		var nodes []*job.Queue
		for range 3 {
			q := queue(e)
			q.Oblige(job.Duty{Name: "sweep", Every: time.Hour, Run: func(context.Context) error { done++; return nil }})
			nodes = append(nodes, q)
		}
		for hour := range 3 {
			for _, q := range nodes {
				if err := q.RunDuties(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if done != hour+1 {
				t.Errorf("after %d hours the duty was done %d times", hour, done)
			}
			e.Clock.Advance(time.Hour)
		}
	})
}
