package mime

import (
	"encoding/base64"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestTransferEncodingsComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "data")
		out, clean := decodeBase64([]byte(base64.StdEncoding.EncodeToString(data)))
		if string(out) != string(data) || !clean {
			t.Fatalf("base64 of %q gave %q, in order %v", data, out, clean)
		}
		text := strings.ReplaceAll(string(data), "\r", "")
		var b strings.Builder
		w := quotedprintable.NewWriter(&b)
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got, clean := decodeQuotedPrintable([]byte(strings.ReplaceAll(b.String(), "\r\n", "\n")))
		if string(got) != text || !clean {
			t.Fatalf("quoted-printable of %q, %q, gave %q, in order %v", text, b.String(), got, clean)
		}
	})
}

func TestEncodedWordsComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[a-zéßжΩ🙂_?= ]{0,80}`).Draw(t, "text")
		for _, enc := range []mime.WordEncoder{mime.BEncoding, mime.QEncoding} {
			word := enc.Encode("utf-8", s)
			if word == s {
				continue // plain ASCII is not encoded, and may itself look like a word
			}
			if got := (&reader{}).decode(word); got != s {
				t.Fatalf("%q encoded as %q came back as %q", s, word, got)
			}
		}
	})
}

func TestParametersComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-zA-Z0-9éßж .,;'%()-]{1,40}`).Draw(t, "name")
		header := mime.FormatMediaType("attachment", map[string]string{"filename": name})
		if header == "" {
			return // not writable as a parameter
		}
		p := &reader{}
		if got := p.param(parseMediaType(header), "filename"); got != name {
			t.Fatalf("%q written as %q came back as %q", name, header, got)
		}
	})
}

func TestAddressesInEveryForm(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]Address{
		"a@example.org":                           {{"", "a@example.org"}},
		"<a@example.org>":                         {{"", "a@example.org"}},
		"A <a@EXAMPLE.org.>":                      {{"A", "a@example.org"}},
		`"A \"x\" B" <a@example.org>`:             {{`A "x" B`, "a@example.org"}},
		"a@example.org (A B)":                     {{"A B", "a@example.org"}},
		"A B a@example.org":                       {{"A B", "a@example.org"}},
		"mailto:a@example.org":                    {{"", "a@example.org"}},
		"'a@example.org'":                         {{"", "a@example.org"}},
		`"a b"@example.org`:                       {{"", `"a b"@example.org`}},
		"a@example.org <a@example.org>":           {{"", "a@example.org"}},
		"A <a@example.org>, B <b@example.org>":    {{"A", "a@example.org"}, {"B", "b@example.org"}},
		"a@example.org; b@example.org":            {{"", "a@example.org"}, {"", "b@example.org"}},
		"team: a@example.org, b@example.org;":     {{"", "a@example.org"}, {"", "b@example.org"}},
		"undisclosed-recipients:;":                nil,
		"A <a@example.org, B <b@example.org>":     {{"A", "a@example.org"}, {"B", "b@example.org"}},
		"=?utf-8?Q?Ana=2C_Ruiz?= <a@example.org>": {{"Ana, Ruiz", "a@example.org"}},
		"a@b@example.org":                         nil,
		"a @example.org":                          nil,
		"@example.org":                            nil,
		"a@":                                      nil,
		"a\x00b@example.org":                      nil,
		"":                                        nil,
	} {
		got := (&reader{}).addresses(Header{{"From", in}}, "From")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
}

func TestDatesInEveryForm(t *testing.T) {
	t.Parallel()
	want := time.Date(2026, 11, 24, 14, 10, 5, 0, time.UTC)
	for _, in := range []string{
		"Tue, 24 Nov 2026 14:10:05 +0000", "24 Nov 2026 14:10:05 GMT", "Tue, 24 Nov 2026 14:10:05 +0000 (UTC)",
		"Tue, 24 Nov 2026 15:10:05 CET", "Tue, 24 Nov 2026 06:10:05 PST", "Tue, 24 Nov 2026 14:10:05 \"GMT\"",
		"Tue Nov 24 14:10:05 2026", "2026-11-24T15:10:05+01:00", "2026-11-24 14:10:05", "Tue, 24 Nov 2026 14.10.05 +0000",
		"24-Nov-2026 14:10:05 +0000", "Tue, 24 Nov 2026 15:10:05 GMT+0100", "tue, 24 nov 2026 14:10:05 +0000", "Tue,24 Nov 2026 14:10:05 +0000",
	} {
		if got := (&reader{}).date(in); !got.Equal(want) {
			t.Errorf("%q = %v, want %v", in, got, want)
		}
	}
	for _, in := range []string{"", "soon", "32 Nov 2026 14:10:05 +0000", "1 Jan 0001 00:00:00 +0000", "24 Nov 1926 14:10:05 +0000"} {
		if got := (&reader{}).date(in); !got.IsZero() {
			t.Errorf("%q = %v, want the zero time", in, got)
		}
	}
}

