package job_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// A job that a command enqueues is run by the service beside it, also when the
// service's clock stands still and it would not look by itself.
func TestAJobOfAnotherProcessIsHeardOf(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.Postgres, []store.Module{job.Module()})
	service, ran := queue(e), make(chan struct{}, 1)
	register(t, service, 0, func(context.Context, order) error { ran <- struct{}{}; return nil })
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); service.Start(ctx) }()
	defer func() { stop(); <-done }()

	db, err := store.Open(t.Context(), store.Config{DSN: e.DSN, Clock: e.Clock, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	command := &job.Queue{DB: db, Mint: id.NewMint(2), Log: slog.New(slog.DiscardHandler)}
	if err := command.Register(job.Handle("other", 0, func(context.Context, order) error { return nil })); err != nil {
		t.Fatal(err)
	}
	for i := range 5 { // the first may be found while the service still looks around
		if err := enqueue(t, command, i, "", nil); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ran:
		case <-time.NewTimer(20 * time.Second).C:
			t.Fatalf("the service did not hear of job %d", i)
		}
	}
}
