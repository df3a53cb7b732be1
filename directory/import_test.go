package directory

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"heed/directory/feed"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/notice"
)

const nightly = `
source: central accounts
desk: CO
missing: close
columns:
  key: ID
  name: [FIRST, LAST]
  user_name: LOGIN
  email: MAIL
  phone: TEL
  office: ROOM
  department: DEPT
  job_title: TITLE
  number: NO
  manager: BOSS
  employer: ORG
  affiliation: KIND
  until: END
  state: STATE
values:
  employer: {"01": CO, "02": DCMS}
  affiliation: {S: staff, P: partner}
  state: {A: active, L: closed}
`

const head = "ID,FIRST,LAST,LOGIN,MAIL,TEL,ROOM,DEPT,TITLE,NO,BOSS,ORG,KIND,END,STATE,SHOE_SIZE,DISABILITY\n"

const threePeople = head +
	"1,Rosa,Okafor,rokafor,r.okafor@co.example,020 7946 0101,R 1,Economic,Adviser,E1,2,01,S,,A,38,none\n" +
	"2,Kwame,Mensah,kmensah,k.mensah@co.example,,,Digital,Head,E2,2,01,S,,A,44,none\n" +
	"3,Arjun,Mehta,amehta,a.mehta@dcms.example,020 7946 0103,R 3,Museums,Curator,E3,,02,S;P,2027-01-31,A,41,none\n"

func mustMap(t testing.TB, src string) *feed.Map {
	t.Helper()
	m, problems := feed.ParseMap("map.yaml", []byte(src))
	if m == nil {
		t.Fatalf("the map: %v", problems)
	}
	return m
}

func (w *world) feed(m, file string, change ...func(*Import)) (Report, error) {
	w.t.Helper()
	in := Import{Map: mustMap(w.t, m), File: strings.NewReader(file)}
	for _, c := range change {
		c(&in)
	}
	return w.Import(w.t.Context(), in)
}

func (w *world) mustFeed(m, file string, change ...func(*Import)) Report {
	w.t.Helper()
	r, err := w.feed(m, file, change...)
	if err != nil {
		w.t.Fatalf("%v\n%s", err, r)
	}
	return r
}

func TestAFeedBringsPeopleOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		dry := w.mustFeed(nightly, threePeople, func(in *Import) { in.DryRun = true })
		if dry.New != 3 || w.count("person") != 0 {
			t.Fatalf("a dry run found %d new people and left %d", dry.New, w.count("person"))
		}
		r := w.mustFeed(nightly, threePeople)
		if r.New != 3 || r.Rows != 3 || w.count("person") != 3 {
			t.Fatalf("the first run: %s", r)
		}
		rosa, kwame := w.who("ROKAFOR"), w.who("kmensah")
		if rosa.Name != "Rosa Okafor" || rosa.Manager != kwame.ID || rosa.Controller != w.code["CO"].ID || kwame.Manager != 0 {
			t.Errorf("got %+v, whose manager should be %d; nobody leads the head", rosa, kwame.ID)
		}
		for _, v := range rosa.Values {
			if v.Source != "central accounts" || !v.At.Equal(w.Clock.Now()) {
				t.Errorf("%s says %s, %s; every value names its source and date (LJMUH-25, CHI-17)", v.Kind, v.Source, v.At)
			}
		}
		records, values := w.count("ledger_record"), w.count("person_value")
		w.Clock.Advance(days(1))
		again := w.mustFeed(nightly, threePeople)
		if again.Unchanged != 3 || again.New+again.Changed+again.Missing != 0 {
			t.Errorf("the second run: %s", again)
		}
		if got := w.count("ledger_record"); got != records || w.count("person_value") != values {
			t.Errorf("unchanged rows cost %d records", got-records)
		}
	})
}

func TestTheControllerFollowsTheEmployer(t *testing.T) { // CAB-28, E31
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustFeed(nightly, threePeople)
		if got := w.who("amehta").Controller; got != w.code["DCMS"].ID {
			t.Fatalf("a person employed by DCMS is under %d", got)
		}
		w.mustFeed(nightly, strings.Replace(threePeople, ",02,S;P", ",01,S;P", 1))
		if got := w.who("amehta"); got.Controller != w.code["CO"].ID || got.Organisation != w.org["CO"].ID {
			t.Errorf("after the move the person is under %d", got.Controller)
		}
		if n := w.count("person"); n != 3 {
			t.Errorf("a move made %d people out of 3", n)
		}
	})
}

