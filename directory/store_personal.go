package directory

const (
	selectDates  = `SELECT created_at, closed_at FROM person WHERE id = $1`
	exportTeams  = `SELECT m.id, t.name, m.from_at, m.to_at FROM membership m JOIN team t ON t.id = m.team_id WHERE m.person_id = $1 ORDER BY m.id`
	exportRoles  = `SELECT id, role, from_at, to_at FROM role_holder WHERE person_id = $1 ORDER BY id`
	exportTokens = `SELECT id, scopes, purpose, made_at, ends_at FROM api_token WHERE person_id = $1 ORDER BY id`
)

type personDates struct{ created, closed int64 }

// Fields implements store.Row.
func (d *personDates) Fields() []any { return []any{&d.created, &d.closed} }

// placeRow is a team or a role with its time.
type placeRow struct {
	id       int64
	name     string
	from, to int64
}

// Fields implements store.Row.
func (r *placeRow) Fields() []any { return []any{&r.id, &r.name, &r.from, &r.to} }

// tokenFacts is a token without its secret.
type tokenFacts struct {
	id              int64
	scopes, purpose string
	made, ends      int64
}

// Fields implements store.Row.
func (t *tokenFacts) Fields() []any { return []any{&t.id, &t.scopes, &t.purpose, &t.made, &t.ends} }
