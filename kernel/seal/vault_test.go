package seal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

func vault(t *testing.T, e *storetest.Env, m seal.Master) *seal.Vault {
	t.Helper()
	v, err := seal.Open(t.Context(), e.DB, m, id.NewMint(0))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestValuesOpenOnlyWhereTheyStand(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{seal.Module()}, func(t *testing.T, e *storetest.Env) {
		m := seal.NewMaster()
		v := vault(t, e, m)
		key, err := v.NewGroup(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		place := seal.Place{Column: "ticket.subject", Row: 7}
		sealed, err := v.SealText(t.Context(), key, place, "my laptop is on fire")
		if err != nil || bytes.Contains(sealed, []byte("laptop")) {
			t.Fatalf("sealed %q, %v", sealed, err)
		}
		again := vault(t, e, m) // a fresh process: nothing cached
		if got, err := again.OpenText(t.Context(), place, sealed); err != nil || got != "my laptop is on fire" {
			t.Errorf("got %q, %v", got, err)
		}
		for name, p := range map[string]seal.Place{"another row": {"ticket.subject", 8}, "another column": {"ticket.body", 7}} {
			if _, err := v.OpenText(t.Context(), p, sealed); err == nil {
				t.Errorf("%s: a moved value opened", name)
			}
		}
		sealed[len(sealed)-1] ^= 1
		if _, err := v.OpenText(t.Context(), place, sealed); err == nil {
			t.Error("a changed value opened")
		}
	})
}

func TestADestroyedKeyForgetsEverywhere(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{seal.Module()}, func(t *testing.T, e *storetest.Env) {
		v := vault(t, e, seal.NewMaster())
		key, _ := v.NewGroup(t.Context())
		place := seal.Place{Column: "c", Row: 1}
		sealed, _ := v.SealText(t.Context(), key, place, "secret")
		if err := v.Destroy(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		if _, err := v.OpenText(t.Context(), place, sealed); !errors.Is(err, seal.ErrForgotten) {
			t.Errorf("got %v, want ErrForgotten", err)
		}
		if _, err := v.SealText(t.Context(), key, place, "more"); !errors.Is(err, seal.ErrForgotten) {
			t.Errorf("sealing under a destroyed key: %v", err)
		}
	})
}

func TestKeysAreHandedOutOnceAndSurviveTheCache(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{seal.Module()}, func(t *testing.T, e *storetest.Env) {
		m := seal.NewMaster()
		v := vault(t, e, m)
		seen := map[int64]bool{}
		for range 600 {
			k, err := v.NewGroup(t.Context())
			if err != nil || seen[k] {
				t.Fatalf("key %d twice or %v", k, err)
			}
			seen[k] = true
		}
		k, _ := v.NewGroup(t.Context())
		sealed, _ := v.SealText(t.Context(), k, seal.Place{}, "kept")
		e.Clock.Advance(time.Hour)
		if err := v.Warm(t.Context(), sealed, nil, []byte("junk")); err != nil {
			t.Fatal(err)
		}
		if got, err := v.OpenText(t.Context(), seal.Place{}, sealed); got != "kept" || err != nil {
			t.Errorf("after the cache expired: %q, %v", got, err)
		}
	})
}

func TestTheWrongMasterKeyIsRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{seal.Module()}, func(t *testing.T, e *storetest.Env) {
		vault(t, e, seal.NewMaster())
		if _, err := seal.Open(t.Context(), e.DB, seal.NewMaster(), id.NewMint(0)); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("another master key: %v", err)
		}
		if _, err := seal.Open(t.Context(), e.DB, seal.Master{}, id.NewMint(0)); err == nil {
			t.Error("no master key was accepted")
		}
	})
}

func TestTheMasterKeyFileMustBePrivateAndWhole(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys", "master.key")
	if _, err := seal.LoadMaster(path); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("missing: %v", err)
	}
	if _, err := seal.LoadOrMakeMaster(path); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.LoadMaster(path); err != nil {
		t.Errorf("as made: %v", err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.LoadOrMakeMaster(path); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("readable by others: %v", err)
	}
	if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, []byte("c2hvcnQ=\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.LoadMaster(path); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("cut off: %v", err)
	}
}

func TestHashesDependOnKeyDomainAndValue(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.SQLite, []store.Module{seal.Module()})
	v := vault(t, e, seal.NewMaster())
	a := v.Hash("mail", "x@example.org")
	if !bytes.Equal(a, v.Hash("mail", "x@example.org")) || bytes.Equal(a, v.Hash("user", "x@example.org")) || bytes.Equal(a, v.Hash("mail", "y@example.org")) {
		t.Error("a hash must follow domain and value, and nothing else")
	}
}
