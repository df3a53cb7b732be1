package directory

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

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

// Five wrong passwords in a row close the account's password for a while; each
// further one makes the while longer, up to an hour.
const (
	freeTries = 5
	lockStep  = 30 * time.Second
	lockMost  = time.Hour
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
	hash := d.slowly(func() string { return hashPassword(password) })
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
		return err
	})
}

// slowly runs f while at most two others do, since each takes 64 MiB.
func (d *Directory) slowly(f func() string) string {
	d.guard <- struct{}{}
	defer func() { <-d.guard }()
	return f()
}

// SignIn checks a user name (or mail address) and a password and returns the
// person. Whether the name, the password or the account is at fault is one
// answer.
func (d *Directory) SignIn(ctx context.Context, name, password string) (int64, error) {
	var cred credentialRow
	var now time.Time
	err := d.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		now = tx.Now()
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
			return nil
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	if now.UnixMilli() < cred.locked {
		wait := time.UnixMilli(cred.locked).Sub(now).Round(time.Second)
		return 0, fault.Busy("signin.locked", "too many wrong passwords; try again in %s, or have a link mailed to you", wait)
	}
	hash := cred.password
	if hash == "" {
		hash = nobodysHash
	}
	right := d.slowly(func() string {
		if checkPassword(hash, password) {
			return "yes"
		}
		return ""
	}) != ""
	return d.settle(ctx, cred, right && cred.password != "")
}

// settle keeps count of failures and returns the person on success.
func (d *Directory) settle(ctx context.Context, c credentialRow, right bool) (int64, error) {
	if c.person == 0 {
		return 0, errWrong
	}
	err := d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		if right {
			if c.failures == 0 {
				return nil
			}
			_, err := store.Keep(ctx, tx, clearFailures, c.person)
			return err
		}
		until := int64(0)
		if over := c.failures + 1 - freeTries; over >= 0 {
			until = tx.Now().Add(min(lockStep<<min(over, 7), lockMost)).UnixMilli()
		}
		_, err := store.Keep(ctx, tx, countFailure, until, c.person)
		return err
	})
	if err == nil && !right {
		err = errWrong
	}
	return c.person, err
}
