package directory

const (
	upsertVetting = `INSERT INTO vetting (id, person_id, kind, value, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (person_id, kind) DO UPDATE SET id = excluded.id, value = excluded.value, at = excluded.at`
	deleteVetting = `DELETE FROM vetting WHERE person_id = $1 AND kind = $2`
	selectVetting = `SELECT id, kind, value, at FROM vetting WHERE person_id = $1 ORDER BY kind`
)

type vettingRow struct {
	id    int64
	kind  Kind
	value []byte
	at    int64
}

// Fields implements store.Row.
func (v *vettingRow) Fields() []any { return []any{&v.id, &v.kind, &v.value, &v.at} }
