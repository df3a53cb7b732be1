-- One row per read or change that concerns a person. Rows are written without a
-- place in the tree; the sequencer gives them one (seq) within a second.
CREATE TABLE ledger_record (
	id BIGINT PRIMARY KEY,             -- @none
	at BIGINT NOT NULL,                -- @none
	actor_id BIGINT NOT NULL,          -- @generated of=actor export=no rectify=no erase=keep
	actor_why TEXT NOT NULL,           -- @none
	via TEXT NOT NULL,                 -- @none
	action TEXT NOT NULL,              -- @none
	rule TEXT NOT NULL,                -- @none
	purpose TEXT NOT NULL,             -- @none
	object_kind TEXT NOT NULL,         -- @none
	object_id BIGINT NOT NULL,         -- @none
	person_id BIGINT NOT NULL,         -- @generated of=person export=copy rectify=no erase=keep
	controller_id BIGINT NOT NULL,     -- @none
	detail TEXT NOT NULL,              -- @none
	nonce BYTEA NOT NULL,              -- @none
	commitment BYTEA NOT NULL,         -- @none
	seq BIGINT                         -- @none
);
CREATE UNIQUE INDEX ledger_record_seq ON ledger_record (seq);
CREATE INDEX ledger_record_waiting ON ledger_record (id) WHERE seq IS NULL;
CREATE INDEX ledger_record_controller ON ledger_record (controller_id, id);
CREATE INDEX ledger_record_person ON ledger_record (person_id, id);
CREATE INDEX ledger_record_object ON ledger_record (object_kind, object_id, id);
CREATE INDEX ledger_record_actor ON ledger_record (actor_id, id);
-- The interior of the Merkle tree, in the order of golang.org/x/mod/sumdb/tlog.
CREATE TABLE ledger_hash (
	idx BIGINT PRIMARY KEY,            -- @none
	hash BYTEA NOT NULL                -- @none
);
-- Signed tree heads.
CREATE TABLE ledger_checkpoint (
	size BIGINT PRIMARY KEY,           -- @none
	at BIGINT NOT NULL,                -- @none
	note TEXT NOT NULL                 -- @none
);
