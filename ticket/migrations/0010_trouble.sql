-- What is wrong with a service now, in a public sentence; empty while it works.
ALTER TABLE service ADD COLUMN trouble TEXT NOT NULL DEFAULT '';         -- @none
ALTER TABLE service ADD COLUMN trouble_fr TEXT NOT NULL DEFAULT '';      -- @none
ALTER TABLE service ADD COLUMN trouble_at BIGINT NOT NULL DEFAULT 0;     -- @none
