-- By which other words people look for a service, its picture, and when whoever
-- mends it expects it to work again (0: nobody can say).
ALTER TABLE service ADD COLUMN also TEXT NOT NULL DEFAULT '';            -- @none
ALTER TABLE service ADD COLUMN icon TEXT NOT NULL DEFAULT '';            -- @none
ALTER TABLE service ADD COLUMN trouble_until BIGINT NOT NULL DEFAULT 0;  -- @none
