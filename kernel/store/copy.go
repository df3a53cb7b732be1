package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"heed/kernel/fault"
)

// copyBefore keeps the database as it was before the first pending migration.
func (db *DB) copyBefore(ctx context.Context, m migration) error {
	to := fmt.Sprintf("%s.before-%s-%04d", db.path, m.module, m.version)
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return db.CopyTo(ctx, to)
}

// CopyTo writes a consistent copy of the SQLite data file to a path that does
// not exist yet, while the service runs. The search index is not copied: it is
// derived, and a backup must not hold words in clear.
func (db *DB) CopyTo(ctx context.Context, to string) error {
	if db.dialect != SQLite {
		return fault.Invalid("store.copy", "a PostgreSQL database is backed up with pg_dump or a base backup; heed backup calls it")
	}
	conn := sql.OpenDB(sqliteConnector{dsn: "file:" + (&url.URL{Path: db.path}).EscapedPath(), setup: []string{"PRAGMA busy_timeout = 10000"}})
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, "VACUUM INTO $1", to); err != nil {
		return fmt.Errorf("copy the database: %w", db.dialect.classify(err))
	}
	return os.Chmod(to, 0o600)
}
