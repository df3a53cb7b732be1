package app_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"heed/app"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
	"heed/ticket"
)

// run carries out one command as an operator would.
func run(t *testing.T, env map[string]string, args ...string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	code := app.Run(t.Context(), app.Program{Version: "test", Args: args, Env: func(k string) string { return env[k] }, In: strings.NewReader(""), Out: &out, Err: &out})
	return out.String(), code
}

func must(t *testing.T, env map[string]string, args ...string) string {
	t.Helper()
	out, code := run(t, env, args...)
	if code != 0 {
		t.Fatalf("heed %s ends with %d: %s", strings.Join(args, " "), code, out)
	}
	return out
}

// installation is the environment of a small house on one engine.
func installation(t *testing.T, d store.Dialect) map[string]string {
	t.Helper()
	env := map[string]string{"HEED_DATA": filepath.Join(t.TempDir(), "data"), "HEED_LMTP_ADDR": "off"}
	if d == store.Postgres {
		env["HEED_DATABASE"], env["HEED_KEY_DATABASE"] = storetest.DSN(t, d), storetest.DSN(t, d)
	}
	c, err := app.LoadConfig("", func(k string) string { return env[k] })
	if err != nil {
		t.Fatal(err)
	}
	if err := app.BuildDemo(t.Context(), c, app.Options{Unsafe: true}, 24, true, func(string) {}); err != nil {
		t.Fatal(err)
	}
	return env
}

// refs are the references of all tickets, as the system finds them.
func refs(t *testing.T, env map[string]string) (out []string) {
	t.Helper()
	c, err := app.LoadConfig("", func(k string) string { return env[k] })
	if err != nil {
		t.Fatal(err)
	}
	h, err := app.Open(t.Context(), c, app.Options{Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	err = h.DB.Read(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
		ts, err := h.Tickets.List(t.Context(), tx, ticket.Filter{}, ticket.Newest, 100)
		for _, x := range ts {
			out = append(out, x.Ref)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A disk is lost: the data comes back from a backup that is older than a
// forgetting, and the forgotten stays forgotten (LJMUH-18).
func TestABackupComesBackWithoutWhatWasForgottenSince(t *testing.T) {
	t.Parallel()
	for _, from := range []store.Dialect{store.SQLite, store.Postgres} {
		for _, to := range []store.Dialect{store.SQLite, store.Postgres} {
			t.Run("from "+from.String()+" to "+to.String(), func(t *testing.T) {
				t.Parallel()
				env := installation(t, from)
				before := refs(t, env)
				copied := filepath.Join(t.TempDir(), "backup")
				must(t, env, "backup", copied)
				// of a controller whose notice keeps nothing for a while, however far the work on it is
				at := slices.IndexFunc(before, func(ref string) bool { return strings.HasPrefix(ref, "LJMU-") })
				if at < 0 {
					t.Fatalf("there is no ticket of LJMU among %v", before)
				}
				gone := before[at]
				must(t, env, "erase", "--ticket", gone, "--reason", "asked for")

				lost := map[string]string{"HEED_DATA": env["HEED_DATA"], "HEED_LMTP_ADDR": "off", "HEED_KEY_DATABASE": env["HEED_KEY_DATABASE"]}
				if to == store.Postgres {
					lost["HEED_DATABASE"] = storetest.DSN(t, to)
				}
				must(t, lost, "restore", copied)
				after := refs(t, lost)
				if want := slices.Delete(slices.Clone(before), at, at+1); strings.Join(after, " ") != strings.Join(want, " ") {
					t.Errorf("restored %v, want %v", after, want)
				}
				must(t, lost, "verify")
				must(t, lost, "doctor")
			})
		}
	}
}

func TestRowsAreNotRestoredIntoADatabaseThatHoldsSome(t *testing.T) {
	t.Parallel()
	env := installation(t, store.Postgres)
	copied := filepath.Join(t.TempDir(), "backup")
	must(t, env, "backup", copied)
	out, code := run(t, env, "restore", copied)
	if code == 0 || !strings.Contains(out, "name an empty one") {
		t.Errorf("restore over a living database ends with %d: %s", code, out)
	}
	if n := len(refs(t, env)); n == 0 {
		t.Error("the refused restore emptied the database")
	}
}

func TestAFolderThatIsNoBackupIsRefused(t *testing.T) {
	t.Parallel()
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		env := map[string]string{"HEED_DATA": filepath.Join(t.TempDir(), "data")}
		if d == store.Postgres {
			env["HEED_DATABASE"] = storetest.DSN(t, d)
		}
		out, code := run(t, env, "restore", t.TempDir())
		if code == 0 || !strings.Contains(out, "is no backup") {
			t.Errorf("%s: ends with %d: %s", d, code, out)
		}
	}
}
