package privacy

import (
	"context"
	"fmt"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/ticket"
)

// Holder is a slice that keeps something of a ticket besides package ticket. It
// removes its rows and says which data keys are to be destroyed.
type Holder interface {
	EraseTicket(ctx context.Context, tx *store.Tx, p policy.Proof, ticket int64) (keys []int64, rows int64, err error)
}

// Forget forgets. Fill the fields.
type Forget struct {
	DB      *store.DB
	Keys    *store.DB // the key store
	Vault   *seal.Vault
	Mint    *id.Mint
	Tickets *ticket.Service
	Files   ticket.Files
	Holders []Holder
}

// Certificate says what was forgotten, without personal data. The same stands
// in the ledger.
type Certificate struct {
	Number  int64
	Ref     string
	Entries int64
	Files   int64
	Keys    int
}

// String is the certificate in a line.
func (c Certificate) String() string {
	return fmt.Sprintf("certificate %d: ticket %s forgotten: %d entries, %d files, %d data keys destroyed", c.Number, c.Ref, c.Entries, c.Files, c.Keys)
}

func forgetter() policy.Actor { return policy.System("forget") }

// Ticket forgets a ticket: rows, index, files and keys. reason is kept in the
// ledger; it must not name anybody.
func (f *Forget) Ticket(ctx context.Context, ref, reason string) (Certificate, error) {
	reason = text.CleanLine(reason, 200)
	if reason == "" {
		return Certificate{}, fault.Invalid("forget.reason", "say why, in a few words that name nobody; it stands in the certificate")
	}
	t, err := f.find(ctx, ref)
	if err != nil {
		return Certificate{}, err
	}
	e := Erasure{ID: f.Mint.Next(f.DB.Clock().Now()), Kind: "ticket", Object: t, Ref: ref, Detail: reason}
	err = f.Keys.Write(ctx, forgetter(), policy.Operate, func(tx *store.Tx) error {
		_, err := store.Keep(ctx, tx, insertErasure, e.ID, e.Kind, e.Object, e.Ref, e.Detail, tx.Millis())
		return err
	})
	if err != nil {
		return Certificate{}, err
	}
	return f.carryOut(ctx, e)
}

func (f *Forget) find(ctx context.Context, ref string) (int64, error) {
	var found int64
	err := f.DB.Read(ctx, forgetter(), policy.Operate, func(tx *store.Tx) error {
		t, _, err := f.Tickets.Find(ctx, tx, ref)
		found = t.ID
		return err
	})
	return found, err
}

// carryOut does what an erasure says; a second time it finds nothing and is done.
func (f *Forget) carryOut(ctx context.Context, e Erasure) (Certificate, error) {
	cert := Certificate{Number: e.ID, Ref: e.Ref}
	var keys []int64
	err := f.DB.Write(ctx, forgetter(), policy.Operate, func(tx *store.Tx) error {
		keys = nil
		gone, proof, err := f.Tickets.Erase(ctx, tx, e.Ref, fmt.Sprintf("certificate %d: %s", e.ID, e.Detail))
		if fault.Is(err, fault.KindUnknown) {
			return nil
		}
		if err != nil {
			return err
		}
		keys, cert.Entries, cert.Files = gone.Keys, gone.Entries, gone.Files
		for _, h := range f.Holders {
			more, _, err := h.EraseTicket(ctx, tx, proof, gone.ID)
			if err != nil {
				return err
			}
			keys = append(keys, more...)
		}
		return nil
	})
	if err != nil {
		return cert, err
	}
	cert.Keys = len(keys)
	for _, k := range keys {
		if err := f.Files.DeleteGroup(ctx, k); err != nil {
			return cert, err
		}
	}
	if len(keys) > 0 {
		if err := f.Vault.Destroy(ctx, keys...); err != nil {
			return cert, err
		}
	}
	if err := f.DB.Scrub(ctx); err != nil {
		return cert, err
	}
	return cert, f.finish(ctx, e)
}

func (f *Forget) finish(ctx context.Context, e Erasure) error {
	err := f.Keys.Write(ctx, forgetter(), policy.Operate, func(tx *store.Tx) error {
		_, err := store.Keep(ctx, tx, finishErasure, e.ID)
		return err
	})
	if err != nil {
		return err
	}
	return f.Keys.Scrub(ctx)
}

// Replay carries out erasures again: all of them after a restore, otherwise
// only those that a crash left unfinished. It returns how many.
func (f *Forget) Replay(ctx context.Context, all bool) (int, error) {
	last, n := int64(0), 0
	for {
		var page []Erasure
		err := f.Keys.Read(ctx, forgetter(), policy.Operate, func(tx *store.Tx) (err error) {
			page, err = store.All[Erasure](ctx, tx, selectErasures, last, 100)
			return err
		})
		if err != nil || len(page) == 0 {
			return n, err
		}
		for _, e := range page {
			last = e.ID
			if e.Done && !all {
				continue
			}
			if _, err := f.carryOut(ctx, e); err != nil {
				return n, fmt.Errorf("erasure %d: %w", e.ID, err)
			}
			n++
		}
	}
}
