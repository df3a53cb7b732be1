-- When the installation was backed up. The row is written once the copy is
-- whole, so the copy itself does not hold it.
CREATE TABLE backup (
	id BIGINT PRIMARY KEY,               -- @none
	at BIGINT NOT NULL,                  -- @none
	bytes BIGINT NOT NULL                -- @none
);
