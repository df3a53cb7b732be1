package ticket

import (
	"embed"
	"time"

	"heed/directory"
	"heed/kernel/store"
)

//go:embed migrations
var files embed.FS

// Module is the slice's schema.
func Module() store.Module { return store.Module{Name: "ticket", FS: files} }

// partySQL is the SQL face of the atoms about parties.
const partySQL = `EXISTS (SELECT 1 FROM ticket_party y WHERE y.ticket_id = t.id AND y.person_id = ? AND y.role = ?)`

// partyWay is the same for finding the tickets.
const partyWay = `t.id IN (SELECT y.ticket_id FROM ticket_party y WHERE y.person_id = ? AND y.role = ?)`

// sharedSQL is the SQL face of "holds a ticket of that person".
const sharedSQL = `EXISTS (SELECT 1 FROM ticket t WHERE (t.reporter_id = {column} OR t.affected_id = {column}) AND {holds})`

// concernsSQL says that a ticket within a scope concerns the person p.
const concernsSQL = `EXISTS (SELECT 1 FROM ticket t WHERE (t.reporter_id = p.id OR t.affected_id = p.id) AND {scope})`

const (
	ticketColumns = `SELECT t.id, t.controller_id, t.ref, t.kind, t.channel, t.state, t.team_id, t.assignee_id, t.reporter_id, t.affected_id,
		t.key_id, t.subject, t.notice, t.restricted, t.version, t.created_at, t.updated_at, t.answered_at, t.resolved_at,
		t.impact, t.urgency, t.priority, t.overridden, t.service_id, t.wait_for, t.wait_until, t.follows_id, t.respond_due, t.resolve_due, t.due_at, t.wake_at FROM ticket t `
	ticketByID    = ticketColumns + `WHERE t.id = $1 AND {scope}`
	ticketByRef   = ticketColumns + `WHERE t.ref = $1 AND {scope}`
	ticketOpened  = ticketColumns + `WHERE t.id = $1`
	listTickets   = ticketColumns + `WHERE t.id < $1 AND {filter} AND {scope} ORDER BY t.id DESC LIMIT $2`
	listDue       = ticketColumns + `WHERE (t.due_at, t.id) > ($1, $2) AND t.is_open AND {filter} AND {scope} ORDER BY t.due_at, t.id LIMIT $3`
	listChanged   = ticketColumns + `WHERE (t.updated_at, t.id) > ($1, $2) AND {filter} AND {scope} ORDER BY t.updated_at, t.id LIMIT $3`
	listFound     = ticketColumns + `WHERE {ids} AND {scope} ORDER BY t.id DESC`
	ticketsByName = `SELECT t.id FROM ticket t WHERE {people} AND +t.id < $1 AND {scope} ORDER BY +t.id DESC LIMIT $2`
	// The way alone is walked, so that PostgreSQL sees that its index is in order.
	ticketsByWay   = `SELECT t.id, {scope} FROM (SELECT t.* FROM ticket t WHERE t.id < $1 AND t.is_open = $2 AND {way} ORDER BY t.id DESC LIMIT $3) t ORDER BY t.id DESC`
	ticketsHolding = `SELECT t.id FROM ticket t WHERE {ids} AND {scope} ORDER BY t.id DESC`
	headHolds      = `EXISTS (SELECT 1 FROM idx.ticket_words w WHERE w.rowid = t.id AND {words})`
	// the entries of a ticket are few, so they are asked for their words and not the other way round
	entryHolds    = `EXISTS (SELECT 1 FROM entry e CROSS JOIN idx.ticket_words w WHERE e.ticket_id = t.id AND w.rowid = e.id AND {words} AND {scope})`
	allTickets    = ticketColumns + `WHERE t.id > $1 ORDER BY t.id LIMIT $2`
	selectHolding = `SELECT DISTINCT t.team_id, t.is_open FROM ticket t WHERE t.reporter_id = $1 OR t.affected_id = $1`
	insertTicket  = `INSERT INTO ticket (id, controller_id, ref, kind, channel, state, is_open, team_id, assignee_id, reporter_id, affected_id, key_id, subject, notice, restricted, version, created_at, updated_at, answered_at, resolved_at,
		impact, urgency, priority, service_id, follows_id, respond_due, resolve_due, due_at, wake_at)
		VALUES ($1, $2, $3, $4, $5, $6, TRUE, $7, $8, $9, $10, $11, $12, $13, FALSE, 1, $14, $14, $15, 0, $16, $17, $18, $19, $20, $21, $22, $23, $24)`
	updateTicket = `UPDATE ticket SET state = $1, team_id = $2, assignee_id = $3, version = version + 1, updated_at = $4, answered_at = $5, resolved_at = $6, is_open = $7,
		kind = $8, channel = $9, impact = $10, urgency = $11, priority = $12, overridden = $13, service_id = $14, wait_for = $15, wait_until = $16,
		respond_due = $17, resolve_due = $18, due_at = $19, wake_at = $20
		WHERE id = $21 AND version = $22`
	updateSubject    = `UPDATE ticket SET subject = $1 WHERE id = $2`
	updateConcerned  = `UPDATE ticket SET reporter_id = $1, affected_id = $2, updated_at = $3, version = version + 1 WHERE id = $4 AND version = $5`
	selectWrote      = `SELECT id FROM entry WHERE ticket_id = $1 AND author_id = $2 AND kind = $3 LIMIT 1`
	ticketsFollowing = ticketColumns + `WHERE t.follows_id = $1 AND {scope} ORDER BY t.id DESC LIMIT 20`
	touchTicket      = `UPDATE ticket SET version = version WHERE id = $1`
	deleteTicket     = `DELETE FROM ticket WHERE id = $1`

	selectParties = `SELECT person_id, role FROM ticket_party WHERE ticket_id = $1 ORDER BY id`
	insertParty   = `INSERT INTO ticket_party (id, ticket_id, person_id, role, since) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (ticket_id, person_id, role) DO NOTHING`
	deleteParty   = `DELETE FROM ticket_party WHERE ticket_id = $1 AND person_id = $2 AND role = $3`
	deleteParties = `DELETE FROM ticket_party WHERE ticket_id = $1`

	entryColumns = `SELECT e.id, e.ticket_id, e.kind, e.class, e.channel, e.author_id, e.body, e.html, e.quoted, e.sent_to, e.change, e.kept_by, e.stranger, e.doubted, e.created_at FROM entry e `
	listEntries  = entryColumns + `JOIN ticket t ON t.id = e.ticket_id WHERE e.ticket_id = $1 AND e.id < $2 AND {scope} ORDER BY e.id DESC LIMIT $3`
	someEntries  = entryColumns + `JOIN ticket t ON t.id = e.ticket_id WHERE {tickets} AND e.class <> $1 AND e.kind <> $2 AND {scope} ORDER BY e.id DESC LIMIT $3`
	entryByID    = entryColumns + `WHERE e.id = $1`
	allEntries   = entryColumns + `WHERE e.id > $1 ORDER BY e.id LIMIT $2`
	idsOfEntries = `SELECT id FROM entry WHERE ticket_id = $1`
	hiddenCounts = `SELECT e.class, count(*) FROM entry e JOIN ticket t ON t.id = e.ticket_id WHERE e.ticket_id = $1 AND NOT ({scope}) GROUP BY e.class`
	insertEntry  = `INSERT INTO entry (id, ticket_id, kind, class, channel, author_id, body, html, quoted, sent_to, change, stranger, doubted, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
	keepEntries   = `UPDATE entry SET kept_by = $1 WHERE ticket_id = $2 AND class = $3 AND kept_by = 0`
	deleteEntries = `DELETE FROM entry WHERE ticket_id = $1`

	insertAttachment  = `INSERT INTO attachment (id, entry_id, ticket_id, name, media_type, size, blob) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	listAttachments   = `SELECT id, entry_id, ticket_id, name, media_type, size, blob FROM attachment WHERE {entries} ORDER BY id`
	selectAttachment  = `SELECT a.id, a.entry_id, a.ticket_id, a.name, a.media_type, a.size, a.blob FROM attachment a JOIN entry e ON e.id = a.entry_id JOIN ticket t ON t.id = e.ticket_id WHERE a.id = $1 AND {scope}`
	selectBlobUse     = `SELECT id FROM attachment WHERE ticket_id = $1 AND blob = $2 LIMIT 1`
	deleteAttachments = `DELETE FROM attachment WHERE ticket_id = $1`

	takeBlock = `INSERT INTO reference_block (controller_id, next) VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT))
		ON CONFLICT (controller_id) DO UPDATE SET next = reference_block.next + CAST($3 AS BIGINT) RETURNING next`
	insertTally  = `INSERT INTO ticket_tally (id, controller_id, team_id, assignee_id, state, n) VALUES ($1, $2, $3, $4, $5, $6)`
	sumTally     = `SELECT controller_id, team_id, assignee_id, state, sum(n) FROM ticket_tally WHERE {filter} GROUP BY controller_id, team_id, assignee_id, state`
	selectDeltas = `SELECT id, controller_id, team_id, assignee_id, state, n FROM ticket_tally ORDER BY id LIMIT $1`
	deleteTally  = `DELETE FROM ticket_tally WHERE {ids}`

	upsertDraft = `INSERT INTO draft (id, person_id, place, ticket_id, fields, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (person_id, place) DO UPDATE SET fields = excluded.fields, ticket_id = excluded.ticket_id, id = excluded.id, at = excluded.at`
	selectDraft  = `SELECT id, fields, at FROM draft WHERE person_id = $1 AND place = $2`
	deleteDraft  = `DELETE FROM draft WHERE person_id = $1 AND place = $2`
	deleteDrafts = `DELETE FROM draft WHERE ticket_id = $1`
	sweepDrafts  = `DELETE FROM draft WHERE at < $1`

	insertUse = `INSERT INTO form_use (token, result, at) VALUES ($1, $2, $3)`
	sweepUses = `DELETE FROM form_use WHERE at < $1`

	deleteWords  = `DELETE FROM idx.ticket_words WHERE rowid = $1`
	insertWords  = `INSERT INTO idx.ticket_words (rowid, words) VALUES ($1, $2)`
	insertVector = `INSERT INTO idx.ticket_words (rowid, words) VALUES ($1, CAST($2 AS tsvector))`
	// What was written is searched newest first, heads of tickets and entries together:
	// a word that no head has would else be looked for in all of them.
	ofTexts = `LEFT JOIN entry e ON e.id = w.rowid CROSS JOIN ticket t ON t.id = COALESCE(e.ticket_id, w.rowid) `
	inScope = `(e.id IS NULL AND {heads} OR e.id IS NOT NULL AND {entries})`

	// A beginning of many words has its hits gathered from all of SQLite's index before
	// the first is known, however common it is. So it is looked for in the newest texts,
	// which the index keeps, and what is rare there is asked of the index. CROSS JOIN
	// has the engine walk them newest first and stop at enough.
	holdsWord   = `instr(' ' || w.words || ' ', ?) > 0`
	recentTexts = `SELECT w.rowid, t.id FROM idx.ticket_words w ` + ofTexts + `WHERE w.rowid < $1
		AND w.rowid >= COALESCE((SELECT o.rowid FROM idx.ticket_words o WHERE o.rowid < $1 ORDER BY o.rowid DESC LIMIT 1 OFFSET $3), 0) AND {words} AND ` + inScope + ` ORDER BY w.rowid DESC LIMIT $2`
	matchTexts = `SELECT w.rowid, t.id FROM idx.ticket_words w ` + ofTexts + `WHERE w.rowid < $1 AND {match} AND ` + inScope + ` ORDER BY w.rowid DESC LIMIT $2`
	// Who sees few of all tickets has to look at many texts of a common word for each that
	// counts: so at no more than the first.
	firstMatches = `SELECT w.rowid, t.id FROM (SELECT w.rowid FROM idx.ticket_words w WHERE w.rowid < $1 AND {match} ORDER BY w.rowid DESC LIMIT $3) w ` + ofTexts + `WHERE ` + inScope + ` ORDER BY w.rowid DESC LIMIT $2`
	countMatches = `SELECT count(*) FROM (SELECT 1 FROM idx.ticket_words w WHERE {match} LIMIT $1) h`

	// On PostgreSQL a statement that may walk the rows or ask the word index is
	// planned badly for one kind of word or the other. So common words are looked
	// for among the newest rows, then among more of them, and what is rare there is
	// asked of the index alone, before anything is joined. The sums with 0 keep the
	// planner from walking a primary key of millions to find one row.
	// OFFSET 0 keeps it from merging a few hits with all entries or tickets there are.
	byHit = `LEFT JOIN LATERAL (SELECT e.* FROM entry e WHERE e.id = w.rowid OFFSET 0) e ON TRUE
		JOIN LATERAL (SELECT t.* FROM ticket t WHERE t.id = COALESCE(e.ticket_id, w.rowid) OFFSET 0) t ON TRUE `
	newestTexts = `SELECT w.rowid, t.id FROM (SELECT w.rowid, w.words FROM idx.ticket_words w WHERE w.rowid < $1 ORDER BY w.rowid DESC LIMIT $3) w
		` + byHit + `WHERE {match} AND ` + inScope + ` ORDER BY w.rowid DESC LIMIT $2`
	rareTexts = `WITH hit AS MATERIALIZED (SELECT w.rowid FROM idx.ticket_words w WHERE {match})
		SELECT DISTINCT t.id + 0 FROM hit w ` + byHit + `WHERE t.id + 0 < $1 AND ` + inScope + ` ORDER BY 1 DESC LIMIT $2`
	// A word that many texts have, but none of the newest: the newest of them are joined.
	gatheredTexts = `WITH hit AS MATERIALIZED (SELECT w.rowid FROM idx.ticket_words w WHERE {match}),
		newest AS MATERIALIZED (SELECT w.rowid FROM hit w WHERE w.rowid < $1 ORDER BY w.rowid DESC LIMIT $3)
		SELECT w.rowid, t.id FROM newest w ` + byHit + `WHERE ` + inScope + ` ORDER BY w.rowid DESC LIMIT $2`
	countTexts   = `WITH hit AS MATERIALIZED (SELECT 1 FROM idx.ticket_words w WHERE {match}) SELECT count(*) FROM (SELECT 1 FROM hit LIMIT $1) h`
	statsOfTexts = `SELECT count(*) FROM pg_stats WHERE schemaname = 'idx' AND tablename = 'ticket_words' AND attname = 'words'`
	textsWith    = `SELECT 1 FROM idx.ticket_words w WHERE {match}`

	// A page of a search goes on behind a ticket, and entries of older tickets can be
	// younger than it: these are looked for down to the last ticket of the page. On
	// PostgreSQL that is one near by, since its words were common; its entries are
	// walked.
	lateMatches = `SELECT DISTINCT e.ticket_id FROM idx.ticket_words w CROSS JOIN entry e ON e.id = w.rowid CROSS JOIN ticket t ON t.id = e.ticket_id
		WHERE w.rowid >= $1 AND {match} AND e.ticket_id < $1 AND e.ticket_id >= $2 AND {entries}`
	lateEntries = `SELECT DISTINCT e.ticket_id FROM entry e JOIN idx.ticket_words w ON w.rowid = e.id JOIN ticket t ON t.id = e.ticket_id
		WHERE e.ticket_id < $1 AND e.ticket_id >= $2 AND e.id >= $1 AND {match} AND {entries}`

	nextWord = `SELECT v.term FROM idx.ticket_spelling v WHERE v.term >= $1 LIMIT 1`
)

