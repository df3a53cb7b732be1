package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// Size returns how many bytes the database takes on disk: on SQLite the files
// of data and index with what has not been folded into them yet, on PostgreSQL
// what the server says of the database.
func (db *DB) Size(ctx context.Context) (int64, error) {
	if db.dialect == Postgres {
		var n int64
		err := db.read.QueryRowContext(ctx, "SELECT pg_database_size(current_database())").Scan(&n)
		return n, db.dialect.classify(err)
	}
	var sum int64
	for _, end := range []string{"", "-wal", "-index", "-index-wal"} {
		info, err := os.Stat(db.path + end)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return 0, err
		default:
			sum += info.Size()
		}
	}
	return sum, nil
}
