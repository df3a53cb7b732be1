package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
)

// copyBefore keeps the database as it was before the first pending migration.
func (db *DB) copyBefore(ctx context.Context, m migration) error {
	to := fmt.Sprintf("%s.before-%s-%04d", db.path, m.module, m.version)
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return db.vacuumInto(ctx, to)
}

// vacuumInto copies the SQLite data file while it is in use.
func (db *DB) vacuumInto(ctx context.Context, to string) error {
	conn := sql.OpenDB(sqliteConnector{dsn: "file:" + (&url.URL{Path: db.path}).EscapedPath(), setup: []string{"PRAGMA busy_timeout = 10000"}})
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, "VACUUM INTO $1", to); err != nil {
		return fmt.Errorf("copy the database: %w", db.dialect.classify(err))
	}
	return os.Chmod(to, 0o600)
}
