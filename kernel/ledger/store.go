package ledger

import (
	"context"
	"embed"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

//go:embed migrations
var files embed.FS

// Module is the ledger's schema.
func Module() store.Module { return store.Module{Name: "ledger", FS: files} }

const (
	insertRecords = `INSERT INTO ledger_record (id, at, actor_id, actor_why, via, action, rule, purpose, object_kind, object_id, person_id, controller_id, detail, nonce, commitment)
		VALUES {rows}`
	moveRecords = `INSERT INTO ledger_record (id, at, actor_id, actor_why, via, action, rule, purpose, object_kind, object_id, person_id, controller_id, detail, nonce, commitment)
		VALUES {rows} ON CONFLICT (id) DO NOTHING`
	selectWaiting = `SELECT id, at, actor_id, actor_why, via, action, rule, purpose, object_kind, object_id, person_id, controller_id, detail, nonce, commitment, seq
		FROM ledger_record WHERE seq IS NULL AND id > $1 ORDER BY id LIMIT $2`
	selectSequenced = `SELECT id, at, actor_id, actor_why, via, action, rule, purpose, object_kind, object_id, person_id, controller_id, detail, nonce, commitment, seq
		FROM ledger_record WHERE seq >= $1 ORDER BY seq LIMIT $2`
	selectPage = `SELECT id, at, actor_id, actor_why, via, action, rule, purpose, object_kind, object_id, person_id, controller_id, detail, nonce, commitment, seq
		FROM ledger_record WHERE id < $1 AND {filter} ORDER BY id DESC LIMIT $2`
	countHours        = `SELECT at / 3600000 AS hour, count(*) FROM ledger_record WHERE id >= $1 AND id < $2 AND {filter} GROUP BY at / 3600000 ORDER BY at / 3600000`
	updateSeqs        = `WITH place (id, seq) AS (VALUES {places}) UPDATE ledger_record SET seq = place.seq FROM place WHERE ledger_record.id = place.id`
	countWaiting      = `SELECT count(*) FROM ledger_record WHERE seq IS NULL`
	selectSize        = `SELECT coalesce(max(seq), -1) + 1 FROM ledger_record`
	insertHashes      = `INSERT INTO ledger_hash (idx, hash) VALUES {rows}`
	selectHashes      = `SELECT idx, hash FROM ledger_hash WHERE {ids}`
	insertCheckpoint  = `INSERT INTO ledger_checkpoint (size, at, note) VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING`
	selectCheckpoints = `SELECT size, at, note FROM ledger_checkpoint ORDER BY size`
	selectLastAct     = `SELECT at FROM ledger_record WHERE actor_id = $1 AND controller_id = $2 AND purpose <> $3 ORDER BY id DESC LIMIT 1`
	selectLastPoint   = `SELECT size, at, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1`
)

type hashRow struct {
	idx  int64
	hash []byte
}

// Fields implements store.Row.
func (h *hashRow) Fields() []any { return []any{&h.idx, &h.hash} }

// Checkpoint is a signed tree head.
type Checkpoint struct {
	Size   int64
	Millis int64
	Note   string
}

// Fields implements store.Row.
func (c *Checkpoint) Fields() []any { return []any{&c.Size, &c.Millis, &c.Note} }

// treeReader reads interior hashes, remembering those of the running batch.
type treeReader struct {
	ctx  context.Context
	tx   *store.Tx
	memo map[int64]tlog.Hash
}

// ReadHashes implements tlog.HashReader.
func (r treeReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var missing []int64
	for _, i := range indexes {
		if _, ok := r.memo[i]; !ok {
			missing = append(missing, i)
		}
	}
	if len(missing) > 0 {
		q, args := store.Splice(selectHashes, nil, store.Part{Name: "ids", SQL: policy.In("idx", missing)})
		rows, err := store.All[hashRow](r.ctx, r.tx, q, args...)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			r.memo[row.idx] = tlog.Hash(row.hash)
		}
	}
	out := make([]tlog.Hash, len(indexes))
	for i, idx := range indexes {
		h, ok := r.memo[idx]
		if !ok {
			return nil, fmt.Errorf("ledger: interior hash %d is missing", idx)
		}
		out[i] = h
	}
	return out, nil
}

// Filter narrows a list of records; zero fields do not narrow. Until is the first
// instant that is not meant.
type Filter struct {
	From    time.Time
	Until   time.Time
	Person  int64
	Actor   int64
	Kind    string
	Object  int64
	Purpose string
}

func (f Filter) sql() policy.SQL {
	conds := []policy.SQL{policy.If(true)}
	if f.Person != 0 {
		conds = append(conds, policy.Equal("person_id", f.Person))
	}
	if f.Actor != 0 {
		conds = append(conds, policy.Equal("actor_id", f.Actor))
	}
	if f.Kind != "" && f.Object != 0 {
		conds = append(conds, policy.Equal("object_kind", f.Kind), policy.Equal("object_id", f.Object))
	}
	if !f.From.IsZero() {
		conds = append(conds, policy.SQL{Text: "id >= ?", Args: []any{id.First(f.From)}})
	}
	if !f.Until.IsZero() {
		conds = append(conds, policy.SQL{Text: "id < ?", Args: []any{id.First(f.Until)}})
	}
	if f.Purpose != "" {
		conds = append(conds, policy.Equal("purpose", f.Purpose))
	}
	return policy.All(conds...)
}

// Page returns up to limit records older than before, newest first, of those
// that scope lets in; package privacy makes it of the rules for the ledger.
func Page(ctx context.Context, tx *store.Tx, scope policy.SQL, f Filter, before int64, limit int) ([]Record, error) {
	q, args := store.Splice(selectPage, []any{before, limit}, store.Part{Name: "filter", SQL: policy.All(scope, f.sql())})
	rows, err := store.All[Record](ctx, tx, q, args...)
	for i := range rows {
		rows[i].complete()
	}
	return rows, err
}

// Hour is how many records were made in an hour.
type Hour struct {
	Begin time.Time // in UTC
	N     int
}

type hourRow struct{ hour, n int64 }

// Fields implements store.Row.
func (h *hourRow) Fields() []any { return []any{&h.hour, &h.n} }

// Hours counts records by the hour, oldest first, of those that scope lets in. The
// filter has to say from when until when; it walks every record between that the
// filter's index finds.
func Hours(ctx context.Context, tx *store.Tx, scope policy.SQL, f Filter) ([]Hour, error) {
	from, until := id.First(f.From), id.First(f.Until)
	f.From, f.Until = time.Time{}, time.Time{} // the statement says them itself
	q, args := store.Splice(countHours, []any{from, until}, store.Part{Name: "filter", SQL: policy.All(scope, f.sql())})
	rows, err := store.All[hourRow](ctx, tx, q, args...)
	out := make([]Hour, len(rows))
	for i, r := range rows {
		out[i] = Hour{Begin: time.Unix(r.hour*3600, 0).UTC(), N: int(r.n)}
	}
	return out, err
}
