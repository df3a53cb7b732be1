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

// stepKind is what a step leads to. A secret made for one is good for no other.
type stepKind string

const (
	stepCode    stepKind = "code"         // signing in: the first step is done
	stepApp     stepKind = "app"          // setting up an authenticator app
	stepAddKey  stepKind = "passkey.add"  // adding a passkey
	stepOpenKey stepKind = "passkey.open" // signing in with a passkey
	stepLink    stepKind = "link"         // a link to sign in by, until its job looks who asks
)

// stepLife is how long somebody has from one step to the next.
const stepLife = 10 * time.Minute

// step is something begun that a further request or a job ends. Its secret
// travels in a cookie or with the job; the server keeps the hash, and forgets it
// when the step is done.
type step struct {
	kind    stepKind
	person  int64  // 0 while nobody is known
	session int64  // whose it is, once signed in
	method  string // the first step
	data    []byte // secret of the app, state of the ceremony, or hash of an address
	back    string // where the reader was going
	held    string // what they had typed there, sealed for their browser
}

var errStep = fault.Unauthenticated("signin.step", "this step took longer than ten minutes or was done already; begin again")

// beginStep keeps a step and returns its secret.
func (d *Directory) beginStep(ctx context.Context, s step) (secret string, err error) {
	err = d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) (err error) {
		secret, err = d.newStep(ctx, tx, s)
		return err
	})
	return secret, err
}

// newStep is beginStep in the caller's transaction.
func (d *Directory) newStep(ctx context.Context, tx *store.Tx, s step) (string, error) {
	secret, data := id.Secret(), s.data
	if s.person != 0 && len(data) > 0 {
		p, err := store.One[personRow](ctx, tx, selectPerson, s.person)
		if err != nil {
			return "", err
		}
		if data, err = d.Vault.Seal(ctx, p.key, stepPlace(s.person), data); err != nil {
			return "", err
		}
	}
	if data == nil {
		data = []byte{}
	}
	_, err := store.Keep(ctx, tx, insertStep, tokenHash(secret), string(s.kind), s.person, s.session, s.method, data, s.back, s.held, tx.Now().Add(stepLife).UnixMilli())
	return secret, err
}

func stepPlace(person int64) seal.Place { return seal.Place{Column: "step.data", Row: person} }

// step returns what was begun under a secret.
func (d *Directory) step(ctx context.Context, tx *store.Tx, kind stepKind, secret string) (step, error) {
	row, err := store.One[stepRow](ctx, tx, selectStep, tokenHash(secret))
	if errors.Is(err, store.ErrNone) || (err == nil && (row.kind != kind || row.ends <= tx.Millis())) {
		return step{}, errStep
	}
	if err != nil {
		return step{}, err
	}
	s := step{kind: row.kind, person: row.person, session: row.session, method: row.method, data: row.data, back: row.back, held: row.held}
	if s.person != 0 {
		s.data, err = d.Vault.Open(ctx, stepPlace(s.person), row.data)
	}
	return s, err
}

// takeStep ends a step, whatever comes of it: a challenge is answered once.
func (d *Directory) takeStep(ctx context.Context, kind stepKind, secret string) (step, error) {
	var s step
	err := d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) (err error) {
		if s, err = d.step(ctx, tx, kind, secret); err != nil {
			return err
		}
		return d.endStep(ctx, tx, secret)
	})
	return s, err
}

func (d *Directory) endStep(ctx context.Context, tx *store.Tx, secret string) error {
	n, err := store.Keep(ctx, tx, deleteStep, tokenHash(secret))
	if err == nil && n == 0 {
		err = errStep
	}
	return err
}
