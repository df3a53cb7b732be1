package e2e

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

func TestNoWordOfAMailGetsIntoTheHeadOfItsTicket(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		for _, head := range []string{"", "Subject:\n", "Subject:   \n", "Subject: =?utf-8?q?=E2=80=8B?=\n"} {
			d.mail("supportme@desk.example.org", "From: ceze@chi.example\nTo: supportme@desk.example.org\n"+head+"Message-ID: <"+id.Secret()+"@chi.example>\n\ncapuchin printer jammed\nby a marmoset\n")
		}
		support, analyst := d.as("mtan"), d.as("hsorensen")
		program := d.program(t, "hsorensen", policy.Resolve)
		list := analyst.must("/desk?view=all")
		if n := strings.Count(list, "E-mail without a subject"); n < 4 {
			t.Errorf("the list shows %d mails without a subject", n)
		}
		for name, page := range map[string]string{
			"the list": list, "the search": analyst.must("/desk/search?q=marmoset"), "the search by the first line": analyst.must("/desk/search?q=jammed"), "the palette": analyst.must("/desk/find?q=jammed"),
			"the list of the API": program.get("/api/v1/tickets").body, "the search of the API": program.get("/api/v1/search?q=jammed").body, "the ticket": analyst.must("/desk/tickets/" + d.newest("CHI")),
			"the ticket of the API": program.get("/api/v1/tickets/" + d.newest("CHI")).body,
		} {
			if strings.Contains(page, "capuchin") || strings.Contains(page, "/desk/tickets/CHI-") && strings.Contains(name, "search") {
				t.Errorf("%s tells an analyst without a support role what a mail says", name)
			}
		}
		if page := support.must("/desk/search?q=capuchin"); !strings.Contains(page, "/desk/tickets/CHI-") {
			t.Error("a support role does not find the mail by its words")
		}
		if status, _ := analyst.get("/desk/tickets/" + d.newest("CHI")); status != http.StatusOK {
			t.Errorf("an analyst cannot open the call: %d", status)
		}
	})
}

func TestAUserNameOfAnotherDeskIsOneThatNobodyHas(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a bilby", "in the lab")
		ways := map[string]func(name string) (int, string){
			"asking for somebody": func(name string) (int, string) {
				b := d.as("aruiz")
				r := b.send(b.form("/ask", "/ask").fill("subject=for them", "body=quoll", "for="+name))
				return r.status, r.body
			},
			"following": func(name string) (int, string) {
				b, page := d.as("oachterberg"), "/desk/tickets/"+ref+"/watch"
				r := b.send(b.form(page, page).fill("who=" + name))
				return r.status, r.body
			},
			"asking by the API": func(name string) (int, string) {
				r := d.program(t, "aruiz", policy.Own).send("/api/v1/tickets", "application/json", strings.NewReader(`{"subject":"for them","text":"quoll","affected":"`+name+`"}`))
				return r.status, r.body
			},
			"giving by the API": func(name string) (int, string) {
				r := d.program(t, "oachterberg", policy.Resolve).send("/api/v1/tickets/"+ref+"/assign", "application/json", strings.NewReader(`{"team":"IT-DESK","assignee":"`+name+`"}`))
				return r.status, r.body
			},
		}
		for name, way := range ways {
			status, none := way("nobody1")
			if status != http.StatusUnprocessableEntity || !strings.Contains(none, "nobody here has") && !strings.Contains(none, "Nobody here has") {
				t.Errorf("%s: a name that nobody has gets %d %.300s", name, status, none)
			}
			was, foreign := way("praman")
			if was != status || said(foreign, "praman") != said(none, "nobody1") || strings.Contains(foreign, "Priya") {
				t.Errorf("%s: somebody of another desk gets %d, nobody %d, or another answer:\n%.1500s", name, was, status, foreign)
			}
		}
		if d.count("SELECT count(*) FROM ticket WHERE ref LIKE 'TMU-%'") != 0 {
			t.Error("a request was opened at another desk")
		}
		if page := d.as("oachterberg").must("/desk/tickets/" + ref); strings.Contains(page, "Raman") {
			t.Error("somebody of another desk follows")
		}
	})
}

