package blob

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"heed/kernel/fault"
)

// ring is a Wrapper with a key per group that can be destroyed.
type ring struct {
	mu        sync.Mutex
	destroyed map[int64]bool
}

var errDestroyed = errors.New("the key was destroyed")

func (r *ring) gcm(group int64) (cipher.AEAD, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.destroyed[group] {
		return nil, errDestroyed
	}
	block, err := aes.NewCipher(fmt.Appendf(nil, "%032d", group))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func (r *ring) Wrap(_ context.Context, group int64, fileKey []byte) ([]byte, error) {
	aead, err := r.gcm(group)
	if err != nil {
		return nil, err
	}
	return aead.Seal(nil, nil, fileKey, nil), nil
}

func (r *ring) Unwrap(_ context.Context, group int64, wrapped []byte) ([]byte, error) {
	aead, err := r.gcm(group)
	if err != nil {
		return nil, err
	}
	return aead.Open(nil, nil, wrapped, nil)
}

func (r *ring) destroy(group int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.destroyed[group] = true
}

func nameKey() []byte { return bytes.Repeat([]byte{7}, 32) }

// sealedOn returns sealed files on a store, their keys, and their spool folder.
func sealedOn(t *testing.T, s Store) (*Sealed, *ring, string) {
	t.Helper()
	keys, dir := &ring{destroyed: map[int64]bool{}}, t.TempDir()
	return NewSealed(s, keys, nameKey(), dir), keys, dir
}

func seal(t *testing.T, s *Sealed, group int64, content string) Ref {
	t.Helper()
	ref, size, err := s.Put(t.Context(), group, strings.NewReader(content))
	if err != nil || size != int64(len(content)) {
		t.Fatalf("Put = %v, %d, %v", ref, size, err)
	}
	return ref
}

func unseal(t *testing.T, s *Sealed, ref Ref) (string, error) {
	t.Helper()
	o, err := s.Get(t.Context(), ref)
	if err != nil {
		return "", err
	}
	raw, err := io.ReadAll(o)
	return string(raw), errors.Join(err, o.Close())
}

// long is a content of several chunks, over what stays in memory.
func long() string { return strings.Repeat("Ana Ruiz, room 204. ", 150_000) }

func TestSealedFilesComeBackAndShowNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, store Store) {
		s, _, spool := sealedOn(t, store)
		for _, content := range []string{"", "Ana Ruiz", long()} {
			ref := seal(t, s, 42, content)
			if got, err := unseal(t, s, ref); err != nil || got != content {
				t.Errorf("%d bytes came back as %d, %v", len(content), len(got), err)
			}
			if err := s.Verify(t.Context(), ref); err != nil {
				t.Error(err)
			}
			if raw := read(t, store, ref.String()); strings.Contains(raw, "Ruiz") {
				t.Errorf("the store holds the content in clear")
			}
		}
		if left, err := os.ReadDir(spool); err != nil || len(left) != 0 {
			t.Errorf("left in the spool folder: %v, %v", left, err)
		}
		if err := s.Check(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestASealedFileIsReadFromAnywhere(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, store Store) {
		s, _, _ := sealedOn(t, store)
		content := long()
		o, err := s.Get(t.Context(), seal(t, s, 1, content))
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := o.Close(); err != nil {
				t.Error(err)
			}
		}()
		if o.Size() != int64(len(content)) {
			t.Errorf("Size() = %d, want %d", o.Size(), len(content))
		}
		for _, at := range []int64{0, 65_535, 65_536, 1_000_003, int64(len(content)) - 5} {
			if _, err := o.Seek(at, io.SeekStart); err != nil {
				t.Fatal(err)
			}
			var b [5]byte
			if _, err := io.ReadFull(o, b[:]); err != nil || string(b[:]) != content[at:at+5] {
				t.Errorf("at %d: %q, %v; want %q", at, b, err, content[at:at+5])
			}
		}
	})
}

func TestEqualContentIsStoredOnceInAGroupAndApartInTwo(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, store Store) {
		s, _, _ := sealedOn(t, store)
		a, again, other, elsewhere := seal(t, s, 1, "x"), seal(t, s, 1, "x"), seal(t, s, 1, "y"), seal(t, s, 2, "x")
		if a != again || a == other || a.Name == elsewhere.Name {
			t.Errorf("names: %v, %v, %v, %v", a, again, other, elsewhere)
		}
		if got := names(t, store, ""); len(got) != 3 {
			t.Errorf("the store holds %v", got)
		}
		otherKey := NewSealed(store, s.keys, bytes.Repeat([]byte{8}, 32), "")
		if ref := seal(t, otherKey, 1, "x"); ref == a {
			t.Errorf("the name does not depend on the name key")
		}
		refs, err := s.List(t.Context(), 2)
		if err != nil || len(refs) != 1 || refs[0] != elsewhere {
			t.Errorf("List(2) = %v, %v", refs, err)
		}
	})
}