func TestAChangedRowChangesOnlyWhatDiffers(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustFeed(nightly, threePeople)
		before := w.who("rokafor")
		w.Clock.Advance(days(3))
		moved := strings.NewReplacer("Rosa,Okafor", "Rosa,Okafor-Bell", "R 1", "R 9", "020 7946 0101", "").Replace(threePeople)
		dry := w.mustFeed(nightly, moved, func(in *Import) { in.DryRun = true })
		want := []feed.Problem{{Line: 2, Text: "name, office, phone"}}
		if diff := cmp.Diff(want, dry.Changes); diff != "" {
			t.Errorf("the dry run says %s", diff)
		}
		r := w.mustFeed(nightly, moved)
		after := w.who("rokafor")
		if r.Changed != 1 || after.ID != before.ID || after.Name != "Rosa Okafor-Bell" || after.First(Office) != "R 9" || after.First(Phone) != "" {
			t.Errorf("after the change: %s %+v", r, after)
		}
		for _, v := range after.Values {
			if moved := v.Kind == Office; v.At.Equal(w.Clock.Now()) != moved {
				t.Errorf("%s is dated %s; only what changed gets a new date", v.Kind, v.At)
			}
		}
		if rec := w.records(after.ID); !strings.Contains(rec, "changed by feed central accounts: name, office, phone") || strings.Contains(rec, "R 9") {
			t.Errorf("the ledger says %s", rec)
		}
		w.read(func(tx *store.Tx) error {
			for query, want := range map[string]int{"bell": 1, "rokafor": 1} {
				found, err := w.Bearers(t.Context(), tx, text.ParseQuery(query), policy.If(true), 5)
				if err != nil || len(found) != want {
					t.Errorf("the index finds %d people for %s, %v", len(found), query, err)
				}
			}
			return nil
		})
	})
}

func TestABrokenFileChangesNothingAndNamesItsLines(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustFeed(nightly, threePeople)
		before := w.count("person_value")
		file := strings.Replace(threePeople, "R 1", "R 2", 1) + // good
			"3,Again,Mehta,other,,,,,,,,02,S,,A,,\n" + // 5: key twice
			"5,Five,Five,rokafor,,,,,,,,01,S,,A,,\n" + // 6: user name twice
			"6,Six,Six,six,six,,,,,,,01,S,,A,,\n" + // 7: no address
			"7,Seven,Seven,seven,,,,,,,,09,S,,A,,\n" + // 8: unknown code
			"8,Eight,Eight\n" + // 9: too few columns
			"9,Ni\xffne,Nine,nine,,,,,,,,01,X,,A,,\n" + // 10: not UTF-8, unknown affiliation
			",,,,,,,,,,,01,S,31.1.2027,B,,\n" // 11: no key, no day, no state
		r, err := w.feed(nightly, file)
		if !fault.Is(err, fault.KindInvalid) {
			t.Fatalf("got %v", err)
		}
		lines := map[int]bool{}
		for _, p := range r.Problems {
			lines[p.Line] = true
			if strings.Contains(p.Text, "seven") || strings.Contains(p.Text, "Six") {
				t.Errorf("a problem quotes a person: %s", p)
			}
		}
		for line := 5; line <= 11; line++ {
			if !lines[line] {
				t.Errorf("line %d is not named in:\n%s", line, r)
			}
		}
		if w.count("person") != 3 || w.count("person_value") != before || w.who("rokafor").First(Office) != "R 1" {
			t.Error("a broken file changed something")
		}
	})
}

func TestAReportNamesFiftyLinesAndCountsTheRest(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		r, err := w.feed(nightly, head+strings.Repeat("x\n", 70))
		if err == nil || len(r.Problems) != 50 || r.MoreProblems != 20 || !strings.Contains(r.String(), "and 20 more") {
			t.Errorf("%v, %d problems and %d more", err, len(r.Problems), r.MoreProblems)
		}
	})
}

func TestUnknownColumnsAreDroppedAndNamed(t *testing.T) { // CHI-12
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		r := w.mustFeed(nightly, threePeople)
		if diff := cmp.Diff([]string{"SHOE_SIZE", "DISABILITY"}, r.Dropped); diff != "" {
			t.Error(diff)
		}
		if !strings.Contains(r.String(), "SHOE_SIZE, DISABILITY") || strings.Contains(r.String(), "44") {
			t.Errorf("the report: %s", r)
		}
		kinds := map[Kind]bool{}
		for _, v := range w.who("rokafor").Values {
			kinds[v.Kind] = true
		}
		if len(kinds) != 7 {
			t.Errorf("%d kinds of values were kept: %v", len(kinds), kinds)
		}
	})
}

