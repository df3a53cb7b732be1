package directory

import (
	"context"

	"heed/kernel/store"
)

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
