package thread

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"heed/mail/mime"
)

// Mail is what a decision is about.
type Mail struct {
	Message mime.Message
	// Recipients are the addresses of the envelope, where the way in has one.
	Recipients []string
}

// Index answers what a decision needs to know of the past. An error ends the
// decision without an outcome; the mail stays where it is and is tried again.
type Index interface {
	// TicketOf returns the ticket that holds the received mail with this
	// Message-ID; ok is false when none does.
	TicketOf(messageID string) (ticket int64, ok bool, err error)
	// Standing returns how a ticket stands and whether the address belongs to
	// one of its participants. A ticket that never was, or was disposed of, has
	// the zero Standing.
	Standing(ticket int64, address string) (Standing, error)
	// Seen reports whether a mail with this fingerprint was received before.
	Seen(fingerprint string) (bool, error)
}

// Standing is how a ticket and a sender stand to each other.
type Standing struct {
	Exists      bool
	Closed      bool
	Participant bool
}

// Desk is what decisions know of this service.
type Desk struct {
	// Keys sign reply addresses and message identifiers. The first is the one
	// in use; mails signed with the others are still recognised.
	Keys [][]byte
	// Addresses are our own mailboxes, without subaddress, in lower case.
	Addresses []string
}

// Decision is an outcome with its story.
type Decision struct {
	Outcome Outcome
	// Acknowledge says that the sender of a new ticket may get the automatic
	// acknowledgement. It is never true for a robot.
	Acknowledge bool
	// Trace is what each rule said, in order, up to the one that decided.
	Trace []Step
}

// Step is what one rule said.
type Step struct {
	Rule   string
	Reason Reason
}

// A rule looks at a mail and either decides (a non-nil outcome) or says why it
// does not.
type rule struct {
	name  string
	apply func(*walk) (Outcome, Reason, error)
}

// rules lists the rules in the order in which they are asked. The guards
// against loops come before everything that could answer.
func rules() []rule {
	return []rule{
		{"own mail", ownMail},
		{"seen before", seenBefore},
		{"hops", hops},
		{"report", deliveryReport},
		{"sender", sender},
		{"own address", ownAddress},
		{"reply address", replyAddress},
		{"our message id", ourMessageID},
		{"known message id", knownMessageID},
		{"stray note", strayNote},
		{"new", openNew},
	}
}

// Route decides where a mail belongs. The only errors are those of the index.
func (d Desk) Route(mail Mail, index Index) (Decision, error) {
	w := &walk{desk: d, mail: mail, index: index}
	w.robot, _ = mail.Message.Robot()
	if len(mail.Message.From) > 0 {
		w.from = mail.Message.From[0].Address
	}
	var out Decision
	for _, r := range rules() {
		outcome, reason, err := r.apply(w)
		if err != nil {
			return Decision{}, err
		}
		out.Trace = append(out.Trace, Step{r.name, reason})
		if outcome != nil {
			out.Outcome = outcome
			break
		}
	}
	_, opened := out.Outcome.(Open)
	out.Acknowledge = opened && !w.robot
	return out, nil
}

// walk is one decision on its way through the rules.
type walk struct {
	desk    Desk
	mail    Mail
	index   Index
	robot   bool
	from    string
	related int64 // a ticket referred to without proof
}

// ownID returns the ticket and the mail of a Message-ID that one of our keys
// signed.
func (w *walk) ownID(id string) (ticket, mail int64, ok bool) {
	for _, key := range w.desk.Keys {
		if ticket, mail, ok = VerifyMessageID(key, id); ok {
			return ticket, mail, true
		}
	}
	return 0, 0, false
}

// answered returns the identifiers that the mail answers, the most direct one
// first: In-Reply-To, then References from the latest to the oldest.
func (w *walk) answered() []string {
	ids := slices.Clone(w.mail.Message.InReplyTo)
	for _, id := range slices.Backward(w.mail.Message.References) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// recipients returns every address the mail was sent to, as far as it shows:
// the envelope, the header, and what servers noted on the way.
func (w *walk) recipients() []string {
	out := slices.Clone(w.mail.Recipients)
	m := w.mail.Message
	for _, a := range slices.Concat(m.To, m.Cc) {
		out = append(out, a.Address)
	}
	for _, name := range []string{"Delivered-To", "X-Original-To", "Envelope-To"} {
		for _, v := range m.Header.All(name) {
			out = append(out, strings.Trim(strings.TrimSpace(v), "<>"))
		}
	}
	return out
}

// Fingerprint identifies a mail by what its sender wrote, so that one mail that
// arrives by two ways is one. Headers that servers add on the way do not count.
func Fingerprint(m mime.Message) string {
	h := sha256.New()
	add := func(s string) {
		h.Write([]byte(strconv.Itoa(len(s)) + ":" + s))
	}
	add(m.MessageID)
	for _, a := range m.From {
		add(a.Address)
	}
	add(m.Header.Raw("Date"))
	add(m.Subject)
	add(m.Text)
	add(m.HTML)
	for _, a := range m.Attachments {
		add(a.Name)
		add(string(a.Data))
	}
	return hex.EncodeToString(h.Sum(nil))
}
