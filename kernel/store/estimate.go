package store

import (
	"context"
	"encoding/json"
	"fmt"

	"heed/kernel/fault"
)

// Estimate is how many rows PostgreSQL expects of a query, by what it knows of the
// table and without running it: a hint which way to ask, never an answer. Where it
// knows nothing yet it guesses.
func (tx *Tx) Estimate(ctx context.Context, q string, args ...any) (int64, error) {
	if tx.Dialect() != Postgres {
		return 0, fault.Internal(fmt.Errorf("store: only PostgreSQL estimates"))
	}
	var raw []byte
	if err := tx.sql.QueryRowContext(tx.context(ctx), Postgres.Explain()+q, args...).Scan(&raw); err != nil {
		return 0, tx.db.dialect.classify(err)
	}
	var plans []struct {
		Plan struct {
			Rows float64 `json:"Plan Rows"`
		}
	}
	if err := json.Unmarshal(raw, &plans); err != nil {
		return 0, fault.Internal(fmt.Errorf("store: a plan cannot be read: %w", err))
	}
	if len(plans) == 0 {
		return 0, fault.Internal(fmt.Errorf("store: a query has no plan"))
	}
	return int64(plans[0].Plan.Rows), nil
}
