package directory

import (
	"encoding/base32"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

func TestACodeIsGoodForItsStepAndTheNeighbours(t *testing.T) {
	t.Parallel()
	// the secret and instants of RFC 6238 appendix B, cut to six digits
	secret := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for name, c := range map[string]struct {
		code  string
		at    int64
		after int64
		step  int64
		ok    bool
	}{
		"in its step":                        {"287082", 59, 0, 1, true},
		"at the start of its step":           {"287082", 30, 0, 1, true},
		"one step late":                      {"287082", 89, 0, 1, true},
		"one step early":                     {"287082", 29, 0, 1, true},
		"two steps late":                     {"287082", 90, 0, 0, false},
		"used already":                       {"287082", 59, 1, 0, false},
		"older than one that was used":       {"287082", 59, 2, 0, false},
		"newer than one that was used":       {"081804", 1111111109, 37037035, 37037036, true},
		"another vector":                     {"081804", 1111111109, 0, 37037036, true},
		"the last vector":                    {"353130", 20000000000, 0, 666666666, true},
		"a wrong digit":                      {"287083", 59, 0, 0, false},
		"a code that is empty":               {"", 59, 0, 0, false},
		"a code with too many digits":        {"94287082", 59, 0, 0, false},
		"a later step, when it is not there": {"287082", 1111111109, 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			step, ok := matchCode(secret, c.code, time.Unix(c.at, 0), c.after)
			if ok != c.ok || step != c.step {
				t.Errorf("got step %d, %t; want %d, %t", step, ok, c.step, c.ok)
			}
		})
	}
}

// app sets an authenticator app up for a person and returns its secret and the
// recovery codes.
func (w *world) app(person int64) (secret string, codes []string) {
	w.t.Helper()
	me := policy.Person(policy.Facts{Person: person})
	step, err := w.BeginApp(w.t.Context(), me, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	w.read(func(tx *store.Tx) (err error) {
		secret, err = w.AppSecret(w.t.Context(), tx, person, step)
		return err
	})
	if codes, err = w.ConfirmApp(w.t.Context(), me, step, w.codeOf(secret)); err != nil {
		w.t.Fatal(err)
	}
	return secret, codes
}

func (w *world) codeOf(secret string) string {
	w.t.Helper()
	code, err := totp.GenerateCodeCustom(secret, w.Clock.Now(), codeOptions())
	if err != nil {
		w.t.Fatal(err)
	}
	return code
}

func (w *world) enter(person int64, code string) error {
	w.t.Helper()
	step, err := w.beginStep(w.t.Context(), step{kind: stepCode, person: person, method: "password", back: "/x"})
	if err != nil {
		w.t.Fatal(err)
	}
	e, err := w.EnterCode(w.t.Context(), step, code)
	if err == nil && (e.Person != person || e.Back != "/x" || e.Method != "password and code") {
		w.t.Errorf("entered as %+v", e)
	}
	return err
}

func TestACodeWorksOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		p := w.person("CO", "Rosa", "rosa")
		if on, err := w.NeedsCode(t.Context(), p.ID); on || err != nil {
			t.Fatalf("before: %t %v", on, err)
		}
		secret, _ := w.app(p.ID)
		if on, err := w.NeedsCode(t.Context(), p.ID); !on || err != nil {
			t.Fatalf("after: %t %v", on, err)
		}
		if err := w.enter(p.ID, w.codeOf(secret)); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("the code that set the app up worked again: %v", err)
		}
		w.Clock.Advance(30 * time.Second)
		code := w.codeOf(secret)
		if err := w.enter(p.ID, code[:3]+" "+code[3:]); err != nil {
			t.Errorf("a fresh code: %v", err)
		}
		if err := w.enter(p.ID, code); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("the same code again: %v", err)
		}
		w.read(func(tx *store.Tx) error {
			cred, err := store.One[credentialRow](t.Context(), tx, selectCredential, p.ID)
			if string(cred.totp) == secret || len(cred.totp) == 0 {
				t.Error("the secret lies in clear")
			}
			return err
		})
	})
}