// said is what an answer shows, without what was typed and the number that a
// program gets to ask about its call.
func said(page, typed string) string {
	page = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, "")
	page = regexp.MustCompile(`"(request|instance|id)":"[^"]*"`).ReplaceAllString(page, "")
	return strings.ReplaceAll(page, typed, "")
}

func TestWhoeverADeskWorksForIsFoundAtItByTheirUserName(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		for asker, other := range map[string]string{"rokafor": "amehta", "amehta": "rokafor", "kmensah": "amehta", "aruiz": "jwhitfield"} {
			b := d.as(asker)
			if to := b.sent(b.form("/ask", "/ask").fill("subject=for "+other, "body=quoll", "for="+other)); !strings.HasPrefix(to, "/requests/") {
				t.Errorf("%s cannot ask for %s: %s", asker, other, to)
			}
			if page := d.as(other).must("/requests"); !strings.Contains(page, "for "+other) {
				t.Errorf("%s does not see what was asked for them", other)
			}
		}
		ref := d.as("amehta").ask("a numbat", "in the museum")
		b, page := d.as("kmensah"), "/desk/tickets/"+ref+"/watch"
		b.sent(b.form(page, page).fill("who=rokafor"))
		if !strings.Contains(b.must("/desk/tickets/"+ref), "Rosalind Okafor") {
			t.Error("the follower does not stand on the ticket")
		}
	})
}

func TestATeamFindsThePersonWhoseTicketItHoldsAndTheySeeWhoSearched(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a numbat", "it sits in the lift")
		it, bst := d.as("oachterberg"), d.as("lhaddad")
		seen := func(who string, want bool) {
			t.Helper()
			for _, path := range []string{"/desk/search?q=Ruiz", "/desk/find?q=Ruiz", "/desk/people?q=Ruiz"} {
				page := bst.must(path)
				if strings.Contains(page, "Ana Ruiz") != want {
					t.Errorf("%s: %s shows the person: %t", who, path, !want)
				}
				if path != "/desk/people?q=Ruiz" && strings.Contains(page, "/desk/tickets/"+ref) != want {
					t.Errorf("%s: %s finds the ticket: %t", who, path, !want)
				}
			}
			if body := d.program(t, "lhaddad", policy.Resolve).get("/api/v1/search?q=Ruiz").body; strings.Contains(body, ref) != want {
				t.Errorf("%s: the API finds the ticket: %t", who, !want)
			}
		}
		seen("before", false)
		it.give(ref, "BST", "")
		seen("while her team holds it", true)
		it.give(ref, "IT", "")
		seen("after", false)

		it.must("/desk/search?q=lift")
		d.sequence()
		if n := d.count("SELECT count(*) FROM ledger_record WHERE detail = 'words shown in a search' AND person_id = $1", number(t, d.person("aruiz"))); n != 1 {
			t.Errorf("a search that shows her words is noted %d times", n)
		}
		if page := d.as("aruiz").must("/looked"); !strings.Contains(page, "Read an entry") {
			t.Error("she does not see who searched")
		}
	})
}

// A number typed into the form of a call opens nothing at another desk.
func TestACallIsLoggedForThePeopleOfTheDeskOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	owen := d.as("oachterberg")
	for name, c := range map[string]struct {
		caller string
		status int
	}{
		"somebody of another institution": {d.person("praman"), http.StatusUnprocessableEntity},
		"nobody":                          {"4711", http.StatusUnprocessableEntity},
		"one's own":                       {d.person("aruiz"), http.StatusSeeOther},
	} {
		f := owen.form("/desk/call", "/desk/call").fill("caller="+c.caller, "subject=a call", "body=it rings")
		if status, to := owen.post(f.action, f.fields); status != c.status {
			t.Errorf("%s: %d %.100s", name, status, to)
		}
	}
}
