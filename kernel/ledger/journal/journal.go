package journal

import (
	"context"
	"strings"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// Line is one record on its way.
type Line struct {
	ID     int64
	Record []byte // as the ledger encodes it
}

// Journal is an open journal. It is safe for concurrent use.
type Journal struct{ db *store.DB }

// Open brings the schema of a journal's own database up to date.
func Open(ctx context.Context, db *store.DB) (*Journal, error) {
	return &Journal{db}, db.Migrate(ctx, []store.Module{Module()})
}

func keeper() policy.Actor { return policy.System("keep the record of a read") }

// Add returns when the lines are durable.
func (j *Journal) Add(ctx context.Context, lines []Line) error {
	if len(lines) == 0 {
		return nil
	}
	rows := policy.SQL{Text: "(?, ?)" + strings.Repeat(", (?, ?)", len(lines)-1)}
	for _, l := range lines {
		rows.Args = append(rows.Args, l.ID, l.Record)
	}
	q, args := store.Splice(insertLines, nil, store.Part{Name: "rows", SQL: rows})
	return j.db.Write(ctx, keeper(), policy.Operate, func(tx *store.Tx) error {
		_, err := store.Keep(ctx, tx, q, args...)
		return err
	})
}

// Oldest returns up to n lines.
func (j *Journal) Oldest(ctx context.Context, n int) (lines []Line, err error) {
	err = j.db.Read(ctx, keeper(), policy.Operate, func(tx *store.Tx) (err error) {
		lines, err = store.All[Line](ctx, tx, selectLines, n)
		return err
	})
	return lines, err
}

// Remove deletes lines that the ledger holds now.
func (j *Journal) Remove(ctx context.Context, lines []Line) error {
	ids := make([]int64, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	q, args := store.Splice(deleteLines, nil, store.Part{Name: "ids", SQL: policy.In("id", ids)})
	return j.db.Write(ctx, keeper(), policy.Operate, func(tx *store.Tx) error {
		_, err := store.Keep(ctx, tx, q, args...)
		return err
	})
}