func TestARecoveryCodeWorksOnceAndOnlyForItsPerson(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		p, other := w.person("CO", "Rosa", "rosa"), w.person("CO", "Other", "other")
		_, codes := w.app(p.ID)
		_, theirs := w.app(other.ID)
		if len(codes) != recoveryCodes {
			t.Fatalf("%d codes", len(codes))
		}
		if err := w.enter(p.ID, codes[3]); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		for name, code := range map[string]string{"the same again": codes[3], "somebody else's": theirs[0], "nonsense": "aaaa-bbbb-cccc-dddd", "nothing": ""} {
			if err := w.enter(p.ID, code); !fault.Is(err, fault.KindUnauthenticated) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.read(func(tx *store.Tx) error {
			f, err := w.Factors(t.Context(), tx, p.ID)
			if f.Recovery != recoveryCodes-1 {
				t.Errorf("%d codes are left", f.Recovery)
			}
			return err
		})
		me := policy.Person(policy.Facts{Person: p.ID})
		renewed, err := w.RenewRecovery(t.Context(), me, codes[4])
		if err != nil || len(renewed) != recoveryCodes {
			t.Fatal(err)
		}
		if err := w.enter(p.ID, codes[5]); err == nil {
			t.Error("an old code works after new ones were made")
		}
		if err := w.RemoveApp(t.Context(), me, "000000"); err == nil {
			t.Error("the second step was turned off without a code")
		}
		if err := w.RemoveApp(t.Context(), me, renewed[0]); err != nil {
			t.Fatal(err)
		}
		if on, err := w.NeedsCode(t.Context(), p.ID); on || err != nil || w.count("recovery_code WHERE person_id = $1", p.ID) != 0 {
			t.Errorf("after it was turned off: %t %v", on, err)
		}
		if err := w.enter(p.ID, renewed[1]); err == nil {
			t.Error("a recovery code works although the second step is off")
		}
	})
}

func TestCodesAndPasswordsShareTheirGuesses(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		p := w.person("CO", "Rosa", "rosa")
		if err := w.SetPassword(t.Context(), p.ID, passphrase); err != nil {
			t.Fatal(err)
		}
		w.app(p.ID)
		// a right password between wrong codes buys no further codes
		for i := range freeTries {
			if err := w.signIn("rosa", passphrase); err != nil {
				t.Fatalf("password before code %d: %v", i+1, err)
			}
			if err := w.enter(p.ID, "000000"); !fault.Is(err, fault.KindUnauthenticated) {
				t.Fatalf("code %d: %v", i+1, err)
			}
		}
		if err := w.enter(p.ID, "000000"); !fault.Is(err, fault.KindBusy) {
			t.Errorf("a sixth code: %v", err)
		}
		if err := w.signIn("rosa", passphrase); !fault.Is(err, fault.KindBusy) {
			t.Errorf("the password meanwhile: %v", err)
		}
	})
}

func TestAnAppIsOnOnlyOnceItHasShownACode(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, other := w.person("CO", "Rosa", "rosa"), w.person("CO", "Other", "other")
		me := policy.Person(policy.Facts{Person: rosa.ID})
		step, err := w.BeginApp(t.Context(), me, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.ConfirmApp(t.Context(), me, step, "000000"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a wrong code: %v", err)
		}
		var secret string
		w.read(func(tx *store.Tx) (err error) {
			if _, err := w.AppSecret(t.Context(), tx, other.ID, step); err == nil {
				t.Error("somebody else read the secret")
			}
			secret, err = w.AppSecret(t.Context(), tx, rosa.ID, step)
			return err
		})
		if _, err := w.ConfirmApp(t.Context(), policy.Person(policy.Facts{Person: other.ID}), step, w.codeOf(secret)); err == nil {
			t.Error("somebody else confirmed")
		}
		w.Clock.Advance(stepLife)
		if _, err := w.ConfirmApp(t.Context(), me, step, w.codeOf(secret)); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("after ten minutes: %v", err)
		}
		if on, _ := w.NeedsCode(t.Context(), rosa.ID); on {
			t.Error("the second step is on although nothing was confirmed")
		}
	})
}

func TestAStepIsGoodForOneThingOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		secret, err := w.beginStep(t.Context(), step{kind: stepOpenKey, data: []byte(`{}`)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.takeStep(t.Context(), stepCode, secret); err == nil {
			t.Error("a step of one kind was taken for another")
		}
		if s, err := w.takeStep(t.Context(), stepOpenKey, secret); err != nil || string(s.data) != "{}" {
			t.Errorf("%+v %v", s, err)
		}
		if _, err := w.takeStep(t.Context(), stepOpenKey, secret); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("a second time: %v", err)
		}
		if _, err := w.EnterCode(t.Context(), "", "000000"); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("a code without a step: %v", err)
		}
	})
}