func TestLimitsHold(t *testing.T) {
	t.Parallel()
	m, err := Parse([]byte("From: a@example.org\nTo: " + strings.Repeat("a@example.org, ", 5000) + "\nSubject: " + strings.Repeat("é", 200_000) + "\n\nx\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.To) > maxAddresses || len(m.Subject) > maxValue {
		t.Errorf("%d addresses and a subject of %d bytes", len(m.To), len(m.Subject))
	}
	checkMessage(t, m)
}

func TestRobotsAreToldByTheirSigns(t *testing.T) {
	t.Parallel()
	for header, robot := range map[string]bool{
		"Auto-Submitted: auto-generated":                true,
		"Auto-Submitted: auto-replied (vacation)":       true,
		"Auto-Submitted: No":                            false,
		"Auto-Submitted: no; owner-email=a@example.org": false,
		"Precedence: Bulk":                              true,
		"Precedence: first-class":                       false,
		"X-Auto-Response-Suppress: All":                 true,
		"X-Auto-Response-Suppress: DR, RN, NRN":         false,
		"Return-Path: <>":                               true,
		"Return-Path: < >":                              true,
		"Return-Path: <ana@example.org>":                false,
		"List-Id: <x.example.org>":                      true,
		"X-Autoreply: yes":                              true,
		"X-Autoreply: no":                               false,
		"Sender: Mailer-Daemon@example.org":             true,
		"Sender: no.reply@example.org":                  true,
		"Sender: noreply-payroll@example.org":           true,
		"Sender: nora.eply@example.org":                 false,
		"Content-Type: multipart/report; boundary=x":    true,
		"Subject: Out of office":                        false,
	} {
		m, err := Parse([]byte("From: ana@example.org\n" + header + "\n\nx\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got, why := m.Robot(); got != robot || (why != "") != robot {
			t.Errorf("%s: robot %v (%s), want %v", header, got, why, robot)
		}
	}
}

func TestAnAbsenceNoteIsAnAutoReplyAndAnAlarmIsNot(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		"Auto-Submitted: auto-replied":   true,
		"Precedence: auto_reply":         true,
		"X-Autoreply: yes":               true,
		"Auto-Submitted: auto-generated": false,
		"Precedence: bulk":               false,
		"Feedback-ID: 1:2:3":             false,
	} {
		m, err := Parse([]byte("From: ana@example.org\n" + header + "\n\nx\n"))
		if err != nil {
			t.Fatal(err)
		}
		if m.AutoReply() != want {
			t.Errorf("%s: auto-reply %v, want %v", header, m.AutoReply(), want)
		}
	}
}

func TestOnlyFinalFailuresArePermanent(t *testing.T) {
	t.Parallel()
	for d, want := range map[Delivery]bool{
		{Action: "failed", Status: "5.1.1"}:    true,
		{Action: "failed"}:                     true,
		{Action: "failed", Status: "4.2.2"}:    false,
		{Action: "delayed", Status: "4.4.1"}:   false,
		{Action: "delivered", Status: "2.0.0"}: false,
	} {
		if d.Permanent() != want {
			t.Errorf("%+v: permanent %v, want %v", d, d.Permanent(), want)
		}
	}
}

func TestAReadReceiptIsNoBounce(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"115-read-receipt": true, "112-bounce-postfix": false, "001-plain-ascii": false} {
		m, err := Parse(corpus(t)[name])
		if err != nil {
			t.Fatal(err)
		}
		if _, bounced := m.Bounce(); m.Receipt() != want || (want && bounced) {
			t.Errorf("%s: receipt %v, bounce %v; want a receipt: %v", name, m.Receipt(), bounced, want)
		}
	}
}

func ExampleParse() {
	m, err := Parse([]byte("From: \"Ruiz, Ana\" <ana@example.org>\nSubject: =?utf-8?Q?Caf=C3=A9?=\n\nThe printer is jammed.\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.From[0].Name, m.Subject)
	fmt.Print(m.Text)
	// Output:
	// Ruiz, Ana Café
	// The printer is jammed.
}
