package directory

import (
	"context"
	"slices"

	"heed/kernel/store"
)

// register is the controllers and teams, which nearly every page and verb asks
// for and which hardly ever change. What a person may do is never decided from
// it: memberships and roles are read each time.
type register struct {
	controllers []Controller
	teams       []Team
}

func (d *Directory) current(ctx context.Context, tx *store.Tx) (register, error) {
	return d.register.Get(tx, func() (register, error) {
		rows, err := store.All[controllerRow](ctx, tx, selectControllers)
		if err != nil {
			return register{}, err
		}
		r := register{controllers: make([]Controller, len(rows))}
		for i, row := range rows {
			r.controllers[i] = Controller(row)
		}
		r.teams, err = store.All[Team](ctx, tx, selectTeams)
		return r, err
	})
}

// Controllers returns every controller, oldest first.
func (d *Directory) Controllers(ctx context.Context, tx *store.Tx) ([]Controller, error) {
	r, err := d.current(ctx, tx)
	return slices.Clone(r.controllers), err
}

// Teams returns every team, by controller and name. Teams are no secret.
func (d *Directory) Teams(ctx context.Context, tx *store.Tx) ([]Team, error) {
	r, err := d.current(ctx, tx)
	return slices.Clone(r.teams), err
}
