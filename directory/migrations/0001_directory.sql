-- Who is responsible, who works where, who may sign in. Values about a person
-- are sealed under the data key of that person (record group "person").
CREATE TABLE controller (
	id BIGINT PRIMARY KEY,              -- @none
	code TEXT NOT NULL UNIQUE,          -- @none
	name TEXT NOT NULL,                 -- @none
	desk_name TEXT NOT NULL,            -- @none
	notice TEXT NOT NULL,               -- @none
	zone TEXT NOT NULL,                 -- @none
	lang TEXT NOT NULL,                 -- @none
	ref_prefix TEXT NOT NULL,           -- @none
	mail_local TEXT NOT NULL,           -- @none
	processor BOOLEAN NOT NULL,         -- @none
	desk_id BIGINT NOT NULL             -- @none
);
CREATE TABLE organisation (
	id BIGINT PRIMARY KEY,              -- @none
	code TEXT NOT NULL UNIQUE,          -- @none
	name TEXT NOT NULL,                 -- @none
	controller_id BIGINT NOT NULL REFERENCES controller (id) -- @none
);
CREATE TABLE team (
	id BIGINT PRIMARY KEY,              -- @none
	controller_id BIGINT NOT NULL REFERENCES controller (id), -- @none
	code TEXT NOT NULL,                 -- @none
	name TEXT NOT NULL,                 -- @none
	parent_id BIGINT NOT NULL,          -- @none
	desk BOOLEAN NOT NULL,              -- @none
	CONSTRAINT team_controller_id_code_key UNIQUE (controller_id, code)
);
CREATE TABLE person (
	id BIGINT PRIMARY KEY,              -- @none
	controller_id BIGINT NOT NULL REFERENCES controller (id), -- @none
	organisation_id BIGINT NOT NULL,    -- @none
	key_id BIGINT NOT NULL,             -- @none
	name BYTEA NOT NULL,                -- @contact of=self in=person sealed export=copy rectify=source erase=key
	name_source TEXT NOT NULL,          -- @none
	name_at BIGINT NOT NULL,            -- @none
	manager_id BIGINT NOT NULL,         -- @generated of=self export=copy rectify=source erase=row
	lang TEXT NOT NULL,                 -- @none
	state TEXT NOT NULL,                -- @none
	closed_at BIGINT NOT NULL,          -- @none
	feed_key BYTEA,                     -- @identifier of=self hashed export=no rectify=source erase=row
	feed_hash BYTEA NOT NULL,           -- @none
	created_at BIGINT NOT NULL          -- @none
);
CREATE UNIQUE INDEX person_feed_key ON person (feed_key);
CREATE INDEX person_organisation ON person (organisation_id, id);
CREATE TABLE person_value (
	id BIGINT PRIMARY KEY,              -- @none
	person_id BIGINT NOT NULL REFERENCES person (id), -- @none
	kind TEXT NOT NULL,                 -- @none
	value BYTEA NOT NULL,               -- @contact of=self in=person sealed export=copy rectify=source erase=key
	lookup BYTEA NOT NULL,              -- @identifier of=self hashed export=no rectify=source erase=row
	source TEXT NOT NULL,               -- @none
	at BIGINT NOT NULL                  -- @none
);
CREATE INDEX person_value_person ON person_value (person_id, kind);
CREATE INDEX person_value_lookup ON person_value (lookup, kind);
CREATE TABLE affiliation (
	id BIGINT PRIMARY KEY,              -- @none
	person_id BIGINT NOT NULL REFERENCES person (id), -- @none
	kind TEXT NOT NULL,                 -- @generated of=self export=copy rectify=source erase=row
	from_at BIGINT NOT NULL,            -- @none
	to_at BIGINT NOT NULL               -- @none
);
CREATE INDEX affiliation_person ON affiliation (person_id);
CREATE TABLE membership (
	id BIGINT PRIMARY KEY,              -- @none
	team_id BIGINT NOT NULL REFERENCES team (id), -- @none
	person_id BIGINT NOT NULL REFERENCES person (id), -- @none
	from_at BIGINT NOT NULL,            -- @none
	to_at BIGINT NOT NULL               -- @none
);
CREATE INDEX membership_person ON membership (person_id);
CREATE INDEX membership_team ON membership (team_id);
CREATE TABLE role_holder (
	id BIGINT PRIMARY KEY,              -- @none
	controller_id BIGINT NOT NULL REFERENCES controller (id), -- @none
	person_id BIGINT NOT NULL REFERENCES person (id), -- @none
	role TEXT NOT NULL,                 -- @none
	from_at BIGINT NOT NULL,            -- @none
	to_at BIGINT NOT NULL               -- @none
);
CREATE INDEX role_holder_person ON role_holder (person_id);
CREATE INDEX role_holder_role ON role_holder (controller_id, role);
CREATE TABLE credential (
	person_id BIGINT PRIMARY KEY REFERENCES person (id), -- @none
	password TEXT NOT NULL,             -- @secret of=self hashed export=no rectify=self erase=row
	totp BYTEA NOT NULL,                -- @secret of=self in=person sealed export=no rectify=self erase=key
	totp_step BIGINT NOT NULL,          -- @none
	failures BIGINT NOT NULL,           -- @none
	locked_until BIGINT NOT NULL        -- @none
);
CREATE TABLE session (
	id BIGINT PRIMARY KEY,              -- @none
	token BYTEA NOT NULL UNIQUE,        -- @secret of=self hashed export=no rectify=no erase=row
	person_id BIGINT NOT NULL,          -- @none
	device BYTEA NOT NULL,              -- @generated of=self in=person sealed export=copy rectify=no erase=key
	method TEXT NOT NULL,               -- @none
	made_at BIGINT NOT NULL,            -- @none
	seen_at BIGINT NOT NULL,            -- @none
	ends_at BIGINT NOT NULL             -- @none
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_ends ON session (ends_at);
CREATE TABLE link_token (
	token BYTEA PRIMARY KEY,            -- @secret of=self hashed export=no rectify=no erase=row
	person_id BIGINT NOT NULL,          -- @none
	back TEXT NOT NULL,                 -- @none
	ends_at BIGINT NOT NULL             -- @none
);
CREATE INDEX link_token_ends ON link_token (ends_at);
CREATE TABLE api_token (
	id BIGINT PRIMARY KEY,              -- @none
	token BYTEA NOT NULL UNIQUE,        -- @secret of=self hashed export=no rectify=no erase=row
	person_id BIGINT NOT NULL,          -- @none
	scopes TEXT NOT NULL,               -- @none
	purpose TEXT NOT NULL,              -- @none
	made_at BIGINT NOT NULL,            -- @none
	ends_at BIGINT NOT NULL             -- @none
);
CREATE INDEX api_token_person ON api_token (person_id);
