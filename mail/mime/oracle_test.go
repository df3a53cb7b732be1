package mime

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-message/mail"
	"github.com/jhillyerd/enmime/v2"
)

// apart lists the mails on which we and the second opinion (enmime) differ on
// purpose: by what, and why ours is right. A mail that no longer differs must be
// taken off the list.
func apart() map[string]string {
	return map[string]string{
		"004-windows1252-called-latin1":    "they lose the quotes and the euro sign",
		"005-latin1-called-utf8":           "they lose the accents",
		"006-utf8-called-latin1":           "they garble the accents",
		"007-utf8-called-ascii":            "they garble the accents",
		"013-utf16-base64":                 "they leave a byte-order mark in the text",
		"015-unknown-charset":              "they lose the accent",
		"019-apple-mail-text-file-text":    "they put a rule between the texts, which nobody wrote",
		"020-apple-mail-html-file-html":    "their markup lacks the last piece of the mail",
		"021-thunderbird-flowed":           "they leave the line ends of format=flowed",
		"022-flowed-delsp":                 "they leave the line ends of format=flowed",
		"024-html-only-meta-charset":       "they do not look for the charset in the document",
		"032-digest-of-two":                "they do not know that the parts of a digest are mails",
		"042-text-file-attached":           "they take a file with a name for a part of the text",
		"048-pgp-encrypted":                "they list one part twice",
		"050-nested-too-deep":              "we stop at a depth and keep the rest as a file",
		"051-too-many-parts":               "they put rules between the texts; we stop at a limit",
		"052-no-end-boundary":              "they take a file with a name for a part of the text",
		"054-cut-in-base64":                "they lose the bytes that came",
		"055-cut-in-header":                "they take the cut line for a part of the subject",
		"056-boundary-not-named":           "they give up",
		"057-boundary-named-wrongly":       "they find no text",
		"058-boundary-never-comes":         "they find no text",
		"059-boundary-begins-like-another": "they take a file with a name for a part of the text",
		"061-multipart-encoded-as-a-whole": "they find no text",
		"062-part-without-header":          "they take the text for a file",
		"063-empty-parts":                  "they list empty parts as files",
		"064-base64-with-footer":           "they decode the footer as if it were base64",
		"065-base64-in-two-blocks":         "they find no text",
		"066-quoted-printable-damaged":     "they leave the soft line end of the cut last line",
		"068-content-type-is-a-word":       "they take the text for a file",
		"069-content-type-nonsense":        "they take the text for a file",
		"070-content-type-no-semicolon":    "they take the text for a file",
		"072-subject-mixed-words":          "they do not know the language mark of RFC 2231",
		"074-subject-bare-latin1":          "they lose the accent",
		"075-subject-broken-words":         "they leave a word whose end was cut",
		"077-subject-with-controls":        "they leave marks that reverse what follows",
		"083-from-unquoted-comma":          "they find no sender",
		"084-from-missing":                 "they do not fall back on the Sender field",
		"086-from-idn":                     "we write domains in their ASCII form",
		"088-from-bracket-left-open":       "they find no sender",
		"091-mailbox-from-line":            "they take the whole mail for text",
		"092-line-ends-cr":                 "they find nothing",
		"094-byte-order-mark":              "they find no sender",
		"095-no-header":                    "they give up",
		"096-no-empty-line":                "they take the text for a part of the subject",
		"097-bad-line-in-header":           "they find no sender",
		"112-bounce-postfix":               "we read the report instead of listing it as a file",
		"113-bounce-delayed-and-failed":    "we read the report instead of listing it as a file",
		"115-read-receipt":                 "we read the report instead of listing it as a file",
		"116-nul-bytes":                    "they put a space where nothing was",
		"117-binary-garbage":               "they give up",
		"120-one-byte":                     "they give up",
	}
}

