package directory

import (
	"context"
	"errors"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// linkLife is how long a mailed sign-in link works.
const linkLife = 15 * time.Minute

// LinkFor makes a sign-in link for the person with a mail address. It returns
// the person and the secret; an address nobody has returns 0 and no error, so
// that the page says the same in both cases. So does an address that was sent
// several links already and used none.
func (d *Directory) LinkFor(ctx context.Context, address, back string) (person int64, secret string, err error) {
	err = d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		person, secret = 0, ""
		found, err := d.Lookup(ctx, tx, Email, address)
		if err != nil || len(found) == 0 || found[0].State != Active {
			return err
		}
		err = d.guessIn(ctx, tx, d.Vault.Hash("attempt.link", id.Text(found[0].ID)))
		if fault.Is(err, fault.KindBusy) {
			return nil // enough links are under way; somebody else may be asking for them
		}
		if err != nil {
			return err
		}
		person, secret = found[0].ID, id.Secret()
		proof, err := d.accountGrant(tx, found[0], "sign-in link made")
		if err != nil {
			return err
		}
		_, err = store.Exec(ctx, tx, proof, insertLink, tokenHash(secret), person, back, tx.Now().Add(linkLife).UnixMilli())
		return err
	})
	return person, secret, err
}

// TakeLink uses up a link and returns the person and where they were going.
func (d *Directory) TakeLink(ctx context.Context, secret string) (person int64, back string, err error) {
	err = d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		row, err := store.One[linkRow](ctx, tx, takeLink, tokenHash(secret))
		if errors.Is(err, store.ErrNone) || (err == nil && row.ends <= tx.Millis()) {
			return fault.Unauthenticated("link.used", "this link was used already or is older than 15 minutes; ask for a new one")
		}
		if err != nil {
			return err
		}
		person, back = row.person, row.back
		return d.guessed(ctx, tx, d.Vault.Hash("attempt.link", id.Text(person)))
	})
	return person, back, err
}
