package directory

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
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
		actor, err = d.Actor(ctx, tx, s.Person, "session")
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
	return Session{ID: r.id, Person: r.person, Method: r.method, Made: time.UnixMilli(r.made).UTC(),
		Seen: time.UnixMilli(r.seen).UTC(), Ends: time.UnixMilli(r.endsAt).UTC()}
}

// Actor returns the actor of a person whose identity was established, with the
// teams and roles they hold at this instant. A closed account is refused.
func (d *Directory) Actor(ctx context.Context, tx *store.Tx, person int64, via string) (policy.Actor, error) {
	p, err := store.One[personRow](ctx, tx, selectPerson, person)
	if errors.Is(err, store.ErrNone) || (err == nil && p.State != Active) {
		return policy.Actor{}, errSignIn
	}
	if err != nil {
		return policy.Actor{}, err
	}
	teams, err := store.All[Team](ctx, tx, selectGroups, person, tx.Millis())
	if err != nil {
		return policy.Actor{}, err
	}
	roles, err := store.All[roleRow](ctx, tx, selectRoles, person, tx.Millis())
	if err != nil {
		return policy.Actor{}, err
	}
	f := policy.Facts{Person: person, Via: via}
	for _, t := range teams {
		f.Groups = append(f.Groups, policy.Group{ID: t.ID, Controller: t.Controller, Code: t.Code, Name: t.Name})
	}
	for _, r := range roles {
		f.Roles = append(f.Roles, policy.Role{Controller: r.controller, Name: r.role})
	}
	return d.processed(ctx, tx, f)
}

// processed extends roles and teams of a desk to the controllers it works for:
// an analyst of the desk is an analyst for those whose processor it is (CAB-29).
func (d *Directory) processed(ctx context.Context, tx *store.Tx, f policy.Facts) (policy.Actor, error) {
	if len(f.Groups) == 0 && len(f.Roles) == 0 {
		return policy.Person(f), nil
	}
	cs, err := d.Controllers(ctx, tx)
	if err != nil {
		return policy.Actor{}, err
	}
	groups, roles := f.Groups, f.Roles
	for _, c := range cs {
		if !c.Processor {
			continue
		}
		for _, g := range groups {
			if g.Controller == c.DeskID {
				g.Controller = c.ID
				f.Groups = append(f.Groups, g)
			}
		}
		for _, r := range roles {
			// the privacy officer of the desk decides nothing for another controller (CAB-29)
			if r.Controller == c.DeskID && r.Name != RolePrivacyOfficer {
				f.Roles = append(f.Roles, policy.Role{Controller: c.ID, Name: r.Name})
			}
		}
	}
	return policy.Person(f), nil
}

// The roles that pages of this product ask about; notices may name others.
const (
	RolePrivacyOfficer = "privacy_officer"
	RoleOperator       = "operator"
)

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

// EndSession ends one of the actor's own sessions.
func (d *Directory) EndSession(ctx context.Context, who policy.Actor, session int64) error {
	return d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		p, err := d.Person(ctx, tx, who.PersonID())
		if err != nil {
			return err
		}
		proof, err := d.accountGrant(tx, p, "session ended")
		if err != nil {
			return err
		}
		_, err = store.Exec(ctx, tx, proof, deleteSession, session, p.ID)
		return err
	})
}

// Sweep removes sessions and links that have ended.
func (d *Directory) Sweep(ctx context.Context) error {
	return d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		if _, err := store.Keep(ctx, tx, sweepSessions, tx.Millis()); err != nil {
			return err
		}
		_, err := store.Keep(ctx, tx, sweepLinks, tx.Millis())
		return err
	})
}

// Token is an API token.
type Token struct {
	Scopes  []string
	Purpose policy.Purpose
}

// MakeToken makes an API token for a person and returns its secret, which is
// shown once. It ends after life.
func (d *Directory) MakeToken(ctx context.Context, person int64, t Token, life time.Duration) (string, error) {
	secret := "heed_" + id.Secret()
	err := d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		p, err := d.Person(ctx, tx, person)
		if err != nil {
			return err
		}
		proof, err := d.accountGrant(tx, p, "token made for "+string(t.Purpose))
		if err != nil {
			return err
		}
		_, err = store.Exec(ctx, tx, proof, insertToken, d.Mint.Next(tx.Now()), tokenHash(secret), p.ID,
			strings.Join(t.Scopes, " "), string(t.Purpose), tx.Millis(), tx.Now().Add(life).UnixMilli())
		return err
	})
	return secret, err
}

// ActorOfToken returns the actor of an API token.
func (d *Directory) ActorOfToken(ctx context.Context, secret string) (policy.Actor, Token, error) {
	var actor policy.Actor
	var t Token
	err := d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		row, err := store.One[tokenRow](ctx, tx, selectToken, tokenHash(secret))
		if errors.Is(err, store.ErrNone) || (err == nil && row.ends <= tx.Millis()) {
			return fault.Unauthenticated("token.unknown", "this token is unknown or has ended; make a new one with heed token create")
		}
		if err != nil {
			return err
		}
		t = Token{Scopes: strings.Fields(row.scopes), Purpose: policy.Purpose(row.purpose)}
		actor, err = d.Actor(ctx, tx, row.person, "token")
		return err
	})
	return actor, t, err
}

// Allows reports whether the token may be used for a scope.
func (t Token) Allows(scope string) bool { return slices.Contains(t.Scopes, scope) }
