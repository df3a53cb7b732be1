-- How urgent a ticket is, what it is about, what it waits for, and when it is due.
ALTER TABLE ticket ADD COLUMN impact BIGINT NOT NULL DEFAULT 2; -- @none
ALTER TABLE ticket ADD COLUMN urgency BIGINT NOT NULL DEFAULT 2; -- @none
ALTER TABLE ticket ADD COLUMN priority BIGINT NOT NULL DEFAULT 3; -- @none
ALTER TABLE ticket ADD COLUMN overridden BOOLEAN NOT NULL DEFAULT FALSE; -- @none
ALTER TABLE ticket ADD COLUMN service_id BIGINT NOT NULL DEFAULT 0; -- @none
ALTER TABLE ticket ADD COLUMN wait_for TEXT NOT NULL DEFAULT ''; -- @none
ALTER TABLE ticket ADD COLUMN wait_until BIGINT NOT NULL DEFAULT 0; -- @none
ALTER TABLE ticket ADD COLUMN follows_id BIGINT NOT NULL DEFAULT 0; -- @none
ALTER TABLE ticket ADD COLUMN respond_due BIGINT NOT NULL DEFAULT 0; -- @none
ALTER TABLE ticket ADD COLUMN resolve_due BIGINT NOT NULL DEFAULT 0; -- @none
-- The instant by which something is due next; far away when nothing is.
ALTER TABLE ticket ADD COLUMN due_at BIGINT NOT NULL DEFAULT 4611686018427387903; -- @none
-- The instant at which the house itself must look at it; far away for never.
ALTER TABLE ticket ADD COLUMN wake_at BIGINT NOT NULL DEFAULT 4611686018427387903; -- @none
CREATE INDEX ticket_team_due ON ticket (team_id, due_at, id) WHERE is_open;
CREATE INDEX ticket_assignee_due ON ticket (assignee_id, due_at, id) WHERE is_open;
CREATE INDEX ticket_due ON ticket (due_at, id) WHERE is_open;
CREATE INDEX ticket_wake ON ticket (wake_at) WHERE is_open;
CREATE INDEX ticket_follows ON ticket (follows_id, id);
-- An entry that only one team reads, since it was handed on without it; 0: all who may.
ALTER TABLE entry ADD COLUMN kept_by BIGINT NOT NULL DEFAULT 0; -- @none
-- What happened to the clocks of a ticket; due instants are computed from it.
CREATE TABLE ticket_clock (
	id BIGINT PRIMARY KEY,               -- @none
	ticket_id BIGINT NOT NULL REFERENCES ticket (id) ON DELETE CASCADE, -- @none
	clock TEXT NOT NULL,                 -- @none
	what TEXT NOT NULL,                  -- @none
	at BIGINT NOT NULL,                  -- @none
	allowed BIGINT NOT NULL,             -- @none
	version BIGINT NOT NULL              -- @none
);
CREATE INDEX ticket_clock_ticket ON ticket_clock (ticket_id, id);
-- Replies that can still be taken back, with how the ticket stood before.
CREATE TABLE reply_hold (
	entry_id BIGINT PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE, -- @none
	ticket_id BIGINT NOT NULL,           -- @none
	until BIGINT NOT NULL,               -- @none
	version BIGINT NOT NULL,             -- @none
	state TEXT NOT NULL,                 -- @none
	assignee_id BIGINT NOT NULL,         -- @generated of=assignee in=ticket export=no rectify=no erase=row
	answered_at BIGINT NOT NULL,         -- @none
	resolved_at BIGINT NOT NULL,         -- @none
	wait_for TEXT NOT NULL,              -- @none
	wait_until BIGINT NOT NULL           -- @none
);
CREATE INDEX reply_hold_ticket ON reply_hold (ticket_id);
CREATE INDEX reply_hold_until ON reply_hold (until);
-- What a desk offers help with, and what it promises.
CREATE TABLE service (
	id BIGINT PRIMARY KEY,               -- @none
	controller_id BIGINT NOT NULL,       -- @none
	code TEXT NOT NULL,                  -- @none
	name TEXT NOT NULL,                  -- @none
	about TEXT NOT NULL,                 -- @none
	team_id BIGINT NOT NULL,             -- @none
	kind TEXT NOT NULL,                  -- @none
	CONSTRAINT service_controller_id_code_key UNIQUE (controller_id, code)
);
CREATE TABLE desk_setting (
	controller_id BIGINT PRIMARY KEY,    -- @none
	week TEXT NOT NULL,                  -- @none
	holidays TEXT NOT NULL,              -- @none
	reopen_days BIGINT NOT NULL          -- @none
);
CREATE TABLE desk_target (
	controller_id BIGINT NOT NULL,       -- @none
	priority BIGINT NOT NULL,            -- @none
	response BIGINT NOT NULL,            -- @none
	resolution BIGINT NOT NULL,          -- @none
	CONSTRAINT desk_target_controller_id_priority_key UNIQUE (controller_id, priority)
);
