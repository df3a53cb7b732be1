package e2e

import (
	"net/http"
	"strings"
	"testing"

	"heed/kernel/store"
)

// Where nothing is to be seen, the page is still that of its reader: of their
// institution, under its notice, in their language.
func TestAPageThatIsNotThereIsInTheReadersWordsAndUnderTheirNotice(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	for user, c := range map[string]struct{ notice, says string }{
		"aruiz":      {"/notices/ljmu-helpdesk", "There is no page at this address"},
		"ceze":       {"/notices/chichester-supportworks", "There is no page at this address"},
		"egagnon":    {"/notices/tmu-ccs-helpdesk", "Il n’y a"},
		"nokonkwo":   {"/notices/tmu-ccs-helpdesk", "There is no page at this address"},
		"jwhitfield": {"/notices/ljmu-helpdesk", "There is no page at this address"},
	} {
		for _, path := range []string{"/nowhere", "/requests/LJMU-999999"} {
			status, page := d.as(user).get(path)
			if status != http.StatusNotFound || !strings.Contains(page, `href="`+c.notice+`"`) {
				t.Errorf("%s at %s: %d, and not under %s", user, path, status, c.notice)
			}
			if path == "/nowhere" && !strings.Contains(page, c.says) {
				t.Errorf("%s at %s does not read %q", user, path, c.says)
			}
		}
	}
}
