package store

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"heed/kernel/fault"
)

// ErrUnique and ErrForeign mark broken constraints; verbs that expect them ask
// with errors.Is and say something better.
var (
	ErrUnique  = errors.New("store: a row with this key exists")
	ErrForeign = errors.New("store: the row this one belongs to does not exist")
)

// classify turns what a driver says into a fault, once, at this door. Faults
// of verbs and errors that are already classified pass unchanged.
func (d Dialect) classify(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return classifyPostgres(pg)
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return classifySQLite(lite)
	}
	return err
}

func classifyPostgres(err *pgconn.PgError) error {
	switch err.Code {
	case "23505":
		return fault.Conflict("store.unique", "this already exists").Because(errors.Join(ErrUnique, err))
	case "23503":
		return fault.Conflict("store.foreign", "what this belongs to is gone").Because(errors.Join(ErrForeign, err))
	case "53100", "53200", "57P03":
		return fault.Busy("store.full", "the database cannot take this now; nothing was lost, try again soon").Because(err)
	}
	return err // collisions stay recognisable for the repeat
}

func isCollision(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01")
}

func classifySQLite(err *sqlite.Error) error {
	switch err.Code() {
	case sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE:
		return fault.Conflict("store.unique", "this already exists").Because(errors.Join(ErrUnique, err))
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return fault.Conflict("store.foreign", "what this belongs to is gone").Because(errors.Join(ErrForeign, err))
	}
	switch err.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Busy("store.busy", "the database is busy; nothing was lost, please try again").Because(err)
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR:
		return fault.Busy("store.full", "the disk is full or cannot be written; nothing was lost, try again when the operator has made room").Because(err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fault.Internal(errors.Join(errors.New("the database file is damaged; restore the last backup with heed restore"), err))
	}
	if strings.Contains(err.Error(), "disk is full") {
		return fault.Busy("store.full", "the disk is full; nothing was lost, try again when the operator has made room").Because(err)
	}
	return err
}
