package journal

import (
	"embed"

	"heed/kernel/store"
)

//go:embed migrations
var files embed.FS

// Module is the journal's schema, in a database of its own.
func Module() store.Module { return store.Module{Name: "journal", FS: files} }

const (
	insertLines = `INSERT INTO journal_line (id, record) VALUES {rows}`
	selectLines = `SELECT id, record FROM journal_line ORDER BY id LIMIT $1`
	deleteLines = `DELETE FROM journal_line WHERE {ids}`
)

// Fields implements store.Row.
func (l *Line) Fields() []any { return []any{&l.ID, &l.Record} }
