package directory

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// Codes are those of RFC 6238 with the values that every app knows: SHA-1, six
// digits, thirty seconds. A code is good for its step and one on either side,
// since clocks of telephones are off by that much (RFC 6238 §5.2), and only once.
const (
	codePeriod    = 30 // seconds
	codeSkew      = 1  // steps
	codeSecret    = 20 // bytes
	recoveryCodes = 10
	recoveryBytes = 10 // 80 random bits: nobody guesses one, so the hash needs no cost
)

func codeOptions() totp.ValidateOpts {
	return totp.ValidateOpts{Period: codePeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
}

// matchCode returns the time step that a code is of, or false. Steps up to after
// have been used.
func matchCode(secret, code string, now time.Time, after int64) (int64, bool) {
	current := now.Unix() / codePeriod
	match, found := int64(0), false
	for s := current - codeSkew; s <= current+codeSkew; s++ {
		want, err := totp.GenerateCodeCustom(secret, time.Unix(s*codePeriod, 0), codeOptions())
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > after && !found {
			match, found = s, true
		}
	}
	return match, found
}

// NeedsCode reports whether a person's sign-in takes a second step.
func (d *Directory) NeedsCode(ctx context.Context, person int64) (bool, error) {
	var on bool
	err := d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		f, err := d.Factors(ctx, tx, person)
		on = f.App
		return err
	})
	return on, err
}

// Factors is what a person signs in with besides a password or a link.
type Factors struct {
	App      bool // an authenticator app
	Recovery int  // recovery codes left
}

// Factors returns what a person has set up.
func (d *Directory) Factors(ctx context.Context, tx *store.Tx, person int64) (Factors, error) {
	cred, err := store.One[credentialRow](ctx, tx, selectCredential, person)
	if errors.Is(err, store.ErrNone) || (err == nil && len(cred.totp) == 0) {
		return Factors{}, nil
	}
	if err != nil {
		return Factors{}, err
	}
	left, err := store.All[store.Value[int64]](ctx, tx, selectRecovery, person)
	return Factors{App: true, Recovery: len(left)}, err
}

var errCode = fault.Unauthenticated("signin.code", "this code is not right, or was used already; wait for the next one, or use a recovery code")

// takeCode checks a code of the app or a recovery code and uses it up. Wrong
// ones are counted with wrong passwords.
func (d *Directory) takeCode(ctx context.Context, person int64, code string) error {
	key := d.guesser(person, "")
	if err := d.guess(ctx, key); err != nil {
		return err
	}
	return d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		cred, err := store.One[credentialRow](ctx, tx, selectCredential, person)
		if errors.Is(err, store.ErrNone) || (err == nil && len(cred.totp) == 0) {
			return errCode
		}
		if err != nil {
			return err
		}
		p, err := d.Person(ctx, tx, person)
		if err != nil {
			return err
		}
		if err := d.useCode(ctx, tx, p, cred, strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(code))); err != nil {
			return err
		}
		return d.guessed(ctx, tx, key)
	})
}

func (d *Directory) useCode(ctx context.Context, tx *store.Tx, p Person, cred credentialRow, code string) error {
	used, what := int64(0), "code of the app used"
	if len(code) == int(otp.DigitsSix) {
		secret, err := d.Vault.OpenText(ctx, seal.Place{Column: "credential.totp", Row: p.ID}, cred.totp)
		if err != nil {
			return err
		}
		s, ok := matchCode(secret, code, tx.Now(), cred.step)
		if !ok {
			return errCode
		}
		proof, err := d.accountGrant(tx, p, what)
		if err != nil {
			return err
		}
		used, err = store.Exec(ctx, tx, proof, useTOTPStep, s, p.ID)
		if err != nil {
			return err
		}
	} else {
		proof, err := d.accountGrant(tx, p, "recovery code used")
		if err != nil {
			return err
		}
		if used, err = store.Exec(ctx, tx, proof, useRecovery, p.ID, d.recoveryHash(p.ID, code)); err != nil {
			return err
		}
	}
	if used == 0 {
		return errCode
	}
	return nil
}

// BeginApp makes the secret of an authenticator app. Nothing changes for the
// person until ConfirmApp.
func (d *Directory) BeginApp(ctx context.Context, who policy.Actor, session int64) (secret string, err error) {
	raw := make([]byte, codeSecret)
	_, _ = rand.Read(raw)
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
	return d.beginStep(ctx, step{kind: stepApp, person: who.PersonID(), session: session, data: []byte(text)})
}

