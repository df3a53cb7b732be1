package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"heed/app"
	"heed/app/demo"
	"heed/kernel/api"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// TestWhoSeesWhatOnEveryRoute plants a canary with every team of every desk, for
// each controller that desk works for, and walks every address of the house as
// everybody in the directory and as nobody. Each part of a canary is a word of its
// own; it must show to those, and only those, whom the table in sights names. The
// table was written by hand from the notices and asks no rule of the code.
func TestWhoSeesWhatOnEveryRoute(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		w := &walk{desk: d}
		w.plant()
		paths := w.paths()
		users := []string{""}
		for _, in := range demo.Institutions() {
			for _, p := range in.Cast {
				users = append(users, p.User)
			}
			for i := range in.Crowd {
				if e == store.SQLite || i == 0 { // those who only ask for help differ in nothing
					users = append(users, fmt.Sprintf("%s%02d", strings.ToLower(in.Code), i+1))
				}
			}
		}
		for _, c := range w.canaries {
			users = append(users, c.user)
		}
		for _, user := range users {
			t.Run(visitorName(user), func(t *testing.T) {
				t.Parallel()
				w.visit(t, user, paths)
			})
		}
	})
}

func visitorName(user string) string {
	if user == "" {
		return "nobody"
	}
	return user
}

// parts of a canary that can be seen or not.
const (
	partSubject  = "subject"
	partCall     = "call"  // the note of a call
	partMail     = "mail"  // an e-mail of theirs
	partReply    = "reply" // an e-mail of ours
	partNote     = "note"  // what staff write for each other
	partCallFile = "callfile"
	partMailFile = "mailfile"
	partNoteFile = "notefile"
	partName     = "name"
	partAddress  = "address"
)

func allParts() []string {
	return []string{partSubject, partCall, partMail, partReply, partNote, partCallFile, partMailFile, partNoteFile, partName, partAddress}
}

// canary is a ticket, and the person it is about.
type canary struct {
	controller, team string
	code             string // makes its words its own
	ref, user        string
	ticket, person   int64
	files            []int64
	mail             int64 // the entry that keeps a mail as it was sent
}

// word is what stands for a part, and nowhere else.
func (c canary) word(part string) string { return sign + part + c.code + "x" }

// live is where an open page hears of changes; the answer does not end.
const live = "/desk/live"

// sign begins every word of a canary.
const sign = "zqx"

// sight is what somebody sees of canaries, by the notices.
type sight struct {
	controller string
	teams      []string // nil: whatever team holds it
	parts      []string
	only       string // the one address where it may show; "" for any
}

// sights says who of the cast sees what. The clause behind each line stands
// beside it. Whoever is not in the table sees nothing of anybody else's.
func sights() map[string][]sight {
	all, name := allParts(), []string{partName}
	noMails := slices.DeleteFunc(allParts(), func(p string) bool { return p == partMail || p == partReply || p == partMailFile })
	ledger := "/privacy/ledger"
	return map[string][]sight{
		// TMU-13: the team that deals with it; CCS finds who is calling by name
		"praman":    {{"TMU", []string{"CCS-DESK", "CCS"}, all, ""}, {"TMU", nil, name, ""}},
		"mtremblay": {{"TMU", []string{"CCS-NET", "CCS"}, all, ""}, {"TMU", nil, name, ""}},
		"nokonkwo":  {{"TMU", nil, name, ledger}}, // TMU-12: who read whose data
		// LJMUH-08: all of IT; LJMUH-09: another team what it holds
		"oachterberg": {{"LJMU", nil, all, ""}},
		"lhaddad":     {{"LJMU", []string{"BST"}, all, ""}},
		"ilindqvist":  {{"LJMU", nil, name, ledger}},
		// CHI-26: every analyst every call; CHI-27: e-mails with a support role
		"mtan":      {{"CHI", nil, all, ""}},
		"hsorensen": {{"CHI", nil, noMails, ""}},
		// CAB-01: the team that holds it, also for the department it works for; CAB-29: its own ledger only
		"kmensah": {{"CO", []string{"DESK"}, all, ""}, {"DCMS", []string{"DESK"}, all, ""}, {"CO", nil, name, ""}, {"DCMS", nil, name, ""}},
		"sdevlin": {{"CO", []string{"VETTING"}, all, ""}, {"DCMS", []string{"VETTING"}, all, ""}, {"CO", nil, name, ""}, {"DCMS", nil, name, ""}},
		"tbrandt": {{"CO", nil, name, ledger}},
	}
}

