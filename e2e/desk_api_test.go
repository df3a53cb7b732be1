package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"heed/directory"
	"heed/kernel/api"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/ticket"
)

// refused checks that an answer is problem+json of a status and type.
func refused(t *testing.T, what string, r reply, status int, kind string) {
	t.Helper()
	var p struct {
		Type, Title, Detail string
		Status              int
	}
	if err := json.Unmarshal([]byte(r.body), &p); err != nil || r.status != status || p.Status != status || p.Detail+p.Title == "" || !strings.Contains(p.Type, kind) {
		t.Errorf("%s: %d %.300s, want %d %s", what, r.status, r.body, status, kind)
	}
}

// at is an address of the description, filled in.
func at(path, ref string) string {
	return strings.NewReplacer("{ref}", ref, "{file}", "1", "{id}", "1").Replace(path)
}

// body is a call's body that its operation can read.
func body(path string) string {
	switch {
	case strings.HasSuffix(path, "/tickets"):
		return `{"subject":"x","text":"y"}`
	case strings.HasSuffix(path, "/state"):
		return `{"state":"closed"}`
	case strings.HasSuffix(path, "/assign"), strings.HasSuffix(path, "/sorting"), strings.HasSuffix(path, "/{ref}/people"):
		return `{}`
	}
	return `{"text":"x"}`
}

// Every operation that is described exists, asks for a token with its scope, and
// refuses in the form that programs read.
func TestEveryOperationDescribedIsThereAndAsksForItsScope(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	ref := d.as("aruiz").ask("a numbat", "in the lift")
	stranger := &visitor{base: d.site.URL}
	secret, err := d.People.MakeToken(t.Context(), number(t, d.person("oachterberg")), directory.Token{Purpose: policy.Resolve}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	bare, others := &visitor{base: d.site.URL, token: secret}, d.program(t, "lhaddad", policy.Resolve)
	for path, methods := range d.described() {
		for method, op := range methods {
			method = strings.ToUpper(method)
			query := url.Values{}
			for _, p := range op.Parameters {
				if p.In == "query" && (p.Name == "q" || p.Name == "name") { // those that some call needs
					query.Set(p.Name, "x")
				}
			}
			to := at(path, ref) + "?" + query.Encode()
			refused(t, method+" "+path+" without a token", stranger.do(method, to, "application/json", strings.NewReader(body(path))), http.StatusUnauthorized, "api.token")
			refused(t, method+" "+path+" without its scope", bare.do(method, to, "application/json", strings.NewReader(body(path))), http.StatusForbidden, "api.scope")
			if strings.Contains(path, "{") {
				refused(t, method+" "+path+" out of sight", others.do(method, to, "application/json", strings.NewReader(body(path))), http.StatusNotFound, "unknown")
			}
		}
	}
	for _, c := range []struct{ method, path string }{{"GET", "/nothing"}, {"POST", "/tickets/x/y/z"}, {"GET", "/"}} {
		refused(t, c.path, stranger.do(c.method, api.Prefix+c.path, "", nil), http.StatusNotFound, "api.address")
	}
	for _, c := range []struct{ method, path string }{{"DELETE", "/tickets"}, {"PUT", "/tickets/" + ref}, {"GET", "/tickets/" + ref + "/notes"}} {
		refused(t, c.method+" "+c.path, stranger.do(c.method, api.Prefix+c.path, "", nil), http.StatusMethodNotAllowed, "")
	}
}

// A program finds and reads people by the rules of the pages, hidden values
// hidden, and each reading stands in the record.
func TestAProgramReadsPeopleAsAPageDoes(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		p := d.hire("LJMU", "Zelda Quokka", "zquokka", []string{"staff"})
		d.as("zquokka").ask("a numbat", "in the lift")
		owen := d.program(t, "oachterberg", policy.Resolve)
		var found struct{ People []directory.FoundJSON }
		if r := owen.get("/api/v1/people?q=quok"); json.Unmarshal([]byte(r.body), &found) != nil || len(found.People) != 1 || found.People[0].Name != "Zelda Quokka" {
			t.Fatalf("found: %d %s", r.status, r.body)
		}
		r := owen.get("/api/v1/people/" + found.People[0].ID)
		var card directory.CardJSON
		if err := json.Unmarshal([]byte(r.body), &card); err != nil || card.Controller != "LJMU" || card.Why == "" || strings.Contains(r.body, "900zquokka") {
			t.Fatalf("the card: %d %s", r.status, r.body)
		}
		if len(card.Values) == 0 {
			t.Errorf("the card is empty: %s", r.body)
		}
		for _, v := range card.Values {
			if v.Kind == directory.Number || v.Source != "directory" || v.At.IsZero() { // no sentence here names a number
				t.Errorf("the card has %+v", v)
			}
		}
		if r := d.program(t, "zquokka", policy.Own).get("/api/v1/people/" + found.People[0].ID); !strings.Contains(r.body, "900zquokka") {
			t.Errorf("their own card: %d %s", r.status, r.body)
		}
		priya := d.program(t, "praman", policy.Resolve)
		refused(t, "the card for another desk", priya.get("/api/v1/people/"+found.People[0].ID), http.StatusNotFound, "unknown")
		refused(t, "nobody's card", priya.get("/api/v1/people/zzzz"), http.StatusNotFound, "unknown")
		if r := priya.get("/api/v1/people?q=Quokka"); !strings.Contains(r.body, `"people":[]`) {
			t.Errorf("another desk finds %s", r.body)
		}
		d.sequence()
		if n := d.count("SELECT count(*) FROM ledger_record WHERE action = 'person.read' AND person_id = $1", p.ID); n < 1 {
			t.Errorf("%d readings of the card stand in the record", n)
		}
	})
}

