-- The level at which a service's tickets begin, unless somebody says otherwise: 1
-- high, 2 medium, 3 low.
ALTER TABLE service ADD COLUMN impact BIGINT NOT NULL DEFAULT 2;         -- @none
ALTER TABLE service ADD COLUMN urgency BIGINT NOT NULL DEFAULT 2;        -- @none
-- Days on which a desk is closed besides the public holidays. Days are written as
-- 2026-12-24; minutes since midnight say which part of each is closed, 0 and 0 the
-- whole of it.
CREATE TABLE desk_closure (
	id BIGINT PRIMARY KEY,               -- @none
	controller_id BIGINT NOT NULL,       -- @none
	from_day TEXT NOT NULL,              -- @none
	to_day TEXT NOT NULL,                -- @none
	from_minute BIGINT NOT NULL,         -- @none
	to_minute BIGINT NOT NULL,           -- @none
	name TEXT NOT NULL                   -- @none
);
CREATE INDEX desk_closure_controller ON desk_closure (controller_id, from_day);
