package privacy

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/ticket"
)

// Holder is a slice that keeps something of a ticket or of a person besides
// packages ticket and directory. It removes its rows and says which data keys are
// to be destroyed. Both removals may run again and then find nothing.
type Holder interface {
	EraseTicket(ctx context.Context, tx *store.Tx, p policy.Proof, ticket int64) (keys []int64, rows int64, err error)
	// Loose finds what only the content ties to somebody with these marks; it
	// runs outside a transaction, and ErasePerson is given what it found.
	Loose(ctx context.Context, marks [][]byte) (rows []int64, err error)
	ErasePerson(ctx context.Context, tx *store.Tx, p policy.Proof, person int64, loose []int64) (keys []int64, rows int64, err error)
}

// Forget forgets. Fill the fields.
type Forget struct {
	DB      *store.DB
	Keys    *store.DB // the key store
	Vault   *seal.Vault
	Mint    *id.Mint
	People  *directory.Directory
	Tickets *ticket.Service
	Files   ticket.Files
	Holders []Holder
	Notices *Notices // says what must be kept for a while; nil keeps nothing
}

// Certificate says what was forgotten, without personal data. The same stands
// in the ledger.
type Certificate struct {
	Number  int64
	Ref     string // of a ticket; empty for a person
	Tickets int    // forgotten with a person
	Kept    int    // tickets that stay, since somebody else is concerned
	Entries int64
	Files   int64
	Rows    int64 // of other slices: mails
	Keys    int
}

// String is the certificate in a line.
func (c Certificate) String() string {
	if c.Ref != "" {
		return fmt.Sprintf("certificate %d: ticket %s forgotten: %d entries, %d files, %d data keys destroyed", c.Number, c.Ref, c.Entries, c.Files, c.Keys)
	}
	return fmt.Sprintf("certificate %d: a person forgotten, %s: %d entries, %d files, %d mails, %d data keys destroyed",
		c.Number, fates(c.Tickets, c.Kept), c.Entries, c.Files, c.Rows, c.Keys)
}

// fates says what became of somebody's tickets.
func fates(gone, kept int) string {
	return fmt.Sprintf("%d tickets with them; %d stay without their name, since they concern somebody else", gone, kept)
}

func forgetter() policy.Actor { return policy.System("forget") }

// errReason teaches what a reason is for.
var errReason = fault.Invalid("forget.reason", "say why, in a few words that name nobody; it stands in the certificate")

// Ticket forgets a ticket: rows, index, files and keys. reason is kept in the
// ledger; it must not name anybody. What a notice promises to keep for a while
// is refused with the day on which it may go (TMU-21).
func (f *Forget) Ticket(ctx context.Context, ref, reason string) (Certificate, error) {
	if reason = text.CleanLine(reason, 200); reason == "" {
		return Certificate{}, errReason
	}
	var m ticket.Matter
	err := f.DB.Read(ctx, forgetter(), policy.Operate, func(tx *store.Tx) (err error) {
		if m, err = f.Tickets.MatterOf(ctx, tx, ref); err != nil {
			return err
		}
		return f.mayGo(ctx, tx, m)
	})
	if err != nil {
		return Certificate{}, err
	}
	e := Erasure{ID: f.Mint.Next(f.DB.Clock().Now()), Kind: kindTicket, Object: m.ID, Ref: m.Ref, Detail: reason}
	if err := f.note(ctx, nil, e); err != nil {
		return Certificate{}, err
	}
	certs, err := f.carryOut(ctx, []Erasure{e})
	if err != nil {
		return Certificate{}, err
	}
	return certs[0], nil
}

