package store

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"heed/kernel/fault"
)

// tries bounds how often PostgreSQL may tell a writer to start over.
const tries = 14

// openPostgres opens one pool for both: isolation is set per transaction.
func openPostgres(c Config) (write, read *sql.DB, err error) {
	cfg, err := pgx.ParseConfig(c.DSN)
	if err != nil {
		return nil, nil, fault.Invalid("store.dsn", "the database address cannot be read; write postgres://user@host/name or sqlite:/path/heed.db").Because(err)
	}
	if c.Unsafe {
		cfg.RuntimeParams["synchronous_commit"] = "off"
	}
	if _, set := cfg.RuntimeParams["jit"]; !set {
		cfg.RuntimeParams["jit"] = "off" // compiling a statement takes longer than any of ours runs
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(24)
	pool.SetMaxIdleConns(12)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return pool, pool, nil
}

// writePostgres runs fn in a snapshot and repeats it when a neighbour changed
// the same row first. Why not SERIALIZABLE: docs/decisions/0011-snapshots.md.
func (db *DB) writePostgres(ctx context.Context, fn func(*sql.Tx) (*Tx, error)) error {
	var err error
	for try := range tries {
		if try > 0 {
			// chance keeps those who met once from meeting again and again
			wait := time.NewTimer(time.Duration(1+rand.Int64N(2<<min(try, 7))) * time.Millisecond)
			select {
			case <-ctx.Done():
				wait.Stop()
				return ctx.Err()
			case <-wait.C:
			}
		}
		var tx *Tx
		tx, err = db.tryPostgres(ctx, fn)
		if err == nil {
			for _, f := range tx.after {
				f()
			}
			return nil
		}
		if !isCollision(err) {
			return db.dialect.classify(err)
		}
	}
	return fault.Busy("store.busy", "too many people changed this at once; nothing was lost, please try again").Because(err)
}

func (db *DB) tryPostgres(ctx context.Context, fn func(*sql.Tx) (*Tx, error)) (*Tx, error) {
	sqlTx, err := db.write.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return nil, err
	}
	var tx *Tx
	if err := protect(func() (err error) { tx, err = fn(sqlTx); return err }); err != nil {
		_ = sqlTx.Rollback()
		return nil, err
	}
	if err := sqlTx.Commit(); err != nil {
		return nil, err
	}
	return tx, nil
}
