package directory

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"heed/directory/feed"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Import is one run of a feed of people.
type Import struct {
	Map       *feed.Map
	File      io.ReadSeeker
	DryRun    bool           // say what would happen, and write nothing
	CloseMany bool           // close the accounts of more people than the map's close_at_most allows
	Progress  func(rows int) // told now and then; may be nil
}

// Sizes of what is read and written at once.
const (
	readBatch  = 500
	writeBatch = 200
)

// Import brings the directory to the state of a feed's file. It reads the file
// first to find everything that is wrong with it, and then, if there is something
// to write, once more, so that a file with one broken row changes nothing. Rows whose keyed hash has not
// changed cost no write. The report is filled in as far as the run came, also
// when an error is returned: a fault of kind Invalid for the file, Conflict for
// more closures than the map allows.
func (d *Directory) Import(ctx context.Context, in Import) (Report, error) {
	r := &importRun{d: d, in: in, holds: map[holding]bool{}}
	r.report.Source, r.report.DryRun = in.Map.Source, in.DryRun
	if err := r.prepare(ctx); err != nil {
		return r.report, err
	}
	before, err := r.check(ctx)
	if err != nil {
		return r.report, err
	}
	if err := r.tooMany(); err != nil || in.DryRun {
		return r.report, err
	}
	after := before
	if r.report.writes() { // and whoever is missing must be missing twice
		if after, err = r.carryOut(ctx); err != nil {
			return r.report, err
		}
	}
	if before != after {
		return r.report, fault.Conflict("feed.moved", "the file changed while it was read; nobody was closed. Run the import again when the export has finished")
	}
	return r.report, r.finish(ctx)
}

// importRun is an import while it runs.
type importRun struct {
	d      *Directory
	in     Import
	report Report

	desk   Controller
	zone   *time.Location
	serves map[int64]bool          // controllers whose people the desk serves
	orgs   map[string]Organisation // of this desk, by code
	others map[string]bool         // codes of organisations that another desk serves

	holds map[holding]bool // what notices name, as far as it was asked

	keys  hashSet // of all rows
	users hashSet // user names of all rows, while they are checked
	own   int     // open accounts of this feed before the run
}

// holding is a kind of value of the people of a controller.
type holding struct {
	controller int64
	kind       Kind
}

// feeder is the actor of a feed.
func feeder() policy.Actor { return policy.System("carry out a feed of people") }

// prepare finds the desk and its organisations.
func (r *importRun) prepare(ctx context.Context) error {
	return r.d.DB.Read(ctx, feeder(), policy.Accounts, func(tx *store.Tx) error {
		cs, err := r.d.Controllers(ctx, tx)
		if err != nil {
			return err
		}
		r.serves = map[int64]bool{}
		for _, c := range cs {
			if c.Code == r.in.Map.Desk {
				r.desk = c
			}
		}
		if r.desk.ID == 0 {
			return fault.Invalid("feed.desk", "the map is for the desk %q, and there is no controller of that code here", r.in.Map.Desk)
		}
		if r.zone, err = clock.Zone(r.desk.Zone); err != nil {
			return err
		}
		for _, c := range cs {
			r.serves[c.ID] = c.ID == r.desk.ID || c.DeskID == r.desk.ID
		}
		orgs, err := store.All[Organisation](ctx, tx, selectOrganisations)
		r.orgs, r.others = map[string]Organisation{}, map[string]bool{}
		for _, o := range orgs {
			if r.serves[o.Controller] {
				r.orgs[o.Code] = o
			} else {
				r.others[o.Code] = true
			}
		}
		return err
	})
}

// read goes through the file once and hands batches to fn; it returns the digest
// of what it read.
func (r *importRun) read(batch int, bad func(feed.Problem), fn func([]feed.Record) error) (string, error) {
	if _, err := r.in.File.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("the file cannot be read from its start: %w", err)
	}
	sum := sha256.New()
	rd, problems := feed.NewReader(io.TeeReader(r.in.File, sum), r.in.Map)
	for _, p := range problems {
		bad(p)
	}
	if rd == nil || len(problems) > 0 {
		return "", nil
	}
	r.report.Dropped = rd.Dropped()
	pending, rows := make([]feed.Record, 0, batch), 0
	for rec, problems := range rd.Rows() {
		for _, p := range problems {
			bad(p)
		}
		if rows++; rows%10_000 == 0 && r.in.Progress != nil {
			r.in.Progress(rows)
		}
		if len(problems) > 0 {
			continue
		}
		if pending = append(pending, rec); len(pending) < batch {
			continue
		}
		if err := fn(pending); err != nil {
			return "", err
		}
		pending = pending[:0]
	}
	r.report.Rows = rows
	if err := fn(pending); err != nil {
		return "", err
	}
	return digest(sum), nil
}

