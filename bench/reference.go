package main

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync/atomic"

	_ "modernc.org/sqlite"

	"heed/app"
	"heed/kernel/store"
)

// reference writes one row in each transaction, confirmed by the disk, with the
// engine's own driver and nothing of ours in between: no gate, no ledger, no
// seal, and no commits shared by our own doing.
type reference struct {
	db *sql.DB
	n  atomic.Int64
}

func openReference(ctx context.Context, e store.Dialect, c app.Config) (*reference, error) {
	driver, dsn := "pgx", c.Database
	if e == store.SQLite {
		driver = "sqlite"
		dsn = "file:" + filepath.Join(c.Data, "reference.db") + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(8)
	if e == store.SQLite {
		db.SetMaxOpenConns(1) // one writer at a time, which is quicker than eight that wait for a lock
	}
	if _, err := db.ExecContext(ctx, createBare); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	r, last := &reference{db: db}, int64(0)
	if err := db.QueryRowContext(ctx, lastBare).Scan(&last); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	r.n.Store(last)
	return r, nil
}

func (r *reference) write(ctx context.Context) error {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, insertBare, r.n.Add(1), "x"); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
