package e2e

import (
	"encoding/json"
	"fmt"
	"html"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// ways are all the ways in, each for one subject and text of Ana's; they return
// the ticket's reference.
func (d *desk) ways(subject, body string) map[string]func() string {
	newest := func() string { return d.newest("LJMU") }
	return map[string]func() string{
		"the portal": func() string { return d.as("aruiz").ask(subject, body) },
		"the phone": func() string {
			b := d.as("oachterberg")
			b.sent(b.form("/desk/call?q=aruiz", "/desk/call").fill("caller="+d.person("aruiz"), "subject="+subject, "body="+body))
			return newest()
		},
		"mail": func() string {
			d.mail("helpdesk@desk.example.org", "From: Ana Ruiz <a.ruiz@ljmu.example>\nSubject: "+mime.QEncoding.Encode("utf-8", subject)+"\nMessage-ID: <long@ljmu.example>\nContent-Type: text/plain; charset=utf-8\n\n"+body+"\n")
			return newest()
		},
		"a program": func() string {
			r := d.program(d.t, "aruiz", policy.Own).send("/api/v1/tickets", "application/json", strings.NewReader(`{"subject":"`+subject+`","text":"`+body+`"}`))
			if r.status != http.StatusCreated {
				d.t.Fatalf("by a program: %d %.300s", r.status, r.body)
			}
			return newest()
		},
	}
}

// facts are a ticket's as it stands.
func (d *desk) facts(ref string) (x ticket.Ticket) {
	d.t.Helper()
	d.read(func(tx *store.Tx) error {
		n, err := d.Tickets.Numbered(d.t.Context(), tx, ref)
		if err == nil {
			x, err = d.Tickets.Facts(d.t.Context(), tx, n)
		}
		return err
	})
	return x
}

func TestASubjectOfTenThousandCharactersIsCutAlikeByEveryWayIn(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		long := "numbat " + strings.Repeat("0123456789", 1000)
		subjects := map[string]bool{}
		for way, open := range d.ways(long, "what it is about") {
			ref := open()
			x := d.facts(ref)
			subjects[x.Subject] = true
			if n := utf8.RuneCountInString(x.Subject); n > 250 || !strings.HasPrefix(x.Subject, "numbat 0123456789") || !strings.HasSuffix(x.Subject, "…") {
				t.Errorf("by %s it is kept with %d characters, ending %q", way, n, x.Subject[max(0, len(x.Subject)-20):])
			}
			if page := d.as("oachterberg").must("/desk/tickets/" + ref); !strings.Contains(page, "what it is about") || !strings.Contains(page, html.EscapeString(x.Subject)) {
				t.Errorf("by %s: the page shows not both subject and text", way)
			}
		}
		if len(subjects) != 1 {
			t.Errorf("the ways in cut differently: %d subjects", len(subjects))
		}
	})
}

// scripts are names as people have them.
func scripts() map[string]string {
	return map[string]string{
		"arabic": "فاطمة الزهراء", "hebrew": "יעל כהן", "han": "王小明", "devanagari": "प्रिया शर्मा", "thai": "สมชาย ใจดี",
		"cyrillic": "Ольга Ёлкина", "greek": "Ελένη Παπαδοπούλου", "hangul": "김민준", "kana": "さくら たなか", "combining": "Zoe\u0308 N\u0303un\u0303ez", "emoji": "Robin 🦘 Kay", "apostrophe": "Siobhán O’Neill-Ó Dálaigh",
	}
}

func TestNamesOfEveryScriptAreKeptFoundAndShown(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		agent := d.as("oachterberg")
		program := d.program(t, "oachterberg", policy.Resolve)
		for script, name := range scripts() {
			user := "u" + script
			d.hire("LJMU", name, user, []string{"staff"})
			ref := d.as(user).ask("asked in "+script, "written by "+name)
			d.mail("helpdesk@desk.example.org", "From: "+mime.BEncoding.Encode("utf-8", name)+" <"+user+"@people.example>\nSubject: mailed in "+script+"\nMessage-ID: <"+script+"@people.example>\nContent-Type: text/plain; charset=utf-8\n\nmailed by "+name+"\n")
			mailed := d.newest("LJMU")
			for _, path := range []string{"/desk/tickets/" + ref, "/desk/tickets/" + mailed, "/desk/people?q=" + url.QueryEscape(name)} {
				if page := html.UnescapeString(agent.must(path)); strings.Count(page, name) < 2 && !(strings.HasPrefix(path, "/desk/people") && strings.Contains(page, ">"+name)) {
					t.Errorf("%s: %s does not show %s", script, path, name)
				}
			}
			if !strings.Contains(html.UnescapeString(d.as(user).must("/requests/"+mailed)), "mailed by "+name) {
				t.Errorf("%s: on the portal %s does not read what was mailed", script, name)
			}
			for way, r := range map[string]reply{
				"palette": agent.visitor().get("/desk/find?q=" + url.QueryEscape(name)), "program": program.get("/api/v1/people?q=" + url.QueryEscape(name)),
				"words of a text": agent.visitor().get("/desk/search?q=" + url.QueryEscape(`"written by" `+name)),
			} {
				if !strings.Contains(html.UnescapeString(r.body), name) || r.status != http.StatusOK {
					t.Errorf("%s: not found by %s: %d %.300s", script, way, r.status, r.body)
				}
			}
		}
	})
}

