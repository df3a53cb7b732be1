package store_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// box has a column of each type that a table may have.
type box struct {
	id      int64
	name    string
	raw     []byte
	fragile bool
	seen    *int64
}

func (p *box) Fields() []any { return []any{&p.id, &p.name, &p.raw, &p.fragile, &p.seen} }

var boxModule = store.Module{Name: "parcel", FS: fstest.MapFS{"migrations/0001_parcel.sql": {Data: []byte(
	`CREATE TABLE parcel (id BIGINT PRIMARY KEY, name TEXT NOT NULL, raw BYTEA NOT NULL, fragile BOOLEAN NOT NULL, seen BIGINT);
	 CREATE TABLE empty (id BIGINT PRIMARY KEY);`)}}}

func boxes(t *testing.T, db *store.DB) (out []box) {
	t.Helper()
	err := db.Read(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) (err error) {
		out, err = store.All[box](t.Context(), tx, `SELECT id, name, raw, fragile, seen FROM parcel ORDER BY id`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRowsMoveBetweenEnginesUnchanged(t *testing.T) {
	t.Parallel()
	for _, from := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run("from "+from.String(), func(t *testing.T) {
			t.Parallel()
			source := storetest.Open(t, from, []store.Module{boxModule}).DB
			err := source.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
				for i := range int64(700) { // more than one statement carries
					if _, err := store.Keep(t.Context(), tx, `INSERT INTO parcel (id, name, raw, fragile, seen) VALUES ($1, $2, $3, $4, $5)`,
						i, "Zoë \u202e✓", bytes.Repeat([]byte{0, 255, byte(i)}, int(i%5)), i%2 == 0, map[bool]any{true: i, false: nil}[i%3 == 0]); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			want := boxes(t, source)
			for _, to := range []store.Dialect{store.SQLite, store.Postgres} {
				target := storetest.Open(t, to, []store.Module{boxModule}).DB
				if err := store.Transfer(t.Context(), source, target); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, boxes(t, target), cmp.AllowUnexported(box{}), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("to %s: %s", to, diff)
				}
				if err := store.Transfer(t.Context(), source, target); fault.As(err).Key != "store.notempty" {
					t.Errorf("to %s: rows were added to a database that holds some: %v", to, err)
				}
			}
		})
	}
}

func TestACopyIsOneFileWithEveryRow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{boxModule}, func(t *testing.T, e *storetest.Env) {
		err := e.DB.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
			_, err := store.Keep(t.Context(), tx, `INSERT INTO parcel (id, name, raw, fragile) VALUES (1, 'a', $1, TRUE)`, []byte("b"))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "copy.db")
		if err := e.DB.CopyTo(t.Context(), file, []store.Module{boxModule}); err != nil {
			t.Fatal(err)
		}
		left, err := filepath.Glob(file + "-*")
		if err != nil {
			t.Fatal(err)
		}
		copied, err := store.Open(t.Context(), store.Config{DSN: "sqlite:" + file, NoIndex: true})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = copied.Close() }()
		if diff := cmp.Diff(boxes(t, e.DB), boxes(t, copied), cmp.AllowUnexported(box{}), cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
		for _, name := range left {
			if filepath.Ext(name) == ".db-wal" {
				t.Errorf("%s was left beside the copy", name)
			}
		}
		if err := e.DB.CopyTo(t.Context(), file, []store.Module{boxModule}); err == nil {
			t.Error("a copy was written over another one")
		}
	})
}
