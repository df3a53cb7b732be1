package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCleanLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   string
		max  int
		want string
	}{
		"one line, single spaces":   {" a\r\n\tb  c\u2028d ", 0, "a b c d"},
		"no controls":               {"a\x00b\x1b[31mc\x7f", 0, "ab[31mc"},
		"no reordering":             {"invoice\u202efdp.exe", 0, "invoicefdp.exe"},
		"no hidden sentences":       {"a\U000e0041\U000e0042b\ufeff\u200bc", 0, "abc"},
		"right-to-left stays":       {"\u200fשלום\u200e", 0, "\u200fשלום\u200e"},
		"joined emoji stay":         {"👩‍💻", 0, "👩‍💻"},
		"broken bytes are marked":   {"a\xff\xfeb", 0, "a\ufffdb"},
		"towers of accents are cut": {"a" + strings.Repeat("\u0301", 50), 0, "a" + strings.Repeat("\u0301", maxMarks)},
		"an ellipsis shows the cut": {"abcdef", 4, "abc…"},
		"short enough stays":        {"abcd", 4, "abcd"},
	} {
		if got := CleanLine(c.in, c.max); got != c.want {
			t.Errorf("%s: CleanLine(%q, %d) = %q, want %q", name, c.in, c.max, got, c.want)
		}
	}
}

func TestCleanText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a\r\nb\rc\u2029d\f": "a\nb\nc\nd\n",
		"a\tb\x00\x07":       "a\tb",
		"a\u202eb\u2067c":    "ab\u2067c",
		"\ufeffa\xc3(":       "a\ufffd(",
	} {
		if got := CleanText(in); got != want {
			t.Errorf("CleanText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTruncateNeverSplitsACharacter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{
		{"abc", 0, ""},
		{"abc", 1, "…"},
		{"abc", 2, "a…"},
		{"ab cd", 4, "ab…"},
		{"ae\u0301xyz", 3, "a…"},
		{"a👩‍💻bc", 4, "a…"},
		{"a🇫🇷bc", 3, "a…"},
		{"🇫🇷🇨🇦bc", 4, "🇫🇷…"},
		{"a👍🏽bc", 3, "a…"},
	} {
		if got := Truncate(c.in, c.max); got != c.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", c.in, c.max, got, c.want)
		}
	}
}

func TestLawsOfCleaning(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw := string(rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		max := rapid.IntRange(1, 30).Draw(t, "max")
		line, body, folded := CleanLine(raw, max), CleanText(raw), Fold(raw)
		if !utf8.ValidString(line) || !utf8.ValidString(body) || !utf8.ValidString(folded) {
			t.Fatalf("invalid UTF-8 comes out of %q", raw)
		}
		if n := utf8.RuneCountInString(line); n > max || strings.ContainsAny(line, "\r\n\t") {
			t.Fatalf("CleanLine(%q, %d) = %q: %d characters or a line end", raw, max, line, n)
		}
		if CleanLine(line, max) != line {
			t.Fatalf("CleanLine is not idempotent on %q", raw)
		}
		if CleanText(body) != body {
			t.Fatalf("CleanText is not idempotent on %q", raw)
		}
		if Fold(folded) != folded {
			t.Fatalf("Fold(%q) = %q, folded again %q", raw, folded, Fold(folded))
		}
	})
}

func TestFoldReachesItsFixedPointForEveryCharacter(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if once := Fold(string(r)); Fold(once) != once {
			t.Errorf("Fold(%q) = %q, again %q", r, once, Fold(once))
		}
	}
}

func TestFoldJoinsSpellings(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"Straße", "STRASSE", "strasse"},
		{"Øre", "ore"},
		{"Œuvre", "oeuvre"},
		{"ISTANBUL", "İstanbul", "ıstanbul"},
		{"Zoë", "ZOE", "Zoe\u0308"},
		{"ﬁle", "FILE"},
		{"O’Brien", "o'brien"},
		{"Σίσυφος", "σισυφοσ"},
		{"Łódź", "lodz"},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("Fold(%q) = %q, Fold(%q) = %q; want them equal", same[0], Fold(same[0]), s, Fold(s))
			}
		}
	}
	if Fold("resume") == Fold("resumé x") {
		t.Errorf("Fold joined two different texts")
	}
}
