package mime

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"heed/kernel/text"
)

// Address is a mailbox: a display name, which is only ever a claim, and an
// address. The domain is in lower case and in its Unicode form turned to ASCII,
// so that two spellings of one domain are equal; the local part keeps its case.
type Address struct{ Name, Address string }

// Local returns the part before the last "@".
func (a Address) Local() string { return a.Address[:max(0, strings.LastIndexByte(a.Address, '@'))] }

// Domain returns the part after the last "@".
func (a Address) Domain() string { return a.Address[strings.LastIndexByte(a.Address, '@')+1:] }

const (
	maxAddresses = 500
	maxName      = 200
	maxAddress   = 320 // RFC 3696: 64 + 1 + 255
)

// addresses reads all fields of a name as lists of addresses.
func (p *reader) addresses(h Header, field string) []Address {
	var out []Address
	for _, value := range h.All(field) {
		before := "" // words before a comma: "Ruiz, Ana <a@b>" without its quotes
		for _, item := range splitAddresses(value) {
			a, ok := p.address(item)
			switch {
			case ok && len(out) < maxAddresses:
				if before != "" && a.Name != "" {
					a.Name = text.CleanLine(p.decode(before)+", "+a.Name, maxName)
				}
				out = append(out, a)
				before = ""
			case !ok && strings.TrimSpace(item) != "":
				p.defect(DefectAddress)
				if before = ""; !strings.ContainsAny(item, "@<>") {
					before = unquote(item)
				}
			}
		}
	}
	return out
}

// splitAddresses cuts a list at its commas, and at the semicolons that some
// senders use instead, outside of quotes, comments and angle brackets. The name
// of a group ("staff: a@…, b@…;") is dropped.
func splitAddresses(s string) []string {
	var out []string
	start, depth := 0, 0
	quoted, angled := false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && (quoted || depth > 0):
			i++
		case c == '"' && depth == 0:
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '<':
			angled = true
		case c == '>':
			angled = false
		case c == ':' && !angled && !strings.ContainsAny(s[start:i], "@<"):
			start = i + 1
		case (c == ',' || c == ';') && !(angled && closesLater(s[i:])):
			out = append(out, s[start:i])
			start, angled = i+1, false
		}
	}
	return append(out, s[start:])
}

// closesLater reports whether the open angle bracket is closed before another
// one opens; if not, it was never meant to hold the comma.
func closesLater(s string) bool {
	end := strings.IndexAny(s, "<>")
	return end >= 0 && s[end] == '>'
}

// address reads one address in any of its forms: "Name <a@b>", "a@b (Name)",
// "a@b".
func (p *reader) address(s string) (Address, bool) {
	name, spec := "", ""
	if open := lastUnquoted(s, '<'); open >= 0 {
		name = unquote(s[:open])
		spec = s[open+1:]
		if end := strings.LastIndexByte(spec, '>'); end >= 0 {
			spec = spec[:end]
		}
		// A route before the mailbox (RFC 5321, obsolete): "@relay:a@b".
		if at := strings.LastIndexByte(spec, ':'); at >= 0 && strings.HasPrefix(spec, "@") {
			spec = spec[at+1:]
		}
	} else {
		spec, name = cutComment(s)
		if fields := strings.Fields(spec); len(fields) > 1 && !strings.HasPrefix(spec, `"`) {
			// Words and a bare address: the address is the one with the "@".
			spec, name = pickAddress(fields, name)
		}
	}
	spec, ok := cleanSpec(spec)
	if !ok {
		return Address{}, false
	}
	name = text.CleanLine(p.decode(name), maxName)
	if strings.EqualFold(name, spec) {
		name = ""
	}
	return Address{name, spec}, true
}

func pickAddress(fields []string, comment string) (spec, name string) {
	var rest []string
	for _, f := range fields {
		if spec == "" && strings.Contains(f, "@") {
			spec = f
			continue
		}
		rest = append(rest, f)
	}
	if comment == "" {
		comment = unquote(strings.Join(rest, " "))
	}
	return spec, comment
}

// cleanSpec checks the form of a mailbox and brings it into the form we compare.
// It asks for little: that there is a local part and a domain, and no spaces or
// controls.
func cleanSpec(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) >= 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	s = strings.Trim(s, " \t'")
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || len(s) > maxAddress || !utf8.ValidString(s) {
		return "", false
	}
	local, domain := s[:at], strings.ToLower(strings.TrimRight(s[at+1:], "."))
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = ascii
	}
	inQuotes := len(local) > 2 && local[0] == '"' && local[len(local)-1] == '"'
	if domain == "" || strings.ContainsFunc(domain, badInDomain) ||
		(!inQuotes && strings.ContainsFunc(local, badInLocal)) || text.CleanLine(local, 0) != local {
		return "", false
	}
	return local + "@" + domain, true
}

func badInLocal(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`()<>[]:;@\,"`, r) }

func badInDomain(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`()<>;@\,"/`, r) }

// lastUnquoted returns the index of the last c outside of quotes and comments.
func lastUnquoted(s string, c byte) int {
	at, depth, quoted := -1, 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && (quoted || depth > 0):
			i++
		case s[i] == '"' && depth == 0:
			quoted = !quoted
		case quoted:
		case s[i] == '(':
			depth++
		case s[i] == ')' && depth > 0:
			depth--
		case s[i] == c && depth == 0:
			at = i
		}
	}
	return at
}

// unquote takes the quotes and their escapes off a display name.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if !strings.Contains(s, `"`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		} else if s[i] == '"' {
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// cutComment takes the comments out of an address; the last one is, by old
// custom, the name.
func cutComment(s string) (rest, comment string) {
	var b strings.Builder
	depth, start := 0, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '(':
			if depth++; depth == 1 {
				start = i + 1
			}
		case s[i] == ')' && depth > 0:
			if depth--; depth == 0 {
				comment = unquote(s[start:i])
			}
		case depth == 0:
			b.WriteByte(s[i])
		}
	}
	return strings.TrimSpace(b.String()), comment
}
