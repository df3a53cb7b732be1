package mime

import (
	"strings"
	"unicode/utf8"
)

// decode reads the encoded words (RFC 2047) of a header value and returns it as
// UTF-8. It is more forgiving than the RFC: words may be quoted, hold spaces,
// touch other text, be cut short, or split a character between them. Bare bytes
// are read as UTF-8 or, failing that, in the charset of the mail.
func (p *reader) decode(s string) string {
	var out strings.Builder
	var pending encodedWord // words of one charset, joined before decoding
	flush := func() {
		if pending.charset != "" {
			out.WriteString(p.toUTF8(pending.data, pending.charset))
			pending = encodedWord{}
		}
	}
	for s != "" {
		start := strings.Index(s, "=?")
		if start < 0 {
			break
		}
		word, size, ok := parseEncodedWord(s[start:])
		if !ok {
			p.defect(DefectEncodedWord)
			flush()
			out.WriteString(p.bare(s[:start+2]))
			s = s[start+2:]
			continue
		}
		between := s[:start]
		if pending.charset == "" || strings.TrimSpace(between) != "" {
			flush()
			out.WriteString(p.bare(between))
		} else if !strings.EqualFold(pending.charset, word.charset) {
			flush()
		}
		pending.charset = word.charset
		pending.data = append(pending.data, word.data...)
		s = s[start+size:]
	}
	flush()
	out.WriteString(p.bare(s))
	return out.String()
}

type encodedWord struct {
	charset string
	data    []byte
}

// parseEncodedWord reads the word at the start of s ("=?charset?encoding?…?=")
// and returns how long it is. The end mark may be missing at the end of s.
func parseEncodedWord(s string) (encodedWord, int, bool) {
	fields := strings.SplitN(s[2:], "?", 3)
	if len(fields) < 3 || fields[0] == "" || len(fields[0]) > 50 || len(fields[1]) != 1 || strings.ContainsAny(fields[0], " \t") {
		return encodedWord{}, 0, false
	}
	payload := fields[2]
	size := 2 + len(fields[0]) + 1 + 2
	end := strings.Index(payload, "?=")
	if end < 0 {
		if strings.ContainsAny(payload, " \t") {
			return encodedWord{}, 0, false
		}
		size += len(payload)
	} else {
		payload = payload[:end]
		size += end + 2
	}
	charset, _, _ := strings.Cut(fields[0], "*") // RFC 2231 §5: a language may follow
	if charset == "" {
		return encodedWord{}, 0, false
	}
	switch fields[1] {
	case "B", "b":
		data, _ := decodeBase64([]byte(payload))
		return encodedWord{charset, data}, size, true
	case "Q", "q":
		data, _ := decodeQuotedPrintable([]byte(strings.ReplaceAll(payload, "_", " ")))
		if strings.HasSuffix(payload, "_") || strings.HasSuffix(payload, " ") {
			// White space at the end is meant here, unlike at the end of a line.
			trailing := len(payload) - len(strings.TrimRight(payload, "_ "))
			data = append(data, strings.Repeat(" ", trailing)...)
		}
		return encodedWord{charset, data}, size, true
	default:
		return encodedWord{}, 0, false
	}
}

// bare returns header bytes outside encoded words as UTF-8.
func (p *reader) bare(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			p.defect(DefectRawHeader)
			if utf8.ValidString(s) {
				return s
			}
			return p.toUTF8([]byte(s), p.fallback)
		}
	}
	return s
}
