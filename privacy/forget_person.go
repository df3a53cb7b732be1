package privacy

import (
	"context"
	"fmt"
	"slices"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/ticket"
)

// The kinds of erasures.
const (
	kindTicket = "ticket"
	kindPerson = "person"
)

// Person forgets somebody by their user name or mail address (LJMUH-18, -19,
// -24, CAB-21): their card, devices and keys, drafts, mails, and the tickets that
// concern nobody else. Of a ticket that concerns somebody else too, the words
// stay until its own time has come, and their name goes from it (LJMUH-20).
//
// A ticket that a notice promises to keep for a while stops the whole, with the
// day on which it may go: a person is not half forgotten. Keyed hashes stay of
// what would bring them back.
//
// reason is kept in the ledger; it must not name anybody.
func (f *Forget) Person(ctx context.Context, name, reason string) (Certificate, error) {
	if reason = text.CleanLine(reason, 200); reason == "" {
		return Certificate{}, errReason
	}
	var who directory.Person
	var marks [][]byte
	var own []ticket.Matter
	kept := 0
	err := f.DB.Read(ctx, forgetter(), policy.Operate, func(tx *store.Tx) (err error) {
		if who, err = f.People.Named(ctx, tx, name); err != nil {
			return err
		}
		if marks, err = f.People.Marks(ctx, tx, who.ID); err != nil {
			return err
		}
		all, err := f.Tickets.Matters(ctx, tx, who.ID)
		if err != nil {
			return err
		}
		own = slices.DeleteFunc(slices.Clone(all), func(m ticket.Matter) bool { return m.Shared })
		kept = len(all) - len(own)
		return f.mayGo(ctx, tx, own...)
	})
	if err != nil {
		return Certificate{}, err
	}
	es := make([]Erasure, 0, len(own)+1)
	for _, m := range own {
		es = append(es, Erasure{ID: f.Mint.Next(f.DB.Clock().Now()), Kind: kindTicket, Object: m.ID, Ref: m.Ref, Detail: reason})
	}
	last := Erasure{
		ID: f.Mint.Next(f.DB.Clock().Now()), Kind: kindPerson, Object: who.ID,
		Detail: fmt.Sprintf("%s; %s", reason, fates(len(own), kept)),
	}
	if err := f.note(ctx, marks, append(es, last)...); err != nil {
		return Certificate{}, err
	}
	cert := Certificate{Number: last.ID, Tickets: len(own), Kept: kept}
	for some := range slices.Chunk(append(es, last), batch) {
		parts, err := f.carryOut(ctx, some)
		if err != nil {
			return cert, err
		}
		for _, p := range parts {
			cert.Entries, cert.Files, cert.Rows, cert.Keys = cert.Entries+p.Entries, cert.Files+p.Files, cert.Rows+p.Rows, cert.Keys+p.Keys
		}
	}
	return cert, nil
}

// removePerson removes what is left of a person once their tickets are gone.
func (f *Forget) removePerson(ctx context.Context, tx *store.Tx, t *task) (keys []int64, err error) {
	detail := fmt.Sprintf("certificate %d: %s", t.ID, t.Detail)
	key, proof, err := f.People.Erase(ctx, tx, t.Object, detail)
	if fault.Is(err, fault.KindUnknown) { // restored from before they came
		return nil, f.People.Bury(ctx, tx, t.Object, t.marks, detail)
	}
	if err != nil {
		return nil, err
	}
	if err := f.Tickets.ErasePerson(ctx, tx, proof, t.Object); err != nil {
		return nil, err
	}
	keys = append(keys, key)
	for i, h := range f.Holders {
		more, rows, err := h.ErasePerson(ctx, tx, proof, t.Object, t.loose[i])
		if err != nil {
			return nil, err
		}
		keys, t.cert.Rows = append(keys, more...), t.cert.Rows+rows
	}
	return keys, nil
}
