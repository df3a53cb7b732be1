package privacy

import (
	"embed"

	"heed/kernel/store"
)

//go:embed migrations
var files embed.FS

// KeyModule is the part of the key store that this package owns.
func KeyModule() store.Module { return store.Module{Name: "privacy", FS: files} }

const (
	insertErasure  = `INSERT INTO erasure (id, kind, object_id, ref, detail, at, done) VALUES ($1, $2, $3, $4, $5, $6, FALSE)`
	finishErasure  = `UPDATE erasure SET done = TRUE WHERE id = $1`
	insertMark     = `INSERT INTO erasure_mark (erasure_id, mark) VALUES ($1, $2) ON CONFLICT (erasure_id, mark) DO NOTHING`
	selectMarks    = `SELECT mark FROM erasure_mark WHERE erasure_id = $1 ORDER BY mark`
	selectErasures = `SELECT id, kind, object_id, ref, detail, at, done FROM erasure WHERE id > $1 ORDER BY id LIMIT $2`
)

// Erasure notes that something was forgotten.
type Erasure struct {
	ID     int64
	Kind   string // ticket, person
	Object int64
	Ref    string
	Detail string
	Millis int64
	Done   bool
}

// Fields implements store.Row.
func (e *Erasure) Fields() []any {
	return []any{&e.ID, &e.Kind, &e.Object, &e.Ref, &e.Detail, &e.Millis, &e.Done}
}
