package ticket

// What a desk set. A row is changed only as whoever changes it saw it: by its
// version, unseen when there was none to see, and 0 when nobody looked.
const (
	selectServices = `SELECT id, controller_id, code, name, name_fr, about, about_fr, team_id, kind, retired, version FROM service ORDER BY controller_id, name, id`
	upsertService  = `INSERT INTO service (id, controller_id, code, name, name_fr, about, about_fr, team_id, kind, retired) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (controller_id, code) DO UPDATE SET name = excluded.name, name_fr = excluded.name_fr, about = excluded.about, about_fr = excluded.about_fr,
		team_id = excluded.team_id, kind = excluded.kind, retired = excluded.retired, version = service.version + 1
		WHERE CAST($11 AS BIGINT) IN (0, service.version)`
	selectSettings = `SELECT controller_id, week, holidays, reopen_days, version FROM desk_setting`
	upsertSetting  = `INSERT INTO desk_setting (controller_id, week, holidays, reopen_days) VALUES ($1, $2, $3, $4)
		ON CONFLICT (controller_id) DO UPDATE SET week = excluded.week, holidays = excluded.holidays, reopen_days = excluded.reopen_days,
		version = desk_setting.version + 1 WHERE CAST($5 AS BIGINT) IN (0, desk_setting.version)`
	selectTargets = `SELECT controller_id, priority, response, resolution, version FROM desk_target`
	upsertTarget  = `INSERT INTO desk_target (controller_id, priority, response, resolution) VALUES ($1, $2, $3, $4)
		ON CONFLICT (controller_id, priority) DO UPDATE SET response = excluded.response, resolution = excluded.resolution,
		version = desk_target.version + 1 WHERE CAST($5 AS BIGINT) IN (0, desk_target.version)`
)

// Fields implements store.Row.
func (o *Offering) Fields() []any {
	return []any{&o.ID, &o.Controller, &o.Code, &o.Name, &o.NameFR, &o.About, &o.AboutFR, &o.Team, &o.Kind, &o.Retired, &o.Version}
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
