package mime

import (
	"bytes"
	"strings"
)

// splitParts cuts a multipart body (RFC 2046 §5.1.1) at its boundary. A missing
// end is noted and the last part runs to the end; text before the first and
// after the last boundary means nothing and is dropped. ok is false when the
// boundary never occurs.
func (p *reader) splitParts(body []byte, boundary string) (parts [][]byte, ok bool) {
	delimiter := []byte("--" + boundary)
	start, ended := -1, false
	for at := 0; at < len(body) && !ended; {
		line, rest, _ := nextLine(body[at:])
		next := len(body) - len(rest)
		if tail, is := bytes.CutPrefix(line, delimiter); is {
			tail = bytes.TrimRight(tail, " \t")
			ended = bytes.Equal(tail, []byte("--"))
			if len(tail) == 0 || ended {
				if start >= 0 {
					parts = append(parts, bytes.TrimSuffix(body[start:at], []byte("\n")))
				}
				start = next
			}
		}
		at = next
	}
	if start < 0 {
		return nil, false
	}
	if !ended {
		p.defect(DefectBoundaryEnd)
		if start < len(body) {
			parts = append(parts, body[start:])
		}
	}
	return parts, true
}

// sniffBoundary finds the boundary of a multipart that does not name it, or
// names another: the first line that begins with two dashes and is followed by a
// header.
func sniffBoundary(body []byte) (string, bool) {
	for len(body) > 0 {
		line, rest, _ := nextLine(body)
		if name := bytes.TrimRight(line, " \t"); len(name) > 2 && len(name) < 200 && bytes.HasPrefix(name, []byte("--")) {
			next, _, _ := nextLine(rest)
			if field, _, ok := cutField(next); ok && strings.HasPrefix(strings.ToLower(string(field)), "content-") {
				return string(name[2:]), true
			}
		}
		body = rest
	}
	return "", false
}
