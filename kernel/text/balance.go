package text

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// maxDepth is how deep safe markup nests. Browsers stop at 512; mails that nest
// deeper than this are quoting loops or attacks.
const maxDepth = 96

// balance makes a fragment self-contained: every element it opens is closed in
// order, nothing it did not open is closed, and pieces of lists and tables
// appear only inside one. Without that, "</div></div>" in a mail would end
// elements of the page it is shown in. Texts lose the marks that reorder
// characters, also where they were written as entities.
func balance(fragment string) string {
	b := balancer{}
	tokens := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch tokens.Next() {
		case html.ErrorToken: // the end: a reader of a string has no other error
			b.closeTo(0)
			return b.out.String()
		case html.TextToken:
			b.text(tokens.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			b.start(tokens.Token())
		case html.EndTagToken:
			b.end(tokens.Token().Data)
		case html.CommentToken, html.DoctypeToken:
			// Not content.
		}
	}
}

type balancer struct {
	out  strings.Builder
	open []string
	// skipped counts elements per name that were opened too deep and left out,
	// so that their end tags are left out too.
	skipped map[string]int
}

func (b *balancer) text(s string) {
	b.out.WriteString(html.EscapeString(cleanControls(s)))
}

func (b *balancer) start(tok html.Token) {
	name := tok.Data
	if isVoid(name) {
		b.out.WriteString(voidTag(tok))
		return
	}
	if homes := homesOf(name); homes != nil && !b.within(homes) {
		return
	}
	if len(b.open) >= maxDepth {
		if b.skipped == nil {
			b.skipped = make(map[string]int)
		}
		b.skipped[name]++
		return
	}
	tok.Type = html.StartTagToken
	b.out.WriteString(tok.String())
	b.open = append(b.open, name)
}

func (b *balancer) end(name string) {
	if b.skipped[name] > 0 {
		b.skipped[name]--
		return
	}
	if i := lastIndex(b.open, name); i >= 0 && !b.walled(i, name) {
		b.closeTo(i)
	}
}

// walled reports whether a table cell stands between the element at i and the
// end tag: inside a cell nothing outside the cell can be closed, except by the
// table itself.
func (b *balancer) walled(i int, name string) bool {
	if homesOf(name) != nil || name == "table" {
		return false
	}
	return slices.ContainsFunc(b.open[i+1:], func(n string) bool { return n == "td" || n == "th" })
}

func (b *balancer) closeTo(depth int) {
	for len(b.open) > depth {
		last := len(b.open) - 1
		b.out.WriteString("</" + b.open[last] + ">")
		b.open = b.open[:last]
	}
}

// within reports whether one of the given elements is open.
func (b *balancer) within(homes []string) bool {
	return slices.ContainsFunc(b.open, func(n string) bool { return slices.Contains(homes, n) })
}

func lastIndex(open []string, name string) int {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] == name {
			return i
		}
	}
	return -1
}

// homesOf returns the elements inside which a piece of a list or table makes
// sense, or nil for elements that may stand anywhere.
func homesOf(name string) []string {
	switch name {
	case "li":
		return []string{"ul", "ol"}
	case "dt", "dd":
		return []string{"dl"}
	case "caption", "thead", "tbody", "tfoot", "tr":
		return []string{"table"}
	case "td", "th":
		return []string{"tr"}
	default:
		return nil
	}
}

func isVoid(name string) bool { return name == "br" || name == "hr" || name == "img" }

func voidTag(tok html.Token) string {
	tok.Type = html.StartTagToken
	return tok.String()
}
