package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"heed/kernel/policy"
	"heed/kernel/store"
)

func TestAMailInAColleaguesNameFromOutsideIsMarkedWhereverItIsRead(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a numbat", "in the lift")
		to := d.outgoing("acknowledgement", "Reply-To")
		d.mail(to, "From: Owen Achterberg <oachterberg@ljmu.example>\nTo: "+to+"\nSubject: Re: a numbat\nMessage-ID: <1@evil.example>\n\nPlease confirm your password.\n")
		for page, user := range map[string]string{"/requests/" + ref: "aruiz", "/desk/tickets/" + ref: "oachterberg"} {
			got := d.as(user).must(page)
			_, entry, _ := strings.Cut(got, "<article")
			_, entry, _ = strings.Cut(entry, "<article") // the second
			entry, _, _ = strings.Cut(entry, "</article>")
			if !strings.Contains(entry, "Please confirm") || !strings.Contains(entry, "Sender not verified") || !strings.Contains(entry, "oachterberg@ljmu.example") || strings.Contains(entry, "Owen") {
				t.Errorf("%s does not tell who wrote from who claims to: %s", page, entry)
			}
		}
		var got struct {
			Entries []struct {
				Author, From string
				Unverified   bool
			}
		}
		r := d.program(t, "oachterberg", policy.Resolve).get("/api/v1/tickets/" + ref)
		if err := json.Unmarshal([]byte(r.body), &got); err != nil || len(got.Entries) != 2 {
			t.Fatalf("%d %.300s: %v", r.status, r.body, err)
		}
		if x := got.Entries[1]; !x.Unverified || x.Author != "" || x.From != "oachterberg@ljmu.example" || got.Entries[0].Unverified {
			t.Errorf("a program reads %+v", got.Entries)
		}
		people := d.count("SELECT count(*) FROM person")
		d.mail(to, "From: Anyone <never@evil.example>\nTo: "+to+"\nSubject: Re: a numbat\nMessage-ID: <2@evil.example>\n\nMe too.\n")
		if n := d.count("SELECT count(*) FROM person"); n != people {
			t.Error("a stranger's mail makes them a person of the desk")
		}
		d.mail(to, "From: Ana Ruiz <aruiz@ljmu.example>\nTo: "+to+"\nSubject: Re: a numbat\nMessage-ID: <3@ljmu.example>\n\nIt is still there.\n")
		if n := strings.Count(d.as("aruiz").must("/requests/"+ref), "Sender not verified"); n != 2 {
			t.Errorf("%d of two strangers' mails are marked", n)
		}
	})
}

func TestAMailOpensAtTheDeskItWasSentToWhoeverKnowsItsSenderElsewhere(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		write := func(to, from, subject string) {
			d.mail(to+"@desk.example.org", "From: "+from+"\nTo: "+to+"@desk.example.org\nSubject: "+subject+"\nMessage-ID: <"+strings.ReplaceAll(subject, " ", "-")+"@out.example>\n\nabout a quokka\n")
		}
		write("helpdesk", "two@out.example", "first numbat")
		write("ccs", "two@out.example", "second numbat")
		write("helpdesk", "egagnon@tmu.example", "third numbat")
		write("itdesk", "amehta@co.example", "fourth numbat") // a desk works for several controllers
		for subject, prefix := range map[string]string{"first": "LJMU", "second": "TMU", "third": "LJMU"} {
			for user, own := range map[string]string{"oachterberg": "LJMU", "praman": "TMU"} {
				if page := d.as(user).must("/desk/search?q=" + subject); strings.Contains(page, "tickets/"+prefix+"-") != (own == prefix) {
					t.Errorf("%s, searching %s: want it at %s only", user, subject, prefix)
				}
			}
		}
		if page := d.as("oachterberg").must("/desk/search?q=second"); strings.Contains(page, "second numbat") {
			t.Error("a mail to another university is read here")
		}
		if n := d.count("SELECT count(*) FROM person WHERE name_source = 'mail'"); n != 3 {
			t.Errorf("%d people are known by a mail only; want the two of the first address and one of the third", n)
		}
		if status, _ := d.as("egagnon").get("/"); status != http.StatusOK {
			t.Errorf("who is known elsewhere by a mail signs in: %d", status)
		}
	})
}
