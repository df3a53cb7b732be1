package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"heed/app"
	"heed/kernel/clock"
	"heed/kernel/ledger"
	"heed/kernel/store"
)

// room is a way of running out of it.
type room struct {
	name string
	data func(*testing.T) string                // where the data lies
	full func(*testing.T, *service, app.Config) // from now on nothing more fits
	free func(*testing.T, *service, app.Config)
}

// rooms are a small disk that is filled, where this process may mount one, and
// everywhere a service whose files may not grow.
func rooms(t *testing.T) []room {
	t.Helper()
	limit := func(t *testing.T, s *service, most string) {
		t.Helper()
		if out, err := exec.Command("prlimit", "--pid", strconv.Itoa(s.cmd.Process.Pid), "--fsize="+most+":").CombinedOutput(); err != nil {
			t.Fatalf("prlimit (of util-linux): %v %s", err, out)
		}
	}
	out := []room{{
		name: "files may not grow", data: func(t *testing.T) string { t.Helper(); return t.TempDir() },
		full: func(t *testing.T, s *service, _ app.Config) { t.Helper(); limit(t, s, "1") },
		free: func(t *testing.T, s *service, _ app.Config) { t.Helper(); limit(t, s, "unlimited") },
	}}
	filler := func(c app.Config) string { return filepath.Join(filepath.Dir(c.Data), "filler") }
	probe := t.TempDir()
	if mount(probe) != nil {
		return out
	}
	if err := syscall.Unmount(probe, 0); err != nil {
		t.Fatal(err)
	}
	return append(out, room{
		name: "the disk is full",
		data: func(t *testing.T) string {
			t.Helper()
			dir := t.TempDir()
			if err := mount(dir); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
			return dir
		},
		full: func(t *testing.T, _ *service, c app.Config) {
			t.Helper()
			for _, piece := range []int{1 << 20, 4096, 1} {
				if err := fill(filler(c), piece); !errors.Is(err, syscall.ENOSPC) {
					t.Fatalf("the disk took everything: %v", err)
				}
			}
		},
		free: func(t *testing.T, _ *service, c app.Config) {
			t.Helper()
			if err := os.Remove(filler(c)); err != nil {
				t.Fatal(err)
			}
		},
	})
}

// mount puts a disk of 24 MB on a folder.
func mount(dir string) error { return syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=24m") }

// fill writes pieces to a file until an error says that no more fits.
func fill(path string, piece int) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	for range 64 << 20 {
		if _, err := f.Write(make([]byte, piece)); err != nil {
			return err
		}
	}
	return nil
}

// A mail that there is no room for is refused for now, so that its sender keeps
// it; nothing of it stays, and once there is room it is taken.
func TestWithoutRoomAMailIsRefusedForNowAndNothingOfItStays(t *testing.T) {
	t.Parallel()
	for _, r := range rooms(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			engines(t, func(t *testing.T, e store.Dialect) { runOut(t, r, e) })
		})
	}
}

func runOut(t *testing.T, r room, e store.Dialect) {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	c := config(t, e)
	c.Data = filepath.Join(r.data(t), "data")
	buildDemo(t, c, 0)
	mark(t, c)
	s, err := program{bin, writeConfig(t, c)}.serve("demo")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	aruiz, err := visit("http://"+s.web, "aruiz")
	if err != nil {
		t.Fatal(err)
	}
	taken := newSender(t, s)
	taken.send(nil)
	r.full(t, s, c)
	refused := taken.untilRefused()
	if e == store.SQLite {
		if r := aruiz.post("/ask", "subject=a crowded quoll", "body=what I typed about okapis"); r.status != http.StatusServiceUnavailable || !strings.Contains(r.body, "what I typed about okapis") {
			t.Errorf("the form answers %d, or loses what was typed", r.status)
		}
	}
	if page := aruiz.get("/requests"); page.status != http.StatusOK {
		t.Errorf("without room nobody can read any more: %d", page.status)
	}
	r.free(t, s, c)
	taken.send(refused)
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	taken.check(c)
}

// sender delivers large mails by LMTP and remembers how many were taken.
type sender struct {
	t     *testing.T
	s     *service
	taken int
	next  int
}

func newSender(t *testing.T, s *service) *sender { t.Helper(); return &sender{t: t, s: s} }

// compose makes a mail that does not fit in a row and lies in a file.
func (d *sender) compose() *string {
	d.next++
	raw := fmt.Sprintf("From: sender@else.example\r\nTo: helpdesk@desk.example.org\r\nSubject: matter %d\r\nMessage-ID: <full-%d@else.example>\r\n\r\n%s", d.next, d.next, strings.Repeat("It does not work at all.\r\n", 12_000))
	return &raw
}

// send delivers a mail that must be taken; nil is a new one.
func (d *sender) send(raw *string) {
	d.t.Helper()
	if raw == nil {
		raw = d.compose()
	}
	if err := lmtp(context.Background(), d.s.lmtp, *raw); err != nil {
		d.t.Fatalf("with room: %v", err)
	}
	d.taken++
}

// untilRefused delivers mails until one is refused, which must be for now, and
// returns that one.
func (d *sender) untilRefused() *string {
	d.t.Helper()
	for range 100 {
		raw := d.compose()
		err := lmtp(context.Background(), d.s.lmtp, *raw)
		if err == nil {
			d.taken++
			continue
		}
		if status, ok := errors.AsType[*smtp.SMTPError](err); !ok || status.Code/100 != 4 {
			d.t.Fatalf("a mail without room for it: %v; want an answer that begins with 4", err)
		}
		return raw
	}
	d.t.Fatal("a hundred mails were taken without room for them")
	return nil
}

// check counts what was taken: each mail once, whole, with one ticket and one
// file, and nothing beside.
func (d *sender) check(c app.Config) {
	d.t.Helper()
	// a day later every pause between tries is over
	h, err := app.Open(d.t.Context(), c, app.Options{Unsafe: true, Clock: clock.NewMovable(clock.System().Now().Add(24 * time.Hour))})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = h.Close() })
	desk := &desk{House: h, t: d.t}
	desk.settle()
	desk.read(func(tx *store.Tx) error {
		for _, q := range []string{"SELECT count(*) FROM mail_in", "SELECT count(*) FROM mail_in WHERE outcome = 'opened'", "SELECT count(*) FROM ticket"} {
			n, err := store.One[store.Value[int64]](d.t.Context(), tx, q)
			if err != nil {
				return err
			}
			if n.V != int64(d.taken) {
				d.t.Errorf("%s: %d, and %d mails were taken", q, n.V, d.taken)
			}
		}
		return nil
	})
	if n := len(filesOf(d.t, c)); n != d.taken {
		d.t.Errorf("%d files are kept for %d mails", n, d.taken)
	}
	if _, err := desk.Ledger.Sequence(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	if rep, err := ledger.Verify(d.t.Context(), desk.DB, desk.Ledger.VerifierKey(), nil); err != nil || !rep.OK() {
		d.t.Errorf("the ledger: %v, %v", rep.Problems, err)
	}
}

// filesOf lists every stored file, finished or not.
func filesOf(t *testing.T, c app.Config) (found []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(c.Data, "files"), func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			found = append(found, path)
		}
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return found
}
