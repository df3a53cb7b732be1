package thread

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
)

// The purposes a key signs for. They go into the signed text, so that what was
// signed for one purpose is worth nothing for the other.
const (
	forReply     = "heed reply address 1"
	forMessageID = "heed message id 1"
)

// macSize is 80 bits: a guess a microsecond finds one in a billion years, and
// the address still fits the 64 characters of a local part.
const macSize = 10

// letters is base32 in lower case: mail systems change the case of addresses.
func letters() *base32.Encoding {
	return base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
}

// mac signs some numbers for a purpose.
func mac(key []byte, purpose string, numbers ...int64) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(purpose))
	for _, n := range numbers {
		h.Write(binary.BigEndian.AppendUint64([]byte{0}, uint64(n)))
	}
	return letters().EncodeToString(h.Sum(nil)[:macSize])
}

func encodeID(n int64) string {
	return letters().EncodeToString(binary.BigEndian.AppendUint64(nil, uint64(n)))
}

// decodeID reads what encodeID wrote, and only that: no second spelling of a
// number is accepted.
func decodeID(s string) (int64, bool) {
	raw, err := letters().DecodeString(s)
	if err != nil || len(raw) != 8 {
		return 0, false
	}
	n := int64(binary.BigEndian.Uint64(raw))
	return n, encodeID(n) == s
}

// SignReply returns the tag that leads a reply back to a ticket: the ticket's
// number and a signature, at most 30 letters, digits and one dot.
func SignReply(key []byte, ticket int64) string {
	return encodeID(ticket) + "." + mac(key, forReply, ticket)
}

// ReplyAddress puts the tag of a ticket into a mailbox address as its subaddress
// (RFC 5233): "help@desk.example.org" becomes "help+TAG@desk.example.org".
func ReplyAddress(key []byte, mailbox string, ticket int64) string {
	at := strings.LastIndexByte(mailbox, '@')
	if at < 0 {
		at = len(mailbox)
	}
	return mailbox[:at] + "+" + SignReply(key, ticket) + mailbox[at:]
}

// VerifyReply returns the ticket that an address leads to. It takes the whole
// address or its local part, in any case. The comparison takes the same time
// whether the first letter of a signature is wrong or the last.
func VerifyReply(key []byte, address string) (ticket int64, ok bool) {
	id, signature, ok := cutTag(address)
	if !ok {
		return 0, false
	}
	ticket, ok = decodeID(id)
	return ticket, ok && hmac.Equal([]byte(signature), []byte(mac(key, forReply, ticket)))
}

// cutTag returns the two halves of the tag in an address, signed or not.
func cutTag(address string) (id, signature string, ok bool) {
	local := strings.ToLower(address)
	if at := strings.LastIndexByte(local, '@'); at >= 0 {
		local = local[:at]
	}
	plus := strings.LastIndexByte(local, '+')
	if plus < 0 {
		return "", "", false
	}
	id, signature, ok = strings.Cut(local[plus+1:], ".")
	return id, signature, ok && len(id) == 13 && len(signature) == 16
}

// NewMessageID returns the Message-ID, without angle brackets, of an outgoing
// mail about a ticket. The same mail always gets the same one, so that sending
// it again after a crash does not make it another mail.
func NewMessageID(key []byte, ticket, mail int64, domain string) string {
	return fmt.Sprintf("heed.%s.%s.%s@%s", encodeID(ticket), encodeID(mail), mac(key, forMessageID, ticket, mail), domain)
}

// VerifyMessageID returns the ticket and the mail that a Message-ID of ours
// names. The domain is not part of the proof: gateways rewrite it.
func VerifyMessageID(key []byte, id string) (ticket, mail int64, ok bool) {
	local, _, _ := strings.Cut(strings.ToLower(id), "@")
	parts := strings.Split(local, ".")
	if len(parts) != 4 || parts[0] != "heed" {
		return 0, 0, false
	}
	ticket, okTicket := decodeID(parts[1])
	mail, okMail := decodeID(parts[2])
	if !okTicket || !okMail || !hmac.Equal([]byte(parts[3]), []byte(mac(key, forMessageID, ticket, mail))) {
		return 0, 0, false
	}
	return ticket, mail, true
}
