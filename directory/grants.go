package directory

import (
	"context"
	"time"

	"heed/kernel/store"
)

// Grant is a reason for which somebody may see more than their own matters: a
// team they belong to, or a role they hold.
type Grant struct {
	Person int64
	Team   int64  // 0 for a role
	Role   string // "" for a team
	Since  time.Time
}

// Grants lists who belongs to the teams of a controller's desk, and who holds its
// roles, now. Teams and roles are no secret; what came of them is in the ledger
// (LJMUH-13).
func (d *Directory) Grants(ctx context.Context, tx *store.Tx, controller int64) ([]Grant, error) {
	var out []Grant
	for _, q := range []string{teamGrants, roleGrants} {
		rows, err := store.All[grantRow](ctx, tx, q, controller, tx.Millis())
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			r.Since = time.UnixMilli(r.since).UTC()
			out = append(out, r.Grant)
		}
	}
	return out, nil
}
