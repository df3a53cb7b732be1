package store_test

import (
	"context"
	"testing"
	"testing/fstest"
	"time"

	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

var wordModule = store.Module{Name: "word", FS: fstest.MapFS{
	"migrations/0001_word.sql": {Data: []byte(`CREATE TABLE word (id BIGINT PRIMARY KEY);`)},
	"migrations/index/postgres.sql": {Data: []byte(`CREATE UNLOGGED TABLE IF NOT EXISTS idx.word_words (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
		CREATE INDEX IF NOT EXISTS word_words_words ON idx.word_words USING gin (words);`)},
	"migrations/index/sqlite.sql": {Data: []byte(`CREATE VIRTUAL TABLE IF NOT EXISTS idx.word_words USING fts5 (words);`)},
}}

// Whoever starts while a word index is being built anew does not wait for it: it waits
// for them.
func TestAStartDoesNotWaitForAnIndexThatIsBuiltAnew(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.Postgres, []store.Module{wordModule})
	held, err := e.Raw(t).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Rollback() }()
	if _, err := held.ExecContext(t.Context(), `LOCK TABLE idx.word_words IN SHARE UPDATE EXCLUSIVE MODE`); err != nil { // as REINDEX CONCURRENTLY does
		t.Fatal(err)
	}
	soon, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := e.DB.Migrate(soon, []store.Module{wordModule}); err != nil {
		t.Errorf("a start beside it: %v", err)
	}
}

func TestAWordIndexIsBuiltAnewOnBothEngines(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{wordModule}, func(t *testing.T, e *storetest.Env) {
		for range 2 { // and again, with nothing left over
			if err := e.DB.ForgetWords(t.Context(), "idx.word_words_words"); err != nil {
				t.Fatal(err)
			}
		}
	})
}