// TestASecondOpinionAgrees reads the corpus with another tolerant parser and
// compares what a person would see: subject, sender, words, files.
func TestASecondOpinionAgrees(t *testing.T) {
	t.Parallel()
	reasons := apart()
	for name, raw := range corpus(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ours, err := Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			diffs := []string{}
			theirs, err := enmime.ReadEnvelope(bytes.NewReader(raw))
			if err != nil {
				diffs = append(diffs, "they give up: "+err.Error())
			} else {
				diffs = compare(ours, theirs)
			}
			why, expected := reasons[name]
			switch {
			case len(diffs) > 0 && !expected:
				t.Errorf("the second opinion differs, without a reason in the list:\n%s", strings.Join(diffs, "\n"))
			case len(diffs) == 0 && expected:
				t.Errorf("no difference any more; take it off the list (%s)", why)
			}
		})
	}
}

func compare(ours Message, theirs *enmime.Envelope) []string {
	var diffs []string
	differ := func(what, a, b string) {
		if a != b {
			diffs = append(diffs, what+": ours "+short(a)+" theirs "+short(b))
		}
	}
	differ("subject", words(ours.Subject), words(theirs.GetHeader("Subject")))
	var from []string
	if list, err := theirs.AddressList("From"); err == nil {
		for _, a := range list {
			from = append(from, strings.ToLower(a.Address))
		}
	}
	var ourFrom []string
	for _, a := range ours.From {
		ourFrom = append(ourFrom, strings.ToLower(a.Address))
	}
	differ("from", strings.Join(ourFrom, " "), strings.Join(from, " "))
	if !ours.FromHTML {
		differ("text", words(ours.Text), words(theirs.Text))
	}
	differ("html", words(ours.HTML), words(theirs.HTML))
	differ("files", ourFiles(ours), theirFiles(theirs))
	return diffs
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func short(s string) string {
	if len(s) > 200 {
		s = s[:200] + "…"
	}
	return "[" + s + "]"
}

func ourFiles(m Message) string {
	var out []string
	for _, a := range m.Attachments {
		out = append(out, a.MediaType+" "+string(bytes.TrimSpace(unixLines(a.Data))))
	}
	slices.Sort(out)
	return strings.Join(out, " | ")
}

func theirFiles(e *enmime.Envelope) string {
	var out []string
	for _, parts := range [][]*enmime.Part{e.Attachments, e.Inlines, e.OtherParts} {
		for _, p := range parts {
			out = append(out, p.ContentType+" "+string(bytes.TrimSpace(unixLines(p.Content))))
		}
	}
	slices.Sort(out)
	return strings.Join(out, " | ")
}

// TestAStrictReaderAgreesOnLawfulMails compares header fields with a parser
// that follows the RFCs, wherever that one accepts the mail.
func TestAStrictReaderAgreesOnLawfulMails(t *testing.T) {
	t.Parallel()
	accepted := 0
	for name, raw := range corpus(t) {
		r, err := mail.CreateReader(bytes.NewReader(raw))
		if err != nil {
			continue
		}
		ours, err := Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if id, err := r.Header.MessageID(); err == nil && id != "" && id != ours.MessageID {
			t.Errorf("%s: message id %q, theirs %q", name, ours.MessageID, id)
		}
		if ids, err := r.Header.MsgIDList("In-Reply-To"); err == nil && len(ids) > 0 && !slices.Equal(ids, ours.InReplyTo) {
			t.Errorf("%s: in reply to %q, theirs %q", name, ours.InReplyTo, ids)
		}
		list, err := r.Header.AddressList("From")
		if err != nil || len(list) == 0 {
			continue
		}
		accepted++
		if len(list) != len(ours.From) || !strings.EqualFold(list[0].Address, ours.From[0].Address) && ours.From[0].Domain() != "xn--bcher-kva.example" {
			t.Errorf("%s: from %v, theirs %v", name, ours.From, list)
		}
		if date, err := r.Header.Date(); err == nil && !date.IsZero() && !date.UTC().Equal(ours.Date) && name != "101-date-named-zone" && name != "103-date-far" {
			t.Errorf("%s: date %v, theirs %v", name, ours.Date, date.UTC())
		}
	}
	if accepted < 80 {
		t.Errorf("only %d mails were compared; the corpus or the reader changed", accepted)
	}
}
