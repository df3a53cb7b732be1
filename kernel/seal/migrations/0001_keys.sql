-- Data keys, wrapped by the master key. This store has its own, short backups:
-- a key that is destroyed here makes everything it sealed unreadable, also in
-- older backups of the data.
CREATE TABLE data_key (
	id BIGINT PRIMARY KEY,    -- @none
	wrapped BYTEA NOT NULL,   -- @none
	made_at BIGINT NOT NULL   -- @none
);
-- One row that only the right master key can have made.
CREATE TABLE master_check (
	id BIGINT PRIMARY KEY,    -- @none
	proof BYTEA NOT NULL      -- @none
);
