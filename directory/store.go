package directory

import (
	"embed"

	"heed/kernel/store"
)

//go:embed migrations
var files embed.FS

// Module is the directory's schema.
func Module() store.Module { return store.Module{Name: "directory", FS: files} }

const (
	insertController   = `INSERT INTO controller (id, code, name, desk_name, notice, zone, lang, ref_prefix, mail_local, processor, desk_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	selectControllers  = `SELECT id, code, name, desk_name, notice, zone, lang, ref_prefix, mail_local, processor, desk_id FROM controller ORDER BY id`
	insertOrganisation = `INSERT INTO organisation (id, code, name, controller_id) VALUES ($1, $2, $3, $4)`
	selectOrganisation = `SELECT id, code, name, controller_id FROM organisation WHERE code = $1`
	insertTeam         = `INSERT INTO team (id, controller_id, code, name, parent_id, desk) VALUES ($1, $2, $3, $4, $5, $6)`
	selectTeams        = `SELECT id, controller_id, code, name, parent_id, desk FROM team ORDER BY controller_id, name, id`
	insertMembership   = `INSERT INTO membership (id, team_id, person_id, from_at, to_at) VALUES ($1, $2, $3, $4, $5)`
	endMembership      = `UPDATE membership SET to_at = $1 WHERE person_id = $2 AND team_id = $3 AND to_at = 0`
	insertRole         = `INSERT INTO role_holder (id, controller_id, person_id, role, from_at, to_at) VALUES ($1, $2, $3, $4, $5, $6)`
	endRole            = `UPDATE role_holder SET to_at = $1 WHERE person_id = $2 AND controller_id = $3 AND role = $4 AND to_at = 0`
	insertAffiliation  = `INSERT INTO affiliation (id, person_id, kind, from_at, to_at) VALUES ($1, $2, $3, $4, $5)`

	insertPerson = `INSERT INTO person (id, controller_id, organisation_id, key_id, name, name_source, name_at, manager_id, lang, state, closed_at, feed_key, feed_hash, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active', 0, $10, $11, $12)`
	personColumns = `SELECT p.id, p.controller_id, p.organisation_id, p.key_id, p.name, p.name_source, p.name_at, p.manager_id, p.lang, p.state FROM person p `
	selectPerson  = personColumns + `WHERE p.id = $1`
	namedPersons  = personColumns + `WHERE {ids}`

	insertValue  = `INSERT INTO person_value (id, person_id, kind, value, lookup, source, at, tail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	selectEnding = `SELECT v.id, v.kind, v.value, v.source, v.at, v.person_id FROM person_value v JOIN person p ON p.id = v.person_id
		WHERE v.tail = $1 AND v.kind = 'phone' AND {scope} ORDER BY v.person_id DESC LIMIT $2`
	selectUntailed = `SELECT id, kind, value, source, at, person_id FROM person_value WHERE kind = 'phone' AND tail IS NULL ORDER BY id LIMIT $1`
	updateTail     = `UPDATE person_value SET tail = $1 WHERE id = $2`
	// by number, so that of several the newest is the last
	selectValuesOf = `SELECT id, kind, value, source, at, person_id FROM person_value WHERE {people} AND kind = $1 ORDER BY id`
	selectValues   = `SELECT id, kind, value, source, at FROM person_value WHERE person_id = $1 ORDER BY kind, id`
	lookupValue    = `SELECT p.id, p.controller_id, p.organisation_id, p.key_id, p.name, p.name_source, p.name_at, p.manager_id, p.lang, p.state
		FROM person_value v JOIN person p ON p.id = v.person_id WHERE v.lookup = $1 AND v.kind = $2 ORDER BY p.state, p.name_source = 'mail', p.id`

	selectGroups = `WITH RECURSIVE up (id) AS (
			SELECT team_id FROM membership WHERE person_id = $1 AND from_at <= $2 AND (to_at = 0 OR to_at > $2)
			UNION SELECT t.parent_id FROM team t JOIN up ON up.id = t.id WHERE t.parent_id <> 0)
		SELECT t.id, t.controller_id, t.code, t.name, t.parent_id, t.desk FROM team t JOIN up ON up.id = t.id ORDER BY t.name, t.id`
	selectRoles   = `SELECT controller_id, role FROM role_holder WHERE person_id = $1 AND from_at <= $2 AND (to_at = 0 OR to_at > $2)`
	selectMembers = `SELECT DISTINCT m.person_id FROM membership m WHERE m.team_id = $1 AND m.from_at <= $2 AND (m.to_at = 0 OR m.to_at > $2) ORDER BY m.person_id LIMIT 500`
	selectCrews   = `SELECT DISTINCT m.team_id, m.person_id FROM membership m JOIN team g ON g.id = m.team_id WHERE g.controller_id = $1 AND m.from_at <= $2 AND (m.to_at = 0 OR m.to_at > $2) ORDER BY m.team_id, m.person_id LIMIT 5000`
	selectHolders = `SELECT DISTINCT person_id FROM role_holder WHERE controller_id = $1 AND role = $2 AND from_at <= $3 AND (to_at = 0 OR to_at > $3) ORDER BY person_id LIMIT 500`

	upsertPassword = `INSERT INTO credential (person_id, password, totp, totp_step) VALUES ($1, $2, $3, 0)
		ON CONFLICT (person_id) DO UPDATE SET password = excluded.password`
	selectCredential = `SELECT person_id, password, totp, totp_step FROM credential WHERE person_id = $1`

	insertSession  = `INSERT INTO session (id, token, person_id, device, method, made_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`
	selectSession  = `SELECT id, person_id, device, method, made_at, seen_at, ends_at FROM session WHERE token = $1`
	sessionPerson  = `SELECT person_id FROM session WHERE token = $1`
	listSessions   = `SELECT id, person_id, device, method, made_at, seen_at, ends_at FROM session WHERE person_id = $1 AND ends_at > 0 ORDER BY seen_at DESC`
	touchSession   = `UPDATE session SET seen_at = $1 WHERE id = $2`
	endSession     = `UPDATE session SET ends_at = 0, seen_at = $3 WHERE id = $1 AND person_id = $2`
	deleteSessions = `DELETE FROM session WHERE person_id = $1`
	sweepSessions  = `DELETE FROM session WHERE ends_at < $1 AND seen_at < $2`

	insertLink = `INSERT INTO link_token (token, person_id, back, ends_at) VALUES ($1, $2, $3, $4)`
	takeLink   = `DELETE FROM link_token WHERE token = $1 RETURNING person_id, back, ends_at`
	sweepLinks = `DELETE FROM link_token WHERE ends_at < $1`

	insertToken = `INSERT INTO api_token (id, token, person_id, scopes, purpose, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	sweepTokens = `DELETE FROM api_token WHERE ends_at < $1`
	selectToken = `SELECT id, person_id, scopes, purpose, ends_at FROM api_token WHERE token = $1`

	deleteWords  = `DELETE FROM idx.person_words WHERE rowid = $1`
	insertWords  = `INSERT INTO idx.person_words (rowid, words) VALUES ($1, $2)`
	insertVector = `INSERT INTO idx.person_words (rowid, words) VALUES ($1, CAST($2 AS tsvector))`
	// On PostgreSQL names are looked for among the newest people, then, where they are
	// rare there, by the index alone: its planner walks everybody where a word begins so.
	newestNames = `SELECT w.rowid FROM (SELECT w.rowid, w.words FROM idx.person_words w ORDER BY w.rowid DESC LIMIT $2) w
		JOIN LATERAL (SELECT p.* FROM person p WHERE p.id = w.rowid OFFSET 0) p ON TRUE WHERE {match} AND {scope} ORDER BY w.rowid DESC LIMIT $1`
	rareNames = `WITH hit AS MATERIALIZED (SELECT w.rowid FROM idx.person_words w WHERE {match})
		SELECT w.rowid FROM hit w JOIN LATERAL (SELECT p.* FROM person p WHERE p.id = w.rowid OFFSET 0) p ON TRUE WHERE {scope} ORDER BY w.rowid DESC LIMIT $1`
	matchWords     = `SELECT w.rowid FROM idx.person_words w JOIN person p ON p.id = w.rowid WHERE {match} AND {scope} ORDER BY w.rowid DESC LIMIT $1`
	selectForWords = personColumns + `WHERE p.id > $1 ORDER BY p.id LIMIT $2`
)

type controllerRow Controller

// Fields implements store.Row.
func (c *controllerRow) Fields() []any {
	return []any{&c.ID, &c.Code, &c.Name, &c.DeskName, &c.Notice, &c.Zone, &c.Lang, &c.RefPrefix, &c.MailLocal, &c.Processor, &c.DeskID}
}

// Organisation is an employer; it resolves the controller of its people.
type Organisation struct {
	ID         int64
	Code, Name string
	Controller int64
}

// Fields implements store.Row.
func (o *Organisation) Fields() []any { return []any{&o.ID, &o.Code, &o.Name, &o.Controller} }

// Fields implements store.Row.
func (t *Team) Fields() []any {
	return []any{&t.ID, &t.Controller, &t.Code, &t.Name, &t.Parent, &t.Desk}
}

type personRow struct {
	Person
	name []byte
}

// Fields implements store.Row.
func (p *personRow) Fields() []any {
	return []any{&p.ID, &p.Controller, &p.Organisation, &p.key, &p.name, &p.nameSource, &p.nameAt, &p.Manager, &p.Lang, &p.State}
}

type valueRow struct {
	id     int64
	kind   Kind
	value  []byte
	source string
	at     int64
}

// Fields implements store.Row.
func (v *valueRow) Fields() []any { return []any{&v.id, &v.kind, &v.value, &v.source, &v.at} }

// valueOfRow is a value of one of several people.
type valueOfRow struct {
	valueRow
	person int64
}

// Fields implements store.Row.
func (v *valueOfRow) Fields() []any { return append(v.valueRow.Fields(), &v.person) }

type crewRow struct{ team, person int64 }

// Fields implements store.Row.
func (c *crewRow) Fields() []any { return []any{&c.team, &c.person} }

type roleRow struct {
	controller int64
	role       string
}

// Fields implements store.Row.
func (r *roleRow) Fields() []any { return []any{&r.controller, &r.role} }

type credentialRow struct {
	person   int64
	password string
	totp     []byte
	step     int64
}

// Fields implements store.Row.
func (c *credentialRow) Fields() []any {
	return []any{&c.person, &c.password, &c.totp, &c.step}
}

type sessionRow struct {
	id, person         int64
	device             []byte
	method             string
	made, seen, endsAt int64
}

// Fields implements store.Row.
func (s *sessionRow) Fields() []any {
	return []any{&s.id, &s.person, &s.device, &s.method, &s.made, &s.seen, &s.endsAt}
}

type linkRow struct {
	person int64
	back   string
	ends   int64
}

// Fields implements store.Row.
func (l *linkRow) Fields() []any { return []any{&l.person, &l.back, &l.ends} }

type tokenRow struct {
	id, person      int64
	scopes, purpose string
	ends            int64
}

// Fields implements store.Row.
func (t *tokenRow) Fields() []any { return []any{&t.id, &t.person, &t.scopes, &t.purpose, &t.ends} }
