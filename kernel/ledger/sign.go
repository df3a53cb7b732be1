package ledger

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// origin names the log in its checkpoints (the first line, as c2sp.org/tlog-checkpoint has it).
const origin = "heed-ledger"

const algEd25519 = 1 // the algorithm byte of golang.org/x/mod/sumdb/note

type signingKey struct {
	signer   note.Signer
	verifier string
}

// newSigningKey makes the key pair of a seed, in the note package's encodings.
func newSigningKey(seed []byte) (signingKey, error) {
	if len(seed) != ed25519.SeedSize {
		return signingKey{}, fmt.Errorf("ledger: the signing seed has %d bytes, want %d", len(seed), ed25519.SeedSize)
	}
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	pub := append([]byte{algEd25519}, public...)
	sum := sha256.Sum256(append([]byte(origin+"\n"), pub...))
	hash := binary.BigEndian.Uint32(sum[:4])
	enc := base64.StdEncoding.EncodeToString
	signer, err := note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", origin, hash, enc(append([]byte{algEd25519}, seed...))))
	if err != nil {
		return signingKey{}, err
	}
	return signingKey{signer, fmt.Sprintf("%s+%08x+%s", origin, hash, enc(pub))}, nil
}

func (k signingKey) sign(size int64, root tlog.Hash) (string, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", origin, size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	return string(signed), err
}

// readCheckpoint checks a checkpoint's signature and returns what it says.
func readCheckpoint(signed, verifierKey string) (size int64, root tlog.Hash, err error) {
	v, err := note.NewVerifier(verifierKey)
	if err != nil {
		return 0, root, fmt.Errorf("the verifier key cannot be read: %w", err)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(v))
	if err != nil {
		return 0, root, fmt.Errorf("the signature does not match: %w", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 3 || lines[0] != origin {
		return 0, root, fmt.Errorf("this is no checkpoint of a Heed ledger")
	}
	size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, root, err
	}
	b, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(b) != len(root) {
		return 0, root, fmt.Errorf("the tree head in the checkpoint is damaged")
	}
	return size, tlog.Hash(b), nil
}
