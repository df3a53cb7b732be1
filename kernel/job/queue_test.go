package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"heed/kernel/fault"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// register adds a handler of kind count.
func register(t *testing.T, q *job.Queue, tries int64, run func(context.Context, order) error) {
	t.Helper()
	if err := q.Register(job.Handle("count", tries, run)); err != nil {
		t.Fatal(err)
	}
}

func runDue(t *testing.T, q *job.Queue) int {
	t.Helper()
	n, err := q.RunDue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func counts(t *testing.T, e *storetest.Env) (out map[string]int64) {
	t.Helper()
	err := e.DB.Read(t.Context(), actor(), policy.Operate, func(tx *store.Tx) (err error) {
		out, err = job.Counts(t.Context(), tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestThePausesBetweenTriesGrow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q, tries := queue(e), 0
		register(t, q, 0, func(context.Context, order) error { tries++; return errors.New("no luck") })
		if err := enqueue(t, q, 1, "", nil); err != nil {
			t.Fatal(err)
		}
		runDue(t, q)
		for i, pause := range []time.Duration{10 * time.Second, 30 * time.Second, 90 * time.Second, 270 * time.Second} {
			e.Clock.Advance(pause - time.Second)
			if runDue(t, q); tries != i+1 {
				t.Fatalf("tried again within %s of failure %d", pause, i+1)
			}
			e.Clock.Advance(time.Second)
			if runDue(t, q); tries != i+2 {
				t.Fatalf("not tried again %s after failure %d", pause, i+1)
			}
		}
		for range 20 {
			e.Clock.Advance(12 * time.Hour)
			runDue(t, q)
		}
		if got := counts(t, e); tries != 12 || got["dead"] != 1 || got["ready"] != 0 {
			t.Errorf("tried %d times, then %v; want 12 and one dead job", tries, got)
		}
	})
}

func TestAJobIsDueAtItsTime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q, ran := queue(e), 0
		register(t, q, 0, func(context.Context, order) error { ran++; return nil })
		err := e.DB.Write(t.Context(), actor(), policy.Operate, func(tx *store.Tx) error {
			return q.Enqueue(t.Context(), tx, "count", order{1}, "", tx.Now().Add(time.Hour))
		})
		if err != nil {
			t.Fatal(err)
		}
		e.Clock.Advance(time.Hour - time.Millisecond)
		if runDue(t, q); ran != 0 {
			t.Error("it ran a moment early")
		}
		e.Clock.Advance(time.Millisecond)
		if runDue(t, q); ran != 1 {
			t.Error("it did not run at its time")
		}
	})
}

func TestWhatOneRunnerHoldsNoOtherRunsUntilTheLeaseEnds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		slow, other, ran := queue(e), queue(e), 0
		other.Node = 1
		register(t, other, 0, func(context.Context, order) error { ran++; return nil })
		register(t, slow, 0, func(context.Context, order) error {
			if n := runDue(t, other); n != 0 {
				t.Errorf("another node ran %d jobs that this one holds", n)
			}
			e.Clock.Advance(6 * time.Minute) // stuck for longer than the lease
			if n := runDue(t, other); n != 1 || ran != 1 {
				t.Errorf("when the lease had ended another node ran %d jobs", n)
			}
			return nil
		})
		if err := enqueue(t, slow, 1, "", nil); err != nil {
			t.Fatal(err)
		}
		runDue(t, slow)
		if got := counts(t, e); len(got) != 0 {
			t.Errorf("left behind: %v", got)
		}
	})
}

func TestAKindThatNobodyRunsIsKeptAndNamed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q := queue(e)
		if err := enqueue(t, q, 1, "", nil); err != nil {
			t.Fatal(err)
		}
		runDue(t, q)
		if got := counts(t, e); got["ready"] != 1 {
			t.Errorf("a job whose handler comes with the next version is gone: %v", got)
		}
		register(t, q, 0, func(context.Context, order) error { return nil })
		e.Clock.Advance(time.Minute)
		if runDue(t, q); len(counts(t, e)) != 0 {
			t.Error("it was not run once somebody could")
		}
	})
}

func TestAFaultIsToldToTheOperatorInItsOwnWords(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q := queue(e)
		register(t, q, 1, func(context.Context, order) error {
			return fault.Busy("smtp.auth", "the mail server refused the password").Because(errors.New("rosa@example.org"))
		})
		if err := enqueue(t, q, 1, "", nil); err != nil {
			t.Fatal(err)
		}
		runDue(t, q)
		err := e.DB.Write(t.Context(), actor(), policy.Operate, func(tx *store.Tx) error {
			dead, err := job.DeadJobs(t.Context(), tx, 10)
			if err == nil && (len(dead) != 1 || dead[0].Error != "the mail server refused the password" || dead[0].Kind != "count" || dead[0].Attempts != 1) {
				t.Errorf("%+v", dead)
			}
			if err != nil {
				return err
			}
			if err := q.Revive(t.Context(), tx, dead[0].ID); err != nil {
				return err
			}
			if err := q.Revive(t.Context(), tx, dead[0].ID); !fault.Is(err, fault.KindUnknown) {
				t.Errorf("reviving it twice: %v", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := counts(t, e); got["ready"] != 1 || got["dead"] != 0 {
			t.Errorf("revived: %v", got)
		}
	})
}

func TestADutyThatBreaksIsDueAgainAndHoldsNoOtherUp(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q, tried, done := queue(e), 0, 0
		q.Oblige(
			job.Duty{Name: "broken", Every: time.Hour, Run: func(context.Context) error { tried++; panic("a duty that breaks") }},
			job.Duty{Name: "sound", Every: time.Hour, Run: func(context.Context) error { done++; return nil }},
		)
		for range 2 {
			if err := q.RunDuties(t.Context()); err != nil {
				t.Fatal(err)
			}
			e.Clock.Advance(time.Hour)
		}
		if tried != 2 || done != 2 {
			t.Errorf("the broken one was tried %d times, the other done %d times", tried, done)
		}
	})
}

func TestAQueueKnowsItsKinds(t *testing.T) {
	t.Parallel()
	q := &job.Queue{}
	h := job.Handle("count", 1, func(context.Context, order) error { return nil })
	if err := q.Register(h); err != nil {
		t.Fatal(err)
	}
	if err := q.Register(h); err == nil || !strings.Contains(err.Error(), "count") {
		t.Errorf("two handlers of one kind: %v", err)
	}
	if err := h.Run(t.Context(), json.RawMessage(`"a payload of an older version"`)); err == nil || !strings.Contains(err.Error(), "payload of count") {
		t.Errorf("a payload of another shape: %v", err)
	}
}
