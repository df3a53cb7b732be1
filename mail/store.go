package mail

import (
	"embed"

	"heed/kernel/store"
)

//go:embed migrations
var files embed.FS

// Module is the slice's schema.
func Module() store.Module { return store.Module{Name: "mail", FS: files} }

const (
	insertIn = `INSERT INTO mail_in (id, key_id, digest, recipient, raw, blob, size, fingerprint, message_hash, outcome, reason, ticket_id, entry_id, received_at, done_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received', '', 0, 0, $10, 0) ON CONFLICT (digest) DO NOTHING`
	inColumns = `SELECT id, key_id, recipient, raw, blob, size, outcome, reason, ticket_id, entry_id, received_at FROM mail_in `
	selectIn  = inColumns + `WHERE id = $1`
	listIn    = inColumns + `WHERE id < $1 ORDER BY id DESC LIMIT $2`
	inOutcome = inColumns + `WHERE outcome = $1 AND id < $2 ORDER BY id DESC LIMIT $3`
	settleIn  = `UPDATE mail_in SET outcome = $1, reason = $2, ticket_id = $3, entry_id = $4, fingerprint = $5, message_hash = $6, done_at = $7 WHERE id = $8 AND done_at = 0`
	reopenIn  = `UPDATE mail_in SET outcome = 'received', reason = '', done_at = 0 WHERE id = $1 AND outcome = 'parked'`
	knownID   = `SELECT ticket_id FROM mail_in WHERE message_hash = $1 AND ticket_id <> 0 LIMIT 1`
	knownSeen = `SELECT id FROM mail_in WHERE fingerprint = $1 AND id <> $2 AND done_at <> 0 LIMIT 1`
	inKeys    = `SELECT key_id FROM mail_in WHERE ticket_id = $1`
	deleteIn  = `DELETE FROM mail_in WHERE ticket_id = $1`

	insertOut = `INSERT INTO mail_out (id, kind, ticket_id, entry_id, person_id, once, key_id, address, raw, state, made_at, sent_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10, 0) ON CONFLICT (once) DO NOTHING`
	acksSince  = `SELECT count(*) FROM (SELECT id FROM mail_out WHERE person_id = $1 AND kind = $2 AND made_at > $3 ORDER BY id DESC LIMIT $4) a`
	outColumns = `SELECT id, kind, ticket_id, entry_id, person_id, key_id, address, raw, state, made_at, sent_at FROM mail_out `
	selectOut  = outColumns + `WHERE id = $1`
	listOut    = outColumns + `WHERE id < $1 ORDER BY id DESC LIMIT $2`
	markOut    = `UPDATE mail_out SET state = $1, sent_at = $2 WHERE id = $3`
	outKeys    = `SELECT key_id FROM mail_out WHERE ticket_id = $1`
	deleteOut  = `DELETE FROM mail_out WHERE ticket_id = $1`

	// Figures of one day: the ids of a day stand together.
	tallyIn  = `SELECT outcome, count(*) FROM (SELECT outcome FROM mail_in WHERE id >= $1 ORDER BY id LIMIT $2) d GROUP BY outcome ORDER BY outcome`
	tallyOut = `SELECT state, count(*) FROM (SELECT state FROM mail_out WHERE id >= $1 ORDER BY id LIMIT $2) d GROUP BY state ORDER BY state`

	insertLog  = `INSERT INTO mail_log (id, mail_id, at, result) VALUES ($1, $2, $3, $4)`
	listLog    = `SELECT id, mail_id, at, result FROM mail_log WHERE mail_id = $1 ORDER BY id`
	deleteLogs = `DELETE FROM mail_log WHERE mail_id IN (SELECT id FROM mail_out WHERE ticket_id = $1)`
)

type inRow struct {
	id, key         int64
	recipient, raw  []byte
	blob            string
	size            int64
	outcome, reason string
	ticket, entry   int64
	received        int64
}

// Fields implements store.Row.
func (r *inRow) Fields() []any {
	return []any{&r.id, &r.key, &r.recipient, &r.raw, &r.blob, &r.size, &r.outcome, &r.reason, &r.ticket, &r.entry, &r.received}
}

type outRow struct {
	id            int64
	kind          string
	ticket, entry int64
	person, key   int64
	address, raw  []byte
	state         string
	made, sent    int64
}

// Fields implements store.Row.
func (r *outRow) Fields() []any {
	return []any{&r.id, &r.kind, &r.ticket, &r.entry, &r.person, &r.key, &r.address, &r.raw, &r.state, &r.made, &r.sent}
}

type logRow struct {
	id, mail, at int64
	result       string
}

// Fields implements store.Row.
func (l *logRow) Fields() []any { return []any{&l.id, &l.mail, &l.at, &l.result} }
