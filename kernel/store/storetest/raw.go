package storetest

import (
	"context"
	"database/sql"
	"net/url"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver that opens a file beside the gate
)

// Raw opens the database beside the gate, the ledger and the statement rules,
// as somebody with the file or the password would. Tests use it to damage what
// must be noticed, and to ask the planner what it would do.
func (e *Env) Raw(t testing.TB) *sql.DB {
	t.Helper()
	driver, dsn := "pgx", e.DSN
	path, isFile := strings.CutPrefix(e.DSN, "sqlite:")
	if isFile {
		driver, dsn = "sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1) // what is attached is attached to one connection
	if isFile {
		if _, err := db.ExecContext(context.Background(), "ATTACH DATABASE '"+strings.ReplaceAll(path, "'", "''")+"-index' AS idx"); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// Tamper changes exactly one row behind Heed's back.
func (e *Env) Tamper(t testing.TB, q string, args ...any) {
	t.Helper()
	res, err := e.Raw(t).ExecContext(t.Context(), q, args...)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := res.RowsAffected(); n != 1 {
		t.Fatalf("%s: %d rows were changed on %s, want 1", q, n, e.DB.Dialect())
	}
}
