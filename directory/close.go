package directory

import (
	"context"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// byHand says that an operator closed an account. What was closed by hand is
// never opened again by a feed.
const byHand = "operator"

// CloseAccount closes a person's account by hand: sessions, links, tokens,
// memberships, roles and affiliations end at once. Their data stays until the
// notice says that it goes (LJMUH-19). A closed account is left as it is.
func (d *Directory) CloseAccount(ctx context.Context, tx *store.Tx, person int64) error {
	p, err := d.Person(ctx, tx, person)
	if err != nil {
		return err
	}
	return d.closeAs(ctx, tx, p, byHand)
}

func (d *Directory) closeAs(ctx context.Context, tx *store.Tx, p Person, by string) error {
	if p.State == Closed {
		return nil
	}
	g, err := d.do.change.Check(tx, Subject{ID: p.ID, Controller: p.Controller})
	if err != nil {
		return err
	}
	proof := g.With("account closed by " + by)
	if _, err := store.Exec(ctx, tx, proof, closePerson, tx.Millis(), by, p.ID); err != nil {
		return err
	}
	for _, q := range []string{endMemberships, endRoles, endAffiliations} {
		if _, err := store.Exec(ctx, tx, proof, q, tx.Millis(), p.ID); err != nil {
			return err
		}
	}
	return d.shut(ctx, tx, proof, p.ID)
}

// shut removes every way in that a person has open.
func (d *Directory) shut(ctx context.Context, tx *store.Tx, proof policy.Proof, person int64) error {
	for _, q := range waysIn() {
		if _, err := store.Exec(ctx, tx, proof, q, person); err != nil {
			return err
		}
	}
	return nil
}
