package ticket

import "heed/kernel/clock"

// What a desk set. A row is changed only as whoever changes it saw it: by its
// version, unseen when there was none to see, and 0 when nobody looked.
const (
	selectServices = `SELECT id, controller_id, code, name, name_fr, about, about_fr, team_id, kind, impact, urgency, retired, version, also, icon, trouble, trouble_fr, trouble_at, trouble_until FROM service ORDER BY controller_id, name, id`
	upsertService  = `INSERT INTO service (id, controller_id, code, name, name_fr, about, about_fr, team_id, kind, impact, urgency, retired, also, icon)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (controller_id, code) DO UPDATE SET name = excluded.name, name_fr = excluded.name_fr, about = excluded.about, about_fr = excluded.about_fr,
		team_id = excluded.team_id, kind = excluded.kind, impact = excluded.impact, urgency = excluded.urgency, retired = excluded.retired, version = service.version + 1,
		also = excluded.also, icon = excluded.icon
		WHERE CAST($15 AS BIGINT) IN (0, service.version)`
	updateStatus = `UPDATE service SET trouble = $1, trouble_fr = $2, trouble_at = CASE WHEN $1 = '' OR trouble = '' THEN CAST($3 AS BIGINT) ELSE trouble_at END, trouble_until = $4, version = version + 1
		WHERE id = $5 AND controller_id = $6 AND CAST($7 AS BIGINT) IN (0, version)`
	selectSettings = `SELECT controller_id, week, holidays, reopen_days, version FROM desk_setting`
	upsertSetting  = `INSERT INTO desk_setting (controller_id, week, holidays, reopen_days) VALUES ($1, $2, $3, $4)
		ON CONFLICT (controller_id) DO UPDATE SET week = excluded.week, holidays = excluded.holidays, reopen_days = excluded.reopen_days,
		version = desk_setting.version + 1 WHERE CAST($5 AS BIGINT) IN (0, desk_setting.version)`
	selectTargets = `SELECT controller_id, priority, response, resolution, version FROM desk_target`
	upsertTarget  = `INSERT INTO desk_target (controller_id, priority, response, resolution) VALUES ($1, $2, $3, $4)
		ON CONFLICT (controller_id, priority) DO UPDATE SET response = excluded.response, resolution = excluded.resolution,
		version = desk_target.version + 1 WHERE CAST($5 AS BIGINT) IN (0, desk_target.version)`

	selectClosures = `SELECT id, controller_id, from_day, to_day, from_minute, to_minute, name FROM desk_closure ORDER BY controller_id, from_day, from_minute, id`
	insertClosure  = `INSERT INTO desk_closure (id, controller_id, from_day, to_day, from_minute, to_minute, name) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	endClosure     = `UPDATE desk_closure SET to_day = $1 WHERE id = $2 AND controller_id = $3`
	deleteClosure  = `DELETE FROM desk_closure WHERE id = $1 AND controller_id = $2`
	wakeAll        = `UPDATE ticket SET wake_at = $1 WHERE controller_id = $2 AND is_open AND wake_at > $1`
)

// Fields implements store.Row.
func (o *Offering) Fields() []any {
	return []any{
		&o.ID, &o.Controller, &o.Code, &o.Name, &o.NameFR, &o.About, &o.AboutFR, &o.Team, &o.Kind, &o.Impact, &o.Urgency, &o.Retired, &o.Version,
		&o.Also, &o.Icon, &o.Trouble, &o.TroubleFR, &o.troubled, &o.until,
	}
}

// Fields implements store.Row.
func (s *Setting) Fields() []any {
	return []any{&s.Controller, &s.Week, &s.Holidays, &s.ReopenDays, &s.Version}
}

type promiseRow struct {
	controller           int64
	priority             Priority
	response, resolution int64 // in milliseconds of open time
	version              int64
}

// Fields implements store.Row.
func (p *promiseRow) Fields() []any {
	return []any{&p.controller, &p.priority, &p.response, &p.resolution, &p.version}
}

type closureRow struct {
	Closure
	from, to string
}

// Fields implements store.Row.
func (c *closureRow) Fields() []any {
	return []any{&c.ID, &c.Controller, &c.from, &c.to, &c.Hours.From, &c.Hours.To, &c.Name}
}

func (c closureRow) closure() (Closure, error) {
	var err error
	if c.From, err = clock.ParseDate(c.from); err == nil {
		c.To, err = clock.ParseDate(c.to)
	}
	return c.Closure, err
}
