package ledger_test

import (
	"bytes"
	"strings"
	"testing"

	"heed/kernel/id"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

type box struct{ id int64 }

var boxes = policy.NewResource(policy.Shape[box]{
	Name: "box", Controller: func(box) int64 { return 1 }, ControllerColumn: "controller_id",
	Identify: func(b box) policy.Object { return policy.Object{Kind: "box", ID: b.id, Person: 77} },
})

var open = policy.NewAction("box.open", boxes)

func setup(t *testing.T, e *storetest.Env) *ledger.Ledger {
	t.Helper()
	l, err := ledger.New(e.DB, id.NewMint(0), bytes.Repeat([]byte{7}, 32), nil)
	if err != nil {
		t.Fatal(err)
	}
	e.DB.SetRecorder(l)
	return l
}

func note(t *testing.T, e *storetest.Env, from, to int64) {
	t.Helper()
	for i := from; i < to; i++ {
		err := e.DB.Read(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
			g, err := open.Check(tx, box{i})
			if err != nil {
				return err
			}
			return tx.Note(g.Proof)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func mustVerify(t *testing.T, e *storetest.Env, l *ledger.Ledger) ledger.Report {
	t.Helper()
	rep, err := ledger.Verify(t.Context(), e.DB, l.VerifierKey(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func TestEveryReadIsRecordedSequencedAndVerified(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module()}, func(t *testing.T, e *storetest.Env) {
		l := setup(t, e)
		for round := range int64(5) { // sizes that are and are not powers of two
			note(t, e, round*7, round*7+7)
			if _, err := l.Sequence(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		note(t, e, 100, 103)
		rep := mustVerify(t, e, l)
		if !rep.OK() || rep.Records != 35 || rep.Waiting != 3 || rep.Checkpoints != 5 {
			t.Errorf("got %+v", rep)
		}
	})
}

func TestAnyChangeOfARecordIsFoundAndNamed(t *testing.T) {
	t.Parallel()
	changes := map[string]string{
		"the actor":      `UPDATE ledger_record SET actor_id = actor_id + 1 WHERE seq = 4`,
		"the purpose":    `UPDATE ledger_record SET purpose = 'resolve' WHERE seq = 4`,
		"the instant":    `UPDATE ledger_record SET at = at + 1 WHERE seq = 4`,
		"the commitment": `UPDATE ledger_record SET commitment = (SELECT commitment FROM ledger_record WHERE seq = 5) WHERE seq = 4`,
	}
	for name, q := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, []store.Module{ledger.Module()}, func(t *testing.T, e *storetest.Env) {
				l := setup(t, e)
				note(t, e, 0, 9)
				if _, err := l.Sequence(t.Context()); err != nil {
					t.Fatal(err)
				}
				if _, err := l.Checkpoint(t.Context()); err != nil {
					t.Fatal(err)
				}
				e.Tamper(t, q)
				rep := mustVerify(t, e, l)
				if rep.OK() || !strings.Contains(strings.Join(rep.Problems, "\n"), "place 4") {
					t.Errorf("the change was not found or not named: %v", rep.Problems)
				}
			})
		})
	}
}

func TestARemovedRecordIsFound(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module()}, func(t *testing.T, e *storetest.Env) {
		l := setup(t, e)
		note(t, e, 0, 9)
		_, _ = l.Sequence(t.Context())
		e.Tamper(t, `DELETE FROM ledger_record WHERE seq = 3`)
		if rep := mustVerify(t, e, l); rep.OK() || !strings.Contains(rep.Problems[0], "place 3") {
			t.Errorf("got %v", rep.Problems)
		}
	})
}

func TestACheckpointOfAnotherKeyIsRefused(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.SQLite, []store.Module{ledger.Module()})
	l := setup(t, e)
	note(t, e, 0, 2)
	_, _ = l.Sequence(t.Context())
	_, _ = l.Checkpoint(t.Context())
	other, err := ledger.New(e.DB, id.NewMint(0), bytes.Repeat([]byte{8}, 32), nil)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := ledger.Verify(t.Context(), e.DB, other.VerifierKey(), nil)
	if err != nil || rep.OK() {
		t.Errorf("got %+v, %v", rep, err)
	}
}

func TestPagesFilterAndPage(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module()}, func(t *testing.T, e *storetest.Env) {
		setup(t, e)
		note(t, e, 0, 12)
		seen, before := 0, int64(1<<62)
		for {
			var page []ledger.Record
			err := e.DB.Read(t.Context(), policy.System("test"), policy.Oversight, func(tx *store.Tx) (err error) {
				page, err = ledger.Page(t.Context(), tx, policy.If(true), ledger.Filter{Person: 77}, before, 5)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			seen, before = seen+len(page), page[len(page)-1].ID
		}
		if seen != 12 {
			t.Errorf("paged over %d records, want 12", seen)
		}
	})
}
