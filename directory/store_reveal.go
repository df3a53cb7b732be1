package directory

const (
	insertReveal = `INSERT INTO reveal (id, person_id, actor_id, kind, reason, words, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	selectReveal = `SELECT person_id, actor_id, kind, reason, words, at FROM reveal WHERE id = $1`
)

type revealRow struct {
	person, actor int64
	kind          Kind
	reason        Reason
	words         []byte
	at            int64
}

// Fields implements store.Row.
func (r *revealRow) Fields() []any {
	return []any{&r.person, &r.actor, &r.kind, &r.reason, &r.words, &r.at}
}