func TestSomebodyKnownFromAMailIsTakenOver(t *testing.T) { // E31
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var known Person
		w.write(func(tx *store.Tx) (err error) {
			known, err = w.AddPerson(t.Context(), tx, NewPerson{Controller: w.code["CO"].ID, Name: "arjun", Source: "mail", Values: []Value{{Kind: Email, Text: "A.Mehta@dcms.example", Source: "mail"}}})
			return err
		})
		r := w.mustFeed(nightly, threePeople)
		got := w.who("amehta")
		if r.Adopted != 1 || r.New != 2 || got.ID != known.ID || got.Controller != w.code["DCMS"].ID || got.Name != "Arjun Mehta" {
			t.Errorf("%s %+v", r, got)
		}
		if n := w.count("person_value WHERE person_id = $1 AND kind = 'email'", known.ID); n != 1 {
			t.Errorf("the address stands there %d times", n)
		}
		if r := w.mustFeed(nightly, threePeople); r.Unchanged != 3 {
			t.Errorf("a second time: %s", r)
		}
	})
}

func TestAFeedThatKnowsNoEmployersLeavesThem(t *testing.T) { // CAB-28
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.person("DCMS", "Arjun Mehta", "amehta")
		bare := "source: bare\ndesk: CO\nmissing: keep\ncolumns: {key: ID, name: NAME, user_name: LOGIN}\n"
		r := w.mustFeed(bare, "ID,NAME,LOGIN\n1,Arjun J. Mehta,amehta\n2,New Person,new\n")
		got := w.who("amehta")
		if r.Adopted != 1 || got.Controller != w.code["DCMS"].ID || got.Organisation != w.org["DCMS"].ID || got.Name != "Arjun J. Mehta" {
			t.Errorf("%s %+v", r, got)
		}
		if got := w.who("new"); got.Controller != w.code["CO"].ID {
			t.Errorf("somebody new is under %d", got.Controller)
		}
	})
}

func TestNobodyComesUnderTwoControllers(t *testing.T) { // E31
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.person("LJMU", "Rosa Okafor", "rokafor")
		other := strings.NewReplacer("central accounts", "second feed", "desk: CO", "desk: LJMU", "employer: ORG", "", `employer: {"01": CO, "02": DCMS}`, "").Replace(nightly)
		r, err := w.feed(nightly, threePeople)
		if err == nil || len(r.Problems) != 1 || r.Problems[0].Line != 2 || !strings.Contains(r.Problems[0].Text, "another desk") {
			t.Errorf("somebody of another desk: %v %s", err, r)
		}
		w.mustFeed(nightly, strings.ReplaceAll(threePeople, "rokafor", "rosa"))
		r, err = w.feed(other, head+"77,Arjun,Mehta,amehta,x@y.example,,,,,,,,S,,A,,\n")
		if err == nil || !strings.Contains(r.String(), `the feed "central accounts" brings`) {
			t.Errorf("somebody of another feed: %v %s", err, r)
		}
		r, err = w.feed(nightly, threePeople[:len(head)]+"9,A,B,ab,,,,,,,,03,S,,A,,\n")
		if err == nil {
			t.Errorf("an employer that no table knows: %s", r)
		}
		direct := strings.Replace(nightly, `employer: {"01": CO, "02": DCMS}`, "", 1)
		if r, err = w.feed(direct, head+"9,A,B,ab,,,,,,,,LJMU,S,,A,,\n"); err == nil || !strings.Contains(r.String(), "another desk") {
			t.Errorf("an employer of another desk: %v %s", err, r)
		}
		if r, err = w.feed(direct, head+"9,A,B,ab,,,,,,,,NIX,S,,A,,\n"); err == nil || !strings.Contains(r.String(), `no organisation "NIX"`) {
			t.Errorf("an employer nobody knows: %v %s", err, r)
		}
	})
}

func TestAFeedLeavesOutWhatNoNoticeNames(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		all := notice.Data{Items: []string{"business_email", "department"}}
		w.Notices = said{w.code["CO"].ID: {all}, w.code["DCMS"].ID: {all, {Items: []string{"phone_personal", "manager_name", "employee_number"}}}}
		report, err := w.feed(nightly, threePeople)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"job_title", "manager", "number", "office", "phone"}, report.Unnamed); diff != "" {
			t.Error(diff)
		}
		if !strings.Contains(report.String(), "no notice of the controller names them: job_title, manager") {
			t.Errorf("the report does not say so: %s", report)
		}
		for user, want := range map[string][]Kind{"rokafor": {UserName, Email, Department}, "amehta": {UserName, Email, Phone, Department, Number}} {
			p := w.who(user)
			var got []Kind
			for _, v := range p.Values {
				got = append(got, v.Kind)
			}
			if diff := cmp.Diff(want, got, cmpopts.SortSlices(func(a, b Kind) bool { return a < b })); diff != "" {
				t.Errorf("%s: %s", user, diff)
			}
		}
		if again, err := w.feed(nightly, threePeople); err != nil || again.Unchanged != 3 {
			t.Errorf("the same file once more: %v %v", again, err)
		}
	})
}
