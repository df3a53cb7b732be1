package mime

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// transferDecode undoes a transfer encoding (RFC 2045 §6). Damage is repaired
// as far as it can be and noted; unknown encodings pass through. trailer is
// plain text that somebody hung below encoded data.
func (p *reader) transferDecode(data []byte, encoding string) (decoded, trailer []byte) {
	// Some senders add comments or parameters, which mean nothing.
	encoding, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(encoding)), ";")
	encoding, _, _ = strings.Cut(strings.TrimSpace(encoding), " ")
	switch encoding {
	case "base64":
		data, trailer = cutTrailer(data)
		out, clean := decodeBase64(data)
		if !clean || trailer != nil {
			p.defect(DefectBase64)
		}
		return out, trailer
	case "quoted-printable":
		out, clean := decodeQuotedPrintable(data)
		if !clean {
			p.defect(DefectQuotedPrintable)
		}
		return out, nil
	case "", "7bit", "8bit", "binary":
		return bytes.Clone(data), nil
	default:
		p.defect(DefectEncoding)
		return bytes.Clone(data), nil
	}
}

// cutTrailer finds where base64 ends and plain text goes on: at a line, not the
// first, that is a rule or has words with spaces between them.
func cutTrailer(data []byte) (encoded, trailer []byte) {
	for at := 0; at < len(data); {
		line, rest, _ := nextLine(data[at:])
		line = bytes.TrimSpace(line)
		rule := len(line) > 3 && len(bytes.Trim(line, "_-*=")) == 0
		if at > 0 && (rule || bytes.ContainsAny(line, " \t")) {
			return data[:at], data[at:]
		}
		at = len(data) - len(rest)
	}
	return data, nil
}

// decodeBase64 decodes what is base64 in data and skips what is not. Padding
// ends a group, not the data, so that blocks encoded one by one are all read. It
// reports whether everything was in order.
func decodeBase64(data []byte) ([]byte, bool) {
	d := base64Reader{out: make([]byte, 0, len(data)/4*3), clean: true}
	for _, c := range data {
		d.read(c)
	}
	if d.n > 0 {
		d.clean = false // cut in the middle
	}
	d.flush()
	return d.out, d.clean
}

type base64Reader struct {
	out    []byte
	group  [4]byte
	n      int // filled places of group
	padded bool
	clean  bool
}

func (d *base64Reader) read(c byte) {
	switch c {
	case '-': // the alphabet for addresses, used by mistake
		c, d.clean = '+', false
	case '_':
		c, d.clean = '/', false
	}
	switch {
	case 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '/':
		if d.padded {
			d.padded, d.clean = false, false
		}
		d.group[d.n] = c
		if d.n++; d.n == len(d.group) {
			d.flush()
		}
	case c == '=':
		d.flush()
		d.padded = true
	case c == '\n' || c == '\r' || c == ' ' || c == '\t':
	default:
		d.clean = false
	}
}

func (d *base64Reader) flush() {
	if d.n == 1 {
		d.clean = false // six bits are no byte
	}
	var buf [3]byte
	n, err := base64.RawStdEncoding.Decode(buf[:], d.group[:d.n])
	if err != nil {
		d.clean = false
	}
	d.out = append(d.out, buf[:n]...)
	d.n = 0
}

// decodeQuotedPrintable decodes line by line. An equals sign that begins no
// code stays as it is. It reports whether everything was in order.
func decodeQuotedPrintable(data []byte) ([]byte, bool) {
	clean := true
	out := make([]byte, 0, len(data))
	for len(data) > 0 {
		line, rest, ended := nextLine(data)
		data = rest
		// White space at the end was added on the way (RFC 2045 §6.7, rule 3).
		line = bytes.TrimRight(line, " \t")
		soft := bytes.HasSuffix(line, []byte("="))
		if soft {
			line = line[:len(line)-1]
		}
		for i := 0; i < len(line); i++ {
			if line[i] != '=' {
				out = append(out, line[i])
				continue
			}
			hi, okHi := unhex(line, i+1)
			lo, okLo := unhex(line, i+2)
			if !okHi || !okLo {
				out, clean = append(out, '='), false
				continue
			}
			out = append(out, hi<<4|lo)
			i += 2
		}
		if ended && !soft {
			out = append(out, '\n')
		}
		if soft && !ended {
			clean = false // cut in the middle
		}
	}
	return out, clean
}

func unhex(line []byte, i int) (byte, bool) {
	if i >= len(line) {
		return 0, false
	}
	switch c := line[i]; {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	default:
		return 0, false
	}
}
