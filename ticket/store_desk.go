package ticket

import (
	"time"

	"heed/ticket/target"
)

const (
	selectClocks = `SELECT clock, what, at, allowed FROM ticket_clock WHERE ticket_id = $1 ORDER BY id`
	insertClock  = `INSERT INTO ticket_clock (id, ticket_id, clock, what, at, allowed, version) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	undoClocks   = `DELETE FROM ticket_clock WHERE ticket_id = $1 AND version = $2`
	wakeTickets  = ticketColumns + `WHERE t.is_open AND t.wake_at <= $1 ORDER BY t.wake_at LIMIT $2`
	updateTimes  = `UPDATE ticket SET respond_due = $1, resolve_due = $2, due_at = $3, wake_at = $4 WHERE id = $5 AND version = $6`
)

type clockRow struct {
	target.Event
	at, allowed int64
}

// Fields implements store.Row.
func (c *clockRow) Fields() []any { return []any{&c.Clock, &c.What, &c.at, &c.allowed} }

func (c *clockRow) event() target.Event {
	c.At, c.Allowed = instant(c.at), time.Duration(c.allowed)*time.Millisecond
	return c.Event
}

const (
	insertHold = `INSERT INTO reply_hold (entry_id, ticket_id, until, version, state, assignee_id, answered_at, resolved_at, wait_for, wait_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	selectHold  = `SELECT entry_id, until, version, state, assignee_id, answered_at, resolved_at, wait_for, wait_until FROM reply_hold WHERE entry_id = $1 AND ticket_id = $2`
	selectHolds = `SELECT h.entry_id, h.until, h.version, h.state, h.assignee_id, h.answered_at, h.resolved_at, h.wait_for, h.wait_until
		FROM reply_hold h JOIN entry e ON e.id = h.entry_id WHERE h.ticket_id = $1 AND h.until > $2 AND e.author_id = $3`
	deleteHold          = `DELETE FROM reply_hold WHERE entry_id = $1`
	deleteAttachmentsOf = `DELETE FROM attachment WHERE entry_id = $1`
	deleteChangesWith   = `DELETE FROM entry WHERE ticket_id = $1 AND kind = $2 AND author_id = $3 AND created_at = $4`
	deleteEntry         = `DELETE FROM entry WHERE id = $1`

	// leftEntries is listEntries for those concerned, who read a reply once it has left.
	leftEntries = entryColumns + `JOIN ticket t ON t.id = e.ticket_id WHERE e.ticket_id = $1 AND e.id < $2 AND {scope}
		AND NOT EXISTS (SELECT 1 FROM reply_hold h WHERE h.entry_id = e.id AND h.until > $4) ORDER BY e.id DESC LIMIT $3`
)

// holdRow is how a ticket stood before a reply that can still be taken back.
type holdRow struct {
	entry, until, version, assignee, answered, resolved int64
	state                                               State
	waits                                               WaitFor
	waitsUntil                                          int64
}

// Fields implements store.Row.
func (h *holdRow) Fields() []any {
	return []any{&h.entry, &h.until, &h.version, &h.state, &h.assignee, &h.answered, &h.resolved, &h.waits, &h.waitsUntil}
}
