package ticket

const (
	selectUse = `SELECT result, at FROM form_use WHERE token = $1`

	// oldDrafts are those on tickets that a sweep forgets: with one of them may lie
	// the files of a reply that was taken back.
	oldDrafts = `SELECT id, ticket_id, fields FROM draft WHERE at < $1 AND ticket_id <> 0 ORDER BY id`
)

// useRow is what a form led to, and when.
type useRow struct {
	result string
	at     int64
}

// Fields implements store.Row.
func (u *useRow) Fields() []any { return []any{&u.result, &u.at} }

type oldDraft struct {
	id, ticket int64
	fields     []byte
}

// Fields implements store.Row.
func (d *oldDraft) Fields() []any { return []any{&d.id, &d.ticket, &d.fields} }
