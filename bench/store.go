package main

// The table of the reference: one row, nothing else.
const (
	createBare  = `CREATE TABLE IF NOT EXISTS bench_row (id BIGINT PRIMARY KEY, v TEXT NOT NULL)`
	lastBare    = `SELECT coalesce(max(id), 0) FROM bench_row`
	countUnread = `SELECT count(*) FROM mail_in WHERE outcome = 'received'`
	insertBare  = `INSERT INTO bench_row (id, v) VALUES ($1, $2)`
)
