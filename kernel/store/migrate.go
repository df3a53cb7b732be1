package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"heed/kernel/fault"
)

// Module is a part of the product that owns tables. Its FS holds
// migrations/NNNN_name.sql, run once each, forward only, and
// migrations/index/ENGINE.sql, run at every start: the search index is derived
// and may be missing.
type Module struct {
	Name string
	FS   fs.FS
}

// migration is one file of a module.
type migration struct {
	module   string
	version  int
	name     string
	text     string
	checksum string
}

var fileName = regexp.MustCompile(`^(\d{4})_([a-z0-9_]+)(\.sqlite|\.postgres)?\.sql$`)

// migrations returns the module's files for the engine, in order.
func (m Module) migrations(d Dialect) ([]migration, error) {
	entries, err := fs.ReadDir(m.FS, "migrations")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []migration
	for _, e := range entries {
		if e.IsDir() {
			continue // migrations/index: see ensureIndex
		}
		parts := fileName.FindStringSubmatch(e.Name())
		if parts == nil {
			return nil, fmt.Errorf("%s/migrations/%s: a migration is called NNNN_name.sql, with .sqlite or .postgres before the ending where the engines differ", m.Name, e.Name())
		}
		if parts[3] != "" && parts[3] != "."+d.String() {
			continue
		}
		text, err := fs.ReadFile(m.FS, path.Join("migrations", e.Name()))
		if err != nil {
			return nil, err
		}
		version, _ := strconv.Atoi(parts[1])
		sum := sha256.Sum256(text)
		out = append(out, migration{m.Name, version, parts[2], string(text), hex.EncodeToString(sum[:])})
	}
	slices.SortFunc(out, func(a, b migration) int { return a.version - b.version })
	return out, nil
}

const ledgerOfMigrations = `CREATE TABLE IF NOT EXISTS schema_migration (
	module TEXT NOT NULL,
	version BIGINT NOT NULL,
	name TEXT NOT NULL,
	checksum TEXT NOT NULL,
	applied_at BIGINT NOT NULL,
	PRIMARY KEY (module, version)
);`

const selectMigrations = `SELECT module, version, checksum FROM schema_migration`

const insertMigration = `INSERT INTO schema_migration (module, version, name, checksum, applied_at) VALUES ($1, $2, $3, $4, $5)`

// Migrate brings the schema to this binary's version. It refuses a database
// that a newer binary has changed, and one whose past was edited. On SQLite it
// copies the database first, beside itself, when there is something to lose.
func (db *DB) Migrate(ctx context.Context, modules []Module) error {
	if err := db.exec(ctx, ledgerOfMigrations); err != nil {
		return err
	}
	applied, err := db.applied(ctx)
	if err != nil {
		return err
	}
	pending, err := db.plan(modules, applied)
	if err != nil {
		return err
	}
	if len(pending) > 0 && len(applied) > 0 && db.dialect == SQLite {
		if err := db.copyBefore(ctx, pending[0]); err != nil {
			return err
		}
	}
	for _, m := range pending {
		if err := db.apply(ctx, m); err != nil {
			return fmt.Errorf("migration %s/%04d_%s: %w; nothing of it was kept, the earlier ones stand", m.module, m.version, m.name, err)
		}
		db.log.Info("migrated", "module", m.module, "version", m.version, "name", m.name)
	}
	if db.noIndex {
		return nil
	}
	return db.ensureIndex(ctx, modules)
}

type migrationKey struct {
	module  string
	version int
}

func (db *DB) applied(ctx context.Context) (map[migrationKey]string, error) {
	rows, err := db.write.QueryContext(ctx, selectMigrations)
	if err != nil {
		return nil, db.dialect.classify(err)
	}
	defer func() { _ = rows.Close() }()
	out := map[migrationKey]string{}
	for rows.Next() {
		var k migrationKey
		var sum string
		if err := rows.Scan(&k.module, &k.version, &sum); err != nil {
			return nil, err
		}
		out[k] = sum
	}
	return out, rows.Err()
}

