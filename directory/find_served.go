package directory

import (
	"context"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Somebody may give ten user names that nobody has within an hour: people
// mistype, and whoever tries out names learns ten.
const (
	freeNames   = 10
	forgetNames = time.Hour
)

// TryName counts that a person gives the user name of somebody else in a form
// open to everybody, before anybody is looked up by it: a thousand at once are a
// thousand. After ten that led nowhere it is a fault of kind Busy for an hour, and
// nobody may be looked up. Call NameFound when the name led somewhere.
func (d *Directory) TryName(ctx context.Context, person int64) error {
	return d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		wait, err := d.try(ctx, tx, d.namer(person), patience{free: freeNames, step: forgetNames, forget: forgetNames})
		if err == nil && wait > 0 {
			err = fault.Busy("lookup.closed", "you gave %d user names that nobody here has, so none is looked up for an hour; leave the field empty and write the name in your text", freeNames)
		}
		return err
	})
}

// NameFound takes back what TryName counted, in the transaction that puts on
// record what the name led to.
func (d *Directory) NameFound(ctx context.Context, tx *store.Tx, person int64) error {
	return d.returned(ctx, tx, d.namer(person))
}

// namer is the key under which the user names are counted that a person gave.
func (d *Directory) namer(person int64) []byte {
	return d.Vault.Hash("attempt.lookup", id.Text(person))
}

// Served finds the open account with an exact value among the people for whom the
// desk of a controller works: the controller's own, and those of every controller
// that shares its desk. Whoever belongs elsewhere is absent (found is false), so
// that no form of one desk tells who has an account at another.
func (d *Directory) Served(ctx context.Context, tx *store.Tx, controller int64, k Kind, value string) (p Person, found bool, err error) {
	people, err := d.Lookup(ctx, tx, k, value)
	if err != nil {
		return Person{}, false, err
	}
	for _, p := range people {
		same, err := d.SameDesk(ctx, tx, controller, p.Controller)
		if err != nil {
			return Person{}, false, err
		}
		if same && p.State == Active {
			return p, true, nil
		}
	}
	return Person{}, false, nil
}

// SameDesk reports whether one desk works for both controllers.
func (d *Directory) SameDesk(ctx context.Context, tx *store.Tx, a, b int64) (bool, error) {
	one, err := d.Controller(ctx, tx, a)
	if err != nil {
		return false, err
	}
	other, err := d.Controller(ctx, tx, b)
	return err == nil && one.DeskID == other.DeskID, err
}
