package text

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// address finds web addresses in running text. It stops before characters that
// usually belong to the sentence around it.
var address = regexp.MustCompile(`https?://[^\s<>"'\x60]*[^\s<>"'\x60.,;:!?)\]}]`)

// Plain returns a plain text as markup: characters escaped, line ends kept, web
// addresses made links.
func Plain(s string) SafeHTML {
	s = strings.TrimRight(CleanText(s), "\n")
	var b strings.Builder
	for n, line := range strings.Split(s, "\n") {
		if n > 0 {
			b.WriteString("<br>\n")
		}
		rest := 0
		for _, at := range address.FindAllStringIndex(line, -1) {
			link := html.EscapeString(line[at[0]:at[1]])
			b.WriteString(html.EscapeString(line[rest:at[0]]))
			b.WriteString(`<a href="` + link + `">` + link + `</a>`)
			rest = at[1]
		}
		b.WriteString(html.EscapeString(line[rest:]))
	}
	return Sanitize(b.String())
}
