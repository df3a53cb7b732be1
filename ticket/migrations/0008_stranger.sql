-- A mail by a signed address from somebody who takes no part in the ticket. Nothing
-- proves who they are, and every page says so.
ALTER TABLE entry ADD COLUMN stranger BOOLEAN NOT NULL DEFAULT FALSE; -- @none
