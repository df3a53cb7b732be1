-- What was forgotten. It lives in the key store, whose newest state is always
-- kept, so that restoring an old backup of the data cannot bring it back.
CREATE TABLE erasure (
	id BIGINT PRIMARY KEY,       -- @none
	kind TEXT NOT NULL,          -- @none
	object_id BIGINT NOT NULL,   -- @none
	ref TEXT NOT NULL,           -- @none
	detail TEXT NOT NULL,        -- @none
	at BIGINT NOT NULL,          -- @none
	done BOOLEAN NOT NULL        -- @none
);
CREATE INDEX erasure_done ON erasure (done, id);
