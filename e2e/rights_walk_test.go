package e2e

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/api"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// plant opens one canary for each controller with each team of its desk.
func (w *walk) plant() {
	w.t.Helper()
	var teams []directory.Team
	w.read(func(tx *store.Tx) (err error) {
		teams, err = w.People.Teams(w.t.Context(), tx)
		return err
	})
	for _, c := range w.controllers() {
		for _, team := range teams {
			if team.Controller == c.DeskID {
				n := len(w.canaries)
				w.canaries = append(w.canaries, w.hatch(c, team, string([]byte{'a' + byte(n/26), 'a' + byte(n%26)})))
			}
		}
	}
	for _, t := range teams {
		w.views = append(w.views, "/desk?view=team-"+id.Text(t.ID))
	}
	if len(w.canaries) < 13 {
		w.t.Fatalf("there are only %d canaries", len(w.canaries))
	}
	w.settle()
}

// hatch makes a person and a ticket about them with everything a ticket can hold.
// All canaries share a word for each part, to search for them together.
func (w *walk) hatch(c directory.Controller, team directory.Team, code string) canary {
	w.t.Helper()
	out := canary{controller: c.Code, team: team.Code, code: code, user: "canary" + code}
	w.write(policy.Operate, func(tx *store.Tx) error {
		org, err := w.People.Organisation(w.t.Context(), tx, c.Code)
		if err != nil {
			return err
		}
		p, err := w.People.AddPerson(w.t.Context(), tx, directory.NewPerson{
			Controller: c.ID, Organisation: org.ID, Name: "Canary " + out.word(partName), Affiliations: []string{"staff"}, Source: "directory",
			Values: []directory.Value{
				{Kind: directory.UserName, Text: out.user, Source: "directory"}, {Kind: directory.Email, Text: out.word(partAddress) + "@canary.example", Source: "directory"},
			},
		})
		out.person = p.ID
		return err
	})
	var key int64
	w.write(policy.Resolve, func(tx *store.Tx) error {
		p, err := w.People.Person(w.t.Context(), tx, out.person)
		if err != nil {
			return err
		}
		if key, err = w.Tickets.NewKey(w.t.Context()); err != nil {
			return err
		}
		t, err := w.Tickets.Open(w.t.Context(), tx, ticket.NewTicket{
			Channel: ticket.Phone, Reporter: p, Affected: p, Team: team.ID, Key: key,
			Subject: "nestling " + out.word(partSubject), Text: w.text(key, out, partCall, partCallFile),
		})
		out.ref, out.ticket = t.Ref, t.ID
		return err
	})
	w.write(policy.Own, func(tx *store.Tx) error {
		mail := w.text(key, out, partMail, partMailFile)
		mail.Files[0].MediaType, mail.Files[0].ContentID = "image/png", "picture@canary.example"
		mail.HTML = `<p>` + out.word(partMail) + ` <img src="cid:picture@canary.example" alt="A picture"></p>`
		e, err := w.Tickets.Write(w.t.Context(), tx, out.ref, ticket.Mail, mail)
		out.mail = e.ID
		return err
	})
	w.write(policy.Resolve, func(tx *store.Tx) error {
		if _, err := w.Tickets.Note(w.t.Context(), tx, out.ref, w.text(key, out, partNote, partNoteFile)); err != nil {
			return err
		}
		_, err := w.Tickets.Reply(w.t.Context(), tx, out.ref, w.text(key, out, partReply, ""), ticket.Replied)
		return err
	})
	w.read(func(tx *store.Tx) error {
		files, err := store.All[store.Value[int64]](w.t.Context(), tx, "SELECT id FROM attachment WHERE ticket_id = $1", out.ticket)
		for _, f := range files {
			out.files = append(out.files, f.V)
		}
		return err
	})
	if len(out.files) != 3 {
		w.t.Fatalf("the canary has %d files", len(out.files))
	}
	return out
}

// text is what stands for a part, with a file whose name and content stand for
// another.
func (w *walk) text(key int64, c canary, part, file string) ticket.Text {
	w.t.Helper()
	out := ticket.Text{Body: "nestling" + part + " " + c.word(part), Author: c.person}
	if file == "" {
		return out
	}
	name, size, err := w.Files.Put(w.t.Context(), key, strings.NewReader(c.word(file)))
	if err != nil {
		w.t.Fatal(err)
	}
	out.Files = []ticket.File{{Name: c.word(file) + ".txt", MediaType: "text/plain", Size: size, Blob: name}}
	return out
}

// write runs fn as the system.
func (d *desk) write(p policy.Purpose, fn func(*store.Tx) error) {
	d.t.Helper()
	if err := d.DB.Write(d.t.Context(), systemActor(), p, fn); err != nil {
		d.t.Fatal(err)
	}
}

