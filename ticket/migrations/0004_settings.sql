-- What a desk offers, in its second language as well; what it offers no longer
-- stays for the tickets that have it. Versions tell that somebody else was faster.
ALTER TABLE service ADD COLUMN name_fr TEXT NOT NULL DEFAULT '';         -- @none
ALTER TABLE service ADD COLUMN about_fr TEXT NOT NULL DEFAULT '';        -- @none
ALTER TABLE service ADD COLUMN retired BOOLEAN NOT NULL DEFAULT FALSE;   -- @none
ALTER TABLE service ADD COLUMN version BIGINT NOT NULL DEFAULT 1;        -- @none
ALTER TABLE desk_setting ADD COLUMN version BIGINT NOT NULL DEFAULT 1;   -- @none
ALTER TABLE desk_target ADD COLUMN version BIGINT NOT NULL DEFAULT 1;    -- @none
