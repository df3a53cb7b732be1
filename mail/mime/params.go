package mime

import (
	"cmp"
	"encoding/binary"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// mediaType is a parsed Content-Type or Content-Disposition: the value in lower
// case and its parameters, raw, by lower-case name.
type mediaType struct {
	value  string
	params map[string]string
}

func (h Header) mediaType(field string) mediaType { return parseMediaType(h.Raw(field)) }

func (m mediaType) charset() string { return m.params["charset"] }

// top returns the part before the slash.
func (m mediaType) top() string {
	top, _, _ := strings.Cut(m.value, "/")
	return top
}

// parseMediaType reads a value and its parameters. It accepts parameters after
// a missing semicolon, unquoted values with spaces, and doubled semicolons.
func parseMediaType(s string) mediaType {
	s = strings.TrimSpace(s)
	end := strings.IndexAny(s, "; \t")
	if end < 0 {
		end = len(s)
	}
	m := mediaType{value: strings.ToLower(s[:end]), params: make(map[string]string)}
	rest := s[end:]
	for len(m.params) < maxFields {
		rest = strings.TrimLeft(rest, "; \t")
		equals := strings.IndexByte(rest, '=')
		if equals < 0 {
			return m
		}
		name := strings.ToLower(strings.TrimSpace(rest[:equals]))
		if i := strings.LastIndexAny(name, "; \t"); i >= 0 {
			name = name[i+1:] // words without a value before it
		}
		var value string
		value, rest = paramValue(strings.TrimLeft(rest[equals+1:], " \t"))
		if _, twice := m.params[name]; !twice && name != "" {
			m.params[name] = value
		}
	}
	return m
}

// paramValue reads a quoted value, or everything up to the next semicolon. Only
// quotes and backslashes can be escaped: file names of Windows come with bare
// backslashes.
func paramValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexByte(s, ';')
		if end < 0 {
			end = len(s)
		}
		return strings.TrimSpace(s[:end]), s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}

// param returns a parameter decoded: in one piece or continued, plain or with a
// charset (RFC 2231), or, against the rules but common, as encoded words.
func (p *reader) param(m mediaType, name string) string {
	if v, ok := m.params[name+"*"]; ok {
		return p.extended(v)
	}
	pieces := continuations(m, name)
	if len(pieces) == 0 {
		return p.decode(m.params[name])
	}
	var raw strings.Builder
	encoded := false
	for _, piece := range pieces {
		v := m.params[piece.key]
		if piece.encoded {
			encoded = true
		} else {
			v = strings.ReplaceAll(v, "%", "%25")
		}
		raw.WriteString(v)
	}
	if !encoded {
		return p.decode(strings.ReplaceAll(raw.String(), "%25", "%"))
	}
	return p.extended(raw.String())
}

type continuation struct {
	key     string
	n       int
	encoded bool
}

// continuations returns the pieces name*0, name*1* and so on, in order.
func continuations(m mediaType, name string) []continuation {
	var out []continuation
	for _, key := range slices.Sorted(maps.Keys(m.params)) {
		number, ok := strings.CutPrefix(key, name+"*")
		if !ok {
			continue
		}
		number, encoded := strings.CutSuffix(number, "*")
		if n, err := strconv.Atoi(number); err == nil && n >= 0 {
			out = append(out, continuation{key, n, encoded})
		}
	}
	slices.SortFunc(out, func(a, b continuation) int { return cmp.Compare(a.n, b.n) })
	return out
}

// extended decodes charset'language'percent-encoded.
func (p *reader) extended(s string) string {
	charset, rest, ok := strings.Cut(s, "'")
	_, value, ok2 := strings.Cut(rest, "'")
	if !ok || !ok2 {
		charset, value = "utf-8", s
	}
	data, err := url.PathUnescape(value)
	if err != nil {
		p.defect(DefectEncodedWord)
		data = value
	}
	return p.toUTF8([]byte(data), charset)
}

func utf16BigEndian(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for len(b) >= 2 {
		units = append(units, binary.BigEndian.Uint16(b))
		b = b[2:]
	}
	return string(utf16.Decode(units))
}
