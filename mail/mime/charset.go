package mime

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// toUTF8 decodes bytes from a named charset. Names lie: UTF-8 is recognised
// behind a Western name, and Western bytes behind the name of UTF-8. The result
// is valid UTF-8, with U+FFFD for what could not be read.
func (p *reader) toUTF8(data []byte, charset string) string {
	name := strings.ToLower(strings.Trim(strings.TrimSpace(charset), `"'`))
	switch name {
	case "", "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit", "x-unknown", "7bit", "8bit", "binary", "default":
		return p.guess(data, name != "" && name != "us-ascii" && name != "ascii" && name != "utf-8" && name != "utf8")
	case "utf-7", "unicode-1-1-utf-7":
		return decodeUTF7(data)
	}
	enc := lookup(name)
	if enc == nil {
		return p.guess(data, true)
	}
	if isWestern(enc) && hasHighBytes(data) && utf8.Valid(data) {
		// Text in a Western charset that happens to be valid UTF-8 would consist
		// of letters like "Ã©"; nobody writes that.
		p.defect(DefectCharset)
		return string(data)
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		p.defect(DefectCharset)
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	return strings.ToValidUTF8(string(out), "\ufffd")
}

// guess reads bytes of no or unknown charset: UTF-8 where they mostly are,
// Western European otherwise.
func (p *reader) guess(data []byte, suspicious bool) string {
	if suspicious {
		p.defect(DefectCharset)
	}
	if utf8.Valid(data) {
		return string(data)
	}
	p.defect(DefectCharset)
	good, bad := 0, 0
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		rest = rest[size:]
	}
	if good >= bad {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	return string(out)
}

// lookup returns the encoding of a charset name, nil for an unknown one. The
// labels of the web come first: they read "iso-8859-1" as the wider windows-1252,
// as senders mean it.
func lookup(name string) encoding.Encoding {
	name = strings.TrimPrefix(name, "x-")
	for _, try := range []string{name, "x-" + name, strings.ReplaceAll(name, "_", "-"), strings.Replace(name, "cp", "windows-", 1), strings.Replace(name, "cp-", "ibm", 1)} {
		if enc, err := htmlindex.Get(try); err == nil {
			return enc
		}
		if enc, err := ianaindex.MIME.Encoding(try); err == nil && enc != nil {
			return enc
		}
	}
	return nil
}

func isWestern(enc encoding.Encoding) bool {
	return enc == charmap.Windows1252 || enc == charmap.ISO8859_1 || enc == charmap.ISO8859_15
}

func hasHighBytes(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// decodeUTF7 reads the encoding of RFC 2152: base64 of UTF-16 between "+" and
// "-" or any character outside the alphabet.
func decodeUTF7(data []byte) string {
	var out strings.Builder
	s := string(data)
	for s != "" {
		plus := strings.IndexByte(s, '+')
		if plus < 0 {
			break
		}
		out.WriteString(s[:plus])
		s = s[plus+1:]
		run := len(s) - len(strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
		units, _ := decodeBase64([]byte(s[:run]))
		if run == 0 && strings.HasPrefix(s, "-") {
			out.WriteByte('+')
		}
		out.WriteString(utf16BigEndian(units))
		s = strings.TrimPrefix(s[run:], "-")
	}
	return strings.ToValidUTF8(out.String()+s, "\ufffd")
}
