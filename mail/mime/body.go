package mime

import (
	"bytes"
	"fmt"
	"html"
	"path"
	"strings"

	"heed/kernel/text"
)

// content is what the body of a part says, in both forms.
type content struct {
	text, html       string
	hasText, hasHTML bool
	derived          bool // text was made from markup in part
}

// part walks one part and what is in it, and returns what of it is body; the
// rest becomes attachments.
func (p *reader) part(h Header, body []byte, depth int) content {
	if p.parts++; p.parts > maxParts {
		p.defect(DefectParts)
		return content{}
	}
	kind := p.kind(h)
	if kind.top() == "multipart" {
		if depth >= maxDepth {
			p.defect(DefectDepth)
			p.attach(h, kind, body)
			return content{}
		}
		return p.multipart(h, kind, body, depth)
	}
	data, trailer := p.transferDecode(body, h.Raw("Content-Transfer-Encoding"))
	if kind.top() == "text" {
		data = append(data, trailer...) // a gateway's footer is words; in a file it is damage
	}
	disposition := h.mediaType("Content-Disposition")
	named := p.fileName(kind, disposition) != ""
	switch {
	case kind.value == "message/delivery-status" || kind.value == "message/disposition-notification":
		p.report = data
		return content{}
	case kind.value == "text/rfc822-headers":
		p.returned = data
	case kind.value == "message/rfc822" && p.returned == nil:
		p.returned = data
	case disposition.value == "attachment" || (named && disposition.value != "inline"):
	case kind.value == "text/plain" && !(named && depth > 0):
		return content{text: p.plain(kind, data), hasText: true}
	case kind.value == "text/html" && !(named && depth > 0):
		return content{html: p.lines(kind, data), hasHTML: true}
	}
	p.attach(h, kind, data)
	return content{}
}

// kind returns the media type of a part: text where none is given (RFC 2045
// §5.2) or none can be made out.
func (p *reader) kind(h Header) mediaType {
	kind := h.mediaType("Content-Type")
	top, sub, ok := strings.Cut(kind.value, "/")
	switch {
	case kind.value == "text" || kind.value == "":
		if h.Raw("Content-Type") != "" {
			p.defect(DefectMediaType)
		}
		kind.value = "text/plain"
	case !ok || top == "" || sub == "" || strings.ContainsAny(kind.value, "\"'(),<>@[]?=") || strings.Count(kind.value, "/") > 1 || text.CleanLine(kind.value, 100) != kind.value:
		p.defect(DefectMediaType)
		kind.value = "application/octet-stream"
	}
	return kind
}

func (p *reader) multipart(h Header, kind mediaType, body []byte, depth int) content {
	// An encoding on a multipart is forbidden (RFC 2045 §6.4), yet it comes.
	if e := strings.ToLower(strings.TrimSpace(h.Raw("Content-Transfer-Encoding"))); e == "base64" || e == "quoted-printable" {
		if boundary := kind.params["boundary"]; boundary == "" || !bytes.Contains(body, []byte("--"+boundary)) {
			body, _ = p.transferDecode(body, e)
		}
	}
	raws, ok := [][]byte(nil), false
	if boundary := kind.params["boundary"]; boundary != "" {
		raws, ok = p.splitParts(body, boundary)
	}
	if !ok {
		p.defect(DefectNoBoundary)
		if boundary, found := sniffBoundary(body); found {
			raws, ok = p.splitParts(body, boundary)
		}
	}
	if !ok {
		return content{text: p.plain(mediaType{}, body), hasText: true}
	}
	var contents []content
	for _, raw := range raws {
		header, data := p.splitHeader(raw, false)
		if kind.value == "multipart/digest" && !header.Has("Content-Type") {
			header = append(header, Field{"Content-Type", "message/rfc822"}) // RFC 2046 §5.1.5
		}
		contents = append(contents, p.part(header, data, depth+1))
	}
	if kind.value == "multipart/alternative" {
		return alternative(contents)
	}
	return sequence(contents)
}

// alternative joins forms of one content: the first that has text speaks for
// the text, the last that has markup for the markup (RFC 2046 §5.1.4 puts the
// best last).
func alternative(cs []content) content {
	var out content
	for _, c := range cs {
		if c.hasText && strings.TrimSpace(out.text) == "" {
			out.text, out.hasText = c.text, true
		}
		if c.hasHTML && strings.TrimSpace(c.html) != "" {
			out.html, out.hasHTML = c.html, true
		}
	}
	return out
}

