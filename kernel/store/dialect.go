package store

import (
	"database/sql"
	"fmt"
)

// Dialect is the engine. Its methods are the only words in which the two
// differ; one more is a question for review.
type Dialect uint8

// The two engines.
const (
	SQLite Dialect = iota
	Postgres
)

// String names the engine.
func (d Dialect) String() string {
	if d == Postgres {
		return "postgres"
	}
	return "sqlite"
}

// LockSkip ends a SELECT that claims rows: PostgreSQL skips what a neighbour
// holds, SQLite has one writer and needs nothing.
func (d Dialect) LockSkip() string {
	if d == Postgres {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// Match is the condition that the full-text table matches the query bound to
// the placeholder. The query text is made by text.Query for the same engine.
func (d Dialect) Match(table, placeholder string) string {
	if d == Postgres {
		return fmt.Sprintf("%s.words @@ CAST(%s AS tsquery)", table, placeholder)
	}
	return fmt.Sprintf("%s MATCH %s", table, placeholder)
}

// Explain asks for the plan of a statement.
func (d Dialect) Explain() string {
	if d == Postgres {
		return "EXPLAIN (FORMAT JSON) "
	}
	return "EXPLAIN QUERY PLAN "
}

func (d Dialect) readIsolation() sql.IsolationLevel {
	if d == Postgres {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}
