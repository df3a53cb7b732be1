package directory

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// How long a session lasts. Somebody who works all day is asked once a day;
// somebody who walked away is signed out within two hours.
const (
	sessionIdle = 2 * time.Hour
	sessionLife = 12 * time.Hour
	touchEvery  = time.Minute
	knownAfter  = time.Hour // how long an ended session is known to have been somebody's
)

// Session is a signed-in device.
type Session struct {
	ID      int64
	Person  int64
	Device  string
	Method  string // password, passkey, link
	Made    time.Time
	Seen    time.Time
	Ends    time.Time
	Current bool
}

// system is the actor that establishes who somebody is.
func system() policy.Actor { return policy.System("establish who somebody is") }

// tokenHash is how secrets are kept: 256 random bits need no salt.
func tokenHash(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}

// accountGrant lets the system act on somebody's account; it is recorded.
func (d *Directory) accountGrant(tx *store.Tx, p Person, what string) (policy.Proof, error) {
	g, err := d.do.account.Check(tx, Subject{ID: p.ID, Controller: p.Controller})
	return g.With(what), err
}

// OpenSession signs a person in and returns the secret for the cookie. The
// caller has established who they are, by the method named.
func (d *Directory) OpenSession(ctx context.Context, person int64, method, device string) (secret string, err error) {
	secret = id.Secret()
	err = d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		p, err := d.Person(ctx, tx, person)
		if err != nil {
			return err
		}
		if p.State != Active {
			return errClosed
		}
		if _, err := d.present(ctx, tx, person, "session"); err != nil {
			return err
		}
		proof, err := d.accountGrant(tx, p, "session opened by "+method)
		if err != nil {
			return err
		}
		sid := d.Mint.Next(tx.Now())
		sealed, err := d.Vault.SealText(ctx, p.key, seal.Place{Column: "session.device", Row: sid}, device)
		if err != nil {
			return err
		}
		_, err = store.Exec(ctx, tx, proof, insertSession, sid, tokenHash(secret), p.ID, sealed, method,
			tx.Millis(), tx.Now().Add(sessionLife).UnixMilli())
		return err
	})
	return secret, err
}

var errClosed = fault.Denied("account.closed", "this account is closed; ask the service desk if you think it should not be")

// ActorOf returns the actor of a session's secret, and the session. An ended or
// unknown one is Unauthenticated; so is one whose account was closed since.
func (d *Directory) ActorOf(ctx context.Context, secret string) (policy.Actor, Session, error) {
	var actor policy.Actor
	var s Session
	var stale bool
	err := d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		row, err := store.One[sessionRow](ctx, tx, selectSession, tokenHash(secret))
		if errors.Is(err, store.ErrNone) {
			return errSignIn
		}
		if err != nil {
			return err
		}
		s = row.session()
		if !tx.Now().Before(s.Ends) || tx.Now().Sub(s.Seen) > sessionIdle {
			return errSignIn
		}
		stale = tx.Now().Sub(s.Seen) > touchEvery
		actor, err = d.present(ctx, tx, s.Person, "session")
		return err
	})
	if err != nil {
		return policy.Actor{}, Session{}, err
	}
	if stale {
		err = d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
			_, err := store.Keep(ctx, tx, touchSession, tx.Millis(), s.ID)
			return err
		})
	}
	return actor, s, err
}

var errSignIn = fault.Unauthenticated("session.ended", "your session has ended; sign in again and go on where you were")

func (r sessionRow) session() Session {
	return Session{
		ID: r.id, Person: r.person, Method: r.method, Made: time.UnixMilli(r.made).UTC(),
		Seen: time.UnixMilli(r.seen).UTC(), Ends: time.UnixMilli(r.endsAt).UTC(),
	}
}

// PersonOf returns the person whose session a secret opens or opened, so that
// what was typed in a session that is over goes back to them alone. It lets
// nobody in. 0 means that the secret is unknown, or was swept away.
func (d *Directory) PersonOf(ctx context.Context, secret string) (person int64, err error) {
	err = d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](ctx, tx, sessionPerson, tokenHash(secret))
		if errors.Is(err, store.ErrNone) {
			return nil
		}
		person = row.V
		return err
	})
	return person, err
}

// Sessions lists a person's own sessions, newest use first.
func (d *Directory) Sessions(ctx context.Context, tx *store.Tx) ([]Session, error) {
	rows, err := store.All[sessionRow](ctx, tx, listSessions, tx.Actor().PersonID())
	out := make([]Session, 0, len(rows))
	for _, r := range rows {
		s := r.session()
		s.Device, err = d.Vault.OpenText(ctx, seal.Place{Column: "session.device", Row: r.id}, r.device)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, err
}

// EndSession ends one of the actor's own sessions, for good. Whose it was is
// known for an hour more, for PersonOf.
func (d *Directory) EndSession(ctx context.Context, who policy.Actor, session int64) error {
	return d.onAccount(ctx, who.PersonID(), "session ended", func(tx *store.Tx, proof policy.Proof, p Person) error {
		_, err := store.Exec(ctx, tx, proof, endSession, session, p.ID, tx.Millis())
		return err
	})
}

// EndOtherSessions ends all of the actor's sessions but one.
func (d *Directory) EndOtherSessions(ctx context.Context, who policy.Actor, keep int64) error {
	return d.onAccount(ctx, who.PersonID(), "all other sessions ended", func(tx *store.Tx, proof policy.Proof, p Person) error {
		_, err := store.Exec(ctx, tx, proof, endOthers, p.ID, keep, tx.Millis())
		return err
	})
}

// onAccount changes something about a person's way in, on record.
func (d *Directory) onAccount(ctx context.Context, person int64, what string, fn func(*store.Tx, policy.Proof, Person) error) error {
	return d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		p, err := d.Person(ctx, tx, person)
		if err != nil {
			return err
		}
		proof, err := d.accountGrant(tx, p, what)
		if err != nil {
			return err
		}
		return fn(tx, proof, p)
	})
}

// Sweep removes sessions, links, steps and old guesses that have had their time.
func (d *Directory) Sweep(ctx context.Context) error {
	return d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		for _, q := range []string{sweepLinks, sweepSteps, sweepTokens} {
			if _, err := store.Keep(ctx, tx, q, tx.Millis()); err != nil {
				return err
			}
		}
		if _, err := store.Keep(ctx, tx, sweepSessions, tx.Millis(), tx.Now().Add(-knownAfter).UnixMilli()); err != nil {
			return err
		}
		_, err := store.Keep(ctx, tx, sweepAttempts, tx.Now().Add(-forgetGuess).UnixMilli())
		return err
	})
}
