package text

import (
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// Sanitize returns what of a piece of HTML from outside may be shown. Elements
// that only carry layout are dropped and their text stays; scripts, styles and
// embedded objects go with their content. Links keep http, https, mailto and
// tel addresses and open elsewhere without telling where from. Images stay only
// where they refer to a part of the same mail, since loading one from a server
// tells that server who read the mail, and when.
func Sanitize(markup string) SafeHTML {
	return SafeHTML{balance(mailPolicy().Sanitize(validUTF8(markup)))}
}

// mailPolicy is built once; a bluemonday policy is read-only in use.
var mailPolicy = sync.OnceValue(newMailPolicy)

func newMailPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"p", "br", "hr", "div", "blockquote", "pre",
		"h1", "h2", "h3", "h4", "h5", "h6",
		"b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "code", "kbd", "samp",
		"ul", "ol", "li", "dl", "dt", "dd",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
	)
	p.SkipElementsContent("title")
	// A mail cut short inside one of these would otherwise lose all its words.
	p.AllowElementsContent("object", "frame", "frameset")

	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(?:ltr|rtl|auto)$`)).OnElements(
		"p", "div", "blockquote", "pre", "ul", "ol", "li", "table", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6")
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$`)).OnElements(
		"p", "div", "blockquote", "pre", "ul", "ol", "li", "table", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6")
	p.AllowAttrs("colspan", "rowspan").Matching(regexp.MustCompile(`^[1-9][0-9]{0,2}$`)).OnElements("td", "th")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,6}$`)).OnElements("ol")

	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	p.AllowURLSchemes("http", "https", "mailto", "tel", "cid")
	p.AllowAttrs("href").Matching(regexp.MustCompile(`(?i)^\s*(?:https?|mailto|tel):`)).OnElements("a")
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true) // brings rel=noopener

	// A content ID is an address-like name (RFC 2392); no white space, no quotes.
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^cid:[^\s"'<>]{1,250}$`)).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	return p
}
