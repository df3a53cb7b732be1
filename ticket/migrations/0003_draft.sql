-- A draft is sealed with what it belongs to and forgotten with it: with the ticket
-- on whose page it was typed, or else with its author. What was typed and not sent
-- before this is not taken along.
DROP TABLE draft;
CREATE TABLE draft (
	id BIGINT PRIMARY KEY,               -- @none
	person_id BIGINT NOT NULL,           -- @generated of=author in=owner export=copy rectify=self erase=row
	place TEXT NOT NULL,                 -- @none
	ticket_id BIGINT NOT NULL,           -- @none
	fields BYTEA NOT NULL,               -- @narrative of=author in=owner sealed export=copy rectify=self erase=key
	at BIGINT NOT NULL,                  -- @none
	CONSTRAINT draft_person_id_place_key UNIQUE (person_id, place)
);
CREATE INDEX draft_ticket ON draft (ticket_id);
CREATE INDEX draft_at ON draft (at);
