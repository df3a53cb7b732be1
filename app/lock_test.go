package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"heed/app"
	"heed/kernel/store"
)

// What a running service writes while its data is replaced would be lost.
func TestARestoreIsRefusedWhileSomethingHasTheDataOpen(t *testing.T) {
	t.Parallel()
	env := installation(t, store.SQLite)
	backup := filepath.Join(t.TempDir(), "backup")
	must(t, env, "backup", backup)
	c, err := app.LoadConfig("", func(k string) string { return env[k] })
	if err != nil {
		t.Fatal(err)
	}
	h, err := app.Open(t.Context(), c, app.Options{Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	out, code := run(t, env, "restore", backup)
	if code == 0 || !strings.Contains(out, "stop the service first") {
		t.Errorf("the restore ends with %d and says: %s", code, out)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	must(t, env, "restore", backup)
}

// A backup that cannot be read leaves everything as it was.
func TestARestoreThatFailsPutsTheOldDataBack(t *testing.T) {
	t.Parallel()
	env := installation(t, store.SQLite)
	before := refs(t, env)
	backup := filepath.Join(t.TempDir(), "backup")
	must(t, env, "backup", backup)
	if err := os.WriteFile(filepath.Join(backup, "heed.db"), []byte("this is no database, though it is long enough to look like one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, code := run(t, env, "restore", backup); code == 0 {
		t.Errorf("a broken backup is restored: %s", out)
	}
	if after := refs(t, env); !slices.Equal(before, after) {
		t.Errorf("there were %d tickets and are %d", len(before), len(after))
	}
}

// Without the master key nothing can be read, so nothing is replaced.
func TestARestoreLooksForTheMasterKeyFirst(t *testing.T) {
	t.Parallel()
	env := installation(t, store.SQLite)
	backup := filepath.Join(t.TempDir(), "backup")
	must(t, env, "backup", backup)
	empty := map[string]string{"HEED_DATA": filepath.Join(t.TempDir(), "new"), "HEED_LMTP_ADDR": "off"}
	if out, code := run(t, empty, "restore", backup); code == 0 {
		t.Errorf("restored without a key: %s", out)
	}
	if _, err := os.Stat(empty["HEED_DATA"]); err == nil {
		t.Error("something was copied before the key was looked for")
	}
}

// A restore that was cut off is told, and begins again from what was there.
func TestDataWhoseRestoreWasCutOffIsNotServed(t *testing.T) {
	t.Parallel()
	env := installation(t, store.SQLite)
	before := refs(t, env)
	backup := filepath.Join(t.TempDir(), "backup")
	must(t, env, "backup", backup)
	aside := filepath.Join(env["HEED_DATA"], "before-restore")
	if err := os.Mkdir(aside, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(env["HEED_DATA"], "heed.db"), filepath.Join(aside, "heed.db")); err != nil {
		t.Fatal(err)
	}
	if out, code := run(t, env, "doctor"); code == 0 || !strings.Contains(out, "cut off half way") {
		t.Errorf("doctor ends with %d and says: %s", code, out)
	}
	must(t, env, "restore", backup)
	if after := refs(t, env); !slices.Equal(before, after) {
		t.Errorf("there were %d tickets and are %d", len(before), len(after))
	}
}
