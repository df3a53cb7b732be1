package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"heed/kernel/fault"
)

func openDisk(t *testing.T) *Disk {
	t.Helper()
	d, err := OpenDisk(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func openS3(t *testing.T) *S3 {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("files"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	s, err := NewS3(S3Config{
		Endpoint: strings.TrimPrefix(server.URL, "http://"), Bucket: "files", Prefix: "heed/", Region: "us-east-1",
		AccessKey: "key", SecretKey: "secret", Plain: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// stores are the implementations that the suite runs against.
func stores() map[string]func(*testing.T) Store {
	return map[string]func(*testing.T) Store{
		"disk": func(t *testing.T) Store { return openDisk(t) },
		"s3":   func(t *testing.T) Store { return openS3(t) },
	}
}

func onEach(t *testing.T, test func(*testing.T, Store)) {
	t.Helper()
	for name, open := range stores() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

func put(t *testing.T, s Store, name, content string) {
	t.Helper()
	if n, err := s.Put(t.Context(), name, strings.NewReader(content)); err != nil || n != int64(len(content)) {
		t.Fatalf("Put(%s) = %d, %v; want %d bytes", name, n, err, len(content))
	}
}

func read(t *testing.T, s Store, name string) string {
	t.Helper()
	o, err := s.Get(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(o)
	if err := errors.Join(err, o.Close()); err != nil {
		t.Fatal(err)
	}
	if o.Size() != int64(len(raw)) {
		t.Errorf("%s: Size() = %d, but %d bytes came", name, o.Size(), len(raw))
	}
	return string(raw)
}

func names(t *testing.T, s Store, prefix string) []string {
	t.Helper()
	var out []string
	for name, err := range s.List(t.Context(), prefix) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func TestWhatIsPutComesBack(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s Store) {
		big := strings.Repeat("0123456789abcdef", 1<<17) // 2 MiB
		for name, content := range map[string]string{"a": "one", "b/c": "", "b/d/e-f.g": big} {
			put(t, s, name, content)
			if got := read(t, s, name); got != content {
				t.Errorf("%s: %d bytes came back, want %d", name, len(got), len(content))
			}
			if size, ok, err := s.Exists(t.Context(), name); err != nil || !ok || size != int64(len(content)) {
				t.Errorf("Exists(%s) = %d, %v, %v", name, size, ok, err)
			}
		}
		put(t, s, "a", "two")
		if got := read(t, s, "a"); got != "two" {
			t.Errorf("after writing again: %q", got)
		}
	})
}

func TestAFileIsReadFromAnywhere(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s Store) {
		put(t, s, "x", "0123456789")
		o, err := s.Get(t.Context(), "x")
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := o.Close(); err != nil {
				t.Error(err)
			}
		}()
		var b [3]byte
		if n, err := o.ReadAt(b[:], 4); n != 3 || err != nil || string(b[:]) != "456" {
			t.Errorf("ReadAt: %q, %v", b[:n], err)
		}
		if at, err := o.Seek(-2, io.SeekEnd); at != 8 || err != nil {
			t.Errorf("Seek: %d, %v", at, err)
		}
		if rest, err := io.ReadAll(o); string(rest) != "89" || err != nil {
			t.Errorf("after seeking: %q, %v", rest, err)
		}
	})
}

func TestAbsentFilesAreUnknownAndDeletingThemIsFine(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s Store) {
		if _, err := s.Get(t.Context(), "none/here"); fault.KindOf(err) != fault.KindUnknown {
			t.Errorf("Get of an absent file: %v", err)
		}
		if _, ok, err := s.Exists(t.Context(), "none/here"); ok || err != nil {
			t.Errorf("Exists of an absent file: %v, %v", ok, err)
		}
		put(t, s, "g/a", "x")
		for range 2 {
			if err := s.Delete(t.Context(), "g/a"); err != nil {
				t.Errorf("Delete: %v", err)
			}
		}
		if got := names(t, s, ""); got != nil {
			t.Errorf("left after deleting: %v", got)
		}
		put(t, s, "g/a", "again")
	})
}

func TestListGivesTheNamesWithAPrefix(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s Store) {
		for _, name := range []string{"1/a", "1/b", "12/a", "2/a", "single"} {
			put(t, s, name, name)
		}
		for prefix, want := range map[string][]string{
			"": {"1/a", "1/b", "12/a", "2/a", "single"}, "1/": {"1/a", "1/b"}, "1": {"1/a", "1/b", "12/a"}, "3/": nil, "1/b": {"1/b"},
		} {
			if diff := cmp.Diff(want, names(t, s, prefix)); diff != "" {
				t.Errorf("List(%q) (-want +got):\n%s", prefix, diff)
			}
		}
		for name, err := range s.List(t.Context(), "") {
			if name == "" || err != nil {
				t.Errorf("List gave %q, %v", name, err)
			}
			break // ending early must do no harm
		}
	})
}

