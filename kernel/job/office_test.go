package job_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/fault"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

func TestAnOperatorSeesWhatWaitsAndWhatIsDead(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		q := queue(e)
		register(t, q, 2, func(context.Context, order) error { return errors.New("no luck") })
		for n := range 2 {
			if err := enqueue(t, q, n, "", nil); err != nil {
				t.Fatal(err)
			}
		}
		look := func() (tallies []job.Tally, waiting []job.Waiting, dead []job.Dead) {
			t.Helper()
			err := e.DB.Read(t.Context(), actor(), policy.Operate, func(tx *store.Tx) (err error) {
				if tallies, err = job.Tallies(t.Context(), tx); err != nil {
					return err
				}
				if waiting, err = job.WaitingJobs(t.Context(), tx, 10); err != nil {
					return err
				}
				dead, err = job.DeadJobs(t.Context(), tx, 10)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return tallies, waiting, dead
		}
		tallies, waiting, _ := look()
		if diff := cmp.Diff([]job.Tally{{Kind: "count", Waiting: 2}}, tallies); diff != "" || len(waiting) != 2 || waiting[0].Running(e.Clock.Now().UnixMilli()) {
			t.Errorf("before: %v (-want +got):\n%s", waiting, diff)
		}
		runDue(t, q)
		_, waiting, _ = look()
		if len(waiting) != 2 || waiting[0].Attempts != 1 || waiting[0].Error == "" || waiting[0].Next <= e.Clock.Now().UnixMilli() {
			t.Errorf("after a failure it waits for its next try and says why: %+v", waiting)
		}
		e.Clock.Advance(backoffOnce)
		runDue(t, q)
		tallies, waiting, dead := look()
		if diff := cmp.Diff([]job.Tally{{Kind: "count", Dead: 2}}, tallies); diff != "" || len(waiting) != 0 || len(dead) != 2 {
			t.Errorf("in the end: %v, %v (-want +got):\n%s", waiting, dead, diff)
		}
		giveUp(t, e, q, dead)
	})
}

// giveUp gives the first dead job up and looks at what is left.
func giveUp(t *testing.T, e *storetest.Env, q *job.Queue, dead []job.Dead) {
	t.Helper()
	err := e.DB.Write(t.Context(), actor(), policy.Operate, func(tx *store.Tx) error {
		if err := q.GiveUp(t.Context(), tx, dead[0].ID); err != nil {
			return err
		}
		if err := q.GiveUp(t.Context(), tx, dead[0].ID); !fault.Is(err, fault.KindUnknown) {
			t.Errorf("given up twice: %v", err)
		}
		if _, err := job.DeadJob(t.Context(), tx, dead[0].ID); !fault.Is(err, fault.KindUnknown) {
			t.Errorf("it is still there: %v", err)
		}
		other, err := job.DeadJob(t.Context(), tx, dead[1].ID)
		if diff := cmp.Diff(dead[1], other); diff != "" {
			t.Errorf("the other (-want +got):\n%s", diff)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// backoffOnce is the pause after a first failure.
const backoffOnce = 10 * time.Second
