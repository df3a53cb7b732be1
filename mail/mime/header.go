package mime

import (
	"bytes"
	"strings"
)

// Field is one header field: its name as written and its value, unfolded but
// not decoded.
type Field struct{ Name, Value string }

// Header is the fields of a mail or a part, in order.
type Header []Field

// Raw returns the value of the first field of a name, undecoded; "" without one.
func (h Header) Raw(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Has reports whether there is a field of that name, empty or not.
func (h Header) Has(name string) bool {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}

// All returns the values of all fields of a name, undecoded.
func (h Header) All(name string) []string {
	var out []string
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			out = append(out, f.Value)
		}
	}
	return out
}

// splitHeader cuts data, whose lines end with "\n", into header and body. In a
// mail of which nothing looks like a header, everything is body; a part may
// lawfully have no header at all, but then begins with an empty line.
func (p *reader) splitHeader(data []byte, mail bool) (Header, []byte) {
	if mail {
		data = skipPrologue(data)
	}
	var h Header
	rest, size, full := data, 0, false
	for {
		line, after, ended := nextLine(rest)
		if len(line) == 0 && ended {
			return h, after
		}
		if !ended && len(line) == 0 {
			return h, nil // a mail may lawfully be all header
		}
		name, value, isField := cutField(line)
		switch {
		case (line[0] == ' ' || line[0] == '\t') && len(h) > 0:
			size += len(line)
			if last := &h[len(h)-1]; !full && len(last.Value) < maxValue {
				last.Value = strings.TrimRight(last.Value, " \t") + " " + string(bytes.TrimSpace(line))
			}
		case isField:
			size += len(line)
			if full = full || size > maxHeader || len(h) >= maxFields; full {
				p.defect(DefectHeaderLimit)
				break
			}
			h = append(h, Field{string(name), string(bytes.TrimSpace(value[:min(len(value), maxValue)]))})
		case len(h) == 0 && mail && !moreFields(after):
			p.defect(DefectNoHeader)
			return nil, data
		case !moreFields(after):
			p.defect(DefectHeaderCut)
			return h, rest
		default:
			p.defect(DefectHeaderLine)
		}
		rest = after
	}
}

// skipPrologue drops what mailbox files and broken gateways put before the
// header: empty lines and a "From " line.
func skipPrologue(data []byte) []byte {
	trimmed := bytes.TrimLeft(data, "\n")
	if len(trimmed) == 0 {
		return data
	}
	if bytes.HasPrefix(trimmed, []byte("From ")) || bytes.HasPrefix(trimmed, []byte(">From ")) {
		_, trimmed, _ = nextLine(trimmed)
	}
	return trimmed
}

func nextLine(data []byte) (line, rest []byte, ended bool) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return bytes.TrimRight(data[:i], "\r"), data[i+1:], true
	}
	return data, nil, false
}

// cutField splits a header line at its colon. A name is printable ASCII without
// spaces (RFC 5322 §2.2); some senders put a space before the colon.
func cutField(line []byte) (name, value []byte, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 {
		return nil, nil, false
	}
	name = bytes.TrimRight(line[:colon], " \t")
	if len(name) == 0 || len(name) > 100 {
		return nil, nil, false
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return nil, nil, false
		}
	}
	return name, line[colon+1:], true
}

// moreFields reports whether the header seems to go on: within the next lines,
// before an empty one, there is a field.
func moreFields(data []byte) bool {
	for range 5 {
		line, rest, _ := nextLine(data)
		if len(line) == 0 {
			return false
		}
		if _, _, ok := cutField(line); ok {
			return true
		}
		data = rest
	}
	return false
}