func TestAProgramListsByEveryFilter(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, m := movable(t, e)
		first := d.as("aruiz").ask("the first numbat", "in the lift")
		d.later(m, time.Hour)
		since := d.Clock.Now().UTC().Format(time.RFC3339)
		second := d.as("jwhitfield").ask("the second numbat", "on the roof")
		owen := d.program(t, "oachterberg", policy.Resolve)
		owen.send("/api/v1/tickets/"+second+"/assign", "application/json", strings.NewReader(`{"assignee":"oachterberg"}`))
		owen.send("/api/v1/tickets/"+second+"/sorting", "application/json", strings.NewReader(`{"impact":"high","urgency":"high"}`))
		owen.send("/api/v1/tickets/"+second+"/state", "application/json", strings.NewReader(`{"state":"waiting","for":"third"}`))
		list := func(query string) (refs []string, r reply) {
			r = owen.get("/api/v1/tickets?" + query)
			var got struct{ Tickets []ticket.TicketJSON }
			_ = json.Unmarshal([]byte(r.body), &got)
			for _, x := range got.Tickets {
				refs = append(refs, x.Ref)
			}
			return refs, r
		}
		for query, want := range map[string]string{
			"": second + " " + first, "person=aruiz": first, "person=nobodyhere": "", "assignee=oachterberg": second, "assignee=nobodyhere": "", "unassigned=true": first,
			"assigned=true": second, "priority=P1": second, "state=new": first, "state=waiting": second, "team=IT-DESK": second + " " + first, "updatedSince=" + url.QueryEscape(since): second,
			"person=aruiz&priority=P1": "", "person=jwhitfield&assignee=oachterberg&team=IT-DESK&open=true": second,
			"q=numbat": second + " " + first, "q=numbat&state=new": first, "q=numbat&priority=P1&team=IT-DESK": second, "q=roof": second, "limit=1": second,
		} {
			if got, r := list(query); strings.Join(got, " ") != want || r.status != http.StatusOK {
				t.Errorf("%q lists %v (%d), want %s", query, got, r.status, want)
			}
		}
		for query, kind := range map[string]string{"team=NONE": "api.filter", "service=NONE": "api.filter", "q=numbat&person=aruiz": "api.search", "before=yesterday": "api.before", "state=lost": "", "updatedSince=yesterday": "", "limit=1000": ""} {
			_, r := list(query)
			refused(t, query, r, http.StatusUnprocessableEntity, kind)
		}
		all, from := "updatedSince=2020-01-01T00:00:00Z&limit=1", ""
		for _, want := range []string{first, second} { // the oldest change first, and each once
			refs, r := list(all + from)
			var got struct{ Next string }
			if _ = json.Unmarshal([]byte(r.body), &got); strings.Join(refs, " ") != want {
				t.Errorf("what has changed, from %q on: %v, want %s", from, refs, want)
			}
			from = "&before=" + got.Next
		}
		if from != "&before=" {
			t.Errorf("after the last change the list goes on from %s", from)
		}
		if _, r := list(all + "&before=yesterday"); r.status != http.StatusUnprocessableEntity {
			t.Errorf("a place that is none: %d", r.status)
		}
		r := owen.get("/api/v1/search?q=roof")
		if !strings.Contains(r.body, `{"text":"roof","hit":true}`) || !strings.Contains(r.body, second) || strings.Contains(r.body, first) {
			t.Errorf("the words around a hit: %s", r.body)
		}
		if r := d.program(t, "lhaddad", policy.Resolve).get("/api/v1/search?q=roof"); r.status != http.StatusOK || strings.Contains(r.body, "roof") {
			t.Errorf("who may not read it finds %d %s", r.status, r.body)
		}
	})
}

