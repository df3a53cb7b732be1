-- A mail of which the mail server in front could not prove that it came from the
-- address in it. Every page says so.
ALTER TABLE entry ADD COLUMN doubted BOOLEAN NOT NULL DEFAULT FALSE; -- @none
