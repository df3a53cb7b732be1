package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces a text to the form under which it is searched and compared:
// compatibility forms resolved, accents taken off, lower case, and the letters
// that Unicode does not decompose written out, so that "Straße", "STRASSE" and
// "strasse" are one, and so are "Øre" and "ore". It loses information on
// purpose; the result is never shown.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	// A few capitals decompose only after they are lowered, and a few spelled-out
	// forms fold again; a second pass reaches the fixed point.
	return foldOnce(foldOnce(validUTF8(s)))
}

func foldOnce(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		if plain, ok := letterByLetter(r); ok {
			b.WriteString(plain)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isFolded reports plain ASCII without capitals, which is most of what comes.
func isFolded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || ('A' <= c && c <= 'Z') {
			return false
		}
	}
	return true
}

// letterByLetter returns the plain spelling of letters that have no
// decomposition, and of marks that people type in different ways.
func letterByLetter(r rune) (string, bool) {
	switch r {
	case 'ß':
		return "ss", true
	case 'æ', 'ǽ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'ø', 'ǿ':
		return "o", true
	case 'ı':
		return "i", true
	case 'ł':
		return "l", true
	case 'đ', 'ð':
		return "d", true
	case 'ħ':
		return "h", true
	case 'ŋ':
		return "n", true
	case 'þ':
		return "th", true
	case 'ς':
		return "σ", true
	case '’', '‘', 'ʼ', '`', '´':
		return "'", true
	case '“', '”', '«', '»':
		return `"`, true
	case '–', '—', '‐', '‑', '−':
		return "-", true
	default:
		return "", false
	}
}

// Tokens returns the folded words of a text, in order: runs of letters and
// digits. Both engines index these and nothing else, so that a search means the
// same on both.
func Tokens(s string) []string {
	return strings.FieldsFunc(Fold(s), func(r rune) bool { return !isTokenRune(r) })
}

// IndexText returns the [Tokens] of a text joined by spaces: what a full-text
// index should hold.
func IndexText(s string) string { return strings.Join(Tokens(s), " ") }

// isTokenRune matches the characters that SQLite's unicode61 tokenizer keeps in
// a word: letters, numbers and private use.
func isTokenRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}