// A call that is sent again is carried out once, also when both come at once; the
// key says nothing for another call.
func TestACallUnderOneKeyIsCarriedOutOnce(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a numbat", "in the lift")
		owen := d.program(t, "oachterberg", policy.Resolve)
		for name, c := range map[string]struct{ path, kind, body, other string }{
			"a note":     {"/api/v1/tickets/" + ref + "/notes", "application/json", `{"text":"once"}`, `{"text":"twice"}`},
			"a file":     {"/api/v1/tickets/" + ref + "/attachments?name=a.txt", "text/plain", "stripes", "ossicones"},
			"a request":  {"/api/v1/tickets", "application/json", `{"subject":"s","text":"once"}`, `{"subject":"s","text":"twice"}`},
			"a reply":    {"/api/v1/tickets/" + ref + "/replies", "application/json", `{"text":"once"}`, `{"text":"twice"}`},
			"a handover": {"/api/v1/tickets/" + ref + "/assign", "application/json", `{"assignee":"oachterberg"}`, `{}`},
		} {
			v := *owen
			v.key = "key of " + name
			before := d.written()
			var group sync.WaitGroup
			replies := make([]reply, 5)
			for i := range replies {
				group.Go(func() { replies[i] = v.send(c.path, c.kind, strings.NewReader(c.body)) })
			}
			group.Wait()
			for _, r := range replies {
				if r.err != nil || r.status/100 != 2 {
					t.Errorf("%s: %d %v %.300s", name, r.status, r.err, r.body)
				}
			}
			once := d.written()
			refused(t, name+", with other words under the same key", v.send(c.path, c.kind, strings.NewReader(c.other)), http.StatusUnprocessableEntity, "api.key")
			if once == before || d.written() != once {
				t.Errorf("%s: %d rows before, %d after, %d in the end", name, before, once, d.written())
			}
		}
		if n := d.count("SELECT count(*) FROM entry WHERE kind IN ('note', 'reply')"); n != 3 {
			t.Errorf("%d notes and replies stand there", n)
		}
		if left := len(filesOf(t, d.Config)); left != 1 {
			t.Errorf("%d files are stored", left)
		}
	})
}

// What a call left is shown again under its key only to who may still see it.
func TestACallSentAgainAfterSightWasLostFindsNothing(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		here := "/api/v1/tickets/" + d.as("aruiz").ask("a numbat", "in the lift")
		owen, leila := d.program(t, "oachterberg", policy.Resolve), d.program(t, "lhaddad", policy.Resolve)
		call := func(v *visitor, key, address, body string) reply {
			with := *v
			with.key = key
			return with.send(here+address, "application/json", strings.NewReader(body))
		}
		if r := call(owen, "", "/assign", `{"team":"BST"}`); r.status != http.StatusOK {
			t.Fatalf("%d %.300s", r.status, r.body)
		}
		first := call(leila, "noted", "/notes", `{"text":"stripes"}`)
		away := call(leila, "given", "/assign", `{"team":"IT-DESK"}`)
		if first.status != http.StatusCreated || away.status != http.StatusOK || strings.Contains(away.body, "numbat") {
			t.Fatalf("a note: %d; handing it over: %d %.300s", first.status, away.status, away.body)
		}
		refused(t, "a note, sent again", call(leila, "noted", "/notes", `{"text":"stripes"}`), http.StatusNotFound, "unknown")
		refused(t, "a note, sent anew", call(leila, "", "/notes", `{"text":"stripes"}`), http.StatusNotFound, "unknown")
		if again := call(leila, "given", "/assign", `{"team":"IT-DESK"}`); again.status != away.status || again.body != away.body {
			t.Errorf("what took it out of sight, sent again: %d %.300s", again.status, again.body)
		}
	})
}

