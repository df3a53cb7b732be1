package e2e

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"heed/app"
	"heed/kernel/store"
)

// emptyDemo is the demo without tickets, built once; tests take copies of it.
var emptyDemo = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "heed-demo-")
	if err != nil {
		return "", err
	}
	c, err := app.LoadConfig("", func(string) string { return "" })
	if err != nil {
		return "", err
	}
	c.Data = filepath.Join(dir, "data")
	return c.Data, app.BuildDemo(context.Background(), c, app.Options{}, 0, true, func(string) {})
})

// buildDemo puts the demo with n tickets where a configuration says.
func buildDemo(t *testing.T, c app.Config, n int) {
	t.Helper()
	if n > 0 || c.Database != "" {
		if err := app.BuildDemo(t.Context(), c, app.Options{}, n, true, func(string) {}); err != nil {
			t.Fatal(err)
		}
		return
	}
	from, err := emptyDemo()
	if err == nil {
		err = copyFolder(from, c.Data)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// copyFolder copies files that nobody else may read: a master key that others
// can read is refused.
func copyFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), b, 0o600)
	})
}

// mark says that a data folder holds invented people, as heed demo does.
func mark(t *testing.T, c app.Config) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(c.Data, "DEMO"), []byte("invented\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// program is the real binary with a configuration of its own.
type program struct{ bin, config string }

// demoProgram is the binary over a marked demo without tickets.
func demoProgram(t *testing.T, e store.Dialect) (program, app.Config) {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	c := config(t, e)
	buildDemo(t, c, 0)
	mark(t, c)
	return program{bin, writeConfig(t, c)}, c
}

// run carries out one command and returns what it said and its exit code.
func (p program) run(ctx context.Context, args ...string) (said string, code int, err error) {
	ctx, stop := context.WithTimeout(ctx, 30*time.Second) // a service that should not come up and does
	defer stop()
	cmd := exec.CommandContext(ctx, p.bin, append([]string{"--config", p.config}, args...)...)
	out, err := cmd.CombinedOutput()
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		err = nil
	}
	return string(out), cmd.ProcessState.ExitCode(), err
}

// service is the binary at work.
type service struct {
	cmd       *exec.Cmd
	web, lmtp string
	trouble   *bytes.Buffer // what it wrote to standard error; read it after the end
}

// serve starts "heed demo" or "heed serve" and waits until both doors are open.
func (p program) serve(verb string) (*service, error) {
	s := &service{cmd: exec.Command(p.bin, "--config", p.config, verb), trouble: &bytes.Buffer{}}
	s.cmd.Stderr = s.trouble
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err == nil {
		line = strings.TrimSuffix(strings.TrimSpace(line), ")")
		_, doors, ok := strings.Cut(line, "http://")
		s.web, s.lmtp, _ = strings.Cut(doors, " (mail by LMTP on ")
		if ok && s.lmtp != "" {
			return s, nil
		}
	}
	s.kill()
	return nil, fmt.Errorf("the service did not come up: %q %w %s", line, err, s.trouble)
}

// stop asks the service to end and waits for it.
func (s *service) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	if err := s.cmd.Wait(); err != nil {
		return fmt.Errorf("the service ended badly: %w\n%s", err, s.trouble)
	}
	return nil
}

// kill ends the service without asking.
func (s *service) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}
