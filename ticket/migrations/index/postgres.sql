CREATE UNLOGGED TABLE IF NOT EXISTS idx.ticket_words (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX IF NOT EXISTS ticket_words_words ON idx.ticket_words USING gin (words);
