package passkey_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// Flags of authenticator data (WebAuthn Level 3 §6.1).
const (
	present  = 0x01
	verified = 0x04
	attested = 0x40
)

// authenticator is a passkey in software: an ES256 key that signs for a site.
type authenticator struct {
	t       *testing.T
	origin  string
	site    string // whose passkey it is
	key     *ecdsa.PrivateKey
	id      []byte
	handle  []byte
	counter uint32
	flags   byte
}

func newAuthenticator(t *testing.T, origin, site string) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &authenticator{t: t, origin: origin, site: site, key: key, id: id, flags: present | verified}
}

type options struct {
	PublicKey struct {
		Challenge string `json:"challenge"`
		User      struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"user"`
		Exclude []struct {
			ID string `json:"id"`
		} `json:"excludeCredentials"`
		UserVerification string `json:"userVerification"`
		Selection        struct {
			ResidentKey      string `json:"residentKey"`
			UserVerification string `json:"userVerification"`
		} `json:"authenticatorSelection"`
		Attestation string `json:"attestation"`
	} `json:"publicKey"`
}

func (a *authenticator) read(raw []byte) options {
	a.t.Helper()
	var o options
	if err := json.Unmarshal(raw, &o); err != nil {
		a.t.Fatal(err)
	}
	return o
}

func (a *authenticator) client(kind, challenge string) []byte {
	return a.json(map[string]any{"type": kind, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
}

func (a *authenticator) json(v any) []byte {
	a.t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		a.t.Fatal(err)
	}
	return raw
}

func (a *authenticator) cbor(v any) []byte {
	a.t.Helper()
	raw, err := webauthncbor.Marshal(v)
	if err != nil {
		a.t.Fatal(err)
	}
	return raw
}

// data is the head of authenticator data.
func (a *authenticator) data(flags byte) []byte {
	site := sha256.Sum256([]byte(a.site))
	return binary.BigEndian.AppendUint32(append(site[:], flags), a.counter)
}

// create answers the options of adding a passkey.
func (a *authenticator) create(raw []byte) []byte {
	a.t.Helper()
	o := a.read(raw)
	var err error
	if a.handle, err = base64.RawURLEncoding.DecodeString(o.PublicKey.User.ID); err != nil {
		a.t.Fatal(err)
	}
	point, err := a.key.PublicKey.Bytes()
	if err != nil {
		a.t.Fatal(err)
	}
	data := append(a.data(a.flags|attested), make([]byte, 16)...)
	data = append(binary.BigEndian.AppendUint16(data, uint16(len(a.id))), a.id...)
	data = append(data, a.cbor(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})...)
	return a.json(map[string]any{
		"id": base64.RawURLEncoding.EncodeToString(a.id), "rawId": base64.RawURLEncoding.EncodeToString(a.id), "type": "public-key",
		"clientExtensionResults": map[string]any{}, "authenticatorAttachment": "platform",
		"response": map[string]any{
			"clientDataJSON":    base64.RawURLEncoding.EncodeToString(a.client("webauthn.create", o.PublicKey.Challenge)),
			"attestationObject": base64.RawURLEncoding.EncodeToString(a.cbor(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})),
			"transports":        []string{"internal"},
		},
	})
}

// get answers the options of signing in.
func (a *authenticator) get(raw []byte) []byte {
	a.t.Helper()
	client := a.client("webauthn.get", a.read(raw).PublicKey.Challenge)
	a.counter++
	data := a.data(a.flags)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(data[:len(data):len(data)], hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, digest[:])
	if err != nil {
		a.t.Fatal(err)
	}
	return a.json(map[string]any{
		"id": base64.RawURLEncoding.EncodeToString(a.id), "rawId": base64.RawURLEncoding.EncodeToString(a.id), "type": "public-key",
		"clientExtensionResults": map[string]any{},
		"response": map[string]any{
			"clientDataJSON":    base64.RawURLEncoding.EncodeToString(client),
			"authenticatorData": base64.RawURLEncoding.EncodeToString(data),
			"signature":         base64.RawURLEncoding.EncodeToString(signature),
			"userHandle":        base64.RawURLEncoding.EncodeToString(a.handle),
		},
	})
}
