package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"heed/kernel/fault"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
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
		e.say("Backed up to %s. The master key is not in it: keep %s elsewhere.", b.To, h.Config.masterPath())
		return nil
	})
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
		for _, c := range h.checks() {
			err := c.run(e.ctx)
			if err == nil {
				e.say("ok       %s", c.name)
				continue
			}
			failed++
			e.say("problem  %s: %s", c.name, fault.As(err).Text)
		}
		if failed > 0 {
			return fault.Conflict("doctor.problems", "%d checks failed", failed)
		}
		return nil
	})
}

type check struct {
	name string
	run  func(context.Context) error
}

func (h *House) checks() []check {
	return []check{
		{"the data store answers", func(ctx context.Context) error {
			_, err := h.controllers(ctx)
			return err
		}},
		{"the key store answers and the master key fits", func(ctx context.Context) error { _, err := h.Vault.NewGroup(ctx); return err }},
		{"files can be written", func(ctx context.Context) error { return h.Files.sealed.Check(ctx) }},
		{"a notice is in force", func(context.Context) error {
			if len(h.Notices.All()) == 0 {
				return fault.Conflict("doctor.notice", "no notice is in force, so nobody sees anything; check the files with heed notice check")
			}
			return nil
		}},
		{"no job is given up", func(ctx context.Context) error { return h.noDeadJobs(ctx) }},
		{"the ledger verifies", func(ctx context.Context) error {
			rep, err := ledger.Verify(ctx, h.DB, h.Ledger.VerifierKey(), nil)
			if err == nil && !rep.OK() {
				err = fault.Conflict("verify.failed", "%d problems; run heed verify to see them", len(rep.Problems))
			}
			return err
		}},
	}
}

func (h *House) noDeadJobs(ctx context.Context) error {
	return h.DB.Read(ctx, policy.System("check the installation"), policy.Operate, func(tx *store.Tx) error {
		dead, err := deadJobs(ctx, tx)
		if err == nil && dead > 0 {
			err = fault.Conflict("doctor.jobs", "%d jobs were given up; look at them in the operator's room", dead)
		}
		return err
	})
}
