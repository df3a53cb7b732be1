package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"heed/kernel/fault"
)

type backupCmd struct {
	To   string `arg:"" help:"Folder to write to; it must not exist." type:"path"`
	Data string `help:"Data folder." placeholder:"DIR"`
}

// Run copies data and keys, each consistent, and the files. The search index
// stays out: it is derived, and in clear. Keep the copy of the keys for a short
// time only: what is forgotten stays readable until the last such copy is gone.
func (b *backupCmd) Run(e *env) error {
	if _, err := os.Stat(b.To); !errors.Is(err, fs.ErrNotExist) {
		return fault.Invalid("backup.to", "%s exists; name a new folder", b.To)
	}
	return e.with(b.Data, func(h *House) error {
		if err := os.MkdirAll(filepath.Join(b.To, "keys"), 0o700); err != nil {
			return err
		}
		if err := h.Ledger.Drain(e.ctx); err != nil {
			return err
		}
		if err := h.DB.CopyTo(e.ctx, filepath.Join(b.To, "heed.db"), Modules()); err != nil {
			return err
		}
		if err := h.Keys.CopyTo(e.ctx, filepath.Join(b.To, "keys", "keys.db"), KeyModules()); err != nil {
			return err
		}
		if err := copyTree(filepath.Join(h.Config.Data, "files"), filepath.Join(b.To, "files")); err != nil {
			return err
		}
		if err := h.noteBackup(e.ctx, b.To); err != nil {
			return err
		}
		e.say("Backed up to %s. The master key is not in it: keep %s elsewhere.", b.To, h.Config.masterPath())
		return nil
	})
}

// noteBackup tells the operator's room that the folder holds a whole backup.
func (h *House) noteBackup(ctx context.Context, folder string) error {
	var bytes int64
	err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			bytes += info.Size()
		}
		return err
	})
	if err != nil {
		return err
	}
	return h.Room.BackedUp(ctx, bytes)
}

func copyTree(from, to string) error {
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		return copyFile(path, filepath.Join(to, rel))
	})
}

// copyFile copies a file that nobody else may read, and has it confirmed.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

type doctorCmd struct {
	Data   string `help:"Data folder." placeholder:"DIR"`
	Replay bool   `help:"Rebuild the index and forget again, as after a restore."`
}

// Run checks what can be checked and says what to do about the rest.
func (d *doctorCmd) Run(e *env) error {
	return e.with(d.Data, func(h *House) error {
		if d.Replay {
			return h.afterRestore(e)
		}
		failed := 0
		for _, c := range h.Room.Checks() {
			err := c.Run(e.ctx)
			if err == nil {
				e.say("ok       %s", c.Name)
				continue
			}
			failed++
			e.say("problem  %s: %s", c.Name, fault.As(err).Text)
		}
		if failed > 0 {
			return fault.Conflict("doctor.problems", "%d checks failed", failed)
		}
		return nil
	})
}
