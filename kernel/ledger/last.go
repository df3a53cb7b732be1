package ledger

import (
	"context"
	"errors"
	"time"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// LastActs says when each of some people last read or changed something of a
// controller's for the purposes of others, not in a matter of their own. Who
// never did is left out.
func LastActs(ctx context.Context, tx *store.Tx, controller int64, people []int64) (map[int64]time.Time, error) {
	out := map[int64]time.Time{}
	for _, p := range people {
		if _, done := out[p]; done {
			continue
		}
		row, err := store.One[store.Value[int64]](ctx, tx, selectLastAct, p, controller, string(policy.Own))
		if errors.Is(err, store.ErrNone) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[p] = time.UnixMilli(row.V).UTC()
	}
	return out, nil
}

// Sizes says how many records stand in the tree, and how many wait to be given
// their place.
func Sizes(ctx context.Context, tx *store.Tx) (placed, waiting int64, err error) {
	size, err := store.One[store.Value[int64]](ctx, tx, selectSize)
	if err != nil {
		return 0, 0, err
	}
	left, err := store.One[store.Value[int64]](ctx, tx, countWaiting)
	return size.V, left.V, err
}
