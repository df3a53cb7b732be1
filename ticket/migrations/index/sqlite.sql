CREATE VIRTUAL TABLE IF NOT EXISTS idx.ticket_words USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO idx.ticket_words (ticket_words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE IF NOT EXISTS idx.ticket_spelling USING fts5vocab (ticket_words, instance);
