package seal

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// ErrForgotten is returned when the data key of a value was destroyed.
var ErrForgotten = errors.New("seal: this was forgotten")

const (
	version   = 1
	headLen   = 1 + 8 // version, key id
	nonceLen  = 12    // AES-GCM
	blockSize = 256   // data keys made in one commit
	cacheFor  = 5 * time.Minute
	cacheMax  = 20_000 // about 10 MB
)

// Vault seals, opens and forgets. It is safe for concurrent use.
type Vault struct {
	db      *store.DB
	mint    *id.Mint
	wrap    cipher.AEAD
	hashKey []byte
	master  Master

	mu    sync.Mutex
	cache map[int64]cached
	block []int64 // keys made and not yet handed out
}

type cached struct {
	aead  cipher.AEAD
	until time.Time
}

// Open returns the vault of a migrated key store and checks that the master
// key is the one its keys were wrapped with.
func Open(ctx context.Context, db *store.DB, m Master, mint *id.Mint) (*Vault, error) {
	if len(m.key) != masterLen {
		return nil, fault.Invalid("seal.master", "there is no master key; set master_key_file or HEED_MASTER_KEY")
	}
	wrap, err := newAEAD(m.derive("wrap"))
	if err != nil {
		return nil, err
	}
	v := &Vault{db: db, mint: mint, wrap: wrap, hashKey: m.derive("hash"), master: m, cache: map[int64]cached{}}
	return v, v.checkMaster(ctx)
}

// Used reports whether a migrated key store holds keys of some master key
// already. Then that key has to be found, and making another one would only hide
// that it is missing.
func Used(ctx context.Context, db *store.DB) (used bool, err error) {
	err = db.Read(ctx, keeper(), policy.Operate, func(tx *store.Tx) error {
		_, err := store.One[store.Value[[]byte]](ctx, tx, selectCheck)
		used = err == nil
		if errors.Is(err, store.ErrNone) {
			return nil
		}
		return err
	})
	return used, err
}

func (v *Vault) checkMaster(ctx context.Context) error {
	want := v.mac("check", "master")
	return v.db.Write(ctx, keeper(), policy.Operate, func(tx *store.Tx) error {
		row, err := store.One[store.Value[[]byte]](ctx, tx, selectCheck)
		switch {
		case errors.Is(err, store.ErrNone):
			_, err = store.Keep(ctx, tx, insertCheck, want)
			return err
		case err != nil:
			return err
		case !hmac.Equal(row.V, want):
			return fault.Invalid("seal.master.wrong", "this master key does not belong to this key store; nothing was opened. Put back the key that was in use when the store was made, or restore the key store that belongs to this key")
		}
		return nil
	})
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Derive returns a key of 32 bytes for another package's own use, such as the
// signature in a reply address. The label names the use.
func (v *Vault) Derive(label string) []byte { return v.master.derive("use/" + label) }

// Hash is a keyed hash of a value for exact look-ups. The domain keeps the same
// text in two columns apart. The caller brings the value to one form first.
func (v *Vault) Hash(domain, value string) []byte { return v.mac(domain, value)[:16] }

func (v *Vault) mac(domain, value string) []byte {
	h := hmac.New(sha256.New, v.hashKey)
	h.Write([]byte(domain))
	h.Write([]byte{0})
	h.Write([]byte(value))
	return h.Sum(nil)
}

// NewGroup returns the data key of a new record group. It comes from a block
// made earlier and is durable already; a crash wastes what is left of a block.
func (v *Vault) NewGroup(ctx context.Context) (int64, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.block) == 0 {
		if err := v.makeBlock(ctx); err != nil {
			return 0, err
		}
	}
	key := v.block[0]
	v.block = v.block[1:]
	return key, nil
}

func (v *Vault) makeBlock(ctx context.Context) error {
	now := v.db.Clock().Now()
	rows := make([]keyRow, blockSize)
	for i := range rows {
		var key [32]byte
		_, _ = rand.Read(key[:])
		rows[i].id = v.mint.Next(now)
		rows[i].wrapped = sealBytes(v.wrap, key[:], wrapPlace(rows[i].id))
		aead, err := newAEAD(key[:])
		if err != nil {
			return err
		}
		v.remember(rows[i].id, aead, now)
	}
	if err := v.writeKeys(context.WithoutCancel(ctx), rows); err != nil {
		return err
	}
	for _, r := range rows {
		v.block = append(v.block, r.id)
	}
	return nil
}

func wrapPlace(key int64) []byte {
	return binary.BigEndian.AppendUint64([]byte("data_key"), uint64(key))
}

// remember caches a key; the caller holds the lock.
func (v *Vault) remember(key int64, aead cipher.AEAD, now time.Time) {
	if len(v.cache) >= cacheMax {
		for k, c := range v.cache {
			if len(v.cache) < cacheMax*3/4 && now.Before(c.until) {
				break
			}
			delete(v.cache, k)
		}
	}
	v.cache[key] = cached{aead, now.Add(cacheFor)}
}

// Warm fetches the data keys of many sealed values in one query, before a page
// opens them one by one. Unknown keys are no error here.
func (v *Vault) Warm(ctx context.Context, sealed ...[]byte) error {
	now := v.db.Clock().Now()
	var missing []int64
	v.mu.Lock()
	for _, s := range sealed {
		if k := KeyOf(s); k != 0 {
			if c, ok := v.cache[k]; !ok || now.After(c.until) {
				missing = append(missing, k)
			}
		}
	}
	v.mu.Unlock()
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	rows, err := v.readKeys(ctx, slices.Compact(missing))
	if err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := v.unwrap(r, now); err != nil {
			return err
		}
	}
	return nil
}

func (v *Vault) unwrap(r keyRow, now time.Time) (cipher.AEAD, error) {
	key, err := openBytes(v.wrap, r.wrapped, wrapPlace(r.id))
	if err != nil {
		return nil, fault.Internal(fmt.Errorf("data key %d cannot be unwrapped; the key store is damaged: %w", r.id, err))
	}
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	v.remember(r.id, aead, now)
	v.mu.Unlock()
	return aead, nil
}

func (v *Vault) key(ctx context.Context, key int64) (cipher.AEAD, error) {
	now := v.db.Clock().Now()
	v.mu.Lock()
	c, ok := v.cache[key]
	v.mu.Unlock()
	if ok && now.Before(c.until) {
		return c.aead, nil
	}
	rows, err := v.readKeys(ctx, []int64{key})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, ErrForgotten
	}
	return v.unwrap(rows[0], now)
}

// Destroy forgets record groups: their data keys are deleted, overwritten on
// disk, and dropped from the cache. It cannot be undone.
func (v *Vault) Destroy(ctx context.Context, keys ...int64) error {
	err := v.db.Write(ctx, keeper(), policy.Operate, func(tx *store.Tx) error {
		for _, k := range keys {
			if _, err := store.Keep(ctx, tx, deleteKey, k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	v.mu.Lock()
	for _, k := range keys {
		delete(v.cache, k)
	}
	v.mu.Unlock()
	return v.db.Scrub(ctx)
}
