package mime

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatTheSenderWroteStaysInSight(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, fresh string }{
		"Gmail, wrapped":        {"Yes.\n\nOn Tue, 24 Nov 2026 at 13:05, IT help desk <\nhelp@desk.example.org> wrote:\n\n> Does it work?\n", "Yes.\n\n"},
		"Apple Mail":            {"Yes.\n\n> On 24 Nov 2026, at 13:05, IT help desk wrote:\n>\n> Does it work?\n", "Yes.\n\n"},
		"Thunderbird":           {"Yes.\n\nOn 24/11/2026 13:05, IT help desk wrote:\n> Does it work?\n\n-- \nAna\n", "Yes.\n\n"},
		"Outlook, a rule":       {"Yes.\n________________________________\nFrom: IT\nSent: today\nTo: Ana\nSubject: RE: x\n\nDoes it?\n", "Yes.\n"},
		"Outlook, bold heads":   {"Yes.\n\n*From:* IT\n*Sent:* today\n*To:* Ana\n*Subject:* RE: x\n\nDoes it?\n", "Yes.\n\n"},
		"Outlook, old":          {"Yes.\n\n-----Original Message-----\nFrom: IT\nDoes it?\n", "Yes.\n\n"},
		"Outlook, French":       {"Oui.\n\n-----Message d’origine-----\nDe : IT\n", "Oui.\n\n"},
		"German Gmail":          {"Ja.\n\nAm Di., 24. Nov. 2026 um 13:05 Uhr schrieb IT help desk <help@desk.example.org>:\n\n> Geht es?\n", "Ja.\n\n"},
		"French Gmail":          {"Oui.\n\nLe mar. 24 nov. 2026 à 13:05, IT <help@desk.example.org> a écrit\u00a0:\n> Ça marche ?\n", "Oui.\n\n"},
		"Spanish":               {"Sí.\n\nEl mar, 24 nov 2026 a las 13:05, IT (<help@desk.example.org>) escribió:\n> x\n", "Sí.\n\n"},
		"unmarked quotation":    {"Yes.\n\nOn 24 November 2026 at 13:05 IT help desk <help@desk.example.org> wrote:\n\nDoes it work?\n", "Yes.\n\n"},
		"quotation only marked": {"Yes.\n> Does it work?\n", "Yes.\n"},
		"answers in between":    {"> Does it work?\nYes.\n> Sure?\nQuite.\n", "> Does it work?\nYes.\n> Sure?\nQuite.\n"},
		"answers, then a rest":  {"> Does it work?\nYes.\n> Bye\n> Sam\n", "> Does it work?\nYes.\n"},
		"answer below":          {"On 24/11/2026 13:05, IT wrote:\n> Does it work?\n\nYes.\n", "On 24/11/2026 13:05, IT wrote:\n> Does it work?\n\nYes.\n"},
		"nothing but quotation": {"\n> Does it work?\n", "\n> Does it work?\n"},
		"a forwarded mail":      {"From: IT\nSent: today\nTo: Ana\nSubject: x\n\nDoes it?\n", "From: IT\nSent: today\nTo: Ana\nSubject: x\n\nDoes it?\n"},
		"a sentence that looks like an attribution": {"It fails.\n\nOn Monday at 9:30 the system wrote:\n\nERROR 42\n", "It fails.\n\nOn Monday at 9:30 the system wrote:\n\nERROR 42\n"},
		"a shell prompt":                   {"I typed:\n\n> ls\nand nothing came\n", "I typed:\n\n> ls\nand nothing came\n"},
		"a letter to somebody called From": {"From: me\nTo: you\n", "From: me\nTo: you\n"},
		"nothing":                          {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fresh, quoted := SplitQuoted(c.in)
			if fresh != c.fresh || fresh+quoted != c.in {
				t.Errorf("SplitQuoted(%q)\n got %q + %q\nwant %q", c.in, fresh, quoted, c.fresh)
			}
		})
	}
}

func TestFoldingNeverDeletes(t *testing.T) {
	t.Parallel()
	line := rapid.SampledFrom([]string{
		"", "Hello", "> quoted", ">> twice", "-- ", "--", "On 24 Nov 2026 at 13:05, A <a@example.org> wrote:", "-----Original Message-----",
		"From: A", "Sent: now", "To: B", "Subject: x", "________________", "Le 1", "a écrit :",
	})
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOfN(rapid.OneOf(line, line, rapid.String()), 0, 20).Draw(t, "lines"), "\n")
		fresh, quoted := SplitQuoted(in)
		if fresh+quoted != in {
			t.Fatalf("%q became %q + %q", in, fresh, quoted)
		}
		if quoted != "" && strings.TrimSpace(fresh) == "" {
			t.Fatalf("everything of %q was folded away", in)
		}
	})
}

func FuzzSplitQuoted(f *testing.F) {
	f.Add("Yes.\n\nOn 24/11/2026 13:05, A wrote:\n> x\n")
	f.Fuzz(func(t *testing.T, s string) {
		if fresh, quoted := SplitQuoted(s); fresh+quoted != s {
			t.Fatalf("folding changed the text")
		}
	})
}
