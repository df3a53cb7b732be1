-- Work to be done after a change, written in the transaction of the change. The
-- payload holds ids, never a person's data. Done jobs are deleted.
CREATE TABLE job (
	id BIGINT PRIMARY KEY,               -- @none
	kind TEXT NOT NULL,                  -- @none
	payload TEXT NOT NULL,               -- @none
	unique_key TEXT,                     -- @none
	state TEXT NOT NULL,                 -- @none
	run_at BIGINT NOT NULL,              -- @none
	attempts BIGINT NOT NULL DEFAULT 0,  -- @none
	lease_until BIGINT NOT NULL DEFAULT 0, -- @none
	lease_node BIGINT NOT NULL DEFAULT -1, -- @none
	last_error TEXT NOT NULL DEFAULT ''  -- @none
);
CREATE UNIQUE INDEX job_unique_key ON job (unique_key);
CREATE INDEX job_due ON job (state, run_at, id);
-- When each regular duty is due next.
CREATE TABLE job_duty (
	name TEXT PRIMARY KEY,               -- @none
	next_at BIGINT NOT NULL              -- @none
);