func TestDeletingAGroupLeavesTheOthers(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, store Store) {
		s, keys, _ := sealedOn(t, store)
		seal(t, s, 1, "x")
		gone, kept := seal(t, s, 1, "y"), seal(t, s, 11, "x")
		keys.destroy(1)
		if _, err := unseal(t, s, gone); !errors.Is(err, errDestroyed) {
			t.Errorf("opened without its key: %v", err)
		}
		if n, err := s.DeleteGroup(t.Context(), 1); n != 2 || err != nil {
			t.Errorf("DeleteGroup = %d, %v", n, err)
		}
		if n, err := s.DeleteGroup(t.Context(), 1); n != 0 || err != nil {
			t.Errorf("DeleteGroup again = %d, %v", n, err)
		}
		if ok, err := s.Exists(t.Context(), gone); ok || err != nil {
			t.Errorf("Exists after deleting: %v, %v", ok, err)
		}
		if got, err := unseal(t, s, kept); got != "x" || err != nil {
			t.Errorf("the other group: %q, %v", got, err)
		}
		if err := s.Delete(t.Context(), kept); err != nil {
			t.Error(err)
		}
		if _, err := unseal(t, s, kept); fault.KindOf(err) != fault.KindUnknown {
			t.Errorf("a deleted file: %v", err)
		}
	})
}

func TestDamageIsFound(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, store Store) {
		s, _, _ := sealedOn(t, store)
		content := long()
		ref := seal(t, s, 1, content)
		whole := read(t, store, ref.String())
		changed := func(at int) string { return whole[:at] + string(whole[at]^1) + whole[at+1:] }
		for name, raw := range map[string]string{
			"cut by a byte":       whole[:len(whole)-1],
			"cut at a chunk":      whole[:len(whole)-(len(whole)%65_552)],
			"cut in the head":     whole[:20],
			"empty":               "",
			"longer":              whole + "x",
			"a changed byte":      changed(len(whole) / 2),
			"a changed head":      changed(40),
			"a changed last byte": changed(len(whole) - 1),
		} {
			put(t, store, ref.String(), raw)
			if got, err := unseal(t, s, ref); err == nil {
				t.Errorf("%s: read %d bytes of %d without an error", name, len(got), len(content))
			}
		}
	})
}

func TestAFileInAnotherFilesPlaceIsFound(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, store Store) {
		s, _, _ := sealedOn(t, store)
		mine, other, theirs := seal(t, s, 1, "mine"), seal(t, s, 1, "other"), seal(t, s, 2, "theirs")
		put(t, store, mine.String(), read(t, store, theirs.String()))
		if got, err := unseal(t, s, mine); err == nil {
			t.Errorf("a file of another group opened: %q", got)
		}
		put(t, store, mine.String(), read(t, store, other.String()))
		if err := s.Verify(t.Context(), mine); err == nil {
			t.Errorf("Verify did not notice another file of the group")
		}
	})
}

func TestAFailureLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, store Store) {
		s, keys, spool := sealedOn(t, store)
		broken := errors.New("the line was cut")
		for _, r := range []io.Reader{
			iotest.ErrReader(broken),
			io.MultiReader(strings.NewReader("x"), iotest.ErrReader(broken)),
			io.MultiReader(strings.NewReader(long()), iotest.ErrReader(broken)),
		} {
			if ref, _, err := s.Put(t.Context(), 1, r); !errors.Is(err, broken) || ref != (Ref{}) {
				t.Errorf("Put = %v, %v", ref, err)
			}
		}
		keys.destroy(2)
		if _, _, err := s.Put(t.Context(), 2, strings.NewReader("x")); !errors.Is(err, errDestroyed) {
			t.Errorf("Put into a forgotten group: %v", err)
		}
		if got := names(t, store, ""); got != nil {
			t.Errorf("left in the store: %v", got)
		}
		if left, err := os.ReadDir(spool); err != nil || len(left) != 0 {
			t.Errorf("left in the spool folder: %v, %v", left, err)
		}
	})
	missing := NewSealed(openDisk(t), &ring{}, nameKey(), filepath.Join(t.TempDir(), "none"))
	if _, _, err := missing.Put(t.Context(), 1, strings.NewReader(long())); err == nil {
		t.Errorf("Put with a missing spool folder succeeded")
	}
}

func TestRefsComeBackAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ref := Ref{rapid.Int64().Draw(t, "group"), rapid.StringMatching(`[0-9a-f]{64}`).Draw(t, "name")}
		if got, err := ParseRef(ref.String()); err != nil || got != ref {
			t.Fatalf("ParseRef(%q) = %v, %v", ref, got, err)
		}
		if err := checkName(ref.String()); err != nil {
			t.Fatal(err)
		}
	})
	name := strings.Repeat("a", 64)
	for _, s := range []string{"", "1", "1/", "/" + name, "1/" + name[1:], "1/" + strings.ToUpper(name), "01/" + name, "1/x" + name[1:], "+1/" + name, "1/" + name + "/"} {
		if got, err := ParseRef(s); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("ParseRef(%q) = %v, %v", s, got, err)
		}
	}
}
