package ledger

import (
	"bytes"
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// Report is the outcome of Verify.
type Report struct {
	Records     int64    // in the tree
	Waiting     int64    // written, not yet in the tree
	Erased      int64    // whose content was erased; their commitments count
	Checkpoints int      // whose signature and root were checked
	Problems    []string // empty when everything holds; each names a record or checkpoint
}

// OK reports that nothing was found.
func (r Report) OK() bool { return len(r.Problems) == 0 }

const maxProblems = 20

func (r *Report) add(format string, args ...any) {
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// frontier holds the roots of the full subtrees left of the next leaf, largest
// first: all that is needed to know the root at any size.
type frontier struct {
	nodes []tlog.Hash
	size  int64
}

func (f *frontier) append(leaf tlog.Hash) {
	f.nodes = append(f.nodes, leaf)
	f.size++
	for n := f.size; n&1 == 0; n >>= 1 {
		last := len(f.nodes) - 1
		f.nodes[last-1] = tlog.NodeHash(f.nodes[last-1], f.nodes[last])
		f.nodes = f.nodes[:last]
	}
}

func (f *frontier) root() tlog.Hash {
	h := f.nodes[len(f.nodes)-1]
	for i := len(f.nodes) - 2; i >= 0; i-- {
		h = tlog.NodeHash(f.nodes[i], h)
	}
	return h
}

// Verify rebuilds the tree from the records and compares it with the stored
// interior, and with every checkpoint's signed root. verifierKey is what
// VerifierKey returned, best brought from elsewhere. progress, which may be
// nil, is told how many records were checked.
func Verify(ctx context.Context, db *store.DB, verifierKey string, progress func(int64)) (Report, error) {
	if progress == nil {
		progress = func(int64) {}
	}
	var rep Report
	err := db.Read(ctx, policy.System("verify the ledger"), policy.Operate, func(tx *store.Tx) error {
		points, err := store.All[Checkpoint](ctx, tx, selectCheckpoints)
		if err != nil {
			return err
		}
		roots, err := rep.rebuild(ctx, tx, points, progress)
		if err != nil {
			return err
		}
		rep.compare(points, roots, verifierKey)
		if rep.Records > 0 {
			if stored, err := tlog.TreeHash(rep.Records, treeReader{ctx, tx, map[int64]tlog.Hash{}}); err != nil || stored != roots[rep.Records] {
				rep.add("the stored tree of %d records does not match the records", rep.Records)
			}
		}
		return rep.waiting(ctx, tx)
	})
	return rep, err
}

// rebuild walks the records and returns the roots at the checkpoints' sizes
// and at the end.
func (r *Report) rebuild(ctx context.Context, tx *store.Tx, points []Checkpoint, progress func(int64)) (map[int64]tlog.Hash, error) {
	wanted := map[int64]bool{}
	for _, p := range points {
		wanted[p.Size] = true
	}
	roots := map[int64]tlog.Hash{}
	var f frontier
	for {
		page, err := store.All[Record](ctx, tx, selectSequenced, f.size, batch)
		if err != nil || len(page) == 0 {
			r.finish(&f, roots)
			return roots, err
		}
		for i := range page {
			rec := &page[i]
			rec.complete()
			if rec.Seq != f.size {
				r.add("record %d stands at place %d, but place %d is next: a record was removed", rec.ID, rec.Seq, f.size)
				r.finish(&f, roots)
				return roots, nil
			}
			r.check(rec)
			f.append(tlog.RecordHash(rec.commit))
			if wanted[f.size] {
				roots[f.size] = f.root()
			}
		}
		progress(f.size)
	}
}

func (r *Report) finish(f *frontier, roots map[int64]tlog.Hash) {
	if f.size > 0 {
		roots[f.size] = f.root()
	}
	r.Records = f.size
}

// check compares a record with its own commitment.
func (r *Report) check(rec *Record) {
	if len(rec.nonce) == 0 {
		r.Erased++
		return
	}
	if !bytes.Equal(rec.commitment(rec.nonce), rec.commit) {
		r.add("record %d (place %d, %s on %s %d) was changed after it was written", rec.ID, rec.Seq, rec.Action, rec.Kind, rec.Object)
	}
}

func (r *Report) compare(points []Checkpoint, roots map[int64]tlog.Hash, key string) {
	for _, p := range points {
		size, root, err := readCheckpoint(p.Note, key)
		switch {
		case err != nil:
			r.add("checkpoint at %d records: %v", p.Size, err)
		case size != p.Size || roots[size] != root:
			r.add("checkpoint at %d records: the records no longer give the tree that was signed", p.Size)
		default:
			r.Checkpoints++
		}
	}
}

func (r *Report) waiting(ctx context.Context, tx *store.Tx) error {
	last := int64(0)
	for {
		page, err := store.All[Record](ctx, tx, selectWaiting, last, batch)
		if err != nil || len(page) == 0 {
			return err
		}
		for i := range page {
			page[i].complete()
			r.check(&page[i])
			r.Waiting++
			last = page[i].ID
		}
	}
}
