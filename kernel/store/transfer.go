package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"heed/kernel/fault"
)

// CopyTo writes a consistent copy of the data to a SQLite file that does not
// exist yet, while the service runs; from PostgreSQL row by row, in one
// snapshot. The search index is not copied: it is derived, and a backup must not
// hold words in clear.
func (db *DB) CopyTo(ctx context.Context, to string, modules []Module) error {
	if db.dialect == SQLite {
		return db.vacuumInto(ctx, to)
	}
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return fault.Conflict("store.copy", "%s exists; name a new file", to)
	}
	copied, err := Open(ctx, Config{DSN: "sqlite:" + to, Clock: db.clock, NoIndex: true})
	if err != nil {
		return err
	}
	defer func() { _ = copied.Close() }()
	if err := copied.Migrate(ctx, modules); err != nil {
		return err
	}
	if err := Transfer(ctx, db, copied); err != nil {
		return err
	}
	return copied.Scrub(ctx) // one file, without a log beside it
}

// column is one column as an engine's catalogue names it.
type column struct {
	table, name string
	truth       bool // a BOOLEAN, which SQLite keeps as 0 and 1
}

// The tables in the order in which they were made, which puts those that others
// refer to first.
const (
	sqliteColumns = `SELECT m.name, c.name, 0 FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'schema_migration' ORDER BY m.rowid, c.name`
	postgresColumns = `SELECT t.relname, a.attname, a.atttypid = 'boolean'::regtype FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
		WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND t.relname <> 'schema_migration' AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY t.oid, a.attname`
)

// Transfer copies every row into the empty tables of another database, of the
// same or the other engine, both at the same version of the schema.
func Transfer(ctx context.Context, from, to *DB) error {
	source, err := from.columns(ctx)
	if err != nil {
		return err
	}
	target, err := to.columns(ctx)
	if err != nil {
		return err
	}
	if !slices.Equal(names(source), names(target)) {
		return fault.Conflict("store.transfer", "the two databases have different tables; bring both to this version first")
	}
	read, err := from.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: from.dialect.readIsolation()})
	if err != nil {
		return from.dialect.classify(err)
	}
	defer func() { _ = read.Rollback() }()
	for len(target) > 0 {
		n := slices.IndexFunc(target, func(c column) bool { return c.table != target[0].table })
		if n < 0 {
			n = len(target)
		}
		if err := to.fill(ctx, read, target[:n]); err != nil {
			return fmt.Errorf("copy table %s: %w", target[0].table, to.dialect.classify(err))
		}
		target = target[n:]
	}
	return nil
}

// names are the columns in an order that does not depend on the engine.
func names(cs []column) []string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = c.table + "." + c.name
	}
	slices.Sort(out)
	return out
}

// columns lists every column of every table.
func (db *DB) columns(ctx context.Context) (out []column, err error) {
	q := sqliteColumns
	if db.dialect == Postgres {
		q = postgresColumns
	}
	rows, err := db.read.QueryContext(ctx, q)
	if err != nil {
		return nil, db.dialect.classify(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.table, &c.name, &c.truth); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// fill copies one table in one transaction, some rows at a time.
func (db *DB) fill(ctx context.Context, read *sql.Tx, columns []column) error {
	table, order, listed := columns[0].table, "", make([]string, len(columns))
	for i, c := range columns {
		listed[i] = c.name
		if c.name == "id" {
			order = " ORDER BY id" // a row that others of its table refer to is older
		}
	}
	list := strings.Join(listed, ", ")
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	held := false
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+table+")").Scan(&held); err != nil {
		return err
	}
	if held {
		return fault.Conflict("store.notempty", "the database that is to take the rows holds some already; name an empty one")
	}
	rows, err := read.QueryContext(ctx, "SELECT "+list+" FROM "+table+order)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var values []any
	for rows.Next() {
		row := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		values = append(values, said(db.dialect, columns, row)...)
		if len(values) >= atOnce {
			if err := insertRows(ctx, tx, table, list, len(columns), values); err != nil {
				return err
			}
			values = values[:0]
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if err := insertRows(ctx, tx, table, list, len(columns), values); err != nil {
		return err
	}
	return tx.Commit()
}

// atOnce is how many values one statement carries; every engine takes as many.
const atOnce = 1000

// said is a row in the words of the engine that takes it.
func said(d Dialect, columns []column, row []any) []any {
	for i, c := range columns {
		switch v := row[i].(type) {
		case int64:
			if d == Postgres && c.truth {
				row[i] = v != 0
			}
		case []byte:
			if v == nil { // SQLite's driver gives no bytes for an empty value; only an untyped nil is NULL
				row[i] = []byte{}
			}
		case bool:
			if d == SQLite {
				row[i] = int64(0)
				if v {
					row[i] = int64(1)
				}
			}
		}
	}
	return row
}

func insertRows(ctx context.Context, tx *sql.Tx, table, list string, width int, values []any) error {
	if len(values) == 0 {
		return nil
	}
	var q strings.Builder
	q.WriteString("INSERT INTO " + table + " (" + list + ") VALUES ")
	for i := range values {
		switch {
		case i == 0:
			q.WriteString("(")
		case i%width == 0:
			q.WriteString("), (")
		default:
			q.WriteString(", ")
		}
		fmt.Fprintf(&q, "$%d", i+1)
	}
	q.WriteString(")")
	_, err := tx.ExecContext(ctx, q.String(), values...)
	return err
}
