package store_test

import (
	"testing"
	"time"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

func TestAMemoIsReadAgainWhenItIsOldOrChanged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{boxModule}, func(t *testing.T, e *storetest.Env) {
		var m store.Memo[int64]
		reads := 0
		get := func(tx *store.Tx) (n int64) {
			t.Helper()
			n, err := m.Get(tx, func() (int64, error) {
				reads++
				row, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM parcel")
				return row.V, err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		see := func(want int64, wantReads int, when string) {
			t.Helper()
			err := e.DB.Read(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
				if n := get(tx); n != want || reads != wantReads {
					t.Errorf("%s: %d after %d readings, want %d after %d", when, n, reads, want, wantReads)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		add := func(id int64, fail error) {
			err := e.DB.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
				m.Changed(tx)
				if _, err := store.Keep(t.Context(), tx, "INSERT INTO parcel (id, name, raw, fragile) VALUES ($1, 'a', $2, TRUE)", id, []byte{}); err != nil {
					return err
				}
				if n := get(tx); n != id {
					t.Errorf("who changes it sees %d, want its own %d", n, id)
				}
				return fail
			})
			if (err == nil) != (fail == nil) {
				t.Fatal(err)
			}
		}
		see(0, 1, "at first")
		see(0, 1, "a moment later")
		add(1, nil)
		see(1, 3, "after a change")
		add(2, fault.Busy("t", "rolled back"))
		see(1, 4, "after a change that was rolled back")
		e.Clock.Advance(3 * time.Second)
		see(1, 5, "when it is old")
	})
}
