package id

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"math"
	"strconv"
	"sync"
	"time"
)

// epoch is 2024-01-01T00:00:00Z in Unix milliseconds.
const epoch = 1704067200000

const (
	nodeBits = 10
	seqBits  = 12
	maxNode  = 1<<nodeBits - 1
	maxSeq   = 1<<seqBits - 1
)

// Mint hands out ids that grow strictly, also when the clock stands still or
// steps back. It is safe for concurrent use.
type Mint struct {
	node int64
	mu   sync.Mutex
	ms   int64
	seq  int64
}

// NewMint returns a mint for one node of the installation, 0 to 1023. Two
// running nodes must not share a number.
func NewMint(node int) *Mint {
	return &Mint{node: int64(node) & maxNode}
}

// Next returns the next id for the instant now. When more than 4,096 ids are
// wanted within one millisecond it borrows from the following ones, so it
// never blocks.
func (m *Mint) Next(now time.Time) int64 {
	ms := now.UnixMilli() - epoch
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case ms > m.ms:
		m.ms, m.seq = ms, 0
	case m.seq < maxSeq:
		m.seq++
	default:
		m.ms, m.seq = m.ms+1, 0
	}
	return m.ms<<(nodeBits+seqBits) | m.node<<seqBits | m.seq
}

// Time returns the instant an id was minted for.
func Time(v int64) time.Time {
	return time.UnixMilli(v>>(nodeBits+seqBits) + epoch).UTC()
}

// First returns the smallest id an instant can have; keyset pages that begin
// at a date start there. Before the first instant that has ids it is 0, after the
// last one the greatest number there is.
func First(t time.Time) int64 {
	ms := t.UnixMilli() - epoch
	switch {
	case ms < 0:
		return 0
	case ms > math.MaxInt64>>(nodeBits+seqBits):
		return math.MaxInt64
	}
	return ms << (nodeBits + seqBits)
}

// Text is the written form of an id.
func Text(v int64) string { return strconv.FormatInt(v, 10) }

// ErrSyntax is returned by Parse for text that is no id.
var ErrSyntax = errors.New("an id is a positive decimal number")

// Parse reads the written form.
func Parse(s string) (int64, error) {
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil || v <= 0 {
		return 0, ErrSyntax
	}
	return v, nil
}

// Secret returns 32 random bytes in unpadded base64url: 256 bits, enough for
// every token Heed hands to a browser or a mail.
func Secret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24: the runtime ends the process instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}
