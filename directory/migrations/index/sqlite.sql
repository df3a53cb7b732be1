CREATE VIRTUAL TABLE IF NOT EXISTS idx.person_words USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO idx.person_words (person_words, rank) VALUES ('secure-delete', 1);