// fill says for every address how to ask for it: with each canary's reference,
// id, files and person, and with the words that all canaries share.
func (w *walk) fill() map[string][]string {
	w.t.Helper()
	out := map[string][]string{
		"/{$}": {"/", "/?q=network"}, "/ask": {"/ask"}, "/account": {"/account"}, "/account/app": {"/account/app"}, "/sign-in": {"/sign-in"}, "/sign-in/code": {"/sign-in/code"},
		"/sign-in/link/{token}": {"/sign-in/link/guess"}, "/notices": {"/notices"}, "/accessibility": {"/accessibility"}, "/requests": {"/requests", "/requests?show=open"}, "/looked": {"/looked"}, "/my-data": {"/my-data"},
		"/desk": append(w.views, "/desk", "/desk?view=mine", "/desk?view=all"), "/desk/views": {"/desk/views"}, "/desk/views/save": {"/desk/views/save?view=all&priority=P1"}, "/desk/views/{id}/remove": {"/desk/views/1/remove"}, "/desk/status": {"/desk/status"}, "/desk/settings": {"/desk/settings"}, "/desk/settings/hours": {"/desk/settings/hours", "/desk/settings/hours?preview=1&mon=09:00-10:00"}, "/desk/settings/targets": {"/desk/settings/targets"}, "/desk/settings/services/new": {"/desk/settings/services/new"}, "/desk/settings/closures/new": {"/desk/settings/closures/new", "/desk/settings/closures/new?preview=1&name=x&from=2199-01-01"}, "/desk/call": {"/desk/call"},
		"/operator": {"/operator"}, "/operator/jobs": {"/operator/jobs", "/operator/jobs?state=dead"}, "/operator/mail": {"/operator/mail", "/operator/mail?outcome=opened"}, "/privacy": {"/privacy"}, "/privacy/ledger": {"/privacy/ledger"}, "/privacy/grants": {"/privacy/grants"}, "/privacy/promises": {"/privacy/promises"},
		api.Prefix + "/tickets": {api.Prefix + "/tickets?limit=100", api.Prefix + "/tickets?mine=true", api.Prefix + "/tickets?state=open"},
	}
	add := func(pattern, format string, args ...any) {
		out[pattern] = append(out[pattern], fmt.Sprintf(format, args...))
	}
	for _, n := range w.Notices.All() {
		add("/notices/{policy}", "/notices/%s", n.Policy)
		add("/privacy/notices/{policy}/diff", "/privacy/notices/%s/diff", n.Policy)
		add("/notices/{policy}/{version}", "/notices/%s/%d", n.Policy, n.Version)
	}
	for _, q := range []string{"nestling", "nestlingcall", "nestlingmail", "nestlingnote", "nestlingreply", "nestl*", "canary", "canary.example", "-nothing"} {
		add("/desk/search", "/desk/search?q=%s", q)
		add("/desk/find", "/desk/find?q=%s", q)
		add("/desk/people", "/desk/people?q=%s", q)
		add("/desk/call", "/desk/call?q=%s", q)
		add(api.Prefix+"/tickets", api.Prefix+"/tickets?limit=100&q=%s", q)
		add(api.Prefix+"/search", api.Prefix+"/search?limit=100&q=%s", q)
		add(api.Prefix+"/people", api.Prefix+"/people?limit=100&q=%s", q)
	}
	for _, c := range w.ids("SELECT id FROM desk_closure ORDER BY id") {
		add("/desk/settings/closures/{id}/remove", "/desk/settings/closures/%d/remove", c)
	}
	for _, o := range w.ids("SELECT id FROM service ORDER BY id") {
		add("/desk/settings/services/{id}", "/desk/settings/services/%d", o)
		add("/desk/status/{id}", "/desk/status/%d", o)
		add("/desk/settings/services/{id}/retire", "/desk/settings/services/%d/retire", o)
		add("/ask", "/ask?service=%d", o)
		add("/desk", "/desk?view=all&service=%d", o)
	}
	var refs []string
	for i, c := range w.canaries {
		w.fillOne(c, add)
		refs = append(refs, c.ref)
		// on a ticket that may be theirs, a number that is not
		stranger := w.canaries[(i+len(w.canaries)/2)%len(w.canaries)].person
		add("/desk/tickets/{ref}/{act}", "/desk/tickets/%s/unwatch?person=%d", c.ref, stranger)
	}
	out[live] = []string{live + "?here=" + url.QueryEscape("/desk/tickets/"+refs[0]+"?view=all") + "&rows=" + strings.Join(refs, ",")}
	return out
}

// ids are those that a question about what desks have set finds.
func (w *walk) ids(q string) (out []int64) {
	w.t.Helper()
	w.read(func(tx *store.Tx) error {
		rows, err := store.All[store.Value[int64]](w.t.Context(), tx, q)
		for _, r := range rows {
			out = append(out, r.V)
		}
		return err
	})
	return out
}