// due is where a part of a canary may show to somebody: nowhere (ok is false),
// at one address, or anywhere ("").
func due(user string, c canary, part string) (only string, ok bool) {
	if user == c.user { // one's own, but for the notes of staff
		return "", part != partNote && part != partNoteFile
	}
	for _, s := range sights()[user] {
		if s.controller == c.controller && (s.teams == nil || slices.Contains(s.teams, c.team)) && slices.Contains(s.parts, part) {
			return s.only, true
		}
	}
	return "", false
}

// walk is the house with its canaries.
type walk struct {
	*desk
	canaries []canary
	views    []string // addresses of the lists of teams
}

// visit walks all addresses as somebody and compares.
func (w *walk) visit(t *testing.T, user string, paths []string) {
	v, err := visit(w.site.URL, user)
	if err != nil {
		t.Fatal(err)
	}
	callers := []*visitor{v}
	for _, purpose := range []policy.Purpose{policy.Own, policy.Resolve, policy.Oversight, policy.Operate} {
		if _, named := sights()[user]; named || strings.HasPrefix(user, "canary") {
			callers = append(callers, w.program(t, user, purpose))
		}
	}
	seen := map[string]bool{} // words that showed
	for _, path := range paths {
		for _, who := range callers {
			if who.token != "" && !strings.HasPrefix(path, api.Prefix) {
				continue // a token opens no page
			}
			var r reply
			if strings.HasPrefix(path, live) {
				r = who.glance(path, 300*time.Millisecond)
			} else {
				r = who.get(path)
			}
			if r.err != nil || r.status >= 500 {
				t.Fatalf("%s: %d %v", path, r.status, r.err)
			}
			if page := r.body + r.to; strings.Contains(page, sign) {
				w.compare(t, user, path, page, seen)
			}
		}
	}
	for _, c := range w.canaries {
		for _, part := range allParts() {
			if _, ok := due(user, c, part); ok && !seen[c.word(part)] {
				t.Errorf("the %s of the canary of %s with %s shows nowhere", part, c.controller, c.team)
			}
		}
	}
}

// compare looks for words on a page, and says which should not be there.
func (w *walk) compare(t *testing.T, user, path, page string, seen map[string]bool) {
	t.Helper()
	for _, c := range w.canaries {
		for _, part := range allParts() {
			word := c.word(part)
			if !strings.Contains(page, word) {
				continue
			}
			seen[word] = true
			only, ok := due(user, c, part)
			if place, _, _ := strings.Cut(path, "?"); !ok || (only != "" && only != place) {
				t.Errorf("GET %s shows the %s of the canary of %s with %s", path, part, c.controller, c.team)
			}
		}
	}
}

// paths are all addresses that can be asked for, with every id filled in. An
// address that nobody told this test how to fill in fails it.
func (w *walk) paths() []string {
	w.t.Helper()
	fill := w.fill()
	found := map[string]bool{}
	for _, pattern := range w.patterns() {
		paths, known := fill[pattern]
		if !known {
			w.t.Errorf("%s is not walked: say in fill how to ask for it", pattern)
		}
		for _, p := range paths {
			found[p] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// patterns are the addresses of a real installation, and of its API, that
// answer to GET. The demo's outbox shows everybody everything on purpose, and
// exists in the demo only.
func (w *walk) patterns() []string {
	w.t.Helper()
	routes, err := (&app.Site{House: w.House}).Routes()
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, r := range routes {
		if path, ok := strings.CutPrefix(r.Pattern, "GET "); ok {
			out = append(out, path)
		}
	}
	var doc struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal([]byte(w.as("").must(api.Prefix+"/openapi.json")), &doc); err != nil {
		w.t.Fatal(err)
	}
	for path, methods := range doc.Paths {
		if _, ok := methods["get"]; ok {
			out = append(out, path)
		}
	}
	if len(out) < 25 {
		w.t.Fatalf("the house tells of %d addresses only", len(out))
	}
	return out
}