// AppSecret returns the secret that BeginApp made, to be shown once more.
func (d *Directory) AppSecret(ctx context.Context, tx *store.Tx, person int64, secret string) (string, error) {
	s, err := d.step(ctx, tx, stepApp, secret)
	if err != nil || s.person != person {
		return "", errStep
	}
	return string(s.data), nil
}

// ConfirmApp turns the second step on once a code shows that the app has the
// secret, and returns the recovery codes, which are shown once.
func (d *Directory) ConfirmApp(ctx context.Context, who policy.Actor, secret, code string) ([]string, error) {
	var codes []string
	err := d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		text, err := d.AppSecret(ctx, tx, who.PersonID(), secret)
		if err != nil {
			return err
		}
		used, ok := matchCode(text, strings.ReplaceAll(code, " ", ""), tx.Now(), 0)
		if !ok {
			return fault.Invalid("signin.app.code", "this code is not the app's; check that the clock of the device is right, and type the code it shows now").On("code")
		}
		p, err := d.Person(ctx, tx, who.PersonID())
		if err != nil {
			return err
		}
		proof, err := d.accountGrant(tx, p, "second step turned on")
		if err != nil {
			return err
		}
		sealed, err := d.Vault.SealText(ctx, p.key, seal.Place{Column: "credential.totp", Row: p.ID}, text)
		if err != nil {
			return err
		}
		if _, err := store.Exec(ctx, tx, proof, upsertTOTP, p.ID, sealed, used); err != nil {
			return err
		}
		if codes, err = d.newRecovery(ctx, tx, proof, p.ID); err != nil {
			return err
		}
		return d.endStep(ctx, tx, secret)
	})
	return codes, err
}

// RenewRecovery replaces the recovery codes, given a code.
func (d *Directory) RenewRecovery(ctx context.Context, who policy.Actor, code string) ([]string, error) {
	if err := d.takeCode(ctx, who.PersonID(), code); err != nil {
		return nil, err
	}
	var codes []string
	err := d.onAccount(ctx, who.PersonID(), "recovery codes renewed", func(tx *store.Tx, proof policy.Proof, p Person) (err error) {
		codes, err = d.newRecovery(ctx, tx, proof, p.ID)
		return err
	})
	return codes, err
}

// RemoveApp turns the second step off, given a code.
func (d *Directory) RemoveApp(ctx context.Context, who policy.Actor, code string) error {
	if err := d.takeCode(ctx, who.PersonID(), code); err != nil {
		return err
	}
	return d.onAccount(ctx, who.PersonID(), "second step turned off", func(tx *store.Tx, proof policy.Proof, p Person) error {
		if _, err := store.Exec(ctx, tx, proof, upsertTOTP, p.ID, []byte{}, 0); err != nil {
			return err
		}
		_, err := store.Exec(ctx, tx, proof, deleteRecovery, p.ID)
		return err
	})
}

// newRecovery replaces a person's recovery codes. Only their hashes are kept.
func (d *Directory) newRecovery(ctx context.Context, tx *store.Tx, proof policy.Proof, person int64) ([]string, error) {
	if _, err := store.Exec(ctx, tx, proof, deleteRecovery, person); err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		raw := make([]byte, recoveryBytes)
		_, _ = rand.Read(raw)
		plain := strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw))
		codes[i] = plain[:4] + "-" + plain[4:8] + "-" + plain[8:12] + "-" + plain[12:]
		if _, err := store.Exec(ctx, tx, proof, insertRecovery, d.Mint.Next(tx.Now()), person, d.recoveryHash(person, plain)); err != nil {
			return nil, err
		}
	}
	return codes, nil
}

func (d *Directory) recoveryHash(person int64, plain string) []byte {
	return d.Vault.Hash("recovery", string(d.guesser(person, ""))+plain)
}

// Entered is a sign-in whose second step is done.
type Entered struct {
	Person int64
	Method string // both steps, in words
	Back   string
	Held   string
}

// EnterCode takes the second step of a sign-in. A wrong code leaves the step
// open; too many are a fault of kind Busy.
func (d *Directory) EnterCode(ctx context.Context, secret, code string) (Entered, error) {
	var s step
	err := d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) (err error) {
		s, err = d.step(ctx, tx, stepCode, secret)
		return err
	})
	if err != nil {
		return Entered{}, err
	}
	if err := d.takeCode(ctx, s.person, code); err != nil {
		return Entered{}, err
	}
	if _, err := d.takeStep(ctx, stepCode, secret); err != nil {
		return Entered{}, err
	}
	return Entered{Person: s.person, Method: s.method + " and code", Back: s.back, Held: s.held}, nil
}
