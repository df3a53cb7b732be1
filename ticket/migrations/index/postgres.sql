CREATE UNLOGGED TABLE IF NOT EXISTS idx.ticket_words (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
-- What was written last lies unsorted before the index and is read by every search: little of it.
CREATE INDEX IF NOT EXISTS ticket_words_words ON idx.ticket_words USING gin (words) WITH (gin_pending_list_limit = 128);
