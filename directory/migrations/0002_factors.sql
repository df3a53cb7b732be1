-- Second steps of signing in, the limit on guesses, and what the nightly feed
-- remembers about people.
CREATE TABLE attempt (
	key BYTEA PRIMARY KEY,              -- @identifier of=self hashed export=no rectify=no erase=row
	failures BIGINT NOT NULL,           -- @none
	locked_until BIGINT NOT NULL,       -- @none
	at BIGINT NOT NULL                  -- @none
);
CREATE INDEX attempt_at ON attempt (at);
ALTER TABLE credential DROP COLUMN failures;
ALTER TABLE credential DROP COLUMN locked_until;
CREATE TABLE recovery_code (
	id BIGINT PRIMARY KEY,              -- @none
	person_id BIGINT NOT NULL REFERENCES person (id), -- @none
	code BYTEA NOT NULL                 -- @secret of=self hashed export=no rectify=self erase=row
);
CREATE INDEX recovery_code_person ON recovery_code (person_id);
CREATE TABLE passkey (
	id BIGINT PRIMARY KEY,              -- @none
	person_id BIGINT NOT NULL REFERENCES person (id), -- @none
	lookup BYTEA NOT NULL UNIQUE,       -- @identifier of=self hashed export=no rectify=self erase=row
	record BYTEA NOT NULL,              -- @secret of=self in=person sealed export=no rectify=self erase=key
	name BYTEA NOT NULL,                -- @generated of=self in=person sealed export=copy rectify=self erase=key
	made_at BIGINT NOT NULL,            -- @none
	used_at BIGINT NOT NULL             -- @none
);
CREATE INDEX passkey_person ON passkey (person_id);
CREATE TABLE step (
	token BYTEA PRIMARY KEY,            -- @secret of=self hashed export=no rectify=no erase=row
	kind TEXT NOT NULL,                 -- @none
	person_id BIGINT NOT NULL,          -- @none
	session_id BIGINT NOT NULL,         -- @none
	method TEXT NOT NULL,               -- @none
	data BYTEA NOT NULL,                -- @secret of=self in=person sealed export=no rectify=no erase=row
	back TEXT NOT NULL,                 -- @none
	held TEXT NOT NULL,                 -- @narrative of=self in=person sealed export=no rectify=no erase=row
	ends_at BIGINT NOT NULL             -- @none
);
CREATE INDEX step_person ON step (person_id);
CREATE INDEX step_ends ON step (ends_at);
ALTER TABLE person ADD COLUMN closed_by TEXT NOT NULL DEFAULT ''; -- @none
ALTER TABLE person ADD COLUMN manager_key BYTEA; -- @identifier of=self hashed export=no rectify=source erase=row
CREATE INDEX person_manager_key ON person (manager_key);
CREATE TABLE tombstone (
	hash BYTEA PRIMARY KEY,             -- @identifier of=self hashed export=no rectify=no erase=keep 
	at BIGINT NOT NULL                  -- @none
);
CREATE TABLE feed_run (
	source TEXT PRIMARY KEY,            -- @none
	at BIGINT NOT NULL,                 -- @none
	people BIGINT NOT NULL              -- @none
);
CREATE INDEX api_token_ends ON api_token (ends_at);
