-- A view is the address of a narrowed list under a name of somebody's own, for
-- themselves or for a team. It shows nobody anything: what a list holds is decided
-- by the rules each time.
CREATE TABLE saved_view (
	id BIGINT PRIMARY KEY,               -- @none
	person_id BIGINT NOT NULL,           -- @generated of=author in=owner export=copy rectify=self erase=row
	team_id BIGINT NOT NULL,             -- @none
	name BYTEA NOT NULL,                 -- @narrative of=author in=owner sealed export=copy rectify=self erase=key
	query TEXT NOT NULL,                 -- @none
	at BIGINT NOT NULL                   -- @none
);
CREATE INDEX saved_view_person ON saved_view (person_id);
CREATE INDEX saved_view_team ON saved_view (team_id);
