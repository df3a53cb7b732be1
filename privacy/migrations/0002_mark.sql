-- Keyed hashes of what would bring a forgotten person back: the feed's key, the
-- user name, the addresses. They lie here too, since a restored backup may be
-- older than the person and hold no tombstone of them.
CREATE TABLE erasure_mark (
	erasure_id BIGINT NOT NULL,  -- @none
	mark BYTEA NOT NULL,         -- @identifier of=self hashed export=no rectify=no erase=keep
	CONSTRAINT erasure_mark_erasure_id_mark_key PRIMARY KEY (erasure_id, mark)
);
