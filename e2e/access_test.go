package e2e

import (
	"strings"
	"testing"

	"heed/kernel/store"
)

// Everybody finds the statement of how accessible the pages are, in their language
// and with the law of whose desk it is.
func TestTheAccessibilityStatementIsOpenToEverybody(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		for who, want := range map[string]string{
			"":        "Accessibility for Ontarians with Disabilities Act", // the first desk's
			"aruiz":   "Equality and Human Rights Commission",
			"egagnon": "de l’Ontario",
		} {
			b := d.as(who)
			page := b.must("/accessibility")
			if !strings.Contains(page, want) || !strings.Contains(page, `href="/ask"`) || !strings.Contains(page, "3.1.2") {
				t.Errorf("%q reads:\n%s", who, page)
			}
			if !strings.Contains(b.must("/notices"), `href="/accessibility"`) {
				t.Errorf("%q finds no way to it", who)
			}
		}
	})
}
