package operate

import (
	"context"
	"errors"

	"heed/kernel/policy"
	"heed/kernel/store"
)

func keeper() policy.Actor { return policy.System("note a backup") }

// BackedUp notes that a backup of so many bytes was made whole a moment ago.
func (o *Room) BackedUp(ctx context.Context, bytes int64) error {
	return o.DB.Write(ctx, keeper(), policy.Operate, func(tx *store.Tx) error {
		_, err := store.Keep(ctx, tx, insertBackup, o.Mint.Next(tx.Now()), tx.Millis(), bytes)
		return err
	})
}

// LastBackup returns the newest backup, false when none is known.
func LastBackup(ctx context.Context, tx *store.Tx) (Backup, bool, error) {
	b, err := store.One[Backup](ctx, tx, lastBackup)
	if errors.Is(err, store.ErrNone) {
		return Backup{}, false, nil
	}
	return b, err == nil, err
}
