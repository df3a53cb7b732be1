package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may follow one character. Real scripts
// need at most a handful; towers of them cover the lines above.
const maxMarks = 6

// CleanLine makes one line of display text from outside bytes: names, subjects,
// file names. Broken UTF-8 becomes U+FFFD, line breaks and tabs become spaces,
// runs of space become one, control characters disappear, and so do all marks
// that reorder or hide what follows: in a single line a name that reads
// "exe.pdf" backwards is never meant well. The plain direction marks and the
// joiners that right-to-left scripts and emoji need stay. The result has at
// most max runes, an ellipsis included; max of zero or less means no limit.
func CleanLine(s string, max int) string {
	var b strings.Builder
	b.Grow(len(s))
	space, marks := false, 0
	for _, r := range validUTF8(s) {
		switch {
		case unicode.IsSpace(r) || isBreak(r):
			space = b.Len() > 0
			continue
		case isHidden(r) || isReordering(r):
			continue
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
			if marks++; marks > maxMarks {
				continue
			}
		default:
			marks = 0
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if max <= 0 {
		return b.String()
	}
	return Truncate(b.String(), max)
}

// CleanText makes a body of text from outside bytes: line ends become "\n",
// broken UTF-8 becomes U+FFFD, and control characters other than the tab and
// the two marks that force a direction on what follows disappear. Embeddings and
// isolates stay, since a body in two scripts may need them and each line ends
// their reach.
func CleanText(s string) string {
	s = validUTF8(s)
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return cleanControls(s)
}

func cleanControls(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case isBreak(r):
			return '\n'
		case r == '\u202d' || r == '\u202e': // overrides
			return -1
		case isHidden(r) && r != '\u200b' && r != '\u00ad':
			return -1 // hints for line breaking stay in bodies
		default:
			return r
		}
	}, s)
}

// Truncate shortens s to at most max runes, the last being an ellipsis where
// something was cut. It does not cut between a character and what belongs to
// it: combining marks, joined emoji, variants, skin tones, halves of a flag.
func Truncate(s string, max int) string {
	if max <= 0 {
		return ""
	}
	if utf8.RuneCountInString(s) <= max {
		return s
	}
	runes := []rune(s)
	cut := max - 1
	for cut > 0 && joined(runes, cut) {
		cut--
	}
	return strings.TrimRightFunc(string(runes[:cut]), unicode.IsSpace) + "…"
}

// joined reports whether a cut before runes[i] would split one character.
func joined(runes []rune, i int) bool {
	const joiner = '\u200d'
	r, previous := runes[i], runes[i-1]
	switch {
	case unicode.Is(unicode.M, r), r == joiner, previous == joiner:
		return true
	case r >= 0x1f3fb && r <= 0x1f3ff: // skin tones
		return true
	case isFlagHalf(r):
		halves := 0
		for j := i - 1; j >= 0 && isFlagHalf(runes[j]); j-- {
			halves++
		}
		return halves%2 == 1
	default:
		return false
	}
}

func isFlagHalf(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

func validUTF8(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// isBreak reports the characters that end a line or a page.
func isBreak(r rune) bool {
	switch r {
	case '\n', '\v', '\f', '\r', '\u0085', '\u2028', '\u2029':
		return true
	default:
		return false
	}
}

// isReordering reports the embeddings, overrides and isolates of the Unicode
// bidirectional algorithm (UAX #9), but not the plain marks U+200E, U+200F and
// U+061C, which only give neighbours a direction.
func isReordering(r rune) bool {
	return (r >= '\u202a' && r <= '\u202e') || (r >= '\u2066' && r <= '\u2069')
}

// isHidden reports characters that show nothing and say nothing: controls,
// byte-order marks, soft hyphens, fillers, and the tag characters in which
// whole sentences can be smuggled past a reader.
func isHidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.Is(unicode.Cc, r):
		return true
	case r == '\u00ad', r == '\u200b', r == '\u2060', r == '\ufeff', r == '\u3164', r == '\u115f', r == '\u1160':
		return true
	case r >= '\u2061' && r <= '\u2064', r >= '\u206a' && r <= '\u206f', r >= '\ufff9' && r <= '\ufffb':
		return true
	default:
		return r >= 0xe0000 && r <= 0xe007f
	}
}
