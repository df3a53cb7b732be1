package app

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"heed/kernel/fault"
)

// lockFile is held by whatever has the data folder open.
const lockFile = "heed.lock"

// held is a lock on a data folder; releasing it closes the file.
type held struct{ file *os.File }

func (l held) release() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}

// share takes a place beside others that work on the data, and is refused while
// somebody puts other data in its place.
func share(data string) (held, error) { return lock(data, syscall.LOCK_SH) }

// alone waits for nobody: it is refused while a service or a command has the data
// open, because what it replaces would go on being written to, and be lost.
func alone(data string) (held, error) { return lock(data, syscall.LOCK_EX) }

func lock(data string, how int) (held, error) {
	f, err := os.OpenFile(filepath.Join(data, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return held{}, err
	}
	err = syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
	switch {
	case err == nil, errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.ENOTSUP): // some network file systems know no locks
		return held{f}, nil
	case !errors.Is(err, syscall.EWOULDBLOCK):
	case how == syscall.LOCK_EX:
		err = fault.Conflict("data.open", "something has the data in %s open; stop the service first (what it writes while its data is replaced would be lost), then try again", data)
	default:
		err = fault.Conflict("data.replaced", "the data in %s is just being replaced; wait until that has ended, then try again", data)
	}
	return held{}, errors.Join(err, f.Close())
}
