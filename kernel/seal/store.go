package seal

import (
	"context"
	"embed"

	"heed/kernel/policy"
	"heed/kernel/store"
)

//go:embed migrations
var files embed.FS

// Module is the key store's schema. It goes to a database of its own.
func Module() store.Module { return store.Module{Name: "seal", FS: files} }

const (
	insertKey    = `INSERT INTO data_key (id, wrapped, made_at) VALUES ($1, $2, $3)`
	selectKey    = `SELECT id, wrapped FROM data_key WHERE id = $1`
	selectKeys   = `SELECT id, wrapped FROM data_key WHERE {ids}`
	deleteKey    = `DELETE FROM data_key WHERE id = $1`
	selectCheck  = `SELECT proof FROM master_check WHERE id = 1`
	insertCheck  = `INSERT INTO master_check (id, proof) VALUES (1, $1)`
	selectKeyIDs = `SELECT id FROM data_key WHERE id > $1 ORDER BY id LIMIT $2`
)

type keyRow struct {
	id      int64
	wrapped []byte
}

// Fields implements store.Row.
func (k *keyRow) Fields() []any { return []any{&k.id, &k.wrapped} }

func keeper() policy.Actor { return policy.System("keep data keys") }

func (v *Vault) readKeys(ctx context.Context, ids []int64) ([]keyRow, error) {
	var rows []keyRow
	err := v.db.Read(ctx, keeper(), policy.Operate, func(tx *store.Tx) error {
		q, args := store.Splice(selectKeys, nil, store.Part{Name: "ids", SQL: policy.In("id", ids)})
		var err error
		rows, err = store.All[keyRow](ctx, tx, q, args...)
		return err
	})
	return rows, err
}

func (v *Vault) writeKeys(ctx context.Context, rows []keyRow) error {
	return v.db.Write(ctx, keeper(), policy.Operate, func(tx *store.Tx) error {
		for _, r := range rows {
			if _, err := store.Keep(ctx, tx, insertKey, r.id, r.wrapped, tx.Millis()); err != nil {
				return err
			}
		}
		return nil
	})
}
