package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	sqlite "modernc.org/sqlite"
)

// sqlitePath returns the file of a "sqlite:" DSN.
func sqlitePath(dsn string) (string, bool) {
	return strings.CutPrefix(dsn, "sqlite:")
}

// indexPath is the file of the search index beside a database. It is derived
// data with a life of its own: never backed up, rebuilt at restore.
func indexPath(path string) string { return path + "-index" }

const readers = 8

// openSQLite opens one write connection and a read pool. busy_timeout comes
// first, so that the pragmas behind it wait instead of failing; secure_delete
// overwrites what is deleted (PRIVACY: a deleted word must not stay on disk).
func openSQLite(path string, c Config) (write, read *sql.DB, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, err
	}
	names := []string{path}
	if !c.NoIndex {
		names = append(names, indexPath(path))
	}
	for _, name := range names {
		if err := private(name); err != nil {
			return nil, nil, err
		}
	}
	sync := "FULL"
	if c.Unsafe {
		sync = "OFF"
	}
	pragmas := []string{
		"PRAGMA busy_timeout = 10000",
		"PRAGMA journal_mode = WAL",
		"PRAGMA synchronous = " + sync,
		"PRAGMA foreign_keys = ON",
		"PRAGMA secure_delete = ON",
		"PRAGMA cache_size = -65536",
		"PRAGMA temp_store = MEMORY",
	}
	if !c.NoIndex {
		pragmas = append(pragmas,
			fmt.Sprintf("ATTACH DATABASE '%s' AS idx", strings.ReplaceAll(indexPath(path), "'", "''")),
			"PRAGMA idx.journal_mode = WAL",
			"PRAGMA idx.synchronous = OFF", // derived: rebuilt after a power cut
			"PRAGMA idx.secure_delete = ON")
	}
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_txlock="
	readOnly := append(pragmas[:len(pragmas):len(pragmas)], "PRAGMA query_only = ON")
	write = sql.OpenDB(sqliteConnector{dsn: dsn + "immediate", setup: pragmas})
	write.SetMaxOpenConns(1)
	if err := write.Ping(); err != nil { // creates the files, so that readers find them
		_ = write.Close()
		return nil, nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	read = sql.OpenDB(sqliteConnector{dsn: dsn + "deferred", setup: readOnly})
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return write, read, nil
}

// private makes a file that nobody else may read, before SQLite would make one
// that the machine's defaults decide about. Its log files take the same mode.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// sqliteConnector opens connections with their pragmas set and wraps them in a
// statement cache.
type sqliteConnector struct {
	dsn   string
	setup []string
}

// Connect implements driver.Connector.
func (c sqliteConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Driver().Open(c.dsn)
	if err != nil {
		return nil, err
	}
	ex, ok := conn.(driver.ExecerContext)
	if !ok {
		return nil, fmt.Errorf("the SQLite driver has changed: %T runs no statements", conn)
	}
	for _, q := range c.setup {
		if _, err := ex.ExecContext(ctx, q, nil); err != nil {
			_ = conn.Close()
			return nil, fmt.Errorf("%s: %w", q, err)
		}
	}
	return &cachedConn{Conn: conn, stmts: map[string]*cachedStmt{}}, nil
}

// Driver implements driver.Connector.
func (sqliteConnector) Driver() driver.Driver { return &sqlite.Driver{} }

// pending is one writer's work, waiting for a shared commit.
type pending struct {
	ctx  context.Context
	fn   func(*sql.Tx) (*Tx, error)
	tx   *Tx
	err  error
	done chan struct{}
}

// maxBatch bounds how long the first of a batch waits for the last.
const maxBatch = 64

