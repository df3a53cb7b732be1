-- Records of reads that are not in the ledger yet. A line holds what a row of
-- ledger_record holds, and goes when that row is there.
CREATE TABLE journal_line (
	id BIGINT PRIMARY KEY,             -- @none
	record BYTEA NOT NULL              -- @generated of=actor export=no rectify=no erase=keep
);
