package directory

const (
	selectAttempt = `SELECT failures, locked_until, at FROM attempt WHERE key = $1`
	upsertAttempt = `INSERT INTO attempt (key, failures, locked_until, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until, at = excluded.at`
	deleteAttempt = `DELETE FROM attempt WHERE key = $1`
	sweepAttempts = `DELETE FROM attempt WHERE at < $1`

	upsertTOTP = `INSERT INTO credential (person_id, password, totp, totp_step) VALUES ($1, '', $2, $3)
		ON CONFLICT (person_id) DO UPDATE SET totp = excluded.totp, totp_step = excluded.totp_step`
	useTOTPStep    = `UPDATE credential SET totp_step = $1 WHERE person_id = $2 AND totp_step < $1`
	insertRecovery = `INSERT INTO recovery_code (id, person_id, code) VALUES ($1, $2, $3)`
	useRecovery    = `DELETE FROM recovery_code WHERE person_id = $1 AND code = $2`
	deleteRecovery = `DELETE FROM recovery_code WHERE person_id = $1`
	selectRecovery = `SELECT id FROM recovery_code WHERE person_id = $1`

	insertStep = `INSERT INTO step (token, kind, person_id, session_id, method, data, back, held, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	selectStep = `SELECT kind, person_id, session_id, method, data, back, held, ends_at FROM step WHERE token = $1`
	deleteStep = `DELETE FROM step WHERE token = $1`
	sweepSteps = `DELETE FROM step WHERE ends_at < $1`

	insertPasskey = `INSERT INTO passkey (id, person_id, lookup, record, name, made_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, 0)`
	selectPasskey = `SELECT id, person_id, record, name, made_at, used_at FROM passkey WHERE lookup = $1`
	listPasskeys  = `SELECT id, person_id, record, name, made_at, used_at FROM passkey WHERE person_id = $1 ORDER BY id`
	updatePasskey = `UPDATE passkey SET record = $1, used_at = $2 WHERE id = $3`
	deletePasskey = `DELETE FROM passkey WHERE id = $1 AND person_id = $2`
	endOthers     = `UPDATE session SET ends_at = 0, seen_at = $3 WHERE person_id = $1 AND id <> $2`
	lookupInScope = `SELECT p.id FROM person_value v JOIN person p ON p.id = v.person_id WHERE v.lookup = $1 AND v.kind = $2 AND {scope} ORDER BY p.id DESC LIMIT $3`
)

type attemptRow struct{ failures, locked, at int64 }

// Fields implements store.Row.
func (a *attemptRow) Fields() []any { return []any{&a.failures, &a.locked, &a.at} }

type stepRow struct {
	kind            stepKind
	person, session int64
	method          string
	data            []byte
	back, held      string
	ends            int64
}

// Fields implements store.Row.
func (s *stepRow) Fields() []any {
	return []any{&s.kind, &s.person, &s.session, &s.method, &s.data, &s.back, &s.held, &s.ends}
}

type passkeyRow struct {
	id, person   int64
	record, name []byte
	made, used   int64
}

// Fields implements store.Row.
func (p *passkeyRow) Fields() []any {
	return []any{&p.id, &p.person, &p.record, &p.name, &p.made, &p.used}
}
