package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

const schema = `CREATE TABLE parcel (
	id BIGINT PRIMARY KEY,
	owner_id BIGINT NOT NULL DEFAULT 0,
	label TEXT NOT NULL,
	heavy BOOLEAN NOT NULL DEFAULT FALSE,
	blob BYTEA
);`

func modules() []store.Module {
	return []store.Module{{Name: "parcel", FS: fstest.MapFS{"migrations/0001_parcel.sql": {Data: []byte(schema)}}}}
}

type parcel struct {
	id    int64
	label string
	heavy bool
}

func (p *parcel) Fields() []any { return []any{&p.id, &p.label, &p.heavy} }

const (
	insertParcel  = `INSERT INTO parcel (id, owner_id, label, heavy) VALUES ($1, $2, $3, $4)`
	selectParcels = `SELECT id, label, heavy FROM parcel WHERE {scope} ORDER BY id`
)

var boss = policy.System("test")

func put(t *testing.T, db *store.DB, id int64, label string) error {
	t.Helper()
	return db.Write(t.Context(), boss, policy.Operate, func(tx *store.Tx) error {
		_, err := store.Keep(t.Context(), tx, insertParcel, id, id%3, label, id%2 == 0)
		return err
	})
}

func list(t *testing.T, db *store.DB, cond policy.SQL) []parcel {
	t.Helper()
	var out []parcel
	err := db.Read(t.Context(), boss, policy.Operate, func(tx *store.Tx) error {
		q, args := store.Splice(selectParcels, nil, store.Part{Name: "scope", SQL: cond})
		var err error
		out, err = store.All[parcel](t.Context(), tx, q, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWritersThatComeTogetherAllSucceedAndFailAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, modules(), func(t *testing.T, e *storetest.Env) {
		const n = 60
		errs := make([]error, n)
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				errs[i] = e.DB.Write(t.Context(), boss, policy.Operate, func(tx *store.Tx) error {
					if _, err := store.Keep(t.Context(), tx, insertParcel, i+1, i, fmt.Sprint(i), true); err != nil {
						return err
					}
					switch i % 3 {
					case 1:
						return fault.Invalid("test", "this one is refused")
					case 2:
						panic("this one breaks")
					}
					return nil
				})
			})
		}
		wg.Wait()
		kept := list(t, e.DB, policy.If(true))
		if len(kept) != n/3 {
			t.Errorf("kept %d rows, want %d: a neighbour's failure must not undo or keep another's work", len(kept), n/3)
		}
		for i, err := range errs {
			if (err == nil) != (i%3 == 0) {
				t.Errorf("writer %d: %v", i, err)
			}
		}
	})
}

func TestConstraintsBecomeFaults(t *testing.T) {
	t.Parallel()
	storetest.Each(t, modules(), func(t *testing.T, e *storetest.Env) {
		if err := put(t, e.DB, 1, "a"); err != nil {
			t.Fatal(err)
		}
		err := put(t, e.DB, 1, "b")
		if !fault.Is(err, fault.KindConflict) || !errors.Is(err, store.ErrUnique) {
			t.Errorf("a second row with the key: %v", err)
		}
	})
}

func TestScopesAreSplicedWithTheirArguments(t *testing.T) {
	t.Parallel()
	storetest.Each(t, modules(), func(t *testing.T, e *storetest.Env) {
		for i := range int64(9) {
			if err := put(t, e.DB, i+1, "x"); err != nil {
				t.Fatal(err)
			}
		}
		cond := policy.Any(policy.In("owner_id", []int64{1}), policy.All(policy.Equal("heavy", true), policy.Not(policy.Equal("owner_id", 2))))
		got := len(list(t, e.DB, cond))
		if want := 4; got != want { // owner 1: 1, 4, 7; heavy and not owner 2: 4, 6
			t.Errorf("got %d rows, want %d", got, want)
		}
		if n := len(list(t, e.DB, policy.Scope[parcel]{}.SQL())); n != 0 {
			t.Errorf("the zero Scope let in %d rows", n)
		}
	})
}

func TestWithoutActorPurposeOrProofNothingHappens(t *testing.T) {
	t.Parallel()
	storetest.Each(t, modules(), func(t *testing.T, e *storetest.Env) {
		never := func(*store.Tx) error { t.Error("fn ran"); return nil }
		if err := e.DB.Read(t.Context(), policy.Actor{}, policy.Resolve, never); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("zero actor: %v", err)
		}
		if err := e.DB.Write(t.Context(), boss, "curiosity", never); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("TMU-15: an undeclared purpose: %v", err)
		}
		err := e.DB.Write(t.Context(), boss, policy.Operate, func(tx *store.Tx) error {
			_, err := store.Exec(t.Context(), tx, policy.Proof{}, insertParcel, 5, 0, "x", false)
			return err
		})
		if err == nil || len(list(t, e.DB, policy.If(true))) != 0 {
			t.Errorf("a write without a proof: %v", err)
		}
		err = e.DB.Read(t.Context(), boss, policy.Operate, func(tx *store.Tx) error {
			_, err := store.Keep(t.Context(), tx, insertParcel, 6, 0, "x", false)
			return err
		})
		if err == nil {
			t.Error("a write inside Read went through")
		}
	})
}

func TestACancelledWriterDoesNotHarmItsNeighbours(t *testing.T) {
	t.Parallel()
	storetest.Each(t, modules(), func(t *testing.T, e *storetest.Env) {
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			_ = e.DB.Write(ctx, boss, policy.Operate, func(tx *store.Tx) error {
				cancel()
				_, err := store.Keep(ctx, tx, insertParcel, 100, 0, "cancelled", false)
				return err
			})
		})
		for i := range int64(20) {
			wg.Go(func() {
				if err := put(t, e.DB, i+1, "n"); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := len(list(t, e.DB, policy.Not(policy.Equal("id", 100)))); got != 20 {
			t.Errorf("kept %d of 20 neighbours", got)
		}
	})
}

func TestMigrateRefusesANewerAndAnEditedDatabase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, modules(), func(t *testing.T, e *storetest.Env) {
		if err := e.DB.Migrate(t.Context(), modules()); err != nil {
			t.Fatalf("a second run: %v", err)
		}
		edited := []store.Module{{Name: "parcel", FS: fstest.MapFS{"migrations/0001_parcel.sql": {Data: []byte(schema + " ")}}}}
		if err := e.DB.Migrate(t.Context(), edited); !fault.Is(err, fault.KindConflict) {
			t.Errorf("edited: %v", err)
		}
		if err := e.DB.Migrate(t.Context(), []store.Module{}); !fault.Is(err, fault.KindConflict) {
			t.Errorf("newer: %v", err)
		}
		broken := append(modules(), store.Module{Name: "late", FS: fstest.MapFS{"migrations/0001_x.sql": {Data: []byte("CREATE TABLE a (id BIGINT PRIMARY KEY); CREATE TABLE a (id BIGINT PRIMARY KEY);")}}})
		if err := e.DB.Migrate(t.Context(), broken); err == nil {
			t.Error("a broken migration went through")
		}
		good := append(modules(), store.Module{Name: "late", FS: fstest.MapFS{"migrations/0001_x.sql": {Data: []byte("CREATE TABLE a (id BIGINT PRIMARY KEY);")}}})
		if err := e.DB.Migrate(t.Context(), good); err != nil {
			t.Errorf("half of the broken migration was kept: %v", err)
		}
	})
}
