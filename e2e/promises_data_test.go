package e2e

import (
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
)

func TestLJMUH01TheUniversityIsNamedAsController(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		n, _ := d.Notices.Find("ljmu-helpdesk", 0)
		if page := d.as("").must("/notices/ljmu-helpdesk"); !strings.Contains(page, html.EscapeString(n.Controller.Says)) {
			t.Error("the published notice does not say who the controller is")
		}
		if page := d.as("").must("/notices"); !strings.Contains(page, "Liverpool John Moores University") {
			t.Error("the list of notices does not name the controller")
		}
		d.as("aruiz").ask("numbat", "x")
		if mail := d.outgoingTo("aruiz@ljmu.example"); !strings.Contains(mail, "Liverpool John Moores University is responsible for your data") {
			t.Errorf("the mail does not say who is responsible: %s", mail)
		}
		d.amend("ljmu-helpdesk", "says: Liverpool John Moores University is the controller of", "says: The city of Liverpool is the controller of")
		if page := d.as("").must("/notices/ljmu-helpdesk"); !strings.Contains(page, "The city of Liverpool is the controller of") {
			t.Error("the page does not say what the notice says")
		}
	})
}

// card is what the desk reads of somebody beside their ticket.
func (d *desk) card(agent, user string) string {
	d.t.Helper()
	ref := d.as(user).ask("numbat", "x")
	_, page, _ := strings.Cut(d.as(agent).must("/desk/tickets/"+ref), "/desk/people/"+d.person(user))
	return page
}

func TestLJMUH07TheDeskReadsAddressOfficeAndPhoneWhereRecorded(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		office, phone := regexp.MustCompile(`Room \d\.\d\d`), regexp.MustCompile(`020 7946 0\d{3}`)
		card := d.card("oachterberg", "aruiz")
		if !strings.Contains(card, "aruiz@ljmu.example") || !office.MatchString(card) || !phone.MatchString(card) {
			t.Error("the desk does not see how to reach who asks")
		}
		if strings.Contains(card, "not recorded") {
			t.Error("something that is recorded is said not to be")
		}
		card = d.card("oachterberg", "jwhitfield") // who has no address
		if strings.Contains(card, "@ljmu.example") || strings.Count(card, "not recorded") != 1 {
			t.Errorf("a missing address should read once as not recorded, and reads so %d times", strings.Count(card, "not recorded"))
		}
		d.sequence()
		d.read(func(tx *store.Tx) error {
			n, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM ledger_record WHERE action = 'person.read' AND person_id = $1 AND purpose = 'resolve'", number(t, d.person("aruiz")))
			if err == nil && n.V == 0 {
				t.Error("that the desk looked them up is not recorded")
			}
			return err
		})
		d.amend("ljmu-helpdesk", "  - id: it-sees-people\n    who: team:IT\n", "  - id: it-sees-people\n    who: team:IT\n    when: [self]\n", "    who: shares_ticket\n    when: [analyst]\n", "    who: shares_ticket\n    when: [analyst, self]\n")
		if card := d.card("oachterberg", "aruiz"); phone.MatchString(card) || office.MatchString(card) {
			t.Error("the desk sees a phone number that no sentence lets it see")
		}
	})
}

// asked lists the names of the fields that a form shows.
func asked(page string) (names []string) {
	for _, tag := range regexp.MustCompile(`<(input|textarea|select)[^>]*>`).FindAllString(page, -1) {
		name := regexp.MustCompile(` name="([^"]+)"`).FindStringSubmatch(tag)
		if name != nil && !strings.Contains(tag, `type="hidden"`) && !slices.Contains(names, name[1]) {
			names = append(names, name[1])
		}
	}
	slices.Sort(names)
	return names
}

func TestLJMUH25TheFormAsksForAUserNameAndTheRestComesFromTheAccount(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	page := d.as("aruiz").must("/ask")
	if got := asked(page); !slices.Equal(got, []string{"body", "files", "for", "service", "subject"}) {
		t.Errorf("the form asks for %v", got)
	}
	if !strings.Contains(page, "Ana Ruiz, aruiz@ljmu.example") {
		t.Error("the form does not show what is taken from the account")
	}
	d.as("aruiz").ask("numbat", "x")
	d.read(func(tx *store.Tx) error {
		n, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM person_value WHERE person_id = $1 AND source <> 'directory'", number(t, d.person("aruiz")))
		if err == nil && n.V != 0 {
			t.Errorf("%d values of the person came from elsewhere than the account", n.V)
		}
		return err
	})
	card := d.as("oachterberg").must("/desk/people/" + d.person("aruiz"))
	if facts, from := strings.Count(card, "<dt"), strings.Count(card, "directory"); facts < 4 || from < 4 {
		t.Errorf("the card has %d facts and says %d times that they come from the directory", facts, from)
	}
}

