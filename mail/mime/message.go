package mime

import (
	"bytes"
	"slices"
	"time"

	"heed/kernel/fault"
	"heed/kernel/text"
)

// Message is one parsed mail. All texts are valid UTF-8.
type Message struct {
	Header Header

	From, To, Cc, ReplyTo []Address
	Sender                Address // zero when the mail names none
	Subject               string  // one clean line
	Date                  time.Time

	// Message identifiers without their angle brackets.
	MessageID  string
	InReplyTo  []string
	References []string

	Text     string // the whole body as text, lines ended by "\n"
	HTML     string // the whole body as markup, unsafe; empty without any
	FromHTML bool   // Text was made from HTML, at least in part

	Attachments []Attachment
	Defects     []Defect

	kind     mediaType // of the mail as a whole
	report   []byte    // the machine's part of a delivery report
	returned []byte    // the mail, or its header, that a report gives back
}

// Attachment is a part that is not the body: a file, an inline image, a
// forwarded mail.
type Attachment struct {
	Name      string // a plain file name, never empty, never a path
	MediaType string // lower case, such as "image/png"; a sender's claim
	ContentID string // without angle brackets; empty without one
	Inline    bool   // meant to be shown within the HTML
	Data      []byte
}

// Defect names one thing about a mail that broke the rules. It holds nothing of
// the mail itself, so it may be logged and counted.
type Defect string

// The defects that [Parse] can find.
const (
	DefectNoHeader        Defect = "no header: everything is body"
	DefectHeaderLine      Defect = "a header line without a colon was left out"
	DefectHeaderCut       Defect = "the header does not end with an empty line"
	DefectHeaderLimit     Defect = "the header is over the limit; the rest was left out"
	DefectRawHeader       Defect = "a header holds bytes outside ASCII without encoding"
	DefectEncodedWord     Defect = "an encoded word in a header is broken"
	DefectAddress         Defect = "an address could not be understood"
	DefectDate            Defect = "the date could not be understood"
	DefectMediaType       Defect = "a content type could not be understood"
	DefectCharset         Defect = "a character set is unknown or wrongly named"
	DefectEncoding        Defect = "a transfer encoding is unknown"
	DefectBase64          Defect = "base64 is damaged"
	DefectQuotedPrintable Defect = "quoted-printable is damaged"
	DefectNoBoundary      Defect = "a multipart without a usable boundary"
	DefectBoundaryEnd     Defect = "a multipart without its end"
	DefectDepth           Defect = "parts are nested over the limit"
	DefectParts           Defect = "more parts than the limit"
	DefectNoFrom          Defect = "no sender"
)

// Limits of one mail.
const (
	maxDepth  = 20
	maxParts  = 500
	maxHeader = 256 << 10
	maxFields = 1000
	maxValue  = 64 << 10
	maxIDs    = 100
	maxID     = 500
)

// Parse reads a mail. The only error is [fault.Invalid] for an input without any
// byte.
func Parse(raw []byte) (Message, error) {
	if len(raw) == 0 {
		return Message{}, fault.Invalid("mail.empty", "the mail is empty, not even a header came; send it again")
	}
	p := &reader{}
	header, body := p.splitHeader(unixLines(raw), true)
	p.fallback = header.mediaType("Content-Type").charset()
	m := Message{Header: header, kind: header.mediaType("Content-Type")}
	p.envelope(&m)
	content := p.part(header, body, 0)
	m.Text, m.HTML, m.FromHTML = content.finish()
	m.Attachments, m.report, m.returned = p.attachments, p.report, p.returned
	m.Defects = p.defects
	return m, nil
}

// reader carries what is collected while the parts are walked.
type reader struct {
	fallback    string // charset of the whole mail, for bare bytes in headers
	parts       int
	attachments []Attachment
	report      []byte
	returned    []byte
	defects     []Defect
}

func (p *reader) defect(d Defect) {
	if !slices.Contains(p.defects, d) {
		p.defects = append(p.defects, d)
	}
}

// envelope fills the fields of m that come from its header.
func (p *reader) envelope(m *Message) {
	m.From = p.addresses(m.Header, "From")
	m.To = p.addresses(m.Header, "To")
	m.Cc = p.addresses(m.Header, "Cc")
	m.ReplyTo = p.addresses(m.Header, "Reply-To")
	if sender := p.addresses(m.Header, "Sender"); len(sender) > 0 {
		m.Sender = sender[0]
	}
	if len(m.From) == 0 {
		p.defect(DefectNoFrom)
		if m.Sender.Address != "" {
			m.From = []Address{m.Sender}
		}
	}
	m.Subject = text.CleanLine(p.decode(m.Header.Raw("Subject")), 0)
	m.Date = p.date(m.Header.Raw("Date"))
	if ids := messageIDs(m.Header.Raw("Message-ID")); len(ids) > 0 {
		m.MessageID = ids[0]
	}
	m.InReplyTo = messageIDs(m.Header.Raw("In-Reply-To"))
	m.References = messageIDs(m.Header.Raw("References"))
}

// unixLines makes every line end "\n". Bodies are treated too: a text does not
// care, and binary data in a mail is encoded.
func unixLines(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if !bytes.Contains(raw, []byte{'\r'}) {
		return raw
	}
	out := bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	if !bytes.Contains(out, []byte{'\n'}) {
		// Line ends of long-gone machines, still written by some scanners.
		out = bytes.ReplaceAll(out, []byte("\r"), []byte("\n"))
	}
	return out
}