type ticketRow struct {
	Ticket
	subject                              []byte
	created, updated, answered, resolved int64
	waits, respond, resolve, due, wake   int64
}

// Fields implements store.Row.
func (r *ticketRow) Fields() []any {
	return []any{
		&r.ID, &r.Controller, &r.Ref, &r.Kind, &r.Channel, &r.State, &r.Team, &r.Assignee, &r.Reporter, &r.Affected,
		&r.key, &r.subject, &r.Notice, &r.Restricted, &r.Version, &r.created, &r.updated, &r.answered, &r.resolved,
		&r.Impact, &r.Urgency, &r.Priority, &r.Overridden, &r.Offering, &r.WaitsFor, &r.waits, &r.Follows, &r.respond, &r.resolve, &r.due, &r.wake,
	}
}

func (r *ticketRow) times() {
	r.Created, r.Updated = instant(r.created), instant(r.updated)
	r.Answered, r.Ticket.Resolved = instant(r.answered), instant(r.resolved)
	r.WaitsUntil, r.RespondDue, r.ResolveDue, r.Due, r.Ticket.wake = instant(r.waits), instant(r.respond), instant(r.resolve), nearInstant(r.due), nearInstant(r.wake)
}

// instant reads a stored instant; 0 is the zero time.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// millis is the inverse of instant.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// nearInstant reads an instant of a column that is sorted, where what never comes
// stands behind everything else.
func nearInstant(ms int64) time.Time {
	if ms == Newest {
		return time.Time{}
	}
	return instant(ms)
}

