package store

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
)

// Recorder writes the ledger records of a transaction. It is called inside the
// transaction for changes, and in a transaction of its own, before Read
// returns, for reads.
type Recorder interface {
	Record(ctx context.Context, tx *Tx, proofs []policy.Proof) error
}

// Config says which database to open. The zero values of the rest are right.
type Config struct {
	// DSN is "sqlite:/path/heed.db" or a postgres:// URL.
	DSN string
	// Clock gives the transactions their instant; nil means the system's.
	Clock clock.Clock
	// Shelf holds the rules in force; nil means none, and nothing is allowed.
	Shelf *policy.Shelf
	// NoIndex leaves out the search index, for a store that has none.
	NoIndex bool
	// Unsafe skips the disk's confirmation. For tests and benchmarks' builders.
	Unsafe bool
	// Log receives what an operator should know; nil discards it.
	Log *slog.Logger
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	dialect  Dialect
	write    *sql.DB
	read     *sql.DB
	clock    clock.Clock
	shelf    *policy.Shelf
	log      *slog.Logger
	recorder Recorder
	reads    func(context.Context, time.Time, []policy.Proof) error
	turn     chan struct{} // held by the one who writes, on SQLite
	queueMu  sync.Mutex
	queue    []*pending
	path     string // of the SQLite file, empty otherwise
	noIndex  bool
}

// Open opens the database and checks that it answers. It does not migrate.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.Clock == nil {
		c.Clock = clock.System()
	}
	if c.Shelf == nil {
		c.Shelf = &policy.Shelf{}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	db := &DB{clock: c.Clock, shelf: c.Shelf, log: c.Log, turn: make(chan struct{}, 1), noIndex: c.NoIndex}
	var err error
	if path, ok := sqlitePath(c.DSN); ok {
		db.dialect, db.path = SQLite, path
		db.write, db.read, err = openSQLite(path, c)
	} else {
		db.dialect = Postgres
		db.write, db.read, err = openPostgres(c)
	}
	if err != nil {
		return nil, err
	}
	if err := db.write.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("the database does not answer: %w", db.dialect.classify(err))
	}
	return db, nil
}

// Close waits for nothing: whoever closes has stopped the callers.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != db.write {
		if e := db.read.Close(); err == nil {
			err = e
		}
	}
	return err
}

// Dialect is the engine.
func (db *DB) Dialect() Dialect { return db.dialect }

// Clock is the clock the transactions run by.
func (db *DB) Clock() clock.Clock { return db.clock }

// Path is the SQLite file, empty on PostgreSQL.
func (db *DB) Path() string { return db.path }

// SetRecorder installs the ledger. It is called once, before the service opens.
func (db *DB) SetRecorder(r Recorder) { db.recorder = r }

// SetReads makes the records of reads go elsewhere than through Recorder.Record.
// record returns when they are durable; at is the instant of the read. It is
// called once, before the service opens.
func (db *DB) SetReads(record func(ctx context.Context, at time.Time, proofs []policy.Proof) error) {
	db.reads = record
}

// Read runs fn in a snapshot. What fn notes with Tx.Note is durable in the
// ledger before Read returns, so a page is never shown unrecorded.
func (db *DB) Read(ctx context.Context, who policy.Actor, for_ policy.Purpose, fn func(*Tx) error) error {
	tx, err := db.look(ctx, who, for_, fn)
	if err != nil {
		return err
	}
	return db.recordReads(ctx, tx)
}

// ReadAhead is Read for whoever has something to do meanwhile that nobody sees, as
// drawing a page is: record returns when what was noted is durable, and until then
// nothing of what was read may leave the process. Called again, it says the same.
func (db *DB) ReadAhead(ctx context.Context, who policy.Actor, for_ policy.Purpose, fn func(*Tx) error) (record func() error, err error) {
	tx, err := db.look(ctx, who, for_, fn)
	if err != nil {
		return nil, err
	}
	return sync.OnceValue(func() error { return protect(func() error { return db.recordReads(ctx, tx) }) }), nil
}

func (db *DB) look(ctx context.Context, who policy.Actor, for_ policy.Purpose, fn func(*Tx) error) (*Tx, error) {
	if err := admit(who, for_); err != nil {
		return nil, err
	}
	sqlTx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: db.dialect.readIsolation()})
	if err != nil {
		return nil, db.dialect.classify(err)
	}
	tx := db.newTx(sqlTx, who, for_, false)
	err = protect(func() error { return fn(tx) })
	_ = sqlTx.Rollback()
	if err != nil {
		return nil, db.dialect.classify(err)
	}
	return tx, nil
}

func (db *DB) recordReads(ctx context.Context, read *Tx) error {
	if len(read.proofs) == 0 || db.recorder == nil {
		return nil
	}
	if db.reads != nil {
		return db.reads(ctx, read.now, read.proofs)
	}
	return db.inWriteTx(ctx, func(sqlTx *sql.Tx) (*Tx, error) {
		tx := db.newTx(sqlTx, read.who, read.purpose, true)
		return tx, db.recorder.Record(ctx, tx, read.proofs)
	})
}

// Write runs fn in a transaction and returns when it is durable. On PostgreSQL
// fn is repeated when another writer changed the same row first; after some tries
// the error is of kind Busy. Nothing of a failed fn remains.
func (db *DB) Write(ctx context.Context, who policy.Actor, for_ policy.Purpose, fn func(*Tx) error) error {
	if err := admit(who, for_); err != nil {
		return err
	}
	return db.inWriteTx(ctx, func(sqlTx *sql.Tx) (*Tx, error) {
		tx := db.newTx(sqlTx, who, for_, true)
		if err := fn(tx); err != nil {
			return tx, err
		}
		if db.recorder != nil && len(tx.proofs) > 0 {
			return tx, db.recorder.Record(ctx, tx, tx.proofs)
		}
		return tx, nil
	})
}

func (db *DB) inWriteTx(ctx context.Context, fn func(*sql.Tx) (*Tx, error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if db.dialect == SQLite {
		return db.writeSQLite(ctx, fn)
	}
	return db.writePostgres(ctx, fn)
}

func admit(who policy.Actor, for_ policy.Purpose) error {
	if who.IsNobody() {
		return fault.Unauthenticated("store.nobody", "nobody is signed in; sign in and try again")
	}
	if !for_.Known() {
		return fault.Invalid("store.purpose", "%q is not a purpose; every read and write says what it is for", string(for_))
	}
	return nil
}

// protect turns a panic of fn into an error, so that a writer that shares its
// commit with others cannot take them down.
func protect(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Internal(fmt.Errorf("panic in a transaction: %v", p))
		}
	}()
	return fn()
}

func (db *DB) newTx(t *sql.Tx, who policy.Actor, for_ policy.Purpose, write bool) *Tx {
	return &Tx{db: db, sql: t, who: who, purpose: for_, now: db.clock.Now().Truncate(time.Millisecond), book: db.shelf.Book(), write: write}
}
