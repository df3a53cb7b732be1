package blob

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heed/kernel/fault"
)

func TestDiskKeepsFilesToItself(t *testing.T) {
	t.Parallel()
	d := openDisk(t)
	put(t, d, "1/a", "x")
	err := filepath.WalkDir(d.root.Name(), func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		want := os.FileMode(0o600)
		if entry.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want && path != d.root.Name() {
			t.Errorf("%s has mode %v, want %v", path, info.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestALinkDoesNotLeadOutOfTheFolder(t *testing.T) {
	t.Parallel()
	d := openDisk(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	put(t, d, "1/a", "x")
	at := filepath.Join(d.root.Name(), place("1/a"))
	if err := os.Remove(at); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, at); err != nil {
		t.Fatal(err)
	}
	if o, err := d.Get(t.Context(), "1/a"); err == nil {
		t.Errorf("followed a link out of the folder: %v", o)
	}
}

// TestAProcessThatIsKilledLeavesNothingHalfWritten runs this test binary again,
// has it write without end, and kills it.
func TestAProcessThatIsKilledLeavesNothingHalfWritten(t *testing.T) {
	t.Parallel()
	const flag = "BLOB_TEST_WRITE_TO"
	if dir := os.Getenv(flag); dir != "" {
		writeForever(t, dir)
	}
	dir := filepath.Join(t.TempDir(), "blobs")
	for range 5 {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), flag+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 1)); err != nil { // it has begun
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.IntN(30)) * time.Millisecond)
		if err := errors.Join(cmd.Process.Kill(), ignoreExit(cmd.Wait())); err != nil {
			t.Fatal(err)
		}
	}
	d, err := OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	found := names(t, d, "")
	if len(found) == 0 {
		t.Errorf("nothing was written, so nothing was tested")
	}
	for _, name := range found {
		if got := read(t, d, name); got != killedContent() {
			t.Errorf("%s holds %d bytes, want %d", name, len(got), len(killedContent()))
		}
	}
	if _, err := d.Sweep(t.Context(), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(filepath.Join(dir, spoolDir))
	if err != nil || len(left) != 0 {
		t.Errorf("after sweeping, the spool holds %v, %v", left, err)
	}
}

func killedContent() string { return strings.Repeat("all or nothing ", 20_000) }

func ignoreExit(err error) error {
	if _, exited := errors.AsType[*exec.ExitError](err); exited {
		return nil
	}
	return err
}

func writeForever(t *testing.T, dir string) {
	t.Helper()
	d, err := OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; ; n++ {
		put(t, d, fmt.Sprintf("g%d/f%d", n%7, n), killedContent())
		if n == 0 {
			fmt.Println()
		}
	}
}

func TestSweepSparesWhatIsInUse(t *testing.T) {
	t.Parallel()
	d := openDisk(t)
	if err := os.WriteFile(filepath.Join(d.root.Name(), spoolDir, "LEFT"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Sweep(t.Context(), time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)); n != 0 || err != nil {
		t.Errorf("swept %d files younger than asked, %v", n, err)
	}
	if n, err := d.Sweep(t.Context(), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)); n != 1 || err != nil {
		t.Errorf("swept %d, %v; want 1", n, err)
	}
}

func TestAFullDiskIsBusy(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(full, bytes.NewReader([]byte("x")))
	if err := errors.Join(full.Close()); err != nil {
		t.Fatal(err)
	}
	if fault.KindOf(diskError(err)) != fault.KindBusy {
		t.Errorf("no space left is %v", diskError(err))
	}
}
