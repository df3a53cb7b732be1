package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that makes and drops databases

	"heed/kernel/clock"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Start is the instant at which every test's clock begins.
var start = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// Start is the instant at which every test's clock begins: Monday
// 23 November 2026, 09:00 UTC.
func Start() time.Time { return start }

// Env is a database for one test.
type Env struct {
	DB    *store.DB
	Clock *clock.Manual
	Shelf *policy.Shelf
	DSN   string
}

// Each runs fn once per engine, as parallel subtests named after the engine.
func Each(t *testing.T, modules []store.Module, fn func(t *testing.T, e *Env)) {
	t.Helper()
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			fn(t, Open(t, d, modules))
		})
	}
}

// Open returns a migrated database on one engine.
func Open(t testing.TB, d store.Dialect, modules []store.Module) *Env {
	t.Helper()
	e := &Env{Clock: clock.NewManual(start), Shelf: &policy.Shelf{}, DSN: DSN(t, d)}
	db, err := store.Open(t.Context(), store.Config{DSN: e.DSN, Clock: e.Clock, Shelf: e.Shelf, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context(), modules); err != nil {
		t.Fatal(err)
	}
	e.DB = db
	return e
}

// DSN returns the address of a new, empty database.
func DSN(t testing.TB, d store.Dialect) string {
	t.Helper()
	if d == store.SQLite {
		return "sqlite:" + filepath.Join(t.TempDir(), "heed.db")
	}
	admin := os.Getenv("HEED_TEST_PG")
	if admin == "" {
		t.Fatal(`HEED_TEST_PG is not set: run the tests with make, or first: export HEED_TEST_PG=$(scripts/postgres start)`)
	}
	var raw [6]byte
	_, _ = rand.Read(raw[:])
	name := "heed_" + hex.EncodeToString(raw[:])
	do(t, admin, "CREATE DATABASE "+name)
	t.Cleanup(func() { do(t, admin, "DROP DATABASE "+name+" WITH (FORCE)") })
	u, err := url.Parse(admin)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func do(t testing.TB, dsn, q string) {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(context.Background(), q); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
}
