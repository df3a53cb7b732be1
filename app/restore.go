package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"heed/kernel/fault"
	"heed/kernel/ledger"
	"heed/kernel/store"
)

type restoreCmd struct {
	From string `arg:"" help:"Folder that heed backup wrote." type:"existingdir"`
	Data string `help:"Data folder." placeholder:"DIR"`
}

// Run puts a backup in place of the data. The key store that is there stays,
// since it knows what was forgotten after the backup; only where none is left
// does the copy come back. Then everything forgotten is forgotten again, and the
// index is rebuilt, before the service may open.
func (r *restoreCmd) Run(e *env) error {
	c := e.in(r.Data)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	if err := r.data(e, c); err != nil {
		return err
	}
	if err := r.keys(e, c); err != nil {
		return err
	}
	if err := copyTree(filepath.Join(r.From, "files"), filepath.Join(c.Data, "files")); err != nil {
		return err
	}
	return e.with(r.Data, func(h *House) error { return h.afterRestore(e) })
}

// data brings the rows back: onto SQLite as the file they are, onto PostgreSQL
// into an empty database.
func (r *restoreCmd) data(e *env, c Config) error {
	copied := filepath.Join(r.From, "heed.db")
	if _, err := os.Stat(copied); err != nil {
		return fault.Invalid("restore.from", "%s is no backup: %v", r.From, err)
	}
	if c.Database != "" {
		return fillPostgres(e.ctx, copied, c.Data, c.Database, Modules())
	}
	for _, name := range []string{"heed.db", "heed.db-index", journalFile} {
		for _, end := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(filepath.Join(c.Data, name+end)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return copyFile(copied, filepath.Join(c.Data, "heed.db"))
}

const keysCameBack = "The key store was gone and comes from the backup: what was forgotten since then is not known any more."

// keys brings the key store back where none is left.
func (r *restoreCmd) keys(e *env, c Config) error {
	copied := filepath.Join(r.From, "keys", "keys.db")
	if c.KeyDatabase != "" {
		err := fillPostgres(e.ctx, copied, c.Data, c.KeyDatabase, KeyModules())
		switch {
		case err == nil:
			e.say(keysCameBack)
		case fault.As(err).Key == "store.notempty":
			return nil
		}
		return err
	}
	if _, err := os.Stat(filepath.Join(c.Data, "keys.db")); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	e.say(keysCameBack)
	return copyFile(copied, filepath.Join(c.Data, "keys.db"))
}

// fillPostgres copies a backed-up file into an empty PostgreSQL database. A
// backup of an older version is brought up to date first, in a copy in the
// scratch folder.
func fillPostgres(ctx context.Context, file, scratch, dsn string, modules []store.Module) (err error) {
	dir, err := os.MkdirTemp(scratch, "restore-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	own := filepath.Join(dir, "copy.db")
	if err := copyFile(file, own); err != nil {
		return err
	}
	from, err := openMigrated(ctx, "sqlite:"+own, modules)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := openMigrated(ctx, dsn, modules)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	return store.Transfer(ctx, from, to)
}

func openMigrated(ctx context.Context, dsn string, modules []store.Module) (*store.DB, error) {
	db, err := store.Open(ctx, store.Config{DSN: dsn, NoIndex: true})
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx, modules); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// afterRestore rebuilds the index, forgets again, and verifies the ledger.
func (h *House) afterRestore(e *env) error {
	e.say("Rebuilding the search index …")
	if err := h.People.Rebuild(e.ctx, func(int) {}); err != nil {
		return err
	}
	if err := h.Tickets.Rebuild(e.ctx, func(int) {}); err != nil {
		return err
	}
	n, err := h.Forget.Replay(e.ctx, true)
	if err != nil {
		return err
	}
	rep, err := ledger.Verify(e.ctx, h.DB, h.Ledger.VerifierKey(), nil)
	if err != nil {
		return err
	}
	if !rep.OK() {
		return fault.Conflict("verify.failed", "the restored ledger does not verify: %v", rep.Problems)
	}
	e.say("Restored: %d records verify, %d things forgotten stay forgotten.", rep.Records, n)
	return nil
}
