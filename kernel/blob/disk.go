package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"heed/kernel/fault"
)

// Folders of a [Disk] below its root. Both lie on one file system, so that
// moving a finished file from one to the other is a single step.
const (
	filesDir = "files"
	spoolDir = "spool"
)

// Disk keeps files in a folder of this machine, each in a folder of its first
// name segment, spread over 4096 folders so that none grows large. Files have
// mode 0600 and folders 0700. Nothing outside the folder can be reached, whatever
// a name or a symbolic link says.
type Disk struct{ root *os.Root }

var _ Store = (*Disk)(nil)

// OpenDisk opens a folder, and makes it where it is missing. The caller closes
// the store.
func OpenDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, diskError(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, diskError(err)
	}
	d := &Disk{root}
	for _, sub := range []string{filesDir, spoolDir} {
		if err := d.makeDir(sub); err != nil {
			return nil, errors.Join(err, root.Close())
		}
	}
	return d, nil
}

// Close releases the folder.
func (d *Disk) Close() error { return d.root.Close() }

// place returns where a name lies.
func place(name string) string {
	group, _, _ := strings.Cut(name, "/")
	sum := sha256.Sum256([]byte(group))
	return path.Join(filesDir, hex.EncodeToString(sum[:2])[:3], name)
}

// Put writes to the spool folder first, has the disk confirm it, and moves the
// whole file to its place.
func (d *Disk) Put(ctx context.Context, name string, r io.Reader) (int64, error) {
	if err := checkName(name); err != nil {
		return 0, err
	}
	spooled := path.Join(spoolDir, rand.Text())
	size, err := d.spool(ctx, spooled, r)
	if err == nil {
		err = d.settle(spooled, place(name))
	}
	if err != nil {
		// What is left behind in spite of this is swept later.
		_ = d.root.Remove(spooled)
		return 0, diskError(err)
	}
	return size, nil
}

func (d *Disk) spool(ctx context.Context, name string, r io.Reader) (int64, error) {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	size, err := io.Copy(f, &watched{ctx: ctx, r: r})
	if err == nil {
		err = f.Sync()
	}
	return size, firstError(err, f.Close())
}

// settle moves a finished file to its place and has the folders confirmed.
func (d *Disk) settle(from, to string) error {
	dir := path.Dir(to)
	// Deleting the last file of a group removes its folder; if that happens
	// between making the folder and moving the file, it is made again.
	for range 3 {
		if err := d.makeDir(dir); err != nil {
			return err
		}
		err := d.root.Rename(from, to)
		if err == nil {
			return d.syncDir(dir)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return fmt.Errorf("folder %s does not stay: %w", dir, fs.ErrNotExist)
}

// makeDir makes a folder and those above it, each confirmed in the one above.
func (d *Disk) makeDir(dir string) error {
	if _, err := d.root.Stat(dir); err == nil {
		return nil
	}
	parent := path.Dir(dir)
	if parent != "." {
		if err := d.makeDir(parent); err != nil {
			return err
		}
	}
	if err := d.root.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return d.syncDir(parent)
}

func (d *Disk) syncDir(dir string) error {
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	return firstError(f.Sync(), f.Close())
}

// Get opens a file.
func (d *Disk) Get(_ context.Context, name string) (Object, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	f, err := d.root.Open(place(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, unknown(name)
	}
	if err != nil {
		return nil, diskError(err)
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, firstError(err, f.Close(), unknown(name))
	}
	return diskObject{f, info.Size()}, nil
}

type diskObject struct {
	*os.File
	size int64
}

// Size is the length when the file was opened.
func (o diskObject) Size() int64 { return o.size }

// Delete removes a file, and its folder when it was the last one there.
func (d *Disk) Delete(_ context.Context, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	at := place(name)
	err := d.root.Remove(at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return diskError(err)
	}
	dir := path.Dir(at)
	if err := d.syncDir(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return diskError(err)
	}
	for strings.Count(dir, "/") >= 2 && d.root.Remove(dir) == nil {
		dir = path.Dir(dir)
	}
	return nil
}

// Exists returns the size of a file.
func (d *Disk) Exists(_ context.Context, name string) (int64, bool, error) {
	if err := checkName(name); err != nil {
		return 0, false, err
	}
	info, err := d.root.Stat(place(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, false, nil
	case err != nil:
		return 0, false, diskError(err)
	default:
		return info.Size(), info.Mode().IsRegular(), nil
	}
}

// List gives the names with a prefix. A prefix with a slash looks into one
// folder only.
func (d *Disk) List(ctx context.Context, prefix string) iter.Seq2[string, error] {
	start := filesDir
	if group, _, whole := strings.Cut(prefix, "/"); whole && nameForm.MatchString(group) {
		start = place(group)
	}
	return func(yield func(string, error) bool) {
		err := fs.WalkDir(d.root.FS(), start, func(at string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // deleted while we looked
			}
			if err := firstError(err, ctx.Err()); err != nil {
				return err
			}
			if entry.IsDir() {
				return nil
			}
			segments := strings.SplitN(at, "/", 3) // files, shard, name
			if len(segments) == 3 && strings.HasPrefix(segments[2], prefix) && !yield(segments[2], nil) {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield("", diskError(err))
		}
	}
}

// Check tells whether the folder can be written and read.
func (d *Disk) Check(ctx context.Context) error { return check(ctx, d) }

// Sweep removes what interrupted writes left in the spool folder and nobody has
// touched since the given instant. It returns how many files that were.
func (d *Disk) Sweep(ctx context.Context, before time.Time) (int, error) {
	entries, err := fs.ReadDir(d.root.FS(), spoolDir)
	if err != nil {
		return 0, diskError(err)
	}
	swept := 0
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue // gone, or in use
		}
		if err := ctx.Err(); err != nil {
			return swept, err
		}
		if err := d.root.Remove(path.Join(spoolDir, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return swept, diskError(err)
		}
		swept++
	}
	return swept, nil
}

// diskError gives what a disk says a kind.
func diskError(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.Busy("blob.disk_full", "the disk that holds the files is full; free some space, then try again").Because(err)
	case errors.Is(err, fs.ErrPermission):
		return fault.Busy("blob.disk_denied", "the folder that holds the files cannot be used; the account that Heed runs under needs to own it").Because(err)
	default:
		return err
	}
}
