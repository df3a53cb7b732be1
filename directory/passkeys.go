package directory

import (
	"context"
	"errors"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// Ceremonies are the two exchanges of WebAuthn. Package directory/passkey
// satisfies it; app lists it. options are for the browser, answer is what it
// sends back, state is kept between the two; all three are JSON. A record is
// what is kept of a passkey. An answer that does not verify is a fault of kind
// Unauthenticated.
type Ceremonies interface {
	BeginAdd(handle []byte, name, display string, records [][]byte) (options, state []byte, err error)
	FinishAdd(handle []byte, name string, state, answer []byte) (credential, record []byte, err error)
	BeginOpen() (options, state []byte, err error)
	FinishOpen(state, answer []byte, find func(credential, handle []byte) (record []byte, err error)) (credential, record []byte, err error)
}

// Passkey is one that a person has added.
type Passkey struct {
	ID    int64
	Name  string
	Added time.Time
	Used  time.Time // zero when it was not used yet
}

var errPasskey = fault.Unauthenticated("passkey.unknown", "this passkey is not known here; sign in with your password, and add it anew under your account")

// maxPasskeys is how many passkeys one person may have.
const maxPasskeys = 20

// keyHandle is how an authenticator knows a person. It tells nothing about them
// (WebAuthn Level 3 §14.6.1).
func (d *Directory) keyHandle(person int64) []byte {
	return d.Vault.Hash("passkey.handle", id.Text(person))
}

func (d *Directory) keyLookup(credential []byte) []byte {
	return d.Vault.Hash("passkey", string(credential))
}

func recordPlace(row int64) seal.Place { return seal.Place{Column: "passkey.record", Row: row} }
func namePlace(row int64) seal.Place   { return seal.Place{Column: "passkey.name", Row: row} }

// Passkeys lists a person's own passkeys, oldest first.
func (d *Directory) Passkeys(ctx context.Context, tx *store.Tx) ([]Passkey, error) {
	rows, err := store.All[passkeyRow](ctx, tx, listPasskeys, tx.Actor().PersonID())
	out := make([]Passkey, 0, len(rows))
	for _, r := range rows {
		k := Passkey{ID: r.id, Added: time.UnixMilli(r.made).UTC()}
		if r.used != 0 {
			k.Used = time.UnixMilli(r.used).UTC()
		}
		if k.Name, err = d.Vault.OpenText(ctx, namePlace(r.id), r.name); err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, err
}

// BeginPasskey starts adding a passkey and returns the options for the browser
// and the secret of the step.
func (d *Directory) BeginPasskey(ctx context.Context, c Ceremonies, who policy.Actor, session int64) (options []byte, secret string, err error) {
	var p Person
	var records [][]byte
	err = d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		if p, err = d.Person(ctx, tx, who.PersonID()); err != nil {
			return err
		}
		rows, err := store.All[passkeyRow](ctx, tx, listPasskeys, p.ID)
		for _, r := range rows {
			record, err := d.Vault.Open(ctx, recordPlace(r.id), r.record)
			if err != nil {
				return err
			}
			records = append(records, record)
		}
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if len(records) >= maxPasskeys {
		return nil, "", fault.Conflict("passkey.many", "you have %d passkeys, and that is the most; remove one that you do not use", maxPasskeys)
	}
	options, state, err := c.BeginAdd(d.keyHandle(p.ID), keyName(p), p.Name, records)
	if err != nil {
		return nil, "", err
	}
	secret, err = d.beginStep(ctx, step{kind: stepAddKey, person: p.ID, session: session, data: state})
	return options, secret, err
}

// keyName is how an authenticator lists the account.
func keyName(p Person) string {
	for _, k := range []Kind{UserName, Email} {
		if v := p.First(k); v != "" {
			return v
		}
	}
	return p.Name
}

// FinishPasskey keeps the passkey that the browser made. name tells it from
// others: where it was added.
func (d *Directory) FinishPasskey(ctx context.Context, c Ceremonies, who policy.Actor, session int64, secret, name string, answer []byte) error {
	s, err := d.takeStep(ctx, stepAddKey, secret)
	if err != nil {
		return err
	}
	if s.person != who.PersonID() || s.session != session {
		return errStep
	}
	var p Person
	err = d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) (err error) {
		p, err = d.Person(ctx, tx, s.person)
		return err
	})
	if err != nil {
		return err
	}
	credential, record, err := c.FinishAdd(d.keyHandle(p.ID), keyName(p), s.data, answer)
	if err != nil {
		return err
	}
	err = d.onAccount(ctx, p.ID, "passkey added", func(tx *store.Tx, proof policy.Proof, p Person) error {
		row := d.Mint.Next(tx.Now())
		sealed, err := d.Vault.Seal(ctx, p.key, recordPlace(row), record)
		if err != nil {
			return err
		}
		called, err := d.Vault.SealText(ctx, p.key, namePlace(row), name)
		if err != nil {
			return err
		}
		_, err = store.Exec(ctx, tx, proof, insertPasskey, row, p.ID, d.keyLookup(credential), sealed, called, tx.Millis())
		return err
	})
	if errors.Is(err, store.ErrUnique) {
		return fault.Conflict("passkey.twice", "this passkey was added already")
	}
	return err
}

