package ledger_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"heed/kernel/ledger"
	"heed/kernel/ledger/journal"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// withJournal gives a ledger a journal on the same engine.
func withJournal(t *testing.T, e *storetest.Env, l *ledger.Ledger) *journal.Journal {
	t.Helper()
	own := storetest.Open(t, e.DB.Dialect(), nil)
	j, err := journal.Open(t.Context(), own.DB)
	if err != nil {
		t.Fatal(err)
	}
	l.KeepReadsIn(j)
	return j
}

func ledgerPage(t *testing.T, e *storetest.Env) (out []ledger.Record) {
	t.Helper()
	err := e.DB.Read(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) (err error) {
		out, err = ledger.Page(t.Context(), tx, policy.If(true), ledger.Filter{}, 1<<62, 100)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReadsWaitInTheJournalUntilTheLedgerHasThem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module()}, func(t *testing.T, e *storetest.Env) {
		l := setup(t, e)
		j := withJournal(t, e, l)
		note(t, e, 0, 5)
		if got := ledgerPage(t, e); len(got) != 0 {
			t.Fatalf("%d records of reads went past the journal", len(got))
		}
		waiting, err := j.Oldest(t.Context(), 10)
		if err != nil || len(waiting) != 5 {
			t.Fatalf("%d lines wait, want 5: %v", len(waiting), err)
		}
		if _, err := l.Sequence(t.Context()); err != nil {
			t.Fatal(err)
		}
		if rep := mustVerify(t, e, l); !rep.OK() || rep.Records != 5 {
			t.Errorf("after sequencing: %+v", rep)
		}
		if waiting, err = j.Oldest(t.Context(), 10); err != nil || len(waiting) != 0 {
			t.Errorf("%d lines stayed in the journal: %v", len(waiting), err)
		}
	})
}

// A crash between moving lines and deleting them leaves them in both places.
func TestALineMovedTwiceIsOneRecord(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module()}, func(t *testing.T, e *storetest.Env) {
		l := setup(t, e)
		j := withJournal(t, e, l)
		note(t, e, 0, 3)
		lines, err := j.Oldest(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Sequence(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := j.Add(t.Context(), lines); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Sequence(t.Context()); err != nil {
			t.Fatal(err)
		}
		rep := mustVerify(t, e, l)
		if !rep.OK() || rep.Records != 3 || rep.Waiting != 0 {
			t.Errorf("got %+v, want the three records once", rep)
		}
		for _, r := range ledgerPage(t, e) {
			if r.Action != "box.open" || r.Why != "test" || r.Person != 77 {
				t.Errorf("a record lost something on its way: %+v", r)
			}
		}
	})
}

func TestWhatIsReadAheadIsRecordedWhenItSaysSo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module()}, func(t *testing.T, e *storetest.Env) {
		look := func(n int64) (record func() error, err error) {
			return e.DB.ReadAhead(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
				g, err := open.Check(tx, box{n})
				if err != nil {
					return err
				}
				return tx.Note(g.Proof)
			})
		}
		l := setup(t, e)
		j := withJournal(t, e, l)
		record, err := look(1)
		if err != nil || record() != nil || record() != nil {
			t.Fatalf("it could not be recorded: %v", err)
		}
		if waiting, err := j.Oldest(t.Context(), 10); err != nil || len(waiting) != 1 {
			t.Errorf("%d lines wait, want 1: %v", len(waiting), err)
		}
		full := errors.New("the disk is full")
		e.DB.SetReads(func(context.Context, time.Time, []policy.Proof) error { return full })
		if record, err = look(2); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := record(); !errors.Is(err, full) {
				t.Errorf("it was not record, and it says %v", err)
			}
		}
		no := errors.New("no")
		if record, err = e.DB.ReadAhead(t.Context(), policy.System("test"), policy.Operate, func(*store.Tx) error { return no }); record != nil || !errors.Is(err, no) {
			t.Errorf("a read that failed: %v", err)
		}
	})
}