// sequence joins contents that follow each other. Where one has markup the
// others are given some too, so that neither form loses a piece.
func sequence(cs []content) content {
	var out content
	for _, c := range cs {
		switch {
		case !c.hasText && !c.hasHTML:
			continue
		case !out.hasText && !out.hasHTML:
			out = c
			continue
		}
		joined := content{hasText: out.hasText || c.hasText, hasHTML: out.hasHTML || c.hasHTML}
		if joined.hasHTML {
			joined.html = out.markup() + "\n" + c.markup()
		}
		if joined.hasText {
			joined.text = strings.TrimRight(out.plain(), "\n") + "\n\n" + c.plain()
			joined.derived = out.derived || c.derived || !out.hasText || !c.hasText
		}
		out = joined
	}
	return out
}

func (c content) markup() string {
	if c.hasHTML {
		return c.html
	}
	return "<div>" + strings.ReplaceAll(html.EscapeString(strings.TrimRight(c.text, "\n")), "\n", "<br>\n") + "</div>"
}

func (c content) plain() string {
	if c.hasText {
		return c.text
	}
	return text.HTMLToText(c.html)
}

// finish returns both forms of a whole mail. A text of nothing beside markup
// that says something is an empty shell, and gives way.
func (c content) finish() (plain, markup string, fromHTML bool) {
	if c.hasHTML && strings.TrimSpace(c.text) == "" {
		return text.HTMLToText(c.html), c.html, true
	}
	return c.text, c.html, c.derived
}

// lines decodes a text to UTF-8 without controls.
func (p *reader) lines(kind mediaType, data []byte) string {
	charset := kind.charset()
	if charset == "" && kind.value == "text/html" {
		charset = metaCharset(data)
	}
	return text.CleanText(p.toUTF8(data, charset))
}

// metaCharset finds the charset that an HTML document names for itself.
func metaCharset(data []byte) string {
	head := bytes.ToLower(data[:min(len(data), 2048)])
	_, after, ok := bytes.Cut(head, []byte("charset="))
	if !ok || !bytes.Contains(head, []byte("<meta")) {
		return ""
	}
	after = bytes.TrimLeft(after, `"'`)
	if end := bytes.IndexAny(after, "\"'>; /\n"); end >= 0 {
		return string(after[:end])
	}
	return ""
}

func (p *reader) plain(kind mediaType, data []byte) string {
	s := p.lines(kind, data)
	if strings.EqualFold(kind.params["format"], "flowed") {
		s = unflow(s, strings.EqualFold(kind.params["delsp"], "yes"))
	}
	return s
}

func (p *reader) attach(h Header, kind mediaType, data []byte) {
	disposition := h.mediaType("Content-Disposition")
	a := Attachment{
		Name:      p.fileName(kind, disposition),
		MediaType: kind.value,
		Inline:    disposition.value == "inline" || (disposition.value == "" && h.Has("Content-ID")),
		Data:      data,
	}
	if ids := messageIDs(h.Raw("Content-ID")); len(ids) > 0 {
		a.ContentID = ids[0]
	} else {
		a.ContentID = text.CleanLine(h.Raw("Content-ID"), maxID)
	}
	if a.Name == "" && kind.value == "message/rfc822" {
		inner := &reader{}
		header, _ := inner.splitHeader(data, true)
		a.Name = cleanName(inner.decode(header.Raw("Subject")) + ".eml")
	}
	if a.Name == "" || a.Name == ".eml" {
		a.Name = fmt.Sprintf("part-%d%s", p.parts, extension(kind.value))
	}
	p.attachments = append(p.attachments, a)
}

// fileName returns the name a part gives itself, clean; "" without one.
func (p *reader) fileName(kind, disposition mediaType) string {
	name := p.param(disposition, "filename")
	if name == "" {
		name = p.param(kind, "name")
	}
	return cleanName(name)
}

const maxFileName = 150

// cleanName makes a file name of what a sender wrote: one line, no folders, no
// leading dots, not over-long but with its ending kept, since that is what tells
// a person what it is.
func cleanName(s string) string {
	s = strings.ReplaceAll(text.CleanLine(s, 0), `\`, "/")
	if s = path.Base(s); s == "/" {
		return ""
	}
	s = strings.TrimLeft(strings.TrimSpace(s), ".")
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, s)
	if ext := path.Ext(s); len(ext) > 1 && len(ext) <= 12 {
		return text.Truncate(strings.TrimSuffix(s, ext), maxFileName-len(ext)) + ext
	}
	return text.Truncate(s, maxFileName)
}

// extension returns the ending for a part without a name.
func extension(mediaType string) string {
	switch mediaType {
	case "text/plain":
		return ".txt"
	case "text/html":
		return ".html"
	case "text/calendar":
		return ".ics"
	case "text/rfc822-headers", "message/rfc822":
		return ".eml"
	case "image/jpeg":
		return ".jpg"
	case "image/png", "image/gif", "image/webp", "application/pdf", "application/zip":
		return "." + mediaType[strings.IndexByte(mediaType, '/')+1:]
	default:
		return ".bin"
	}
}
