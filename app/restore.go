package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"heed/kernel/fault"
	"heed/kernel/ledger"
	"heed/kernel/seal"
	"heed/kernel/store"
)

type restoreCmd struct {
	From string `arg:"" help:"Folder that heed backup wrote." type:"existingdir"`
	Data string `help:"Data folder." placeholder:"DIR"`
}

// Run puts a backup in place of the data. The key store that is there stays,
// since it knows what was forgotten after the backup; only where none is left
// does the copy come back. Then everything forgotten is forgotten again, and the
// index is rebuilt, before the service may open. Nothing else may have the data
// open meanwhile, and what was there is kept until the copy has verified.
func (r *restoreCmd) Run(e *env) (err error) {
	c := e.in(r.Data)
	if err := r.ready(c); err != nil {
		return err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	l, err := alone(c.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.release()) }()
	old, err := setAside(c)
	if err != nil {
		return err
	}
	if err := r.bring(e, c); err != nil {
		return errors.Join(err, old.putBack())
	}
	return old.drop()
}

// ready looks, before anything is touched, whether this can end well.
func (r *restoreCmd) ready(c Config) error {
	if _, err := os.Stat(filepath.Join(r.From, "heed.db")); err != nil {
		return fault.Invalid("restore.from", "%s is no backup: %v", r.From, err)
	}
	if c.masterKey != "" {
		return nil
	}
	_, err := seal.LoadMaster(c.masterPath())
	return err
}

func (r *restoreCmd) bring(e *env, c Config) error {
	if err := r.data(e, c); err != nil {
		return err
	}
	if err := r.keys(e, c); err != nil {
		return err
	}
	if err := copyTree(filepath.Join(r.From, "files"), filepath.Join(c.Data, "files")); err != nil {
		return err
	}
	h, err := Open(e.ctx, c, Options{Log: e.log, Alone: true})
	if err != nil {
		return err
	}
	return errors.Join(h.afterRestore(e), h.Close())
}

// data brings the rows back: onto SQLite as the file they are, onto PostgreSQL
// into an empty database.
func (r *restoreCmd) data(e *env, c Config) error {
	copied := filepath.Join(r.From, "heed.db")
	if c.Database != "" {
		return fillPostgres(e.ctx, copied, c.Data, c.Database, Modules())
	}
	return copyFile(copied, filepath.Join(c.Data, "heed.db"))
}

// aside is the embedded database that a restore replaces.
type aside struct{ data, folder string }

// names are the files of the embedded database that are there now.
func (a aside) names(folder string) (out []string) {
	for _, name := range []string{"heed.db", "heed.db-index", journalFile} {
		for _, end := range []string{"", "-wal", "-shm"} {
			if _, err := os.Stat(filepath.Join(folder, name+end)); err == nil {
				out = append(out, name+end)
			}
		}
	}
	return out
}

func asideIn(data string) aside {
	return aside{data: data, folder: filepath.Join(data, "before-restore")}
}

// whole refuses data whose restore was cut off: a service would begin an empty
// database beside the one that lies aside.
func (a aside) whole() error {
	if len(a.names(a.folder)) == 0 {
		return nil
	}
	return fault.Conflict("restore.cut", "a restore of %s was cut off half way; run heed restore again, which begins from what was there before", a.data)
}

// setAside moves the embedded database out of the way. What still lies there was
// left by a restore that was cut off, and is put back first.
func setAside(c Config) (aside, error) {
	a := asideIn(c.Data)
	if c.Database != "" {
		return a, nil
	}
	if len(a.names(a.folder)) > 0 {
		if err := a.putBack(); err != nil {
			return a, err
		}
	}
	if err := os.MkdirAll(a.folder, 0o700); err != nil {
		return a, err
	}
	for _, name := range a.names(a.data) {
		if err := os.Rename(filepath.Join(a.data, name), filepath.Join(a.folder, name)); err != nil {
			return a, err
		}
	}
	return a, nil
}

// putBack undoes what setAside did; half a copy goes.
func (a aside) putBack() error {
	if len(a.names(a.folder)) == 0 {
		return a.drop()
	}
	for _, name := range a.names(a.data) {
		if err := os.Remove(filepath.Join(a.data, name)); err != nil {
			return err
		}
	}
	for _, name := range a.names(a.folder) {
		if err := os.Rename(filepath.Join(a.folder, name), filepath.Join(a.data, name)); err != nil {
			return err
		}
	}
	return a.drop()
}

func (a aside) drop() error { return os.RemoveAll(a.folder) }

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