// Whom a program replies to, what follows, and what it looked at are its own to say.
func TestAProgramWritesAsAPageDoes(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		jo := d.as("jwhitfield")
		ref := d.newRef(jo, "for=aruiz")
		owen, hers := d.program(t, "oachterberg", policy.Resolve), d.program(t, "aruiz", policy.Own)
		here := "/api/v1/tickets/" + ref
		post := func(v *visitor, path, body string) (x ticket.TicketJSON, r reply) {
			r = v.send(here+path, "application/json", strings.NewReader(body))
			_ = json.Unmarshal([]byte(r.body), &x)
			return x, r
		}
		x, r := post(owen, "/replies", `{"text":"to one of you","to":["`+d.person("aruiz")+`"],"then":"asked"}`)
		if last := x.Entries[len(x.Entries)-2]; r.status != http.StatusCreated || x.State != ticket.Waiting || len(last.To) != 1 || last.To[0] != "Ana Ruiz" {
			t.Errorf("a reply to one: %d %s", r.status, r.body)
		}
		_, r = post(owen, "/replies", `{"text":"x","to":["`+d.person("oachterberg")+`"]}`)
		refused(t, "a reply to nobody concerned", r, http.StatusUnprocessableEntity, "reply.nobody")
		_, r = post(owen, "/replies", `{"text":"x","version":1}`)
		refused(t, "a reply to what it did not look at", r, http.StatusConflict, "ticket.stale")
		if x, r := post(hers, "/messages", `{"text":"it is the fan"}`); r.status != http.StatusCreated || x.State != ticket.Open || !strings.Contains(r.body, "it is the fan") {
			t.Errorf("a message of hers: %d %s", r.status, r.body)
		}
		_, r = post(owen, "/messages", `{"text":"x"}`)
		refused(t, "a message of an agent", r, http.StatusNotFound, "unknown")
		_, r = post(hers, "/notes", `{"text":"x"}`)
		refused(t, "a note of hers", r, http.StatusNotFound, "unknown")
		for as, v := range map[string]*visitor{"note": owen, "reply": owen, "message": hers} {
			up := v.send(here+"/attachments?as="+as+"&name="+url.QueryEscape(`..\dir/`+as+".txt"), "text/html", strings.NewReader("bytes of a "+as))
			if err := json.Unmarshal([]byte(up.body), &x); up.status != http.StatusCreated || err != nil {
				t.Fatalf("a file as a %s: %d %s", as, up.status, up.body)
			}
			var file ticket.FileJSON
			for _, e := range x.Entries {
				for _, f := range e.Files {
					file = f
				}
			}
			if got := v.get(file.Link); file.Name != as+".txt" || got.body != "bytes of a "+as {
				t.Errorf("a file as a %s comes back as %+v: %q", as, file, got.body)
			}
		}
		stored := len(filesOf(t, d.Config))
		refused(t, "a note's file of hers", hers.send(here+"/attachments?as=note&name=x", "text/plain", strings.NewReader("x")), http.StatusNotFound, "unknown")
		refused(t, "an empty file", owen.send(here+"/attachments?name=x", "text/plain", strings.NewReader("")), http.StatusUnprocessableEntity, "api.file")
		refused(t, "a file too large", owen.send(here+"/attachments?name=x", "text/plain", bytes.NewReader(make([]byte, web.MaxFile+1))), http.StatusRequestEntityTooLarge, "api.large")
		if len(filesOf(t, d.Config)) != stored {
			t.Error("of what was refused, files are kept")
		}
	})
}

// newRef asks by the form for somebody else.
func (d *desk) newRef(b *browser, pairs ...string) string {
	d.t.Helper()
	to := b.sent(b.form("/ask", "/ask").fill(append(pairs, "subject=a numbat", "body=in the lift")...))
	ref, _, _ := strings.Cut(strings.TrimPrefix(to, "/requests/"), "?")
	return ref
}
