package passkey_test

import (
	"bytes"
	"testing"

	"heed/directory"
	"heed/directory/passkey"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

const (
	origin = "https://desk.example.org"
	site   = "desk.example.org"
)

// house is a directory with two people, and the ceremonies of its site.
type house struct {
	*directory.Directory
	t     *testing.T
	c     *passkey.Ceremonies
	rosa  policy.Actor
	other policy.Actor
}

func each(t *testing.T, fn func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Each(t, []store.Module{directory.Module()}, func(t *testing.T, e *storetest.Env) {
		keys := storetest.Open(t, store.SQLite, []store.Module{seal.Module()})
		mint := id.NewMint(1)
		vault, err := seal.Open(t.Context(), keys.DB, seal.NewMaster(), mint)
		if err != nil {
			t.Fatal(err)
		}
		c, err := passkey.New(origin, "Heed")
		if err != nil || c == nil {
			t.Fatal(err)
		}
		h := &house{Directory: (&directory.Directory{DB: e.DB, Vault: vault, Mint: mint}).Prepare(), t: t, c: c}
		err = e.DB.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
			desk, err := h.AddController(t.Context(), tx, directory.Controller{Code: "LJMU", Zone: "Europe/London"})
			if err != nil {
				return err
			}
			for user, who := range map[string]*policy.Actor{"rosa": &h.rosa, "other": &h.other} {
				p, err := h.AddPerson(t.Context(), tx, directory.NewPerson{Controller: desk.ID, Name: user, Values: []directory.Value{{Kind: directory.UserName, Text: user}}})
				if err != nil {
					return err
				}
				*who = policy.Person(policy.Facts{Person: p.ID, Via: "session"})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		fn(t, h)
	})
}

// add adds a passkey for somebody.
func (h *house) add(who policy.Actor, a *authenticator) error {
	h.t.Helper()
	options, secret, err := h.BeginPasskey(h.t.Context(), h.c, who, 7)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.FinishPasskey(h.t.Context(), h.c, who, 7, secret, "Firefox on Linux", a.create(options))
}

// open signs in with a passkey.
func (h *house) open(a *authenticator) (int64, error) {
	h.t.Helper()
	options, secret, err := h.BeginPasskeySignIn(h.t.Context(), h.c, "/requests")
	if err != nil {
		h.t.Fatal(err)
	}
	person, back, err := h.PasskeySignIn(h.t.Context(), h.c, secret, a.get(options))
	if err == nil && back != "/requests" {
		h.t.Errorf("returns to %q", back)
	}
	return person, err
}

func (h *house) list(who policy.Actor) []directory.Passkey {
	h.t.Helper()
	var out []directory.Passkey
	err := h.DB.Read(h.t.Context(), who, policy.Own, func(tx *store.Tx) (err error) {
		out, err = h.Passkeys(h.t.Context(), tx)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func TestAPasskeySignsItsPersonIn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		a, b := newAuthenticator(t, origin, site), newAuthenticator(t, origin, site)
		if err := h.add(h.rosa, a); err != nil {
			t.Fatal(err)
		}
		if err := h.add(h.other, b); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if got, err := h.open(a); got != h.rosa.PersonID() || err != nil {
				t.Errorf("got %d, %v", got, err)
			}
		}
		keys := h.list(h.rosa)
		if len(keys) != 1 || keys[0].Name != "Firefox on Linux" || keys[0].Used.IsZero() || !h.list(h.other)[0].Used.IsZero() {
			t.Errorf("the lists are %+v and %+v", keys, h.list(h.other))
		}
		if err := h.RemovePasskey(t.Context(), h.other, keys[0].ID); err != nil || len(h.list(h.rosa)) != 1 {
			t.Errorf("somebody else removed it; %v", err)
		}
		if err := h.RemovePasskey(t.Context(), h.rosa, keys[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.open(a); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("a removed passkey: %v", err)
		}
	})
}

func TestTheOptionsAskForAPasskeyThatVerifiesItsPerson(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		a := newAuthenticator(t, origin, site)
		if err := h.add(h.rosa, a); err != nil {
			t.Fatal(err)
		}
		raw, _, err := h.BeginPasskey(t.Context(), h.c, h.rosa, 7)
		if err != nil {
			t.Fatal(err)
		}
		o := a.read(raw).PublicKey
		if o.Selection.ResidentKey != "required" || o.Selection.UserVerification != "required" || o.Attestation != "none" || o.User.Name != "rosa" || len(o.Exclude) != 1 {
			t.Errorf("the options are %s", raw)
		}
		if bytes.Contains(raw, []byte(id.Text(h.rosa.PersonID()))) {
			t.Error("the handle tells the person's number")
		}
		raw, _, err = h.BeginPasskeySignIn(t.Context(), h.c, "/")
		if err != nil || a.read(raw).PublicKey.UserVerification != "required" || bytes.Contains(raw, []byte("allowCredentials")) {
			t.Errorf("the options are %s, %v", raw, err)
		}
	})
}

func TestWhatDoesNotVerifyIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil  func(a, other *authenticator)
		adding bool // refused at adding already
	}{
		"a page of another site":                 {func(a, _ *authenticator) { a.origin = "https://desk.example.net" }, true},
		"a passkey of another site":              {func(a, _ *authenticator) { a.site = "example.net" }, true},
		"nobody's finger was asked for":          {func(a, _ *authenticator) { a.flags = present }, true},
		"nobody was there":                       {func(a, _ *authenticator) { a.flags = verified }, true},
		"another key signs":                      {func(a, other *authenticator) { a.key = other.key }, false},
		"a passkey nobody added":                 {func(a, _ *authenticator) { a.id = bytes.Repeat([]byte{1}, 32) }, false},
		"somebody else's handle":                 {func(a, other *authenticator) { a.handle = other.handle }, false},
		"no handle":                              {func(a, _ *authenticator) { a.handle = nil }, false},
		"a counter that goes backwards: a copy":  {func(a, _ *authenticator) { a.counter = 0 }, false},
		"a passkey that became another one's id": {func(a, other *authenticator) { a.id = other.id }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, h *house) {
				a, other := newAuthenticator(t, origin, site), newAuthenticator(t, origin, site)
				if err := h.add(h.other, other); err != nil {
					t.Fatal(err)
				}
				if c.adding {
					bad := newAuthenticator(t, origin, site)
					c.spoil(bad, other)
					if err := h.add(h.rosa, bad); !fault.Is(err, fault.KindUnauthenticated) {
						t.Errorf("adding: %v", err)
					}
				}
				if err := h.add(h.rosa, a); err != nil {
					t.Fatal(err)
				}
				a.counter = 5
				if _, err := h.open(a); err != nil {
					t.Fatal(err)
				}
				c.spoil(a, other)
				if got, err := h.open(a); !fault.Is(err, fault.KindUnauthenticated) || got != 0 {
					t.Errorf("signing in: %d, %v", got, err)
				}
			})
		})
	}
}

func TestAChallengeIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		a := newAuthenticator(t, origin, site)
		options, secret, err := h.BeginPasskey(t.Context(), h.c, h.rosa, 7)
		if err != nil {
			t.Fatal(err)
		}
		answer := a.create(options)
		if err := h.FinishPasskey(t.Context(), h.c, h.other, 7, secret, "x", answer); err == nil || len(h.list(h.other)) != 0 {
			t.Errorf("somebody else finished: %v", err)
		}
		if err := h.FinishPasskey(t.Context(), h.c, h.rosa, 7, secret, "x", answer); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("a step that was taken: %v", err)
		}
		if err := h.add(h.rosa, a); err != nil {
			t.Fatal(err)
		}
		handle := a.handle
		if err := h.add(h.other, a); err == nil {
			t.Error("one passkey was added for two people")
		}
		a.handle = handle
		begun, first, err := h.BeginPasskeySignIn(t.Context(), h.c, "/")
		if err != nil {
			t.Fatal(err)
		}
		stolen := a.get(begun)
		if _, _, err := h.PasskeySignIn(t.Context(), h.c, first, stolen); err != nil {
			t.Fatal(err)
		}
		_, second, err := h.BeginPasskeySignIn(t.Context(), h.c, "/")
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{first, second} {
			if _, _, err := h.PasskeySignIn(t.Context(), h.c, secret, stolen); !fault.Is(err, fault.KindUnauthenticated) {
				t.Errorf("an answer that was given already: %v", err)
			}
		}
	})
}

func TestPasskeysNeedASiteWithAName(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://desk.example.org": true, "https://desk.example.org:8443": true, "http://localhost:8080": true,
		"http://127.0.0.1:8080": false, "http://desk.example.org": false, "https://[::1]:8080": false,
	} {
		c, err := passkey.New(address, "Heed")
		if err != nil || (c != nil) != want {
			t.Errorf("%s: offered %t, %v", address, c != nil, err)
		}
	}
	if _, err := passkey.New("https://a b", "Heed"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("an address that is none: %v", err)
	}
}

func FuzzAnswers(f *testing.F) {
	c, err := passkey.New(origin, "Heed")
	if err != nil {
		f.Fatal(err)
	}
	_, state, err := c.BeginOpen()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"id":"AQ","rawId":"AQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"","signature":"","userHandle":"AQ"}}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		if _, _, err := c.FinishOpen(state, answer, func(_, _ []byte) ([]byte, error) { return []byte(`{}`), nil }); err == nil {
			t.Error("an answer nobody signed was accepted")
		}
		if _, _, err := c.FinishAdd([]byte("h"), "n", state, answer); err == nil {
			t.Error("an answer nobody signed was added")
		}
	})
}
