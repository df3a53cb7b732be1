package ticket

const (
	insertView = `INSERT INTO saved_view (id, person_id, team_id, name, query, at) VALUES ($1, $2, $3, $4, $5, $6)`
	deleteView = `DELETE FROM saved_view WHERE id = $1`
	// savedViews are those of one person and of their teams.
	savedViews    = `SELECT id, person_id, team_id, name, query, at FROM saved_view WHERE {whose} ORDER BY id LIMIT 100`
	exportViews   = `SELECT id, person_id, team_id, name, query, at FROM saved_view WHERE person_id = $1 ORDER BY id`
	deleteViewsOf = `DELETE FROM saved_view WHERE person_id = $1`
)

type viewRow struct {
	SavedView
	name []byte
	at   int64
}

// Fields implements store.Row.
func (v *viewRow) Fields() []any {
	return []any{&v.ID, &v.Owner, &v.Team, &v.name, &v.Query, &v.at}
}
