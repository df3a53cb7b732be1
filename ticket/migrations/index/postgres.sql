CREATE UNLOGGED TABLE IF NOT EXISTS idx.ticket_words (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX IF NOT EXISTS ticket_words_words ON idx.ticket_words USING gin (words);
-- What was written last lies unsorted before the index and is read by every search: little of it.
ALTER INDEX idx.ticket_words_words SET (gin_pending_list_limit = 128);
