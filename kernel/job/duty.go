package job

import (
	"context"
	"fmt"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// dutyLoop looks once per shortest interval which duty is due.
func (q *Queue) dutyLoop(ctx context.Context) {
	for ctx.Err() == nil {
		wait := time.Minute
		for _, d := range q.duties {
			wait = min(wait, d.Every)
		}
		if err := q.RunDuties(ctx); err != nil && ctx.Err() == nil {
			q.Log.Error("duties could not be run", "error", err)
		}
		tick, stop := clock.After(q.DB.Clock(), wait)
		select {
		case <-ctx.Done():
		case <-tick:
		}
		stop()
	}
}

// RunDuties runs every duty that is due now. A duty that fails is logged and
// due again at its next time.
func (q *Queue) RunDuties(ctx context.Context) error {
	for _, d := range q.duties {
		mine, err := q.claimDuty(ctx, d)
		if err != nil {
			return err
		}
		if !mine {
			continue
		}
		if err := safeDuty(ctx, d); err != nil {
			q.Log.Error("duty failed", "duty", d.Name, "error", err)
		}
	}
	return nil
}

func safeDuty(ctx context.Context, d Duty) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Internal(fmt.Errorf("panic in duty %s: %v", d.Name, p))
		}
	}()
	return d.Run(ctx)
}

// claimDuty moves the due time on; of several nodes one succeeds.
func (q *Queue) claimDuty(ctx context.Context, d Duty) (bool, error) {
	var n int64
	err := q.DB.Write(ctx, operator(), policy.Operate, func(tx *store.Tx) error {
		if _, err := store.Keep(ctx, tx, insertDuty, d.Name, 0); err != nil {
			return err
		}
		var err error
		n, err = store.Keep(ctx, tx, claimDuty, tx.Now().Add(d.Every).UnixMilli(), d.Name, tx.Millis())
		return err
	})
	return n == 1, err
}
