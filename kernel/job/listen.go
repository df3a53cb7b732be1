package job

import (
	"context"
	"time"

	"heed/kernel/clock"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// channel is where processes without runners, such as commands, say that there
// is work. It carries no words.
const channel = "heed_job"

// tellWithin bounds how long telling the others may hold up who enqueued; a
// runner that was not told looks by itself.
const tellWithin = time.Second

// tell rouses the runners of other processes.
func (q *Queue) tell(ctx context.Context) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), tellWithin)
	defer stop()
	if err := q.DB.Notify(ctx, channel, ""); err != nil {
		q.Log.Warn("other processes could not be told of a job; they find it by themselves", "error", err)
	}
}

// listenLoop hears of other processes' jobs for as long as runners run.
func (q *Queue) listenLoop(ctx context.Context) {
	for ctx.Err() == nil {
		err := q.DB.Listen(ctx, channel, func() { q.heard.Store(q.DB.Dialect() == store.Postgres); q.Wake() }, func(string) { q.Wake() })
		q.heard.Store(false)
		if ctx.Err() == nil {
			q.Log.Warn("jobs of other processes are looked for every second until they can be heard of again", "error", err)
			_ = clock.Sleep(ctx, clock.System(), heardPoll)
		}
	}
}

// pause is how long an idle runner rests: until the next job is due, as far as
// it is told of others.
func (q *Queue) pause(ctx context.Context) time.Duration {
	if !q.heard.Load() {
		return idlePoll
	}
	rest := heardPoll
	err := q.DB.Read(ctx, operator(), policy.Operate, func(tx *store.Tx) error {
		next, err := store.One[store.Value[int64]](ctx, tx, selectNext)
		if err == nil && next.V != 0 {
			rest = time.Duration(next.V-tx.Millis()) * time.Millisecond
		}
		return err
	})
	if err != nil {
		return idlePoll
	}
	return min(max(rest, idlePoll), heardPoll)
}
