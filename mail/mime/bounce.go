package mime

import (
	"bytes"
	"regexp"
	"strings"

	"heed/kernel/text"
)

// Bounce is what a delivery report (RFC 3464) says.
type Bounce struct {
	Recipients []Delivery
	// OriginalID is the Message-ID of the mail that the report is about, where
	// it gives that back; whose mail it was is decided by that, never by the
	// addresses a report names.
	OriginalID string
}

// Delivery is the fate of a mail at one recipient.
type Delivery struct {
	Address    string
	Action     string // failed, delayed, delivered, relayed or expanded
	Status     string // RFC 3463, such as 5.1.1; empty when unknown
	Diagnostic string // the other server's words, one clean line
}

// Permanent reports that trying again is no use.
func (d Delivery) Permanent() bool {
	return d.Action == "failed" && (d.Status == "" || strings.HasPrefix(d.Status, "5"))
}

const (
	maxDeliveries = 200
	maxDiagnostic = 500
)

// Bounce returns what the mail says about the delivery of another one, and
// whether it says anything. Reports in the form of RFC 3464 are read in full;
// older ones, which only name the recipients in a header, as far as they go.
func (m Message) Bounce() (Bounce, bool) {
	var b Bounce
	if m.report != nil && !strings.EqualFold(m.kind.params["report-type"], "disposition-notification") {
		b.Recipients = deliveries(m.report)
	}
	if len(b.Recipients) == 0 {
		p := &reader{}
		for _, a := range p.addresses(m.Header, "X-Failed-Recipients") {
			b.Recipients = append(b.Recipients, Delivery{Address: a.Address, Action: "failed"})
		}
	}
	if len(b.Recipients) == 0 {
		return Bounce{}, false
	}
	b.OriginalID = m.originalID()
	return b, true
}

// Receipt reports whether the mail only says that another one was read or
// deleted (RFC 8098).
func (m Message) Receipt() bool {
	return m.kind.value == "multipart/report" && strings.EqualFold(m.kind.params["report-type"], "disposition-notification")
}

// deliveries reads the groups of fields of a delivery-status part: the first
// speaks of the report, each further one of a recipient.
func deliveries(data []byte) []Delivery {
	p := &reader{}
	var out []Delivery
	for _, group := range bytes.Split(bytes.TrimLeft(data, "\n"), []byte("\n\n")) {
		h, _ := p.splitHeader(append(bytes.TrimLeft(group, "\n"), '\n', '\n'), true)
		recipient := h.Raw("Final-Recipient")
		if recipient == "" {
			recipient = h.Raw("Original-Recipient")
		}
		if recipient == "" || len(out) >= maxDeliveries {
			continue
		}
		if _, address, typed := strings.Cut(recipient, ";"); typed {
			recipient = address
		}
		spec, ok := cleanSpec(strings.Trim(strings.TrimSpace(recipient), "<>"))
		if !ok {
			continue
		}
		diagnostic := h.Raw("Diagnostic-Code")
		if kind, words, typed := strings.Cut(diagnostic, ";"); typed && !strings.Contains(strings.TrimSpace(kind), " ") {
			diagnostic = words
		}
		action, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(h.Raw("Action"))), " ")
		out = append(out, Delivery{
			Address:    spec,
			Action:     action,
			Status:     statusCode.FindString(h.Raw("Status")),
			Diagnostic: text.CleanLine(p.decode(diagnostic), maxDiagnostic),
		})
	}
	return out
}

var (
	statusCode = regexp.MustCompile(`\b[245]\.\d{1,3}\.\d{1,3}\b`)
	quotedID   = regexp.MustCompile(`(?im)^[> \t]*Message-ID:\s*<([^<>\s]{1,500})>`)
)

// originalID finds the identifier of the mail that was given back: in the part
// made for it, or quoted in the text.
func (m Message) originalID() string {
	if m.returned != nil {
		p := &reader{}
		h, _ := p.splitHeader(unixLines(m.returned), true)
		if ids := messageIDs(h.Raw("Message-ID")); len(ids) > 0 {
			return ids[0]
		}
	}
	if found := quotedID.FindStringSubmatch(m.Text); found != nil {
		return found[1]
	}
	return ""
}
