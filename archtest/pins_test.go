package archtest

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

func readModule(t *testing.T, name string) *modfile.File {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m, err := modfile.Parse(name, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func required(m *modfile.File, path string) string {
	for _, r := range m.Require {
		if r.Mod.Path == path {
			return r.Mod.Version
		}
	}
	return ""
}

// TestTheDriverGetsItsOwnLibc holds modernc.org/libc to the version that the
// SQLite driver was made with: the driver is C translated for that one, and
// another compiles, runs, and corrupts memory.
func TestTheDriverGetsItsOwnLibc(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatal(err)
	}
	want := required(readModule(t, strings.TrimSpace(string(out))), "modernc.org/libc")
	if got := required(readModule(t, "../go.mod"), "modernc.org/libc"); got != want || want == "" {
		t.Errorf("go.mod requires modernc.org/libc %s, the SQLite driver was made with %s; require that one", got, want)
	}
}

// TestDependenciesAreUsed holds the list of dependencies to what is there: an
// entry without an import, or a direct requirement without an entry, misleads.
func TestDependenciesAreUsed(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	repository(t).imports(func(_ *file, _ int, target string) {
		for m := range dependencies() {
			used[m] = used[m] || target == m || strings.HasPrefix(target, m+"/")
		}
	})
	mod := readModule(t, "../go.mod")
	for m := range dependencies() {
		if !used[m] {
			t.Errorf("%s is on the list of dependencies and nothing imports it", m)
		}
		if required(mod, m) == "" {
			t.Errorf("%s is on the list of dependencies and go.mod does not require it", m)
		}
	}
	for _, r := range mod.Require {
		if _, chosen := dependencies()[r.Mod.Path]; !chosen && !r.Indirect {
			t.Errorf("go.mod requires %s, which is not on the list of dependencies", r.Mod.Path)
		}
	}
}
