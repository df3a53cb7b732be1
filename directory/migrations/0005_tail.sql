-- Telephones are found by the digits they end in, as somebody reads them off a
-- display: a keyed hash of the last four, NULL until the row was looked at.
ALTER TABLE person_value ADD COLUMN tail BYTEA; -- @identifier of=self hashed export=no rectify=source erase=row
CREATE INDEX person_value_tail ON person_value (tail);
CREATE INDEX person_value_untailed ON person_value (id) WHERE kind = 'phone' AND tail IS NULL;
