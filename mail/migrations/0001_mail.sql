-- Every mail that reached us, raw and sealed under a data key of its own, with
-- the one outcome it had. It is forgotten with the ticket it became part of.
CREATE TABLE mail_in (
	id BIGINT PRIMARY KEY,               -- @none
	key_id BIGINT NOT NULL,              -- @none
	digest BYTEA NOT NULL UNIQUE,        -- @none
	recipient BYTEA NOT NULL,            -- @contact of=sender in=mail sealed export=copy rectify=no erase=key
	raw BYTEA NOT NULL,                  -- @narrative of=sender in=mail sealed export=copy rectify=no erase=key
	blob TEXT NOT NULL,                  -- @narrative of=sender in=mail sealed export=file rectify=no erase=key
	size BIGINT NOT NULL,                -- @none
	fingerprint BYTEA NOT NULL,          -- @none
	message_hash BYTEA NOT NULL,         -- @none
	outcome TEXT NOT NULL,               -- @none
	reason TEXT NOT NULL,                -- @none
	ticket_id BIGINT NOT NULL,           -- @none
	entry_id BIGINT NOT NULL,            -- @none
	received_at BIGINT NOT NULL,         -- @none
	done_at BIGINT NOT NULL              -- @none
);
CREATE INDEX mail_in_outcome ON mail_in (outcome, id);
CREATE INDEX mail_in_ticket ON mail_in (ticket_id);
CREATE INDEX mail_in_message ON mail_in (message_hash);
CREATE INDEX mail_in_fingerprint ON mail_in (fingerprint);
-- Every mail we send, one row per person, as it leaves.
CREATE TABLE mail_out (
	id BIGINT PRIMARY KEY,               -- @none
	kind TEXT NOT NULL,                  -- @none
	ticket_id BIGINT NOT NULL,           -- @none
	entry_id BIGINT NOT NULL,            -- @none
	person_id BIGINT NOT NULL,           -- @generated of=addressee in=mail export=copy rectify=no erase=row
	once TEXT NOT NULL UNIQUE,           -- @none
	key_id BIGINT NOT NULL,              -- @none
	address BYTEA NOT NULL,              -- @contact of=addressee in=mail sealed export=copy rectify=no erase=key
	raw BYTEA NOT NULL,                  -- @narrative of=addressee in=mail sealed export=copy rectify=no erase=key
	state TEXT NOT NULL,                 -- @none
	made_at BIGINT NOT NULL,             -- @none
	sent_at BIGINT NOT NULL              -- @none
);
CREATE INDEX mail_out_ticket ON mail_out (ticket_id);
CREATE INDEX mail_out_state ON mail_out (state, id);
-- What happened to each, per recipient.
CREATE TABLE mail_log (
	id BIGINT PRIMARY KEY,               -- @none
	mail_id BIGINT NOT NULL REFERENCES mail_out (id), -- @none
	at BIGINT NOT NULL,                  -- @none
	result TEXT NOT NULL                 -- @none
);
CREATE INDEX mail_log_mail ON mail_log (mail_id, id);
