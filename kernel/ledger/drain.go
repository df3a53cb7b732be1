package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"heed/kernel/ledger/journal"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// line is a record as the journal keeps it.
type line struct {
	Record
	Nonce  []byte `json:"nonce"`
	Commit []byte `json:"commit"`
}

// recordReads keeps the records of a read in the journal; they are durable when
// it returns.
func (l *Ledger) recordReads(ctx context.Context, at time.Time, proofs []policy.Proof) error {
	records := l.records(at, proofs)
	lines := make([]journal.Line, len(records))
	for i, r := range records {
		text, err := json.Marshal(line{Record: r, Nonce: r.nonce, Commit: r.commit})
		if err != nil {
			return err
		}
		lines[i] = journal.Line{ID: r.ID, Record: text}
	}
	if err := l.journal.Add(ctx, lines); err != nil {
		return err
	}
	l.wake()
	return nil
}

// Drain moves what waits in the journal into the ledger. Pages that show the
// ledger call it first, so that what somebody did a moment ago is there.
func (l *Ledger) Drain(ctx context.Context) error {
	for l.journal != nil {
		lines, err := l.journal.Oldest(ctx, batch)
		if err != nil || len(lines) == 0 {
			return err
		}
		records := make([]Record, len(lines))
		for i, w := range lines {
			var r line
			if err := json.Unmarshal(w.Record, &r); err != nil {
				return fmt.Errorf("line %d of the ledger's journal: %w", w.ID, err)
			}
			r.nonce, r.commit = r.Nonce, r.Commit
			records[i] = r.Record
		}
		err = l.db.Write(ctx, sequencer(), policy.Operate, func(tx *store.Tx) error {
			return l.insert(ctx, tx, moveRecords, records)
		})
		if err != nil {
			return err
		}
		if err := l.journal.Remove(ctx, lines); err != nil || len(lines) < batch {
			return err
		}
	}
	return nil
}
