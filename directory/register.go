package directory

import (
	"context"
	"slices"
	"sync"

	"heed/kernel/store"
)

// registerAge is how long the register is believed, in milliseconds: as long as
// another node's new team may go unnoticed here.
const registerAge = 2000

// register keeps the controllers and teams, which nearly every page and verb
// asks for and which hardly ever change. What a person may do is never decided
// from it: memberships and roles are read each time.
type register struct {
	mu          sync.Mutex
	at          int64     // when it was read, in milliseconds; 0 means it is to be read
	by          *store.Tx // who changed it last
	controllers []Controller
	teams       []Team
}

// current returns the register, read anew when it is old. Whoever changes it
// reads rows of their own, which may yet be rolled back: those are not kept.
func (d *Directory) current(ctx context.Context, tx *store.Tx) ([]Controller, []Team, error) {
	r := &d.register
	r.mu.Lock()
	age, cs, teams, mine := tx.Millis()-r.at, r.controllers, r.teams, r.by == tx
	r.mu.Unlock()
	if age >= 0 && age < registerAge && !mine {
		return cs, teams, nil
	}
	rows, err := store.All[controllerRow](ctx, tx, selectControllers)
	if err != nil {
		return nil, nil, err
	}
	cs = make([]Controller, len(rows))
	for i, row := range rows {
		cs[i] = Controller(row)
	}
	if teams, err = store.All[Team](ctx, tx, selectTeams); err != nil {
		return nil, nil, err
	}
	if !mine {
		r.mu.Lock()
		r.at, r.controllers, r.teams = tx.Millis(), cs, teams
		r.mu.Unlock()
	}
	return cs, teams, nil
}

// changed makes the register be read anew: by this transaction from now on, by
// everybody once it is durable.
func (d *Directory) changed(tx *store.Tx) {
	r := &d.register
	r.mu.Lock()
	r.by = tx
	r.mu.Unlock()
	tx.After(func() {
		r.mu.Lock()
		r.at, r.by = 0, nil
		r.mu.Unlock()
	})
}

// Controllers returns every controller, oldest first.
func (d *Directory) Controllers(ctx context.Context, tx *store.Tx) ([]Controller, error) {
	cs, _, err := d.current(ctx, tx)
	return slices.Clone(cs), err
}

// Teams returns every team, by controller and name. Teams are no secret.
func (d *Directory) Teams(ctx context.Context, tx *store.Tx) ([]Team, error) {
	_, teams, err := d.current(ctx, tx)
	return slices.Clone(teams), err
}
