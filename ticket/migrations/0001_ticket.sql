-- Tickets and what is on their timelines. Everything people wrote is sealed
-- under the ticket's own data key (record group "ticket").
CREATE TABLE ticket (
	id BIGINT PRIMARY KEY,               -- @none
	controller_id BIGINT NOT NULL,       -- @none
	ref TEXT NOT NULL UNIQUE,            -- @none
	kind TEXT NOT NULL,                  -- @none
	channel TEXT NOT NULL,               -- @none
	state TEXT NOT NULL,                 -- @none
	is_open BOOLEAN NOT NULL,            -- @none
	team_id BIGINT NOT NULL,             -- @none
	assignee_id BIGINT NOT NULL,         -- @generated of=assignee in=ticket export=no rectify=no erase=row
	reporter_id BIGINT NOT NULL,         -- @generated of=reporter in=ticket export=copy rectify=verb erase=row
	affected_id BIGINT NOT NULL,         -- @generated of=affected in=ticket export=copy rectify=verb erase=row
	key_id BIGINT NOT NULL,              -- @none
	subject BYTEA NOT NULL,              -- @narrative of=concerned in=ticket sealed export=copy rectify=verb erase=key
	notice TEXT NOT NULL,                -- @none
	restricted BOOLEAN NOT NULL,         -- @none
	version BIGINT NOT NULL,             -- @none
	created_at BIGINT NOT NULL,          -- @none
	updated_at BIGINT NOT NULL,          -- @none
	answered_at BIGINT NOT NULL,         -- @none
	resolved_at BIGINT NOT NULL          -- @none
);
CREATE INDEX ticket_team ON ticket (team_id, is_open, id);
CREATE INDEX ticket_assignee ON ticket (assignee_id, is_open, id);
CREATE INDEX ticket_reporter ON ticket (reporter_id, id);
CREATE INDEX ticket_affected ON ticket (affected_id, id);
CREATE INDEX ticket_controller ON ticket (controller_id, is_open, id);
CREATE TABLE entry (
	id BIGINT PRIMARY KEY,               -- @none
	ticket_id BIGINT NOT NULL REFERENCES ticket (id), -- @none
	kind TEXT NOT NULL,                  -- @none
	class TEXT NOT NULL,                 -- @none
	channel TEXT NOT NULL,               -- @none
	author_id BIGINT NOT NULL,           -- @generated of=author in=ticket export=copy rectify=no erase=row
	body BYTEA NOT NULL,                 -- @narrative of=concerned in=ticket sealed export=copy rectify=append erase=key
	html BYTEA NOT NULL,                 -- @narrative of=concerned in=ticket sealed export=copy rectify=append erase=key
	quoted BYTEA NOT NULL,               -- @narrative of=concerned in=ticket sealed export=copy rectify=append erase=key
	sent_to BYTEA NOT NULL,              -- @contact of=concerned in=ticket sealed export=copy rectify=no erase=key
	change TEXT NOT NULL,                -- @none
	created_at BIGINT NOT NULL           -- @none
);
CREATE INDEX entry_ticket ON entry (ticket_id, id);
CREATE INDEX entry_author ON entry (author_id, id);
CREATE TABLE attachment (
	id BIGINT PRIMARY KEY,               -- @none
	entry_id BIGINT NOT NULL REFERENCES entry (id),   -- @none
	ticket_id BIGINT NOT NULL,           -- @none
	name BYTEA NOT NULL,                 -- @narrative of=concerned in=ticket sealed export=copy rectify=no erase=key
	media_type TEXT NOT NULL,            -- @none
	size BIGINT NOT NULL,                -- @none
	blob TEXT NOT NULL                   -- @narrative of=concerned in=ticket sealed export=file rectify=no erase=key
);
CREATE INDEX attachment_entry ON attachment (entry_id);
CREATE INDEX attachment_ticket ON attachment (ticket_id);
CREATE TABLE ticket_party (
	id BIGINT PRIMARY KEY,               -- @none
	ticket_id BIGINT NOT NULL REFERENCES ticket (id), -- @none
	person_id BIGINT NOT NULL,           -- @generated of=party in=ticket export=copy rectify=verb erase=row
	role TEXT NOT NULL,                  -- @none
	since BIGINT NOT NULL,               -- @none
	CONSTRAINT ticket_party_ticket_id_person_id_role_key UNIQUE (ticket_id, person_id, role)
);
CREATE INDEX ticket_party_person ON ticket_party (person_id, ticket_id);
-- Blocks of reference numbers: gaps are fine, hot rows are not.
CREATE TABLE reference_block (
	controller_id BIGINT PRIMARY KEY,    -- @none
	next BIGINT NOT NULL                 -- @none
);
-- Counts take deltas, which a duty folds; a page never counts rows.
CREATE TABLE ticket_tally (
	id BIGINT PRIMARY KEY,               -- @none
	controller_id BIGINT NOT NULL,       -- @none
	team_id BIGINT NOT NULL,             -- @none
	assignee_id BIGINT NOT NULL,         -- @none
	state TEXT NOT NULL,                 -- @none
	n BIGINT NOT NULL                    -- @none
);
CREATE INDEX ticket_tally_team ON ticket_tally (team_id, state);
CREATE INDEX ticket_tally_assignee ON ticket_tally (assignee_id, state);
CREATE INDEX ticket_tally_controller ON ticket_tally (controller_id, state);
-- What somebody typed and has not sent, per page.
CREATE TABLE draft (
	id BIGINT PRIMARY KEY,               -- @none
	person_id BIGINT NOT NULL,           -- @generated of=author in=draft export=copy rectify=self erase=row
	place TEXT NOT NULL,                 -- @none
	ticket_id BIGINT NOT NULL,           -- @none
	key_id BIGINT NOT NULL,              -- @none
	fields BYTEA NOT NULL,               -- @narrative of=author in=draft sealed export=copy rectify=self erase=key
	at BIGINT NOT NULL,                  -- @none
	CONSTRAINT draft_person_id_place_key UNIQUE (person_id, place)
);
CREATE INDEX draft_ticket ON draft (ticket_id);
CREATE INDEX draft_at ON draft (at);
-- Forms and API calls that were carried out, so that a second press does nothing.
CREATE TABLE form_use (
	token TEXT PRIMARY KEY,              -- @none
	result TEXT NOT NULL,                -- @none
	at BIGINT NOT NULL                   -- @none
);
CREATE INDEX form_use_at ON form_use (at);