// nearMillis is the inverse of nearInstant.
func nearMillis(t time.Time) int64 {
	if t.IsZero() {
		return Newest
	}
	return millis(t)
}

// Fields implements store.Row.
func (p *Party) Fields() []any { return []any{&p.Person, &p.Role} }

type entryRow struct {
	Entry
	body, html, quoted, to []byte
	at                     int64
}

// Fields implements store.Row.
func (r *entryRow) Fields() []any {
	return []any{&r.ID, &r.Ticket, &r.Kind, &r.Class, &r.Channel, &r.Author, &r.body, &r.html, &r.quoted, &r.to, &r.Change, &r.KeptBy, &r.Stranger, &r.Doubted, &r.at}
}

type attachmentRow struct {
	Attachment
	name []byte
}

// Fields implements store.Row.
func (a *attachmentRow) Fields() []any {
	return []any{&a.ID, &a.Attachment.Entry, &a.Attachment.Ticket, &a.name, &a.MediaType, &a.Size, &a.blob}
}

type holding struct{ directory.Held }

// Fields implements store.Row.
func (h *holding) Fields() []any { return []any{&h.Team, &h.Open} }

type classCount struct {
	class Class
	n     int64
}

// Fields implements store.Row.
func (c *classCount) Fields() []any { return []any{&c.class, &c.n} }

// Tally is how many tickets stand in one place.
type Tally struct {
	Controller, Team, Assignee int64
	State                      State
	N                          int64
}

// Fields implements store.Row.
func (t *Tally) Fields() []any { return []any{&t.Controller, &t.Team, &t.Assignee, &t.State, &t.N} }

type delta struct {
	id int64
	Tally
}

// Fields implements store.Row.
func (d *delta) Fields() []any { return append([]any{&d.id}, d.Tally.Fields()...) }

type draftRow struct {
	id     int64
	fields []byte
	at     int64
}

// Fields implements store.Row.
func (d *draftRow) Fields() []any { return []any{&d.id, &d.fields, &d.at} }
