package directory

import (
	"context"
	"errors"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// Erase removes what the directory holds about a person and returns the data key
// to destroy; package privacy destroys it, which makes the rest unreadable. The
// row itself stays without content, since tickets point to it ("Former member"),
// and tombstones stay of the feed's key and of the user name and addresses, so
// that no import and no late mail brings the person back (LJMUH-19).
func (d *Directory) Erase(ctx context.Context, tx *store.Tx, person int64, detail string) (key int64, proof policy.Proof, err error) {
	p, err := d.Person(ctx, tx, person)
	if err != nil {
		return 0, policy.Proof{}, err
	}
	g, err := d.do.change.Check(tx, Subject{ID: p.ID, Controller: p.Controller})
	if err != nil {
		return 0, policy.Proof{}, err
	}
	proof = g.With(detail)
	if err := d.bury(ctx, tx, proof, person); err != nil {
		return 0, policy.Proof{}, err
	}
	if err := d.shut(ctx, tx, proof, person); err != nil {
		return 0, policy.Proof{}, err
	}
	for _, q := range ofPerson() {
		if _, err := store.Exec(ctx, tx, proof, q, person); err != nil {
			return 0, policy.Proof{}, err
		}
	}
	if _, err := store.Exec(ctx, tx, proof, forgetManager, person); err != nil {
		return 0, policy.Proof{}, err
	}
	if _, err := store.Exec(ctx, tx, proof, forgetPerson, []byte{}, person); err != nil {
		return 0, policy.Proof{}, err
	}
	return p.key, proof, d.indexName(ctx, tx, person, "")
}

// bury keeps keyed hashes of what would bring a person back.
func (d *Directory) bury(ctx context.Context, tx *store.Tx, proof policy.Proof, person int64) error {
	hashes, err := store.All[store.Value[[]byte]](ctx, tx, selectLookups, person)
	if err != nil {
		return err
	}
	feedKey, err := store.One[store.Value[[]byte]](ctx, tx, selectFeedKey, person)
	if err != nil {
		return err
	}
	for _, h := range append(hashes, feedKey) {
		if len(h.V) == 0 {
			continue
		}
		if _, err := store.Exec(ctx, tx, proof, insertTombstone, h.V, tx.Millis()); err != nil {
			return err
		}
	}
	return nil
}

// Forgotten reports whether somebody with this user name or mail address was
// forgotten here. Whoever would add a person of their own accord asks first.
func (d *Directory) Forgotten(ctx context.Context, tx *store.Tx, k Kind, value string) (bool, error) {
	_, err := store.One[store.Value[[]byte]](ctx, tx, selectTombstone, d.hash(k, value))
	if errors.Is(err, store.ErrNone) {
		return false, nil
	}
	return err == nil, err
}