// note writes erasures down, durable, before anything is removed.
func (f *Forget) note(ctx context.Context, marks [][]byte, es ...Erasure) error {
	return f.Keys.Write(ctx, forgetter(), policy.Operate, func(tx *store.Tx) error {
		for _, e := range es {
			if _, err := store.Keep(ctx, tx, insertErasure, e.ID, e.Kind, e.Object, e.Ref, e.Detail, tx.Millis()); err != nil {
				return err
			}
			for _, m := range marks {
				if e.Kind != kindPerson {
					continue
				}
				if _, err := store.Keep(ctx, tx, insertMark, e.ID, m); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// errKeysFirst rolls a removal back whose keys are not destroyed yet.
var errKeysFirst = errors.New("privacy: destroy the keys before the rows that name them")

// carryOut does what erasures say; a second time it finds nothing and is done.
//
// Keys go before the rows that name them. A process that dies in between finds
// the rows at its next start, and with them the keys; the other way round, a key
// would be left that nothing names, and old backups could be read for ever.
func (f *Forget) carryOut(ctx context.Context, es []Erasure) ([]Certificate, error) {
	tasks, err := f.tasks(ctx, es)
	if err != nil {
		return nil, err
	}
	gone := map[int64]bool{}
	for {
		fresh, err := f.remove(ctx, tasks, gone)
		if err == nil {
			break
		}
		if !errors.Is(err, errKeysFirst) {
			return nil, err
		}
		if err := f.destroy(ctx, fresh); err != nil {
			return nil, err
		}
		for _, k := range fresh {
			gone[k] = true
		}
	}
	if err := f.DB.Scrub(ctx); err != nil {
		return nil, err
	}
	certs := make([]Certificate, len(tasks))
	for i, t := range tasks {
		certs[i] = t.cert
	}
	return certs, f.finish(ctx, es)
}

// task is an erasure at work.
type task struct {
	Erasure
	marks  [][]byte
	loose  [][]int64 // by holder
	ticket ticket.Erasing
	cert   Certificate
}

// tasks fetches what a person's erasure needs besides the note of it.
func (f *Forget) tasks(ctx context.Context, es []Erasure) ([]task, error) {
	out := make([]task, len(es))
	for i, e := range es {
		out[i].Erasure = e
		if e.Kind != kindPerson {
			continue
		}
		err := f.Keys.Read(ctx, forgetter(), policy.Operate, func(tx *store.Tx) error {
			rows, err := store.All[store.Value[[]byte]](ctx, tx, selectMarks, e.ID)
			out[i].marks = nil
			for _, r := range rows {
				out[i].marks = append(out[i].marks, r.V)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, h := range f.Holders {
			loose, err := h.Loose(ctx, out[i].marks)
			if err != nil {
				return nil, err
			}
			out[i].loose = append(out[i].loose, loose)
		}
	}
	return out, nil
}

// remove removes the rows of all tasks in one transaction, if every key they
// name is gone already; otherwise it removes nothing, says which are not, and
// returns errKeysFirst.
func (f *Forget) remove(ctx context.Context, tasks []task, gone map[int64]bool) (fresh []int64, err error) {
	err = f.DB.Write(ctx, forgetter(), policy.Operate, func(tx *store.Tx) error {
		fresh = nil
		for i := range tasks {
			t := &tasks[i]
			t.cert, t.ticket = Certificate{Number: t.ID, Ref: t.Ref}, ticket.Erasing{}
			keys, err := f.removeAround(ctx, tx, t)
			if t.Kind == kindPerson {
				keys, err = f.removePerson(ctx, tx, t)
			}
			if err != nil {
				return fmt.Errorf("erasure %d: %w", t.ID, err)
			}
			t.cert.Keys = len(keys)
			for _, k := range keys {
				if !gone[k] && !slices.Contains(fresh, k) {
					fresh = append(fresh, k)
				}
			}
		}
		if len(fresh) > 0 {
			return errKeysFirst
		}
		return f.removeTickets(ctx, tx, tasks)
	})
	return fresh, err
}

// removeTickets removes the tickets themselves, when it is known that they may go: what
// takes long is to take their words out of the index. Until then they are there, also
// for what is removed of a person in the same transaction.
func (f *Forget) removeTickets(ctx context.Context, tx *store.Tx, tasks []task) error {
	for i := range tasks {
		t := &tasks[i]
		if t.ticket.ID == 0 {
			continue
		}
		was, err := f.Tickets.Erase(ctx, tx, t.ticket)
		if err != nil {
			return fmt.Errorf("erasure %d: %w", t.ID, err)
		}
		t.cert.Entries, t.cert.Files = was.Entries, was.Files
	}
	return nil
}

// removeAround removes what other slices hold of a ticket.
func (f *Forget) removeAround(ctx context.Context, tx *store.Tx, t *task) (keys []int64, err error) {
	if t.Kind != kindTicket {
		return nil, nil
	}
	t.ticket, err = f.Tickets.ToErase(ctx, tx, t.Ref, fmt.Sprintf("certificate %d: %s", t.ID, t.Detail))
	if fault.Is(err, fault.KindUnknown) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	keys = []int64{t.ticket.Key}
	for _, h := range f.Holders {
		more, rows, err := h.EraseTicket(ctx, tx, t.ticket.Proof, t.ticket.ID)
		if err != nil {
			return nil, err
		}
		keys, t.cert.Rows = append(keys, more...), t.cert.Rows+rows
	}
	return keys, nil
}

// destroy destroys data keys, and the files they seal.
func (f *Forget) destroy(ctx context.Context, keys []int64) error {
	if err := f.Vault.Destroy(ctx, keys...); err != nil {
		return err
	}
	for _, k := range keys {
		if err := f.Files.DeleteGroup(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

func (f *Forget) finish(ctx context.Context, es []Erasure) error {
	err := f.Keys.Write(ctx, forgetter(), policy.Operate, func(tx *store.Tx) error {
		for _, e := range es {
			if _, err := store.Keep(ctx, tx, finishErasure, e.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.Keys.Scrub(ctx)
}

// batch is how many erasures share a transaction.
const batch = 100

// Replay carries out erasures again: all of them after a restore, otherwise
// only those that a crash left unfinished. It returns how many.
func (f *Forget) Replay(ctx context.Context, all bool) (int, error) {
	last, n := int64(0), 0
	for {
		var page []Erasure
		err := f.Keys.Read(ctx, forgetter(), policy.Operate, func(tx *store.Tx) (err error) {
			page, err = store.All[Erasure](ctx, tx, selectErasures, last, batch)
			return err
		})
		if err != nil || len(page) == 0 {
			return n, err
		}
		last = page[len(page)-1].ID
		todo := slices.DeleteFunc(page, func(e Erasure) bool { return e.Done && !all })
		if len(todo) == 0 {
			continue
		}
		if _, err := f.carryOut(ctx, todo); err != nil {
			return n, err
		}
		n += len(todo)
	}
}
