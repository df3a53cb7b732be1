package text

import (
	"strings"

	"golang.org/x/net/html"
)

// HTMLToText returns the words of an HTML document as plain text: paragraphs
// apart, list items with a dash, quotations marked with ">", table rows on a
// line each, images by their description, links followed by their address where
// it is not the text itself. It is for mails that carry no text part, for the
// search index and for quote folding; it never fails.
func HTMLToText(markup string) string {
	w := textWriter{}
	tokens := html.NewTokenizer(strings.NewReader(validUTF8(markup)))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return w.finish()
		case html.TextToken:
			w.text(tokens.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(tokens.Token())
		case html.EndTagToken:
			w.end(tokens.Token().Data)
		case html.CommentToken, html.DoctypeToken:
			// Not words.
		}
	}
}

type textWriter struct {
	out    strings.Builder
	line   strings.Builder
	blank  bool   // a paragraph ended: one empty line before the next words
	quote  int    // open quotations
	pre    int    // open preformatted blocks
	silent string // element whose content is not shown, until its end
	links  []openLink
}

type openLink struct {
	href string
	from int // length of the line when the link began
}

// maxQuote is how many quotation marks a line gets at most.
const maxQuote = 20

func (w *textWriter) text(s string) {
	if w.silent != "" {
		return
	}
	s = cleanControls(s)
	if w.pre > 0 {
		for n, part := range strings.Split(s, "\n") {
			if n > 0 {
				w.breakLine()
			}
			w.line.WriteString(part)
		}
		return
	}
	for n, word := range strings.FieldsFunc(s, isHTMLSpace) {
		if n > 0 || isHTMLSpace(rune(s[0])) {
			w.space()
		}
		w.line.WriteString(word)
	}
	if s != "" && isHTMLSpace(rune(s[len(s)-1])) {
		w.space()
	}
}

// isHTMLSpace reports the white space that a browser collapses. The
// no-break space is not among it; it becomes a plain space at the end.
func isHTMLSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\f' || r == '\r' }

func (w *textWriter) space() {
	if s := w.line.String(); s != "" && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, "\t") {
		w.line.WriteByte(' ')
	}
}

func (w *textWriter) start(tok html.Token) {
	if w.silent != "" {
		return
	}
	switch tok.Data {
	case "script", "style", "title":
		if tok.Type == html.StartTagToken {
			w.silent = tok.Data
		}
	case "br":
		w.breakLine()
	case "hr":
		w.endLine()
		w.line.WriteString("----------")
		w.endLine()
	case "img":
		if alt := CleanLine(attr(tok, "alt"), 200); alt != "" {
			w.space()
			w.line.WriteString("[" + alt + "] ")
		}
	case "a":
		w.links = append(w.links, openLink{strings.TrimSpace(attr(tok, "href")), w.line.Len()})
	case "td", "th":
		w.space()
	case "li":
		w.endLine()
		w.line.WriteString("- ")
	case "blockquote":
		w.endLine()
		w.quote++
	case "pre":
		w.paragraph()
		w.pre++
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl":
		w.paragraph()
	case "div", "tr", "dt", "dd", "body", "section", "article", "header", "footer", "center", "caption":
		w.endLine()
	}
}

func (w *textWriter) end(name string) {
	if w.silent != "" {
		if w.silent == name {
			w.silent = ""
		}
		return
	}
	switch name {
	case "a":
		w.closeLink()
	case "blockquote":
		w.endLine()
		w.quote = max(0, w.quote-1)
	case "pre":
		w.pre = max(0, w.pre-1)
		w.paragraph()
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl":
		w.paragraph()
	case "div", "tr", "li", "dt", "dd", "body", "section", "article", "header", "footer", "center", "caption":
		w.endLine()
	}
}

// closeLink writes a link's address behind its words, where it adds something.
func (w *textWriter) closeLink() {
	if len(w.links) == 0 {
		return
	}
	link := w.links[len(w.links)-1]
	w.links = w.links[:len(w.links)-1]
	line := w.line.String()
	if link.from > len(line) {
		link.from = 0 // the line broke inside the link
	}
	shown := strings.TrimSpace(line[link.from:])
	web := strings.HasPrefix(link.href, "http://") || strings.HasPrefix(link.href, "https://")
	if !web || shown == link.href || strings.TrimSuffix(link.href, "/") == "https://"+shown || shown == "" {
		return
	}
	w.space()
	w.line.WriteString("<" + link.href + ">")
}

// breakLine ends the line even when it is empty.
func (w *textWriter) breakLine() {
	if strings.TrimSpace(w.line.String()) == "" {
		w.line.Reset()
		w.blank = w.out.Len() > 0
		return
	}
	w.endLine()
}

func (w *textWriter) paragraph() {
	w.endLine()
	w.blank = w.out.Len() > 0
}

// endLine writes the line out, if it has words.
func (w *textWriter) endLine() {
	s := strings.TrimRight(strings.ReplaceAll(w.line.String(), "\u00a0", " "), " \t")
	w.line.Reset()
	if s == "" {
		return
	}
	mark := strings.Repeat("> ", min(w.quote, maxQuote))
	if w.blank {
		w.out.WriteString(strings.TrimRight(mark, " ") + "\n")
		w.blank = false
	}
	w.out.WriteString(mark + s + "\n")
}

func (w *textWriter) finish() string {
	w.endLine()
	return w.out.String()
}
