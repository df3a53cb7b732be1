package seal

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
)

// Place says where a sealed value stands. A value opened at another place than
// it was sealed for fails, so rows cannot be swapped behind Heed's back.
type Place struct {
	Column string // "ticket.subject"
	Row    int64
}

func (p Place) bytes() []byte {
	return binary.BigEndian.AppendUint64([]byte(p.Column+"\x00"), uint64(p.Row))
}

// Seal encrypts a value under the data key of its record group. An empty value
// stays empty: that nothing was said is no secret.
func (v *Vault) Seal(ctx context.Context, key int64, p Place, plain []byte) ([]byte, error) {
	if len(plain) == 0 {
		return []byte{}, nil
	}
	aead, err := v.key(ctx, key)
	if err != nil {
		return nil, err
	}
	head := binary.BigEndian.AppendUint64([]byte{version}, uint64(key))
	return append(head, sealBytes(aead, plain, p.bytes())...), nil
}

// SealText is Seal for a string.
func (v *Vault) SealText(ctx context.Context, key int64, p Place, plain string) ([]byte, error) {
	return v.Seal(ctx, key, p, []byte(plain))
}

// Open decrypts a value. It returns ErrForgotten when its key was destroyed.
func (v *Vault) Open(ctx context.Context, p Place, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	key := KeyOf(sealed)
	if key == 0 {
		return nil, errDamaged
	}
	aead, err := v.key(ctx, key)
	if err != nil {
		return nil, err
	}
	return openBytes(aead, sealed[headLen:], p.bytes())
}

// OpenText is Open for a string.
func (v *Vault) OpenText(ctx context.Context, p Place, sealed []byte) (string, error) {
	b, err := v.Open(ctx, p, sealed)
	return string(b), err
}

// KeyOf returns the data key a value is sealed under, 0 when it is none.
func KeyOf(sealed []byte) int64 {
	if len(sealed) < headLen+nonceLen || sealed[0] != version {
		return 0
	}
	return int64(binary.BigEndian.Uint64(sealed[1:headLen]))
}

// Wrap encrypts a file's own key under a record group's data key; kernel/blob
// stores the result in the file's head.
func (v *Vault) Wrap(ctx context.Context, key int64, fileKey []byte) ([]byte, error) {
	return v.Seal(ctx, key, Place{Column: "blob.key", Row: key}, fileKey)
}

// Unwrap is the inverse of Wrap.
func (v *Vault) Unwrap(ctx context.Context, key int64, wrapped []byte) ([]byte, error) {
	return v.Open(ctx, Place{Column: "blob.key", Row: key}, wrapped)
}

var errDamaged = errors.New("seal: the value is damaged or stands in the wrong place")

func sealBytes(aead cipher.AEAD, plain, place []byte) []byte {
	nonce := make([]byte, nonceLen, nonceLen+len(plain)+aead.Overhead())
	_, _ = rand.Read(nonce)
	return aead.Seal(nonce, nonce, plain, place)
}

func openBytes(aead cipher.AEAD, sealed, place []byte) ([]byte, error) {
	if len(sealed) < nonceLen {
		return nil, errDamaged
	}
	plain, err := aead.Open(nil, sealed[:nonceLen], sealed[nonceLen:], place)
	if err != nil {
		return nil, errDamaged
	}
	return plain, nil
}
