-- Why staff uncovered a value that is hidden. The reason from the list stands in
-- the ledger as well; their words may name somebody, so they lie here, sealed, and
-- go with the person.
CREATE TABLE reveal (
	id BIGINT PRIMARY KEY,              -- @none
	person_id BIGINT NOT NULL REFERENCES person (id), -- @none
	actor_id BIGINT NOT NULL,           -- @generated of=actor export=no rectify=no erase=keep
	kind TEXT NOT NULL,                 -- @none
	reason TEXT NOT NULL,               -- @none
	words BYTEA NOT NULL,               -- @narrative of=actor in=person sealed export=no rectify=no erase=key
	at BIGINT NOT NULL                  -- @none
);
CREATE INDEX reveal_person ON reveal (person_id);
