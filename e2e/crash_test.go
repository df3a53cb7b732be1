package e2e

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"heed/app"
	"heed/kernel/clock"
	"heed/kernel/store"
)

const (
	crashMails = 500
	crashKills = 50
)

// binary builds the program once.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "heed-e2e-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "heed")
	build := exec.Command("go", "build", "-o", bin, "../cmd/heed")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as it is shipped
	out, err := build.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
})

// A killed process loses no mail it acknowledged and doubles none: each is one
// entry, exactly once, on both engines.
func TestKilledFiftyTimesNoMailIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	engines(t, func(t *testing.T, e store.Dialect) {
		c := config(t, e)
		if err := app.BuildDemo(t.Context(), c, app.Options{}, 0, true, func(string) {}); err != nil {
			t.Fatal(err)
		}
		p := &victim{t: t, bin: bin, config: writeConfig(t, c), data: c.Data}
		p.start()
		done := make(chan struct{})
		go p.killAtRandom(done)
		acknowledged := 0
		for i := range crashMails {
			p.deliver(i)
			acknowledged++
		}
		close(done)
		p.stop()
		if acknowledged != crashMails || p.kills < crashKills {
			t.Fatalf("%d mails were acknowledged and the process was killed %d times", acknowledged, p.kills)
		}
		checkOnce(t, c)
	})
}

// checkOnce reads what is left to read and counts the entries of each mail.
func checkOnce(t *testing.T, c app.Config) {
	t.Helper()
	// a day later every pause between tries is over
	later := clock.NewMovable(clock.System().Now().Add(24 * time.Hour))
	h, err := app.Open(t.Context(), c, app.Options{Unsafe: true, Clock: later})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	d := &desk{House: h, t: t}
	d.settle()
	d.read(func(tx *store.Tx) error {
		mails, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM mail_in WHERE outcome = 'opened'")
		if err != nil {
			return err
		}
		tickets, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM ticket WHERE channel = 'mail'")
		if err != nil {
			return err
		}
		all, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM mail_in")
		if err != nil {
			return err
		}
		if mails.V != crashMails || tickets.V != crashMails || all.V != crashMails {
			t.Errorf("%d mails are kept, %d opened a ticket, there are %d tickets; want %d of each", all.V, mails.V, tickets.V, crashMails)
		}
		return nil
	})
}

// victim is a running service that is killed and started again.
type victim struct {
	t         *testing.T
	bin       string
	config    string
	data      string
	mu        sync.Mutex
	cmd       *exec.Cmd
	lmtp      string
	kills     int
	delivered int
}

func writeConfig(t *testing.T, c app.Config) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "heed.yaml")
	text := fmt.Sprintf("data: %q\naddr: 127.0.0.1:0\nlmtp_addr: 127.0.0.1:0\ndatabase: %q\nkey_database: %q\n", c.Data, c.Database, c.KeyDatabase)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func (v *victim) start() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cmd = exec.Command(v.bin, "serve", "--config", v.config)
	out, err := v.cmd.StdoutPipe()
	if err != nil {
		v.t.Error(err)
		return
	}
	var trouble strings.Builder
	v.cmd.Stderr = &trouble
	if err := v.cmd.Start(); err != nil {
		v.t.Error(err)
		return
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	_, addr, ok := strings.Cut(line, "LMTP on ")
	if err != nil || !ok {
		v.t.Errorf("the service did not come up: %q %v %s", line, err, trouble.String())
		return
	}
	v.lmtp = strings.TrimSuffix(strings.TrimSpace(addr), ")")
}

// killAtRandom kills and starts the service as mails come in, evenly over them.
func (v *victim) killAtRandom(done chan struct{}) {
	rng := rand.New(rand.NewPCG(1, 2))
	for {
		select {
		case <-done:
			return
		case <-time.After(time.Duration(5+rng.IntN(60)) * time.Millisecond):
		}
		v.mu.Lock()
		due := v.kills < crashKills && v.delivered >= v.kills*(crashMails-10)/crashKills
		if due {
			_ = v.cmd.Process.Signal(syscall.SIGKILL)
			_ = v.cmd.Wait()
			v.kills++
		}
		v.mu.Unlock()
		if due {
			v.start()
		}
	}
}

func (v *victim) stop() {
	v.mu.Lock()
	defer v.mu.Unlock()
	_ = v.cmd.Process.Signal(syscall.SIGTERM)
	_ = v.cmd.Wait()
}

// deliver hands over a mail again and again until it is acknowledged, as a mail
// server does.
func (v *victim) deliver(i int) {
	raw := fmt.Sprintf("From: sender%d@else.example\r\nTo: helpdesk@desk.example.org\r\nSubject: matter %d\r\nMessage-ID: <crash-%d@else.example>\r\n\r\nThis is mail number %d.\r\n", i%40, i, i, i)
	deadline := time.Now().Add(2 * time.Minute)
	for time.Now().Before(deadline) {
		v.mu.Lock()
		addr := v.lmtp
		v.mu.Unlock()
		if err := lmtp(v.t.Context(), addr, raw); err == nil {
			v.mu.Lock()
			v.delivered++
			v.mu.Unlock()
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	v.t.Fatalf("mail %d was never acknowledged", i)
}

func lmtp(ctx context.Context, addr, raw string) error {
	dialer := net.Dialer{Timeout: 2 * time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	client := smtp.NewClientLMTP(conn)
	defer func() { _ = client.Close() }()
	if err := client.Hello("test"); err != nil {
		return err
	}
	if err := client.Mail("sender@else.example", nil); err != nil {
		return err
	}
	if err := client.Rcpt("helpdesk@desk.example.org", nil); err != nil {
		return err
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, raw); err != nil {
		return err
	}
	return w.Close()
}
