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
)

// Backup is one that was made whole.
type Backup struct {
	Millis int64
	Bytes  int64
}

// Fields implements store.Row.
func (b *Backup) Fields() []any { return []any{&b.Millis, &b.Bytes} }
