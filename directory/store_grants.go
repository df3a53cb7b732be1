package directory

const (
	teamGrants = `SELECT m.person_id, m.team_id, '', m.from_at FROM team t JOIN membership m ON m.team_id = t.id
		WHERE t.controller_id = $1 AND m.from_at <= $2 AND (m.to_at = 0 OR m.to_at > $2) ORDER BY t.name, m.id`
	roleGrants = `SELECT person_id, 0, role, from_at FROM role_holder
		WHERE controller_id = $1 AND from_at <= $2 AND (to_at = 0 OR to_at > $2) ORDER BY role, id`
)

type grantRow struct {
	Grant
	since int64
}

// Fields implements store.Row.
func (g *grantRow) Fields() []any { return []any{&g.Person, &g.Team, &g.Role, &g.since} }
