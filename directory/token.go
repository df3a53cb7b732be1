package directory

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

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
		actor, err = d.present(ctx, tx, row.person, "token")
		return err
	})
	return actor, t, err
}

// Allows reports whether the token may be used for a scope.
func (t Token) Allows(scope string) bool { return slices.Contains(t.Scopes, scope) }