// feed imports a list of people with the binary and returns what it said.
func feed(t *testing.T, p program, desk, columns, csv string) string {
	t.Helper()
	dir := t.TempDir()
	file, plan := filepath.Join(dir, "people.csv"), filepath.Join(dir, "map.yaml")
	for name, text := range map[string]string{file: csv, plan: "source: central accounts\ndesk: " + desk + "\nmissing: keep\ncolumns:\n" + columns} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said, code, err := p.run(t.Context(), "--verbose", "import", "people", file, "--map", plan)
	if err != nil || code != 0 {
		t.Fatalf("the import ends with %d, %v: %s", code, err, said)
	}
	return said
}

func TestCHI12NineThingsAreNotedAndWhateverElseTheFeedBringsIsDropped(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		p, c := demoProgram(t, e)
		said := feed(t, p, "CHI", "  key: LOGIN\n  name: [FIRST, LAST]\n  user_name: LOGIN\n  email: MAIL\n  number: NO\n  department: DEPT\n  phone: TEL\n  job_title: TITLE\n  manager: BOSS\n",
			"FIRST,LAST,LOGIN,MAIL,NO,DEPT,TEL,TITLE,BOSS,SHOE_SIZE,HOBBY,CAR\nZelda,Zubrowka,zzubrowka,zz@chi.example,S7654321,Music,01243 816000,Tutor,zzubrowka,wombatshoe,wombathobby,wombatcar\n")
		if !strings.Contains(said, "SHOE_SIZE, HOBBY, CAR") {
			t.Errorf("the report does not name the three columns it dropped: %s", said)
		}
		if strings.Contains(strings.ToLower(said), "wombat") {
			t.Errorf("the report or the log holds what was dropped: %s", said)
		}
		if where := everyByte(t, c, "wombat"); len(where) > 0 {
			t.Errorf("what was dropped lies in %v", where)
		}
		d := openDesk(t, c)
		card := d.as("mtan").must("/desk/people/" + d.person("zzubrowka"))
		for _, item := range []string{"Zelda Zubrowka", "zzubrowka", "zz@chi.example", "Music", "01243 816000", "Tutor"} {
			if !strings.Contains(card, item) {
				t.Errorf("the card lacks %s", item)
			}
		}
		d.read(func(tx *store.Tx) error {
			n, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM person_value WHERE person_id = $1", number(t, d.person("zzubrowka")))
			if err != nil || n.V != 6 { // the two names and the manager stand on the person
				t.Errorf("%d values are kept beside the names and the manager, want 6", n.V)
				return err
			}
			who, err := d.People.Person(t.Context(), tx, number(t, d.person("zzubrowka")))
			if err == nil && who.First(directory.Number) != "S7654321" {
				t.Errorf("the number is kept as %q", who.First(directory.Number))
			}
			return err
		})
	})
}

func TestCAB08TheSetOfDataIsClosed(t *testing.T) {
	t.Parallel()
	p, c := demoProgram(t, store.SQLite)
	said := feed(t, p, "CO", "  key: LOGIN\n  name: NAME\n  user_name: LOGIN\n  email: MAIL\n  phone: TEL\n  office: ADDRESS\n  employer: ORG\n",
		"LOGIN,NAME,MAIL,TEL,ADDRESS,ORG,DATE_OF_BIRTH,CLEARANCE\nzzubrowka,Zelda Zubrowka,zz@co.example,020 7946 0999,70 Whitehall,CO,1977-07-07,wombatcleared\n")
	if !strings.Contains(said, "DATE_OF_BIRTH, CLEARANCE") {
		t.Errorf("the report does not name what it dropped: %s", said)
	}
	for _, word := range []string{"1977-07-07", "wombatcleared"} {
		if where := everyByte(t, c, word); len(where) > 0 || strings.Contains(said, word) {
			t.Errorf("%s lies in %v, or in the report", word, where)
		}
	}
	d := openDesk(t, c)
	if got := asked(d.as("rokafor").must("/ask")); !slices.Equal(got, []string{"body", "files", "for", "service", "subject"}) {
		t.Errorf("the form asks for %v", got)
	}
	who := d.program(t, "rokafor", policy.Own)
	for body, want := range map[string]int{
		`{"subject":"bilby","text":"x"}`:                                 http.StatusCreated,
		`{"subject":"bilby","text":"x","dateOfBirth":"1977-07-07"}`:      http.StatusUnprocessableEntity,
		`{"subject":"bilby","text":"x","affected":"rokafor","home":"x"}`: http.StatusUnprocessableEntity,
	} {
		if r := who.send("/api/v1/tickets", "application/json", strings.NewReader(body)); r.status != want {
			t.Errorf("%s answers %d, want %d", body, r.status, want)
		}
	}
	page := d.card("kmensah", "zzubrowka")
	for _, item := range []string{"zz@co.example", "020 7946 0999", "70 Whitehall"} {
		if !strings.Contains(page, item) {
			t.Errorf("the desk does not see %s", item)
		}
	}
}

