package job

import (
	"embed"

	"heed/kernel/store"
)

//go:embed migrations
var files embed.FS

// Module is the queue's schema.
func Module() store.Module { return store.Module{Name: "job", FS: files} }

const (
	insertJob = `INSERT INTO job (id, kind, payload, unique_key, state, run_at, lease_until, lease_node, attempts) VALUES ($1, $2, $3, $4, 'ready', $5, $6, $7, $8)
		ON CONFLICT (unique_key) DO NOTHING`
	selectDue = `SELECT id, kind, payload, attempts FROM job
		WHERE state = 'ready' AND run_at <= $1 AND lease_until <= $1 ORDER BY run_at, id LIMIT $2`
	leaseJobs   = `UPDATE job SET lease_until = $1, lease_node = $2, attempts = attempts + 1 WHERE {ids}`
	freeLeases  = `UPDATE job SET lease_until = 0, lease_node = -1, attempts = attempts - 1 WHERE lease_node = $1 AND state = 'ready' AND lease_until > 0`
	discardJobs = `DELETE FROM job WHERE state = 'ready'`
	deleteJob   = `DELETE FROM job WHERE id = $1`
	failJob     = `UPDATE job SET state = $1, run_at = $2, lease_until = 0, last_error = $3 WHERE id = $4`
	selectNext  = `SELECT coalesce(min(run_at), 0) FROM job WHERE state = 'ready'`
	selectDead  = `SELECT id, kind, attempts, run_at, last_error FROM job WHERE state = 'dead' ORDER BY run_at DESC, id LIMIT $1`
	reviveJob   = `UPDATE job SET state = 'ready', run_at = $1, attempts = 0, lease_until = 0 WHERE id = $2 AND state = 'dead'`
	countJobs   = `SELECT state, count(*) FROM job GROUP BY state`
	countKinds  = `SELECT kind, sum(CASE WHEN state = 'ready' AND lease_until <= $1 THEN 1 ELSE 0 END), sum(CASE WHEN state = 'ready' AND lease_until > $1 THEN 1 ELSE 0 END),
		sum(CASE WHEN state = 'dead' THEN 1 ELSE 0 END) FROM job GROUP BY kind ORDER BY kind`
	selectWaiting = `SELECT id, kind, attempts, run_at, last_error, lease_until FROM job WHERE state = 'ready' ORDER BY run_at, id LIMIT $1`
	selectDeadOne = `SELECT id, kind, attempts, run_at, last_error FROM job WHERE id = $1 AND state = 'dead'`
	deleteDead    = `DELETE FROM job WHERE id = $1 AND state = 'dead'`
	insertDuty    = `INSERT INTO job_duty (name, next_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`
	claimDuty     = `UPDATE job_duty SET next_at = $1 WHERE name = $2 AND next_at <= $3`
)

type dueRow struct {
	id       int64
	kind     string
	payload  string
	attempts int64
	until    int64 // when our lease ends, in milliseconds
}

// noNode is the holder of a job that nobody leased.
const noNode = -1

// Fields implements store.Row.
func (r *dueRow) Fields() []any { return []any{&r.id, &r.kind, &r.payload, &r.attempts} }

// Dead is a job whose tries are used up.
type Dead struct {
	ID       int64
	Kind     string
	Attempts int64
	Millis   int64 // when it failed last
	Error    string
}

// Fields implements store.Row.
func (d *Dead) Fields() []any { return []any{&d.ID, &d.Kind, &d.Attempts, &d.Millis, &d.Error} }

type countRow struct {
	state string
	n     int64
}

// Fields implements store.Row.
func (c *countRow) Fields() []any { return []any{&c.state, &c.n} }
