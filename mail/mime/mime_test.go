package mime

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/fault"
)

var update = flag.Bool("update", false, "write the golden files anew")

const corpusDir = "../testdata/corpus"

// corpus returns the mails of the corpus by name.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(corpusDir + "/*.eml")
	if err != nil || len(paths) < 60 {
		t.Fatalf("the corpus has %d mails (%v); it should lie in %s", len(paths), err, corpusDir)
	}
	out := make(map[string][]byte)
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(path), ".eml")] = raw
	}
	return out
}

// view is what a golden file holds of a message.
type view struct {
	From, To, Cc, ReplyTo []Address `json:",omitempty"`
	Sender                *Address  `json:",omitempty"`
	Subject               string
	Date                  string   `json:",omitempty"`
	MessageID             string   `json:",omitempty"`
	InReplyTo             []string `json:",omitempty"`
	References            []string `json:",omitempty"`
	Text                  string
	Quoted                string   `json:",omitempty"` // the folded end of Text
	HTML                  string   `json:",omitempty"`
	FromHTML              bool     `json:",omitempty"`
	Attachments           []file   `json:",omitempty"`
	Robot                 string   `json:",omitempty"`
	Bounce                *Bounce  `json:",omitempty"`
	Defects               []Defect `json:",omitempty"`
}

type file struct {
	Name, MediaType string
	ContentID       string `json:",omitempty"`
	Inline          bool   `json:",omitempty"`
	Size            int
	SHA256          string
}

func viewOf(m Message) view {
	v := view{
		From: m.From, To: m.To, Cc: m.Cc, ReplyTo: m.ReplyTo, Subject: m.Subject,
		MessageID: m.MessageID, InReplyTo: m.InReplyTo, References: m.References,
		Text: m.Text, HTML: m.HTML, FromHTML: m.FromHTML, Defects: m.Defects,
	}
	if m.Sender.Address != "" {
		v.Sender = &m.Sender
	}
	if !m.Date.IsZero() {
		v.Date = m.Date.Format(time.RFC3339)
	}
	_, v.Quoted = SplitQuoted(m.Text)
	_, v.Robot = m.Robot()
	if b, ok := m.Bounce(); ok {
		v.Bounce = &b
	}
	for _, a := range m.Attachments {
		sum := sha256.Sum256(a.Data)
		v.Attachments = append(v.Attachments, file{a.Name, a.MediaType, a.ContentID, a.Inline, len(a.Data), hex.EncodeToString(sum[:8])})
	}
	return v
}

func TestCorpusIsReadAsItWasMeant(t *testing.T) {
	t.Parallel()
	for name, raw := range corpus(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, err := Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			checkMessage(t, m)
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "\t")
			if err := enc.Encode(viewOf(m)); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(corpusDir, name+".want.json")
			if *update {
				if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("differs from %s (-want +got):\n%s", path, diff)
			}
		})
	}
}

// checkMessage holds what is true of every message, whatever came in.
func checkMessage(t testing.TB, m Message) {
	t.Helper()
	texts := []string{m.Subject, m.Text, m.HTML, m.MessageID}
	for _, list := range [][]Address{m.From, m.To, m.Cc, m.ReplyTo} {
		for _, a := range list {
			texts = append(texts, a.Name, a.Address)
			if a.Local() == "" || a.Domain() == "" || strings.ContainsAny(a.Address, "\r\n\x00") || strings.ContainsAny(a.Name, "\r\n\x00") {
				t.Errorf("address %q <%s>", a.Name, a.Address)
			}
		}
	}
	for _, a := range m.Attachments {
		texts = append(texts, a.Name, a.MediaType)
		if a.Name == "" || a.Name == "." || a.Name == ".." || strings.ContainsAny(a.Name, "/\\\r\n\x00") || utf8.RuneCountInString(a.Name) > maxFileName {
			t.Errorf("file name %q", a.Name)
		}
	}
	for _, s := range texts {
		if !utf8.ValidString(s) {
			t.Errorf("invalid UTF-8: %q", s)
		}
	}
	if strings.ContainsAny(m.Subject, "\r\n\x00") {
		t.Errorf("the subject is not one line: %q", m.Subject)
	}
	if fresh, quoted := SplitQuoted(m.Text); fresh+quoted != m.Text {
		t.Errorf("folding changed the text")
	}
	m.Robot()
	if b, ok := m.Bounce(); ok && len(b.Recipients) == 0 {
		t.Errorf("a bounce of nobody")
	}
}

func TestOnlyTheEmptyInputIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := Parse(nil); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("Parse(nil) = %v, want an invalid fault", err)
	}
	if _, err := Parse([]byte{0}); err != nil {
		t.Errorf("Parse of one byte: %v", err)
	}
}

// TestEveryCutOfAMailIsReadable parses each beginning of some mails: what a
// broken connection or a full disk leaves behind.
func TestEveryCutOfAMailIsReadable(t *testing.T) {
	t.Parallel()
	all := corpus(t)
	for _, name := range []string{"018-outlook-reply", "017-gmail-reply", "112-bounce-postfix", "033-name-rfc2231-continued"} {
		raw, ok := all[name]
		if !ok {
			t.Fatalf("%s is not in the corpus", name)
		}
		for n := 1; n < len(raw); n++ {
			m, err := Parse(raw[:n])
			if err != nil {
				t.Fatalf("%s cut at %d: %v", name, n, err)
			}
			checkMessage(t, m)
		}
	}
}

// A reader that took time in the square of the size would not end within the
// test's own limit; how long it takes is judged elsewhere.
func TestAHostileMegabyteIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	for name, unit := range map[string]string{
		"boundaries":    "--m\n",
		"open brackets": "<",
		"header lines":  "a:b\n",
		"encoded words": "=?utf-8?q?a?= ",
		"quotes":        "> ",
		"dashes":        "--\n",
		"attributions":  "On 1 ",
		"addresses":     "a@b,<",
	} {
		body := strings.Repeat(unit, size/len(unit))
		for _, raw := range []string{
			"Content-Type: multipart/mixed; boundary=m\n\n" + body,
			"From: " + strings.ReplaceAll(body, "\n", " ") + "\nSubject: " + strings.ReplaceAll(body, "\n", " ") + "\n\n",
			body,
		} {
			m, err := Parse([]byte(raw))
			if err != nil {
				t.Fatal(err)
			}
			fresh, quoted := SplitQuoted(m.Text)
			if fresh+quoted != m.Text {
				t.Errorf("%s: splitting lost or added text", name)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, raw := range corpus(f) {
		if len(raw) < 4000 {
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Parse(raw)
		if (err != nil) != (len(raw) == 0) {
			t.Fatalf("Parse of %d bytes: %v", len(raw), err)
		}
		checkMessage(t, m)
	})
}