// writeSQLite queues fn. Whoever gets the turn runs everything that has queued
// up, each in a savepoint, and commits once for all: one disk confirmation
// serves all writers that came together. There is no extra goroutine; the
// leader works on its own time, and at most one batch of it.
func (db *DB) writeSQLite(ctx context.Context, fn func(*sql.Tx) (*Tx, error)) error {
	p := &pending{ctx: ctx, fn: fn, done: make(chan struct{})}
	db.queueMu.Lock()
	db.queue = append(db.queue, p)
	db.queueMu.Unlock()
	for {
		select {
		case <-p.done:
			return p.finish()
		case db.turn <- struct{}{}:
		}
		batch := db.takeBatch()
		if len(batch) > 0 {
			db.commitBatch(batch)
		}
		<-db.turn
	}
}

func (p *pending) finish() error {
	if p.err != nil {
		return p.err
	}
	if p.tx != nil {
		for _, f := range p.tx.after {
			f()
		}
	}
	return nil
}

func (db *DB) takeBatch() []*pending {
	db.queueMu.Lock()
	defer db.queueMu.Unlock()
	n := min(len(db.queue), maxBatch)
	batch := db.queue[:n:n]
	db.queue = db.queue[n:]
	return batch
}

func (db *DB) commitBatch(batch []*pending) {
	defer func() {
		for _, p := range batch {
			close(p.done)
		}
	}()
	sqlTx, err := db.write.BeginTx(context.Background(), nil)
	if err != nil {
		failAll(batch, db.dialect.classify(err))
		return
	}
	ran, alone := 0, len(batch) == 1
	for _, p := range batch {
		p.err = db.runOne(sqlTx, p, alone)
		if p.err == nil {
			ran++
		}
	}
	if ran == 0 {
		_ = sqlTx.Rollback()
		return
	}
	if err := sqlTx.Commit(); err != nil {
		_ = sqlTx.Rollback()
		failAll(batch, db.dialect.classify(err))
	}
}

// runOne runs one writer in a savepoint, so that its failure is its own. One
// that is alone needs none: its failure rolls everything back.
func (db *DB) runOne(sqlTx *sql.Tx, p *pending, alone bool) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	run := func() (err error) { p.tx, err = p.fn(sqlTx); return err }
	if alone {
		return db.dialect.classify(protect(run))
	}
	if _, err := sqlTx.Exec("SAVEPOINT one"); err != nil {
		return db.dialect.classify(err)
	}
	err := protect(run)
	if err != nil {
		if _, e := sqlTx.Exec("ROLLBACK TO one"); e != nil {
			return db.dialect.classify(e)
		}
	}
	if _, e := sqlTx.Exec("RELEASE one"); e != nil && err == nil {
		err = e
	}
	return db.dialect.classify(err)
}

func failAll(batch []*pending, err error) {
	for _, p := range batch {
		if p.err == nil {
			p.err = err
		}
	}
}

// Scrub makes deletions physical: the write-ahead log is folded into the file
// and truncated, so that no page of the log still holds what was deleted. On
// PostgreSQL dead rows are reclaimed at once; WAL files follow the archive's
// own life (docs/operate.md).
func (db *DB) Scrub(ctx context.Context) error {
	if db.dialect == SQLite {
		db.turn <- struct{}{}
		defer func() { <-db.turn }()
		_, err := db.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		return db.dialect.classify(err)
	}
	// its helpers would take longer to begin than the work does
	_, err := db.write.ExecContext(ctx, "VACUUM (PARALLEL 0)")
	return db.dialect.classify(err)
}

// ForgetWords builds a word index of PostgreSQL anew beside the work that goes on: its
// tree keeps every word that some text had once (GIN, "Vacuum never deletes tuples or
// pages from the entry tree"). SQLite's forgets a word with its last text.
func (db *DB) ForgetWords(ctx context.Context, index string) error {
	if db.dialect == SQLite {
		return nil
	}
	// what a run left behind that was cut off
	if _, err := db.write.ExecContext(ctx, "DROP INDEX CONCURRENTLY IF EXISTS "+index+"_ccnew"); err != nil {
		return db.dialect.classify(err)
	}
	_, err := db.write.ExecContext(ctx, "REINDEX INDEX CONCURRENTLY "+index)
	return db.dialect.classify(err)
}