func digest(h hash.Hash) string { return string(h.Sum(nil)) }

// check reads the whole file, compares it with the directory and counts what
// would happen.
func (r *importRun) check(ctx context.Context) (string, error) {
	sum, err := r.read(readBatch, r.report.bad, func(recs []feed.Record) error {
		return r.d.DB.Read(ctx, feeder(), policy.Accounts, func(tx *store.Tx) error { return r.compare(ctx, tx, recs) })
	})
	r.users = hashSet{}
	if err != nil {
		return "", err
	}
	if n := len(r.report.Problems) + r.report.MoreProblems; n > 0 {
		return "", fault.Invalid("feed.broken", "nothing was changed, since the file has problems (%d); mend the lines named above and run it again", n)
	}
	if r.in.Map.Missing == feed.MissingClose {
		err = r.eachMissing(ctx, func(ids []int64) error { r.report.Missing += len(ids); return nil })
	}
	return sum, err
}

// tooMany keeps a file that was cut off from closing half a university.
func (r *importRun) tooMany() error {
	most := r.own * r.in.Map.CloseAtMost / 100
	if r.in.CloseMany || r.report.Missing <= max(most, 20) {
		return nil
	}
	return fault.Conflict("feed.many", "%d of the %d people of this feed are not in the file, more than the %d per cent that one run may close; nothing was changed. Look whether the file is whole; if it is, run again with --close-many",
		r.report.Missing, r.own, r.in.Map.CloseAtMost)
}

// carryOut reads the file again and writes what has changed.
func (r *importRun) carryOut(ctx context.Context) (string, error) {
	var todo []feed.Record
	flush := func() error {
		if len(todo) == 0 {
			return nil
		}
		err := r.d.DB.Write(ctx, feeder(), policy.Accounts, func(tx *store.Tx) error { return r.write(ctx, tx, todo) })
		todo = todo[:0]
		return err
	}
	moved := errors.New("the file changed while it was read")
	sum, err := r.read(readBatch, func(feed.Problem) {}, func(recs []feed.Record) error {
		var plans []plan
		err := r.d.DB.Read(ctx, feeder(), policy.Accounts, func(tx *store.Tx) (err error) {
			plans, err = r.plans(ctx, tx, recs)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range plans {
			if !r.keys.has(p.key) {
				return fault.Conflict("feed.moved", "the file changed while it was read; run the import again when the export has finished").Because(moved)
			}
			if !p.writes() {
				continue
			}
			if todo = append(todo, p.rec); len(todo) >= writeBatch {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return sum, flush()
}

// eachMissing hands over the people of this feed with an open account whom the
// file does not have, in batches.
func (r *importRun) eachMissing(ctx context.Context, fn func([]int64) error) error {
	last := int64(0)
	r.own = 0
	for {
		var page []keyRow
		err := r.d.DB.Read(ctx, feeder(), policy.Accounts, func(tx *store.Tx) (err error) {
			page, err = store.All[keyRow](ctx, tx, selectOfFeed, r.in.Map.Source, last, 2*readBatch)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		var missing []int64
		for _, p := range page {
			last = p.id
			if !r.keys.has(hash16(p.key)) {
				missing = append(missing, p.id)
			}
		}
		r.own += len(page)
		if err := fn(missing); err != nil {
			return err
		}
	}
}

// finish closes whom the file lacks and notes the run.
func (r *importRun) finish(ctx context.Context) error {
	if r.in.Map.Missing == feed.MissingClose && r.report.Missing > 0 {
		err := r.eachMissing(ctx, func(ids []int64) error {
			return r.d.DB.Write(ctx, feeder(), policy.Accounts, func(tx *store.Tx) error { return r.closeAll(ctx, tx, ids) })
		})
		if err != nil {
			return err
		}
	}
	return r.d.DB.Write(ctx, feeder(), policy.Accounts, func(tx *store.Tx) error {
		_, err := store.Keep(ctx, tx, upsertRun, r.in.Map.Source, tx.Millis(), r.report.Rows)
		return err
	})
}

func (r *importRun) closeAll(ctx context.Context, tx *store.Tx, people []int64) error {
	rows, err := r.d.rows(ctx, tx, people)
	if err != nil {
		return err
	}
	for _, p := range rows {
		if err := r.d.closeAs(ctx, tx, p.Person, "feed "+r.in.Map.Source); err != nil {
			return err
		}
	}
	return nil
}
