package e2e

import (
	"testing"

	"heed/kernel/store"
)

// The maintained counts say what counting would, before and after folding.
func TestCountsAreWhatCountingSays(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 48)
		check := func(when string) {
			t.Helper()
			d.read(func(tx *store.Tx) error {
				wrong, err := store.One[store.Value[int64]](t.Context(), tx, `SELECT count(*) FROM (
					SELECT controller_id, team_id, assignee_id, state, sum(n) AS n FROM (
						SELECT controller_id, team_id, assignee_id, state, n FROM ticket_tally
						UNION ALL SELECT controller_id, team_id, assignee_id, state, -1 FROM ticket) x
					GROUP BY controller_id, team_id, assignee_id, state) y WHERE n <> 0`)
				if err == nil && wrong.V != 0 {
					t.Errorf("%s: %d places count wrongly", when, wrong.V)
				}
				return err
			})
		}
		check("as written")
		before := d.tallies()
		if err := d.Tickets.FoldTally(t.Context()); err != nil {
			t.Fatal(err)
		}
		check("folded")
		if after := d.tallies(); before > 200 && after >= before {
			t.Errorf("folding left %d of %d rows", after, before)
		}
	})
}

// tallies is how many rows the counts take.
func (d *desk) tallies() int64 {
	d.t.Helper()
	var n int64
	d.read(func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](d.t.Context(), tx, "SELECT count(*) FROM ticket_tally")
		n = row.V
		return err
	})
	return n
}
