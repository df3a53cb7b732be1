package main

import (
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
)

// bilingual are the prefixes of pages that requesters and the public read, which
// have to be complete in French.
func bilingual(path string) bool {
	return slices.ContainsFunc([]string{"/portal", "/signin", "/sessions", "/notice", "/looked", "/my-data", "/app", "/error", "/start"}, func(prefix string) bool {
		return strings.HasPrefix(path, prefix)
	})
}

// page draws an exhibit in a language and returns its document and the
// sentences that were not found.
func page(t *testing.T, path, lang string) (*html.Node, []string) {
	t.Helper()
	var mu sync.Mutex
	var lost []string
	words, err := loadWords("../../..", func(lang, key string) {
		mu.Lock()
		defer mu.Unlock()
		lost = append(lost, lang+": "+key)
	})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	routes(words).ServeHTTP(w, httptest.NewRequest("GET", path+"?lang="+lang, nil))
	doc, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc, lost
}

func each(n *html.Node, do func(*html.Node)) {
	if n.Type == html.ElementNode {
		do(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, do)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestEveryPageFindsItsWords(t *testing.T) {
	t.Parallel()
	for path := range exhibits() {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			_, lost := page(t, path, "en")
			if len(lost) > 0 {
				t.Errorf("no English for %v: add it to the catalogue of the slice", lost)
			}
			if !bilingual(path) {
				return
			}
			if _, lost = page(t, path, "fr"); len(lost) > 0 {
				t.Errorf("no French for %v: requesters read this page", lost)
			}
		})
	}
}

// The content policy would silently switch such attributes off; the page would
// work on the machine of whoever wrote it and nowhere else.
func TestNoPageHasInlineStyleOrScript(t *testing.T) {
	t.Parallel()
	for path := range exhibits() {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			doc, _ := page(t, path, "en")
			each(doc, func(n *html.Node) {
				if n.Data == "style" || (n.Data == "script" && attr(n, "src") == "") {
					t.Errorf("inline <%s>", n.Data)
				}
				for _, a := range n.Attr {
					inline := a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") || strings.HasPrefix(a.Val, "js:")
					if inline {
						t.Errorf("<%s %s=%q>: use a class, a data attribute or a script of its own", n.Data, a.Key, a.Val)
					}
				}
			})
		})
	}
}

func TestEveryPageIsWellMade(t *testing.T) {
	t.Parallel()
	for path := range exhibits() {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			doc, _ := page(t, path, "en")
			seen := map[string]bool{}
			var wanted []string
			each(doc, func(n *html.Node) {
				if id := attr(n, "id"); id != "" {
					if seen[id] {
						t.Errorf("two elements have the id %q", id)
					}
					seen[id] = true
				}
				if n.Data == "label" && attr(n, "for") != "" {
					wanted = append(wanted, attr(n, "for"))
				}
				for _, name := range []string{"aria-describedby", "aria-labelledby", "aria-controls"} {
					wanted = append(wanted, strings.Fields(attr(n, name))...)
				}
				if to, found := strings.CutPrefix(attr(n, "href"), "#"); found && n.Data == "a" && to != "" {
					wanted = append(wanted, to)
				}
				if n.Data == "form" && (attr(n, "action") == "" || attr(n, "method") == "") {
					t.Error("a form has no action or no method: without script it would go to this page")
				}
			})
			for _, id := range wanted {
				if !seen[id] {
					t.Errorf("something points at the id %q, which is not on the page", id)
				}
			}
		})
	}
}
