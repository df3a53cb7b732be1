package directory

import (
	"strings"

	"heed/kernel/policy"
)

const (
	selectFed    = `SELECT id, controller_id, feed_key, feed_hash, state, closed_by FROM person WHERE {keys}`
	selectGone   = `SELECT hash FROM tombstone WHERE {keys}`
	selectTaken  = `SELECT v.lookup, v.kind, p.id, p.controller_id, p.name_source, p.feed_key FROM person_value v JOIN person p ON p.id = v.person_id WHERE {keys} AND p.state = 'active'`
	selectOfFeed = `SELECT id, feed_key FROM person WHERE name_source = $1 AND state = 'active' AND feed_key IS NOT NULL AND id > $2 ORDER BY id LIMIT $3`
	idOfFeedKey  = `SELECT id FROM person WHERE feed_key = $1`

	selectOrganisations = `SELECT id, code, name, controller_id FROM organisation ORDER BY code`
	selectAffiliations  = `SELECT id, kind, from_at, to_at FROM affiliation WHERE person_id = $1 ORDER BY id`
	endAffiliation      = `UPDATE affiliation SET to_at = $1 WHERE id = $2`

	adoptPerson  = `UPDATE person SET feed_key = $1 WHERE id = $2`
	updateFed    = `UPDATE person SET controller_id = $1, organisation_id = $2, manager_id = $3, manager_key = $4, feed_hash = $5 WHERE id = $6`
	updateName   = `UPDATE person SET name = $1, name_source = $2, name_at = $3 WHERE id = $4`
	updateLed    = `UPDATE person SET manager_id = $1 WHERE manager_key = $2 AND manager_id <> $1`
	deleteValue  = `DELETE FROM person_value WHERE id = $1`
	reopenPerson = `UPDATE person SET state = 'active', closed_at = 0, closed_by = '' WHERE id = $1`

	closePerson     = `UPDATE person SET state = 'closed', closed_at = $1, closed_by = $2 WHERE id = $3`
	endMemberships  = `UPDATE membership SET to_at = $1 WHERE person_id = $2 AND (to_at = 0 OR to_at > $1)`
	endRoles        = `UPDATE role_holder SET to_at = $1 WHERE person_id = $2 AND (to_at = 0 OR to_at > $1)`
	endAffiliations = `UPDATE affiliation SET to_at = $1 WHERE person_id = $2 AND (to_at = 0 OR to_at > $1)`

	upsertRun = `INSERT INTO feed_run (source, at, people) VALUES ($1, $2, $3) ON CONFLICT (source) DO UPDATE SET at = excluded.at, people = excluded.people`
	selectRun = `SELECT at FROM feed_run WHERE source = $1`

	insertTombstone = `INSERT INTO tombstone (hash, at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING`
	selectTombstone = `SELECT hash FROM tombstone WHERE hash = $1`
	forgetPerson    = `UPDATE person SET state = 'closed', closed_by = 'forgotten', name_source = '', manager_id = 0, manager_key = NULL, feed_key = NULL, feed_hash = $1 WHERE id = $2`
	selectFeedKey   = `SELECT feed_key FROM person WHERE id = $1`
	selectLookups   = `SELECT lookup FROM person_value WHERE person_id = $1 AND kind IN ('user_name', 'email')`
	forgetManager   = `UPDATE person SET manager_id = 0 WHERE manager_id = $1 AND manager_id <> 0`
)

// ofPerson are the rows that go with a person who is forgotten.
func ofPerson() []string {
	return []string{
		`DELETE FROM person_value WHERE person_id = $1`, `DELETE FROM affiliation WHERE person_id = $1`,
		`DELETE FROM membership WHERE person_id = $1`, `DELETE FROM role_holder WHERE person_id = $1`,
		`DELETE FROM credential WHERE person_id = $1`, `DELETE FROM recovery_code WHERE person_id = $1`,
		`DELETE FROM passkey WHERE person_id = $1`, `DELETE FROM reveal WHERE person_id = $1`,
		`DELETE FROM vetting WHERE person_id = $1`,
	}
}

// waysIn are the rows by which somebody whose account is closed could come in.
func waysIn() []string {
	return []string{
		`DELETE FROM session WHERE person_id = $1`, `DELETE FROM link_token WHERE person_id = $1`,
		`DELETE FROM api_token WHERE person_id = $1`, `DELETE FROM step WHERE person_id = $1`,
	}
}

// oneOf is the condition that a column of hashes has one of the values.
func oneOf(column string, hashes [][]byte) policy.SQL {
	if len(hashes) == 0 {
		return policy.Never()
	}
	args := make([]any, len(hashes))
	for i, h := range hashes {
		args[i] = h
	}
	return policy.SQL{Text: column + " IN (?" + strings.Repeat(", ?", len(hashes)-1) + ")", Args: args}
}

// fedRow is what the feed asks of a person it has brought before.
type fedRow struct {
	id, controller int64
	key, hash      []byte
	state          State
	closedBy       string
}

// Fields implements store.Row.
func (f *fedRow) Fields() []any {
	return []any{&f.id, &f.controller, &f.key, &f.hash, &f.state, &f.closedBy}
}

// takenRow is somebody who has a user name or an address.
type takenRow struct {
	lookup         []byte
	kind           Kind
	id, controller int64
	source         string
	feedKey        []byte
}

// Fields implements store.Row.
func (t *takenRow) Fields() []any {
	return []any{&t.lookup, &t.kind, &t.id, &t.controller, &t.source, &t.feedKey}
}

type affiliationRow struct {
	id       int64
	kind     string
	from, to int64
}

// Fields implements store.Row.
func (a *affiliationRow) Fields() []any { return []any{&a.id, &a.kind, &a.from, &a.to} }

// holds reports whether the affiliation holds at an instant.
func (a affiliationRow) holds(at int64) bool { return a.from <= at && (a.to == 0 || a.to > at) }

type keyRow struct {
	id  int64
	key []byte
}

// Fields implements store.Row.
func (k *keyRow) Fields() []any { return []any{&k.id, &k.key} }
