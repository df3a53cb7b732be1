package privacy

import (
	"context"

	"heed/kernel/datamap"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// Readings is the Source of the ledger: each reading and change of a person's
// data, without the names of those who did it.
type Readings struct {
	DB    *store.DB
	Fresh func(context.Context) error // brings the ledger up to this moment; nil does nothing
}

// Export implements Source.
func (l Readings) Export(ctx context.Context, who policy.Actor, emit func(datamap.Item) error) error {
	own := newActions().own
	if l.Fresh != nil {
		if err := l.Fresh(ctx); err != nil {
			return err
		}
	}
	for before := ticket.Newest; ; {
		var rows []ledger.Record
		err := l.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) (err error) {
			rows, err = ledger.Page(ctx, tx, own.Scope(tx).SQL(), ledger.Filter{Person: who.PersonID()}, before, batch)
			return err
		})
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			before = r.ID
			it := datamap.Item{Table: "ledger_record", ID: r.ID}.When("at", r.At).With("action", r.Action).With("purpose", r.Purpose).
				With("rule", r.Rule).With("object_kind", r.Kind).With("person_id", "self").With("detail", r.Detail).With("actor_why", r.Why)
			if err := emit(it); err != nil {
				return err
			}
		}
	}
}
