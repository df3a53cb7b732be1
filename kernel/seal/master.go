package seal

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"heed/kernel/fault"
)

// Master is the installation's master key. Its zero value is refused.
type Master struct{ key []byte }

const masterLen = 32

// ParseMaster reads the written form: 32 bytes in base64.
func ParseMaster(text string) (Master, error) {
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(b) != masterLen {
		return Master{}, fault.Invalid("seal.master", "the master key must be 32 bytes in base64 (44 characters); look for a cut-off line or an added character")
	}
	return Master{b}, nil
}

// NewMaster makes a random master key.
func NewMaster() Master {
	b := make([]byte, masterLen)
	_, _ = rand.Read(b)
	return Master{b}
}

// String keeps the key out of logs.
func (Master) String() string { return "master key (hidden)" }

// LoadMaster reads the master key from a file that nobody else may read.
func LoadMaster(path string) (Master, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Master{}, fault.Invalid("seal.master.missing", "the master key file %s cannot be read; mount it or put the key in HEED_MASTER_KEY. Without it nothing that is sealed can be opened", path).Because(err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return Master{}, fault.Invalid("seal.master.mode", "the master key file %s may be read by others (mode %04o); run chmod 600 on it", path, info.Mode().Perm())
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return Master{}, fault.Invalid("seal.master.missing", "the master key file %s cannot be read", path).Because(err)
	}
	m, err := ParseMaster(string(b))
	if err != nil {
		return Master{}, fault.Invalid("seal.master", "the master key file %s does not hold 32 bytes in base64; restore it from where you keep it safe", path)
	}
	return m, nil
}

// LoadOrMakeMaster is LoadMaster for a first start: a missing file is made,
// never replaced.
func LoadOrMakeMaster(path string) (Master, error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return LoadMaster(path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Master{}, err
	}
	m := NewMaster()
	return m, m.write(path)
}

// write puts the key into a file that did not exist. The file gets its name only
// when it is whole: a process killed here must not leave a key cut off.
func (m Master) write(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(m.key) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Link(f.Name(), path) // unlike a rename, it never replaces a key
	}
	return errors.Join(err, os.Remove(f.Name()))
}

// derive returns a key of 32 bytes for one use.
func (m Master) derive(label string) []byte {
	k, err := hkdf.Key(sha256.New, m.key, nil, "heed/"+label, masterLen)
	if err != nil {
		panic("seal: hkdf refused 32 bytes") // cannot happen: the length is constant and small
	}
	return k
}
