package ledger

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// batch bounds one transaction of the sequencer.
const batch = 500

func sequencer() policy.Actor { return policy.System("sequence the ledger") }

// Sequence gives waiting records their places in the tree, in one or more
// transactions, and returns how many. One sequencer runs at a time; a second
// one loses its transaction and harms nothing.
func (l *Ledger) Sequence(ctx context.Context) (int, error) {
	if err := l.Drain(ctx); err != nil {
		return 0, err
	}
	total := 0
	for {
		var n int
		err := l.db.Write(ctx, sequencer(), policy.Operate, func(tx *store.Tx) error {
			var err error
			n, err = l.sequenceBatch(ctx, tx)
			return err
		})
		total += n
		if err != nil || n < batch {
			return total, err
		}
	}
}

func (l *Ledger) sequenceBatch(ctx context.Context, tx *store.Tx) (int, error) {
	waiting, err := store.All[Record](ctx, tx, selectWaiting, 0, batch)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	size, err := store.One[store.Value[int64]](ctx, tx, selectSize)
	if err != nil {
		return 0, err
	}
	tree := treeReader{ctx: ctx, tx: tx, memo: map[int64]tlog.Hash{}}
	var places, nodes pairs
	for i := range waiting {
		seq := size.V + int64(i)
		hashes, err := tlog.StoredHashes(seq, waiting[i].commit, tree)
		if err != nil {
			return 0, err
		}
		at := tlog.StoredHashIndex(0, seq)
		for j, h := range hashes {
			tree.memo[at+int64(j)] = h
			nodes.add("(?, ?)", at+int64(j), h[:])
		}
		places.add("(CAST(? AS BIGINT), CAST(? AS BIGINT))", waiting[i].ID, seq)
	}
	if err := nodes.write(ctx, tx, insertHashes, "rows"); err != nil {
		return 0, err
	}
	return len(waiting), places.write(ctx, tx, updateSeqs, "places")
}

// pairs are rows of two values, written by one statement.
type pairs struct {
	texts []string
	args  []any
}

func (p *pairs) add(text string, a, b any) {
	p.texts = append(p.texts, text)
	p.args = append(p.args, a, b)
}

func (p *pairs) write(ctx context.Context, tx *store.Tx, stmt, part string) error {
	q, args := store.Splice(stmt, nil, store.Part{Name: part, SQL: policy.SQL{Text: strings.Join(p.texts, ", "), Args: p.args}})
	_, err := store.Keep(ctx, tx, q, args...)
	return err
}

// Checkpoint signs the tree as it stands and keeps the note. It returns the
// note; an empty ledger has none.
func (l *Ledger) Checkpoint(ctx context.Context) (Checkpoint, error) {
	var cp Checkpoint
	err := l.db.Write(ctx, sequencer(), policy.Operate, func(tx *store.Tx) error {
		size, err := store.One[store.Value[int64]](ctx, tx, selectSize)
		if err != nil || size.V == 0 {
			return err
		}
		root, err := tlog.TreeHash(size.V, treeReader{ctx: ctx, tx: tx, memo: map[int64]tlog.Hash{}})
		if err != nil {
			return err
		}
		text, err := l.key.sign(size.V, root)
		if err != nil {
			return err
		}
		cp = Checkpoint{Size: size.V, Millis: tx.Millis(), Note: text}
		_, err = store.Keep(ctx, tx, insertCheckpoint, cp.Size, cp.Millis, cp.Note)
		return err
	})
	return cp, err
}

// Last returns the newest checkpoint, false when there is none yet.
func Last(ctx context.Context, tx *store.Tx) (Checkpoint, bool, error) {
	cp, err := store.One[Checkpoint](ctx, tx, selectLastPoint)
	if errors.Is(err, store.ErrNone) {
		return Checkpoint{}, false, nil
	}
	return cp, err == nil, err
}

// VerifierKey is the public key of the checkpoints' signature, in the form of
// golang.org/x/mod/sumdb/note, for whoever verifies elsewhere.
func (l *Ledger) VerifierKey() string { return l.key.verifier }