// plan compares what the binary has with what the database had.
func (db *DB) plan(modules []Module, applied map[migrationKey]string) ([]migration, error) {
	var pending []migration
	known := map[migrationKey]bool{}
	for _, mod := range modules {
		ms, err := mod.migrations(db.dialect)
		if err != nil {
			return nil, err
		}
		for _, m := range ms {
			k := migrationKey{m.module, m.version}
			known[k] = true
			sum, done := applied[k]
			switch {
			case !done:
				pending = append(pending, m)
			case sum != m.checksum:
				return nil, fault.Conflict("store.edited", "migration %s/%04d was edited after it ran here; put the old text back and write a new migration", m.module, m.version)
			}
		}
	}
	for k := range applied {
		if !known[k] {
			return nil, fault.Conflict("store.newer", "this database was changed by a newer Heed (%s/%04d); start that version, or restore a backup made with this one", k.module, k.version)
		}
	}
	return pending, nil
}

func (db *DB) apply(ctx context.Context, m migration) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return db.dialect.classify(err)
	}
	for _, stmt := range Statements(db.dialect, m.text) {
		if _, err := tx.ExecContext(ctx, stmt); err != nil {
			_ = tx.Rollback()
			return db.dialect.classify(err)
		}
	}
	if _, err := tx.ExecContext(ctx, insertMigration, m.module, m.version, m.name, m.checksum, db.clock.Now().UnixMilli()); err != nil {
		_ = tx.Rollback()
		return db.dialect.classify(err)
	}
	return db.dialect.classify(tx.Commit())
}

// ensureIndex creates the index tables that are missing. On PostgreSQL they
// are unlogged and live in a schema called idx, on SQLite in a file of its own.
func (db *DB) ensureIndex(ctx context.Context, modules []Module) error {
	if db.dialect == Postgres {
		if err := db.exec(ctx, "CREATE SCHEMA IF NOT EXISTS idx;"); err != nil {
			return err
		}
	}
	for _, m := range modules {
		text, err := fs.ReadFile(m.FS, "migrations/index/"+db.dialect.String()+".sql")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		for _, stmt := range Statements(db.dialect, string(text)) {
			there, err := db.hasIndex(ctx, stmt)
			if err == nil && !there {
				err = db.exec(ctx, stmt)
			}
			if err != nil {
				return fmt.Errorf("index of %s: %w", m.Name, err)
			}
		}
	}
	return nil
}

// hasIndex reports whether a statement makes an index of PostgreSQL that is there. It
// would ask for a lock on the table before it looked, and stop where the index is
// being built anew (ForgetWords).
func (db *DB) hasIndex(ctx context.Context, stmt string) (there bool, err error) {
	name := createIndex.FindStringSubmatch(stmt)
	if db.dialect != Postgres || name == nil {
		return false, nil
	}
	err = db.write.QueryRowContext(ctx, "SELECT to_regclass('idx.' || $1::text) IS NOT NULL", name[1]).Scan(&there)
	return there, db.dialect.classify(err)
}

func (db *DB) exec(ctx context.Context, script string) error {
	for _, stmt := range Statements(db.dialect, script) {
		if _, err := db.write.ExecContext(ctx, stmt); err != nil {
			return db.dialect.classify(err)
		}
	}
	return nil
}

var (
	comment     = regexp.MustCompile(`--[^\n]*`)
	createIndex = regexp.MustCompile(`(?is)^\s*CREATE INDEX IF NOT EXISTS (\w+)\b`)
	createTable = regexp.MustCompile(`(?is)^\s*CREATE TABLE\b`)
	sqliteTypes = []struct {
		from *regexp.Regexp
		to   string
	}{
		{regexp.MustCompile(`\bBIGINT\b`), "INTEGER"},
		{regexp.MustCompile(`\bBOOLEAN\b`), "INTEGER"},
		{regexp.MustCompile(`\bBYTEA\b`), "BLOB"},
	}
)

// Statements splits a script and says it in the engine's words: on SQLite the
// three type names are mapped and tables are made STRICT, so that it refuses
// what PostgreSQL refuses. Scripts hold no semicolon inside a literal.
func Statements(d Dialect, script string) []string {
	var out []string
	for stmt := range strings.SplitSeq(comment.ReplaceAllString(script, ""), ";") {
		stmt = strings.TrimSpace(stmt)
		if stmt == "" {
			continue
		}
		if d == SQLite {
			for _, t := range sqliteTypes {
				stmt = t.from.ReplaceAllString(stmt, t.to)
			}
			if createTable.MatchString(stmt) {
				stmt += " STRICT"
			}
		}
		out = append(out, stmt)
	}
	return out
}