func TestASearchOfPunctuationOnlyIsAnsweredKindly(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		d.as("aruiz").ask("a numbat", "in the lift")
		b, program := d.as("oachterberg"), d.program(t, "oachterberg", policy.Resolve)
		for _, q := range []string{"...", "?!", `""`, "-", "*", "()", "—", "\u200b", "% _", "'; --", "\\", "🦘"} {
			page := b.must("/desk/search?q=" + url.QueryEscape(q))
			if strings.Contains(page, "LJMU-1") || !strings.Contains(page, "marks alone find nothing") && q != "🦘" {
				t.Errorf("searching %q finds something, or is not told what to do", q)
			}
			for _, path := range []string{"/desk/find?q=", "/desk/people?q=", "/desk/call?q=", "/api/v1/people?q=", "/api/v1/tickets?q="} {
				r := b.visitor().get(path + url.QueryEscape(q))
				if strings.HasPrefix(path, "/api/") {
					r = program.get(path + url.QueryEscape(q))
				}
				if r.status != http.StatusOK || strings.Contains(r.body, "numbat") {
					t.Errorf("%s%q answers %d", path, q, r.status)
				}
			}
			if r := program.get("/api/v1/search?q=" + url.QueryEscape(q)); q != "🦘" && (r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "no word")) {
				t.Errorf("a program that searches %q is answered %d", q, r.status)
			}
		}
	})
}

// A list that was kept as an address outlives its team, and the reader's part in it.
func TestAnAddressOfAListWhoseTeamIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a numbat", "in the lift")
		d.as("oachterberg").give(ref, "BST", "")
		sol := d.hire("LJMU", "Sol Adeyemi", "sadeyemi", []string{"staff"}, "BST", "IT-APPS")
		hers := d.as("sadeyemi")
		list := "/desk?view=team-" + written(d.team("BST").ID)
		if !strings.Contains(hers.must(list), ref) {
			t.Fatal("the list of her team does not have it")
		}
		d.write(policy.Operate, func(tx *store.Tx) error { return d.People.Leave(t.Context(), tx, sol.ID, d.team("BST")) })
		for _, path := range []string{list, "/desk?view=team-1", "/desk?view=team-" + url.QueryEscape("x'\"<b>"), "/desk?view=nonsense"} {
			page := hers.must(path)
			main := regexp.MustCompile(`(?s)<main.*</main>`).FindString(page)
			if !strings.Contains(main, "list") || strings.Contains(page, "Business Support Team") || strings.Contains(page, `<b>`) {
				t.Errorf("%s is not explained, or names the team:\n%s", path, main)
			}
			if !strings.Contains(page, `href="/desk?view=team-`+written(d.team("IT-APPS").ID)) {
				t.Errorf("%s does not lead on to her own lists", path)
			}
		}
	})
}

func TestWhomAMailWasCopiedToStandsOnItsTicketAndNoAnswerGoesThere(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		d.mail("helpdesk@desk.example.org", "From: Ana Ruiz <a.ruiz@ljmu.example>\nTo: helpdesk@desk.example.org, \"Ruiz, Ana\" <a.ruiz@ljmu.example>\nCc: Her head <head@Numbat.example>, echidna@numbat.example\nSubject: numbat\nMessage-ID: <cc@ljmu.example>\n\nin the lift\n")
		ref := d.newest("LJMU")
		if page := d.as("oachterberg").must("/desk/tickets/" + ref); !strings.Contains(page, "copied to head@numbat.example, echidna@numbat.example") {
			t.Error("the page does not say who got a copy")
		}
		var got struct {
			Entries []struct{ To, CC []string }
		}
		r := d.program(t, "oachterberg", policy.Resolve).get("/api/v1/tickets/" + ref)
		if err := json.Unmarshal([]byte(r.body), &got); err != nil || len(got.Entries) == 0 {
			t.Fatalf("%d %.300s: %v", r.status, r.body, err)
		}
		want := struct{ To, CC []string }{[]string{"helpdesk@desk.example.org", "a.ruiz@ljmu.example"}, []string{"head@numbat.example", "echidna@numbat.example"}}
		if diff := cmp.Diff(want, got.Entries[0]); diff != "" {
			t.Error(diff)
		}
		b, here := d.as("oachterberg"), "/desk/tickets/"+ref
		b.sent(b.form(here, here).fill("mode=reply", "body=we look at it"))
		mails := d.sent("")
		if len(mails) == 0 {
			t.Fatal("nothing was sent")
		}
		for _, m := range mails {
			if all := fmt.Sprint(m.Header); strings.Contains(all, "numbat.example") {
				t.Errorf("an answer goes to those who were only copied: %s", all)
			}
		}
	})
}
