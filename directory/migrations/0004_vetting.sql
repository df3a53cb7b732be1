-- Dates of birth and clearances lie apart from the card: nothing that reads a card
-- reads them, no search finds them and no feed fills them (CAB-03, CAB-09).
CREATE TABLE vetting (
	id BIGINT PRIMARY KEY,              -- @none
	person_id BIGINT NOT NULL REFERENCES person (id), -- @none
	kind TEXT NOT NULL,                 -- @none
	value BYTEA NOT NULL,               -- @vetting of=self in=person sealed export=copy rectify=verb erase=key
	at BIGINT NOT NULL,                 -- @none
	CONSTRAINT vetting_person_id_kind_key UNIQUE (person_id, kind)
);