func TestNamesOutOfFormAreRefused(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s Store) {
		for _, name := range []string{"", "/a", "a/", "..", "a/../b", "../../etc/passwd", "a//b", ".hidden", "A", "a b", "a\x00", "a\\b", strings.Repeat("a/", 9) + "a", strings.Repeat("a", 101)} {
			_, errPut := s.Put(t.Context(), name, strings.NewReader("x"))
			_, errGet := s.Get(t.Context(), name)
			_, _, errExists := s.Exists(t.Context(), name)
			for _, err := range []error{errPut, errGet, errExists, s.Delete(t.Context(), name)} {
				if fault.KindOf(err) != fault.KindInvalid {
					t.Errorf("name %q: %v, want an invalid fault", name, err)
				}
			}
		}
	})
}

func TestAWriteThatFailsLeavesWhatWasThere(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s Store) {
		put(t, s, "g/old", "old")
		broken := errors.New("the line was cut")
		for name, r := range map[string]io.Reader{
			"at once":       iotest.ErrReader(broken),
			"in the middle": io.MultiReader(strings.NewReader(strings.Repeat("x", 1<<20)), iotest.ErrReader(broken)),
		} {
			for _, file := range []string{"g/old", "g/new"} {
				if _, err := s.Put(t.Context(), file, r); !errors.Is(err, broken) {
					t.Errorf("%s: Put = %v, want the reader's error", name, err)
				}
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Put(ctx, "g/new", strings.NewReader("x")); !errors.Is(err, context.Canceled) {
			t.Errorf("Put after the context ended: %v", err)
		}
		if got := names(t, s, ""); !slices.Equal(got, []string{"g/old"}) || read(t, s, "g/old") != "old" {
			t.Errorf("left: %v", got)
		}
	})
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s Store) {
		var wg sync.WaitGroup
		for n := range 8 {
			wg.Go(func() {
				for i := range 10 {
					// Everybody writes and deletes in the same folder.
					name := fmt.Sprintf("g/%d", n)
					if _, err := s.Put(t.Context(), name, strings.NewReader(strings.Repeat(name, i))); err != nil {
						t.Error(err)
					}
					if err := s.Delete(t.Context(), name); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if got := names(t, s, ""); got != nil {
			t.Errorf("left: %v", got)
		}
	})
}

func TestCheckLeavesNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s Store) {
		if err := s.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if got := names(t, s, ""); got != nil {
			t.Errorf("Check left %v", got)
		}
	})
}

func TestAServiceThatIsNotThereIsBusy(t *testing.T) {
	t.Parallel()
	s := openS3(t)
	s.bucket = "other"
	if err := s.Check(t.Context()); fault.KindOf(err) != fault.KindBusy || !strings.Contains(err.Error(), `no bucket "other"`) {
		t.Errorf("a missing bucket: %v", err)
	}
	if _, err := NewS3(S3Config{Endpoint: "http://x/y"}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("an address with a scheme: %v", err)
	}
	if shown := fmt.Sprintf("%v %+v %#v", S3Config{SecretKey: "hunter2"}, S3Config{SecretKey: "hunter2"}, S3Config{SecretKey: "hunter2"}); strings.Contains(shown, "hunter2") {
		t.Errorf("the secret shows: %s", shown)
	}
}