// RemovePasskey removes one of the actor's own passkeys.
func (d *Directory) RemovePasskey(ctx context.Context, who policy.Actor, passkey int64) error {
	return d.onAccount(ctx, who.PersonID(), "passkey removed", func(tx *store.Tx, proof policy.Proof, p Person) error {
		_, err := store.Exec(ctx, tx, proof, deletePasskey, passkey, p.ID)
		return err
	})
}

// BeginPasskeySignIn starts a sign-in by somebody not known yet.
func (d *Directory) BeginPasskeySignIn(ctx context.Context, c Ceremonies, back string) (options []byte, secret string, err error) {
	options, state, err := c.BeginOpen()
	if err != nil {
		return nil, "", err
	}
	secret, err = d.beginStep(ctx, step{kind: stepOpenKey, data: state, back: back})
	return options, secret, err
}

// PasskeySignIn returns the person whose passkey gave the answer, and where they
// were going. A passkey asks for a fingerprint, a face or a device code, so no
// second step follows.
func (d *Directory) PasskeySignIn(ctx context.Context, c Ceremonies, secret string, answer []byte) (person int64, back string, err error) {
	s, err := d.takeStep(ctx, stepOpenKey, secret)
	if err != nil {
		return 0, "", err
	}
	var row passkeyRow
	credential, record, err := c.FinishOpen(s.data, answer, func(credential, handle []byte) ([]byte, error) {
		var plain []byte
		err := d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) (err error) {
			row, err = store.One[passkeyRow](ctx, tx, selectPasskey, d.keyLookup(credential))
			if errors.Is(err, store.ErrNone) || (err == nil && string(handle) != string(d.keyHandle(row.person))) {
				return errPasskey
			}
			if err != nil {
				return err
			}
			plain, err = d.Vault.Open(ctx, recordPlace(row.id), row.record)
			return err
		})
		return plain, err
	})
	if err != nil {
		return 0, "", err
	}
	return row.person, s.back, d.onAccount(ctx, row.person, "passkey used", func(tx *store.Tx, proof policy.Proof, p Person) error {
		now, err := store.One[passkeyRow](ctx, tx, selectPasskey, d.keyLookup(credential))
		if errors.Is(err, store.ErrNone) {
			return errPasskey // removed in the same moment
		}
		if err != nil {
			return err
		}
		sealed, err := d.Vault.Seal(ctx, p.key, recordPlace(now.id), record)
		if err != nil {
			return err
		}
		_, err = store.Exec(ctx, tx, proof, updatePasskey, sealed, tx.Millis(), now.id)
		return err
	})
}
