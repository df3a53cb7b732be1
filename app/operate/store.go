package operate

import (
	"embed"

	"heed/kernel/store"
)

//go:embed migrations
var files embed.FS

// Module is the room's schema.
func Module() store.Module { return store.Module{Name: "operate", FS: files} }

const (
	insertBackup = `INSERT INTO backup (id, at, bytes) VALUES ($1, $2, $3)`
	lastBackup   = `SELECT at, bytes FROM backup ORDER BY id DESC LIMIT 1`

	ledgerSize    = `SELECT coalesce(max(seq), -1) + 1 FROM ledger_record`
	ledgerWaiting = `SELECT count(*) FROM ledger_record WHERE seq IS NULL AND id > $1`

	// Figures of one day: the ids of a day stand together.
	mailsIn  = `SELECT outcome, count(*) FROM (SELECT outcome FROM mail_in WHERE id >= $1 ORDER BY id LIMIT $2) d GROUP BY outcome ORDER BY outcome`
	mailsOut = `SELECT state, count(*) FROM (SELECT state FROM mail_out WHERE id >= $1 ORDER BY id LIMIT $2) d GROUP BY state ORDER BY state`
)

// Backup is one that was made whole.
type Backup struct {
	Millis int64
	Bytes  int64
}

// Fields implements store.Row.
func (b *Backup) Fields() []any { return []any{&b.Millis, &b.Bytes} }

// share is how many of something ended one way.
type share struct {
	name string
	n    int64
}

// Fields implements store.Row.
func (s *share) Fields() []any { return []any{&s.name, &s.n} }
