package directory

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// The cost of a password hash: RFC 9106 §4, second recommended option.
const (
	argonTime    = 3
	argonMemory  = 64 * 1024
	argonThreads = 4
	argonKey     = 32
	argonSalt    = 16
)

func hashPassword(password string) string {
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt)
	enc := base64.RawStdEncoding.EncodeToString
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, enc(salt), enc(key))
}

// checkPassword compares in constant time. A text that is no hash never matches.
func checkPassword(hash, password string) bool {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	var memory, passes uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(want) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// nobodysHash is compared when there is no such person, so that the answer
// takes as long as for somebody who exists.
const nobodysHash = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

var errWrong = fault.Unauthenticated("signin.wrong", "the user name or the password is not right; check both and try again")

// SetPassword sets a person's password.
func (d *Directory) SetPassword(ctx context.Context, person int64, password string) error {
	if len([]rune(password)) < 12 {
		return fault.Invalid("password.short", "a password needs at least 12 characters; three or four words you can remember are fine").On("password")
	}
	if len(password) > 512 {
		return fault.Invalid("password.long", "a password may have at most 512 bytes").On("password")
	}
	hash := ""
	if err := d.slowly(ctx, func() { hash = hashPassword(password) }); err != nil {
		return err
	}
	return d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		p, err := d.Person(ctx, tx, person)
		if err != nil {
			return err
		}
		proof, err := d.accountGrant(tx, p, "password set")
		if err != nil {
			return err
		}
		_, err = store.Exec(ctx, tx, proof, upsertPassword, person, hash, []byte{})
		if err != nil {
			return err
		}
		return d.guessed(ctx, tx, d.guesser(person, ""))
	})
}

// slowly runs f while at most one other does, since each takes 64 MiB.
func (d *Directory) slowly(ctx context.Context, f func()) error {
	select {
	case d.guard <- struct{}{}:
		defer func() { <-d.guard }()
		f()
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// SignIn checks a user name (or mail address) and a password and returns the
// person. Whether the name, the password or the account is at fault is one
// answer, and takes one time. Too many wrong ones are a fault of kind Busy. It
// opens nothing: NeedsCode says whether a second step comes before OpenSession.
func (d *Directory) SignIn(ctx context.Context, name, password string) (int64, error) {
	cred, err := d.credential(ctx, name)
	if err != nil {
		return 0, err
	}
	key := d.guesser(cred.person, name)
	if err := d.guess(ctx, key); err != nil {
		return 0, err
	}
	hash := cred.password
	if hash == "" {
		hash = nobodysHash
	}
	right := false
	if err := d.slowly(ctx, func() { right = checkPassword(hash, password) }); err != nil {
		return 0, err
	}
	if !right || cred.password == "" {
		return 0, errWrong
	}
	return cred.person, d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		if len(cred.totp) > 0 {
			return d.returned(ctx, tx, key)
		}
		return d.guessed(ctx, tx, key)
	})
}

// credential returns what somebody of that name signs in with, zero for a name
// that nobody has.
func (d *Directory) credential(ctx context.Context, name string) (credentialRow, error) {
	var cred credentialRow
	err := d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		kind := UserName
		if strings.Contains(name, "@") {
			kind = Email
		}
		found, err := d.Lookup(ctx, tx, kind, name)
		if err != nil || len(found) == 0 || found[0].State != Active {
			return err
		}
		cred, err = store.One[credentialRow](ctx, tx, selectCredential, found[0].ID)
		if errors.Is(err, store.ErrNone) {
			cred, err = credentialRow{person: found[0].ID}, nil
		}
		return err
	})
	return cred, err
}