func (w *walk) fillOne(c canary, add func(pattern, format string, args ...any)) {
	for _, name := range []string{c.ref, id.Text(c.ticket)} {
		add("/requests/{ref}", "/requests/%s", name)
		add("/requests/{ref}/close", "/requests/%s/close", name)
		add("/looked", "/looked?ticket=%s", name)
		add("/desk/tickets/{ref}", "/desk/tickets/%s", name)
		add("/desk/tickets/{ref}/assign", "/desk/tickets/%s/assign", name)
		for _, act := range []string{"resolve", "close", "reopen", "resume", "take", "call", "people", "nonsense"} {
			add("/desk/tickets/{ref}/{act}", "/desk/tickets/%s/%s", name, act)
		}
		for _, f := range c.files {
			add("/requests/{ref}/files/{file}", "/requests/%s/files/%d", name, f)
			add("/desk/tickets/{ref}/files/{file}", "/desk/tickets/%s/files/%d", name, f)
			add("/requests/{ref}/mail/{entry}/{file}", "/requests/%s/mail/%d/%d", name, c.mail, f)
			add("/desk/tickets/{ref}/mail/{entry}/{file}", "/desk/tickets/%s/mail/%d/%d", name, c.mail, f)
		}
		add("/requests/{ref}/mail/{entry}", "/requests/%s/mail/%d", name, c.mail)
		add("/desk/tickets/{ref}/mail/{entry}", "/desk/tickets/%s/mail/%d", name, c.mail)
		add(api.Prefix+"/tickets/{ref}", api.Prefix+"/tickets/%s", name)
		for _, f := range c.files {
			add(api.Prefix+"/tickets/{ref}/attachments/{file}", api.Prefix+"/tickets/%s/attachments/%d", name, f)
		}
	}
	add("/desk/search", "/desk/search?q=%s", c.ref)
	add("/desk/find", "/desk/find?q=%s", c.ref)
	add("/desk/people/{id}", "/desk/people/%d", c.person)
	add(api.Prefix+"/people/{id}", api.Prefix+"/people/%d", c.person)
	add(api.Prefix+"/tickets", api.Prefix+"/tickets?person=%s", c.user)
	add("/desk/people/{id}/values", "/desk/people/%d/values", c.person)
	add("/privacy/tickets/{ref}", "/privacy/tickets/%s", c.ref) // asks for a reason first
	add("/privacy/tickets/{ref}", "/privacy/tickets/%d", c.ticket)
	add("/privacy/ledger", "/privacy/ledger?person=%d", c.person)
	add("/privacy/ledger", "/privacy/ledger?object=%d", c.ticket)
}

// formToken is what makes a form its own: it is another at each look.
var formToken = regexp.MustCompile(`name="form_token" value="[^"]*"`)

// A number on a page tells as much as a name: whoever does not see a ticket sees
// the same lists and the same counts before and after it was opened.
func TestCountsDoNotTellOfWhatIsNotSeen(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		w := &walk{desk: newDesk(t, e, 0)}
		watchers := map[string]*browser{}
		for user := range sights() {
			watchers[user] = w.as(user)
		}
		pages := []string{"/desk/views", "/desk?view=all", "/desk?view=mine", "/operator/mail"}
		look := func() map[string]string {
			out := map[string]string{}
			for user, b := range watchers {
				for _, p := range pages {
					_, page := b.get(p)
					out[user+p] = formToken.ReplaceAllString(page, "")
				}
			}
			return out
		}
		for _, c := range []struct {
			code, team string
			see        []string // the table once more, in short
		}{
			{"TMU", "CCS-NET", []string{"mtremblay"}},
			{"TMU", "CCS-DESK", []string{"praman"}},
			{"LJMU", "IT-APPS", []string{"oachterberg"}},
			{"LJMU", "BST", []string{"oachterberg", "lhaddad"}},
			{"CHI", "ESTATES", []string{"mtan", "hsorensen"}},
			{"CO", "DEVICES", nil},
			{"DCMS", "DESK", []string{"kmensah"}},
		} {
			before := look()
			cs := w.controllers()
			i := slices.IndexFunc(cs, func(x directory.Controller) bool { return x.Code == c.code })
			w.hatch(cs[i], w.team(c.team), c.code[:1]+strings.ToLower(c.team[:2]))
			w.settle()
			after := look()
			for user := range watchers {
				same := true
				for _, p := range pages {
					same = same && before[user+p] == after[user+p]
				}
				if same == slices.Contains(c.see, user) {
					t.Errorf("%s with %s: the pages of %s stay the same: %t", c.code, c.team, user, same)
				}
			}
		}
	})
}
