package ticket

const (
	ticketsOf       = ticketColumns + `WHERE t.reporter_id = $1 OR t.affected_id = $1 ORDER BY t.id`
	exportedEntries = entryColumns + `JOIN ticket t ON t.id = e.ticket_id WHERE e.ticket_id = $1 AND e.id > $2 AND {scope} ORDER BY e.id LIMIT $3`
	exportWritten   = `SELECT e.id, e.kind, e.channel, e.created_at FROM entry e JOIN ticket t ON t.id = e.ticket_id
		WHERE e.author_id = $1 AND e.id > $2 AND t.reporter_id <> $1 AND t.affected_id <> $1 ORDER BY e.id LIMIT $3`
	exportDrafts  = `SELECT id, place, fields, at FROM draft WHERE person_id = $1 ORDER BY place`
	exportParties = `SELECT id, role, since FROM ticket_party WHERE person_id = $1 ORDER BY ticket_id, id`

	deleteDraftsOf  = `DELETE FROM draft WHERE person_id = $1`
	deletePartiesOf = `DELETE FROM ticket_party WHERE person_id = $1`
	clearSentTo     = `UPDATE entry SET sent_to = $1 WHERE ticket_id = $2`

	countTickets = `SELECT count(*) FROM ticket t WHERE (t.reporter_id = $1 OR t.affected_id = $1) AND {scope}`
	countEntries = `SELECT count(*) FROM entry e JOIN ticket t ON t.id = e.ticket_id WHERE (t.reporter_id = $1 OR t.affected_id = $1) AND {scope}`
	countFiles   = `SELECT count(*) FROM attachment a JOIN entry e ON e.id = a.entry_id JOIN ticket t ON t.id = e.ticket_id
		WHERE (t.reporter_id = $1 OR t.affected_id = $1) AND {scope}`
	countDrafts = `SELECT count(*) FROM draft WHERE person_id = $1`
	selectRefs  = `SELECT t.id, t.ref FROM ticket t WHERE {ids}`
	ticketOfRef = `SELECT t.id FROM ticket t WHERE t.ref = $1`
	entryHomes  = `SELECT e.id, e.ticket_id, e.author_id FROM entry e WHERE {ids}`
)

// ownDraft is a draft as its author's copy has it.
type ownDraft struct {
	id     int64
	place  string
	fields []byte
	at     int64
}

// Fields implements store.Row.
func (d *ownDraft) Fields() []any { return []any{&d.id, &d.place, &d.fields, &d.at} }

type partRow struct {
	id    int64
	role  string
	since int64
}

// Fields implements store.Row.
func (p *partRow) Fields() []any { return []any{&p.id, &p.role, &p.since} }

// writtenRow is that somebody wrote an entry, without what.
type writtenRow struct {
	id      int64
	kind    EntryKind
	channel Channel
	at      int64
}

// Fields implements store.Row.
func (w *writtenRow) Fields() []any { return []any{&w.id, &w.kind, &w.channel, &w.at} }

type refRow struct {
	id  int64
	ref string
}

// Fields implements store.Row.
func (r *refRow) Fields() []any { return []any{&r.id, &r.ref} }

// Home is where an entry stands, and who wrote it.
type Home struct{ Entry, Ticket, Author int64 }

// Fields implements store.Row.
func (h *Home) Fields() []any { return []any{&h.Entry, &h.Ticket, &h.Author} }
