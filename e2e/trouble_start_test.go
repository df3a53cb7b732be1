package e2e

import (
	"bufio"
	"database/sql"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heed/app"
	"heed/kernel/store"
)

// rawDB opens a database beside the gate, as an operator's own tools would.
func rawDB(t *testing.T, file, dsn string) *sql.DB {
	t.Helper()
	driver := "pgx"
	if dsn == "" {
		driver, dsn = "sqlite", "file:"+file+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestADatabaseOfANewerHeedIsLeftAlone(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		p, c := demoProgram(t, e)
		for name, db := range map[string]*sql.DB{
			"data": rawDB(t, filepath.Join(c.Data, "heed.db"), c.Database), "keys": rawDB(t, filepath.Join(c.Data, "keys.db"), c.KeyDatabase),
		} {
			module := map[string]string{"data": "ticket", "keys": "seal"}[name]
			if _, err := db.ExecContext(t.Context(), "INSERT INTO schema_migration (module, version, name, checksum, applied_at) VALUES ($1, 9999, 'later', 'x', 0)", module); err != nil {
				t.Fatal(err)
			}
			for _, verb := range []string{"serve", "doctor"} {
				said, code, err := p.run(t.Context(), verb)
				if err != nil || code != 75 || !strings.Contains(said, "changed by a newer Heed ("+module+"/9999); start that version, or restore a backup") {
					t.Errorf("heed %s on newer %s: exit %d, %v, %s", verb, name, code, err, said)
				}
			}
			if _, err := db.ExecContext(t.Context(), "DELETE FROM schema_migration WHERE version = 9999"); err != nil {
				t.Fatal(err)
			}
		}
		if said, code, err := p.run(t.Context(), "doctor"); err != nil || code != 0 {
			t.Errorf("afterwards: exit %d, %v, %s", code, err, said)
		}
	})
}

func TestAnUnusableMasterKeyStopsEveryCommandAndSaysWhatToDo(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		p, c := demoProgram(t, e)
		key := filepath.Join(c.Data, "master.key")
		good, err := os.ReadFile(key)
		if err != nil {
			t.Fatal(err)
		}
		for _, trouble := range []struct {
			name string
			make func() error
			says string
		}{
			{"others may read it", func() error { return os.Chmod(key, 0o644) }, "may be read by others (mode 0644); run chmod 600 on it"},
			{"it is missing", func() error { return os.Remove(key) }, "put the key in HEED_MASTER_KEY"},
			{"it is cut off", func() error { return os.WriteFile(key, good[:20], 0o600) }, "does not hold 32 bytes in base64; restore it from where you keep it safe"},
			{"it is another's", func() error {
				return os.WriteFile(key, []byte("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"), 0o600)
			}, "does not belong to this key store"},
		} {
			if err := trouble.make(); err != nil {
				t.Fatal(err)
			}
			before, missing := os.ReadFile(key)
			for _, verb := range []string{"serve", "demo", "doctor"} {
				said, code, err := p.run(t.Context(), verb)
				if err != nil || code != 65 || !strings.Contains(said, trouble.says) {
					t.Errorf("%s: heed %s: exit %d, %v, %s", trouble.name, verb, code, err, said)
				}
			}
			after, still := os.ReadFile(key)
			if string(after) != string(before) || errors.Is(missing, fs.ErrNotExist) != errors.Is(still, fs.ErrNotExist) {
				t.Errorf("%s: the key file was written to", trouble.name)
			}
			if err := os.Remove(key); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			if err := os.WriteFile(key, good, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if said, code, err := p.run(t.Context(), "doctor"); err != nil || code != 0 {
			t.Errorf("with the key back in place: exit %d, %v, %s", code, err, said)
		}
	})
}

// Killed at whatever moment of a first start, the next start goes on where the
// killed one stopped and completes.
func TestKilledWhileItMigratesTheNextStartCompletes(t *testing.T) {
	t.Parallel()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	engines(t, func(t *testing.T, e store.Dialect) {
		for try := range 12 {
			c := config(t, e)
			m := &migration{t: t, p: program{bin, writeConfig(t, c)}, c: c, rng: rand.New(rand.NewPCG(7, uint64(try)))}
			m.run()
			if said, code, err := m.p.run(t.Context(), "doctor"); err != nil || code != 0 {
				t.Fatalf("after %d kills: exit %d, %v, %s", m.kills, code, err, said)
			}
			if m.between > 0 {
				return // killed between the first statement and the last
			}
		}
		t.Error("no kill came between the first step and the last; it proves nothing")
	})
}

// migration is a first start that is killed again and again.
type migration struct {
	t       *testing.T
	p       program
	c       app.Config
	rng     *rand.Rand
	kills   int
	between int // kills that left some steps done and others not
}

// run kills ever later until the service is up.
func (m *migration) run() {
	m.t.Helper()
	seen := map[int]bool{}
	for wait := 5 * time.Millisecond; wait < time.Minute; wait += wait / 6 {
		if m.start(wait*3/4 + time.Duration(m.rng.Int64N(int64(wait/2)))) {
			for n := range seen {
				if n > 0 && n < m.steps() {
					m.between++
				}
			}
			return
		}
		m.kills++
		seen[m.steps()] = true
	}
	m.t.Fatal("it never comes up")
}

// start starts the service and kills it after a while, unless it is up before.
func (m *migration) start(after time.Duration) (up bool) {
	m.t.Helper()
	cmd := exec.Command(m.p.bin, "--config", m.p.config, "serve")
	out, err := cmd.StdoutPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	line, _ := bufio.NewReader(out).ReadString('\n')
	timer.Stop()
	up = strings.Contains(line, "Heed answers")
	s := service{cmd: cmd}
	s.kill()
	return up
}

// steps counts the migrations that are done in both stores.
func (m *migration) steps() int {
	m.t.Helper()
	total := 0
	for _, at := range [][2]string{{filepath.Join(m.c.Data, "heed.db"), m.c.Database}, {filepath.Join(m.c.Data, "keys.db"), m.c.KeyDatabase}} {
		if _, err := os.Stat(at[0]); at[1] == "" && err != nil {
			continue
		}
		db := rawDB(m.t, at[0], at[1])
		var n int
		if err := db.QueryRowContext(m.t.Context(), "SELECT count(*) FROM schema_migration").Scan(&n); err == nil {
			total += n // without the table nothing is done yet
		}
		_ = db.Close()
	}
	return total
}
