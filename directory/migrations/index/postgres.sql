CREATE UNLOGGED TABLE IF NOT EXISTS idx.person_words (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX IF NOT EXISTS person_words_words ON idx.person_words USING gin (words);
ALTER INDEX idx.person_words_words SET (gin_pending_list_limit = 128);