func TestCAB01RequestsByAndForStaffAreWorkedOnAndForNothingElse(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		refs := map[string]string{"by staff": d.as("rokafor").ask("bilby", "my dunnart")}
		status, to := d.as("kmensah").post("/desk/call", map[string][]string{"caller": {d.person("rokafor")}, "kind": {"incident"}, "channel": {"phone"}, "subject": {"bilby"}, "body": {"a dunnart by phone"}})
		ref, ok := strings.CutPrefix(to, "/desk/tickets/")
		if status != http.StatusSeeOther || !ok {
			t.Fatalf("%d %.200s", status, to)
		}
		refs["for staff"] = ref
		serve := map[policy.Purpose]bool{policy.Resolve: true, policy.Contact: true, policy.ProgressMail: true}
		for how, ref := range refs {
			if page := d.as("rokafor").must("/requests/" + ref); !strings.Contains(page, "dunnart") {
				t.Errorf("%s: they do not see their own request", how)
			}
			for _, p := range policy.Purposes() {
				if r := d.program(t, "kmensah", p).get("/api/v1/tickets/" + ref); (r.status == http.StatusOK) != serve[p] {
					t.Errorf("%s: for the purpose %q the desk is answered %d", how, p, r.status)
				}
			}
		}
		d.holdsNothingAboveOfficial(refs["by staff"])
	})
}

// holdsNothingAboveOfficial tries every way in with a text that is marked too
// high: it is refused with what to do, and nothing of it is kept.
func (d *desk) holdsNothingAboveOfficial(ref string) {
	d.t.Helper()
	before := d.written()
	const secret = "SECRET\r\n\r\nthe numbat roster"
	for how, form := range map[string]url.Values{
		"/ask":             {"subject": {"a list"}, "body": {secret}},
		"/requests/" + ref: {"body": {secret}},
	} {
		if status, page := d.as("rokafor").post(how, form); status != http.StatusUnprocessableEntity || !strings.Contains(page, "nothing above OFFICIAL") {
			d.t.Errorf("%s: %d %.300s", how, status, page)
		}
	}
	if status, _ := d.as("rokafor").post("/drafts?place=/ask", url.Values{"body": {secret}}); status < 400 {
		d.t.Errorf("a draft of it is kept: %d", status)
	}
	raw := "From: rokafor@co.example\r\nTo: itdesk@desk.example.org\r\nMessage-ID: <roster@co.example>\r\nSubject: [SECRET] a list\r\n\r\nthe numbat roster\r\n"
	if err := d.Mail.Receive(d.t.Context(), "itdesk@desk.example.org", []byte(raw)); err == nil || !strings.Contains(err.Error(), "nothing above OFFICIAL") {
		d.t.Errorf("the mail is taken: %v", err)
	}
	if err := d.Mail.Receive(d.t.Context(), "helpdesk@desk.example.org", []byte(strings.ReplaceAll(raw, "itdesk", "helpdesk"))); err != nil {
		d.t.Errorf("a desk without a ceiling refuses the mail: %v", err)
	}
	d.settle()
	d.read(func(tx *store.Tx) error { // its sender's own organisation has one
		row, err := store.One[store.Value[string]](d.t.Context(), tx, "SELECT outcome FROM mail_in")
		if row.V != "ignored" {
			d.t.Errorf("the mail to the other desk is %q, want it let go", row.V)
		}
		return err
	})
	if page := d.as("tbrandt").must("/operator/mail"); !strings.Contains(page, "marked above") {
		d.t.Error("the operator does not see why")
	}
	if after := d.written(); after != before {
		d.t.Errorf("%d texts are kept where there were %d", after, before)
	}
}

func TestCAB28TheControllerFollowsFromTheEmployer(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		for user, want := range map[string]struct{ code, name string }{
			"kmensah": {"CO", "Cabinet Office"}, "rokafor": {"CO", "Cabinet Office"}, // a body that the Cabinet Office leads
			"amehta": {"DCMS", "Department for Culture, Media and Sport"},
		} {
			ref := d.as(user).ask("bilby", "x")
			if r := d.program(t, user, policy.Own).get("/api/v1/tickets/" + ref); !strings.Contains(r.body, `"controller":"`+want.code+`"`) {
				t.Errorf("%s: the controller should be %s: %.300s", user, want.code, r.body)
			}
			if mail := d.outgoingTo(user + "@co.example"); !strings.Contains(mail, want.name+" is responsible for your data") {
				t.Errorf("%s is not told that %s is responsible: %s", user, want.name, mail)
			}
		}
		n, _ := d.Notices.Find("cabinet-office-it-desk", 0)
		page := d.as("rokafor").must("/notices/cabinet-office-it-desk")
		for _, o := range n.Controller.Options {
			if o.ID != "dexeu" && !strings.Contains(page, html.EscapeString(o.Says)) {
				t.Errorf("the notice does not say: %s", o.Says)
			}
		}
	})
}
