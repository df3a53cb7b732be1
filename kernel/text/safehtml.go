package text

import (
	"strings"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

// SafeHTML is balanced markup from the allow-list of this package: no scripts,
// styles, forms, frames or remote loads. The zero value is empty. To bring
// stored markup back into this type, pass it through [Sanitize] again, which
// leaves safe markup as it is.
type SafeHTML struct{ markup string }

// String returns the markup.
func (s SafeHTML) String() string { return s.markup }

// Empty reports whether there is nothing to show.
func (s SafeHTML) Empty() bool { return strings.TrimSpace(s.markup) == "" }

// Component writes the markup into a page without escaping it.
func (s SafeHTML) Component() templ.Component { return templ.Raw(s.markup) }

// WithInline gives images that refer to another part of the same mail
// ("cid:…") the addresses under which this service hands the parts out.
// address returns a path on this host, beginning with a single slash. An image
// without an address, or with one elsewhere, is replaced by its description.
//
// The result is for one page: sanitising it again removes the images, since
// only "cid:" survives that.
func (s SafeHTML) WithInline(address func(contentID string) (path string, ok bool)) SafeHTML {
	return s.withImages(func(contentID string) (string, bool) {
		path, ok := address(contentID)
		return path, ok && strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.ContainsAny(path, "\\\t\r\n")
	})
}

// Renamed gives images that refer to another part of the same mail the names by
// which the part is kept; the result is as safe as before. An image without a name
// is replaced by its description.
func (s SafeHTML) Renamed(name func(contentID string) (string, bool)) SafeHTML {
	return s.withImages(func(contentID string) (string, bool) {
		kept, ok := name(contentID)
		return inlinePrefix + kept, ok
	})
}

const inlinePrefix = "cid:"

func (s SafeHTML) withImages(source func(contentID string) (src string, ok bool)) SafeHTML {
	if !strings.Contains(s.markup, "<img") {
		return s
	}
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(s.markup))
	for tokens.Next() != html.ErrorToken {
		raw := string(tokens.Raw())
		tok := tokens.Token()
		if tok.Data != "img" || (tok.Type != html.StartTagToken && tok.Type != html.SelfClosingTagToken) {
			b.WriteString(raw)
			continue
		}
		contentID, isPart := strings.CutPrefix(attr(tok, "src"), inlinePrefix)
		src, ok := "", false
		if isPart {
			src, ok = source(contentID)
		}
		if !ok {
			b.WriteString(html.EscapeString(attr(tok, "alt")))
			continue
		}
		setAttr(&tok, "src", src)
		b.WriteString(tok.String())
	}
	return SafeHTML{b.String()}
}

func attr(tok html.Token, name string) string {
	for _, a := range tok.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func setAttr(tok *html.Token, name, value string) {
	for i := range tok.Attr {
		if tok.Attr[i].Key == name {
			tok.Attr[i].Val = value
		}
	}
}
