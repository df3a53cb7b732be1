package e2e

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/store"
)

// Asking for a link is the same work whoever asks: who is known here is looked up
// behind the answer.
func TestAskingForALinkDoesTheSameForEverybody(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		host := d.outside("aruiz")
		b := d.as("")
		for _, address := range []string{"aruiz@" + host, "nobody.at.all@" + host, "stranger@else.example"} {
			status, page := b.post("/sign-in/link", url.Values{"mail": {address}, "back": {"/requests"}})
			if status != http.StatusOK || !strings.Contains(page, address) {
				t.Errorf("%s: %d", address, status)
			}
		}
		const queued = "SELECT count(*) FROM job WHERE kind = 'session.link'"
		if n := d.count(queued); n != 3 {
			t.Errorf("%d jobs for three addresses", n)
		}
		if n := d.count(queued + " AND (payload LIKE '%ruiz%' OR payload LIKE '%@%' OR payload LIKE '%requests%')"); n != 0 {
			t.Errorf("%d jobs can be read", n)
		}
		if n := d.count("SELECT count(*) FROM mail_out WHERE kind = 'sign-in link'") + d.count("SELECT count(*) FROM link_token"); n != 0 {
			t.Error("something was made before the answer")
		}
		d.settle()
		if n := d.count(queued); n != 0 {
			t.Errorf("%d jobs are left", n)
		}
		if got := len(d.sent("sign-in link")); got != 1 {
			t.Errorf("%d mails, want the one for the address that is known", got)
		}
		link := regexp.MustCompile(`/sign-in/link/\S+`).FindString(d.outgoingTo("aruiz@" + host))
		if status, to := b.post(link, nil); status != http.StatusSeeOther || to != "/requests" {
			t.Errorf("the link %s leads to %d %s", link, status, to)
		}
		if status, _ := b.get("/requests"); status != http.StatusOK {
			t.Errorf("signed in by the link: %d", status)
		}
	})
}

// outside is the domain of somebody's mail address.
func (d *desk) outside(user string) string {
	d.t.Helper()
	var host string
	d.read(func(tx *store.Tx) error {
		p, err := d.People.Person(d.t.Context(), tx, number(d.t, d.person(user)))
		_, host, _ = strings.Cut(p.First(directory.Email), "@")
		return err
	})
	return host
}
