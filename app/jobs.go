package app

import (
	"context"

	"heed/kernel/job"
	"heed/kernel/store"
)

func deadJobs(ctx context.Context, tx *store.Tx) (int64, error) {
	counts, err := job.Counts(ctx, tx)
	return counts["dead"], err
}
