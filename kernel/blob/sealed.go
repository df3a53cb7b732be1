package blob

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"

	"filippo.io/age"

	"heed/kernel/fault"
)

// Wrapper encrypts small keys under the data key of a record group. kernel/seal
// has it.
type Wrapper interface {
	Wrap(ctx context.Context, group int64, fileKey []byte) ([]byte, error)
	Unwrap(ctx context.Context, group int64, wrapped []byte) ([]byte, error)
}

// Ref is the address of a sealed file: its record group and its name there. It
// is comparable; the zero Ref addresses nothing.
type Ref struct {
	Group int64
	Name  string // 64 hexadecimal digits
}

// String writes the ref as the store knows it, "GROUP/NAME".
func (r Ref) String() string { return prefixOf(r.Group) + r.Name }

// ParseRef reads what String wrote; anything else is [fault.Invalid].
func ParseRef(s string) (Ref, error) {
	group, name, _ := strings.Cut(s, "/")
	n, err := strconv.ParseInt(group, 10, 64)
	raw, errName := hex.DecodeString(name)
	r := Ref{n, name}
	if err != nil || errName != nil || len(raw) != sha256.Size || r.String() != s || strings.ToLower(s) != s {
		return Ref{}, fault.Invalid("blob.ref", "%q is not the address of a file", s)
	}
	return r, nil
}

func prefixOf(group int64) string { return strconv.FormatInt(group, 10) + "/" }

// Sealed keeps files encrypted in a [Store]. Use [NewSealed].
type Sealed struct {
	store   Store
	keys    Wrapper
	nameKey []byte
	spool   string
}

// NewSealed returns sealed files in a store. nameKey (32 bytes, of its own
// purpose, the same on all nodes) hides what the names would tell about the
// content. spool is a folder for what is on its way and too large for memory; it
// only ever holds encrypted bytes. "" takes the system's.
func NewSealed(store Store, keys Wrapper, nameKey []byte, spool string) *Sealed {
	return &Sealed{store: store, keys: keys, nameKey: nameKey, spool: spool}
}

// Put stores what r gives in a record group and returns its address and its
// size. Content that the group already holds is not stored again; the address
// is the same. A failure leaves nothing behind.
func (s *Sealed) Put(ctx context.Context, group int64, r io.Reader) (Ref, int64, error) {
	spooled := &spool{dir: s.spool}
	ref, size, err := s.putSpooled(ctx, group, r, spooled)
	if err := firstError(err, spooled.discard()); err != nil {
		return Ref{}, 0, err
	}
	return ref, size, nil
}

func (s *Sealed) putSpooled(ctx context.Context, group int64, r io.Reader, spooled *spool) (Ref, int64, error) {
	content := sha256.New()
	size, err := s.encrypt(ctx, group, io.TeeReader(r, content), spooled)
	if err != nil {
		return Ref{}, 0, err
	}
	ref := Ref{group, s.name(group, content)}
	if _, stored, err := s.store.Exists(ctx, ref.String()); err != nil || stored {
		return ref, size, err
	}
	_, err = s.store.Put(ctx, ref.String(), spooled.reader())
	return ref, size, err
}

// encrypt writes r to the spool as an age file.
func (s *Sealed) encrypt(ctx context.Context, group int64, r io.Reader, spooled *spool) (int64, error) {
	w, err := age.Encrypt(spooled, recipient{ctx, s.keys, group})
	if err != nil {
		return 0, fmt.Errorf("seal a file: %w", err)
	}
	size, err := io.Copy(w, &watched{ctx: ctx, r: r})
	if err := firstError(err, w.Close()); err != nil {
		return 0, diskError(err)
	}
	return size, nil
}

// name computes the name of a content in a group.
func (s *Sealed) name(group int64, content hash.Hash) string {
	groupKey := hmac.New(sha256.New, s.nameKey)
	groupKey.Write(binary.BigEndian.AppendUint64([]byte("heed blob names 1\x00"), uint64(group)))
	name := hmac.New(sha256.New, groupKey.Sum(nil))
	name.Write(content.Sum(nil))
	return hex.EncodeToString(name.Sum(nil))
}

// Get opens a file. Reading may begin anywhere; only what is read is decrypted.
// An absent file is [fault.Unknown]; one that was damaged, or whose key was
// destroyed, fails here or at the damaged place. The caller closes it.
func (s *Sealed) Get(ctx context.Context, ref Ref) (Object, error) {
	o, err := s.store.Get(ctx, ref.String())
	if err != nil {
		return nil, err
	}
	plain, size, err := age.DecryptReaderAt(o, o.Size(), identity{ctx, s.keys, ref.Group})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open file %s: %w", ref, err), o.Close())
	}
	return sealedObject{io.NewSectionReader(plain, 0, size), o}, nil
}

// sealedObject reads the plain bytes and closes the sealed ones.
type sealedObject struct {
	*io.SectionReader
	io.Closer
}

// Verify reads a whole file and compares it with its name. It finds what Get
// cannot: a file that was put in the place of another one of the same group.
func (s *Sealed) Verify(ctx context.Context, ref Ref) error {
	o, err := s.Get(ctx, ref)
	if err != nil {
		return err
	}
	content := sha256.New()
	_, err = io.Copy(content, &watched{ctx: ctx, r: o})
	if err := firstError(err, o.Close()); err != nil {
		return fmt.Errorf("verify file %s: %w", ref, err)
	}
	if s.name(ref.Group, content) != ref.Name {
		return fmt.Errorf("verify file %s: it holds the content of another file", ref)
	}
	return nil
}

// Exists reports whether there is a file at an address, without its key.
func (s *Sealed) Exists(ctx context.Context, ref Ref) (bool, error) {
	_, ok, err := s.store.Exists(ctx, ref.String())
	return ok, err
}

// Delete removes a file; an absent one is no error. Several rows of a group may
// share a file, since equal content is stored once: the caller deletes it with
// the last of them.
func (s *Sealed) Delete(ctx context.Context, ref Ref) error {
	return s.store.Delete(ctx, ref.String())
}

// List returns the addresses of a group's files.
func (s *Sealed) List(ctx context.Context, group int64) ([]Ref, error) {
	var out []Ref
	for name, err := range s.store.List(ctx, prefixOf(group)) {
		if err != nil {
			return nil, err
		}
		ref, err := ParseRef(name)
		if err != nil {
			return nil, err
		}
		out = append(out, ref)
	}
	return out, nil
}

// DeleteGroup removes all files of a group and returns how many there were. It
// needs no key, so it works before and after the group's key is destroyed, and
// again after an interruption.
func (s *Sealed) DeleteGroup(ctx context.Context, group int64) (int, error) {
	var names []string
	for name, err := range s.store.List(ctx, prefixOf(group)) {
		if err != nil {
			return 0, err
		}
		names = append(names, name)
	}
	for n, name := range names {
		if err := s.store.Delete(ctx, name); err != nil {
			return n, err
		}
	}
	return len(names), nil
}

// Check tells whether the store below can be used.
func (s *Sealed) Check(ctx context.Context) error { return s.store.Check(ctx) }
