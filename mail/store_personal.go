package mail

const (
	outOf         = outColumns + `WHERE person_id = $1 AND id > $2 ORDER BY id LIMIT $3`
	inOfTicket    = inColumns + `WHERE ticket_id = $1 ORDER BY id`
	inLoose       = inColumns + `WHERE ticket_id = 0 AND id > $1 ORDER BY id LIMIT $2`
	outKeysOf     = `SELECT key_id FROM mail_out WHERE person_id = $1`
	deleteLogsOf  = `DELETE FROM mail_log WHERE mail_id IN (SELECT id FROM mail_out WHERE person_id = $1)`
	deleteOutOf   = `DELETE FROM mail_out WHERE person_id = $1`
	keyOfIn       = `SELECT key_id FROM mail_in WHERE id = $1`
	deleteInAlone = `DELETE FROM mail_in WHERE id = $1`
)
