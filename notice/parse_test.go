package notice_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/notice"
	"heed/notices"
)

func TestFaultsOfFormAreReportedTogether(t *testing.T) {
	t.Parallel()
	const head = "policy: p-1\nversion: 1\neffective: decide\nreview_by: decide\nregime: uk\nlanguage: en\ntitle: T\nsummary: S\n" +
		"reading: {of: o, dated: none, part: p}\ncontroller: {name: N}\ncontact: {email: e}\napplies_to: {records: [ticket]}\n"
	for _, tc := range []struct {
		name string
		body string
		want []string
	}{
		{"nothing is wrong", "", nil},
		{"an unknown block", "sea: []\n", []string{`f.yaml:13:1: unknown key "sea" in the file; did you mean "see"?`}},
		{"marketing", "purposes:\n  ads:\n    serves: [marketing]\n    says: x\n", []string{
			`f.yaml:15:14: purposes.ads.serves[0]: the product has no purpose "marketing" and will not get one; a notice of a service desk cannot promise advertising (CAB-23)`,
		}},
		{"words from closed lists", "purposes:\n  a: {serves: resolv, says: x, output: agregate}\nkeep:\n  k: {then: destory, at_most: [1y after closd]}\n", []string{
			`f.yaml:14:7: purposes.a.serves: "resolv" is not a known purpose of the product; did you mean "resolve"?`,
			`f.yaml:14:32: purposes.a.output: "agregate" is not a known kind of output; did you mean "aggregate"?`,
			`f.yaml:16:7: keep.k.then: "destory" is not a known end; did you mean "destroy"?`,
			`f.yaml:16:32: keep.k.at_most[0]: "closd" is not a known anchor; did you mean "closed"?`,
		}},
		{"limits that say nothing", "keep:\n  k:\n    then: destroy\n    at_most: [1y, 1w after closed, \"31d after closed, no more than 30d\"]\n", []string{
			`f.yaml:16:15: keep.k.at_most[0]: "1y" is not a limit; write a period and what it is counted from, such as "1y after recorded"`,
			`f.yaml:16:19: keep.k.at_most[1]: "1w" is not a period; write years, months or days, such as 1y, 6m, 30d or 1y6m`,
			`f.yaml:16:36: keep.k.at_most[2]: 31d is longer than the 30d it may not exceed; choose 30d or less`,
		}},
		{"a rule in all its parts", "see:\n  - id: Big\n    who: [analist, team, self]\n    what: ticket\n    for: own\n    except: [mail]\n    says: x\n", []string{
			`f.yaml:14:5: the id "Big" becomes part of an address; use small letters, digits and hyphens`,
			`f.yaml:15:11: see.Big.who[0]: "analist" is not a known word for who or when; did you mean "analyst"?`,
			`f.yaml:15:20: see.Big.who[1]: "team" needs to say which; write team:CODE`,
			`f.yaml:15:26: see.Big.who[2]: "self" cannot be asked of ticket; it is for person, ledger.own, phone_log, account, asset, survey_answer`,
			`f.yaml:18:14: see.Big.except[0]: "mail" is not a known class of entries; did you mean "email"?`,
		}},
		{"promises that point nowhere", "promises:\n  X-1: {kept_by: [controler]}\n  X-2: {kept_by: [controller], not_yet: soon}\n  X-3: {}\n", []string{
			`f.yaml:14:19: promises.X-1.kept_by[0]: nothing in this file has the path "controler"; did you mean "controller"?`,
			`f.yaml:15:3: promises.X-2: say exactly one of kept_by, attest or not_yet`,
			`f.yaml:16:3: promises.X-3: say exactly one of kept_by, attest or not_yet`,
		}},
		{"recipients that are neither none nor a list", "recipients: nobody\n", []string{
			`f.yaml:13:13: recipients: "nobody" is not a list of recipients; write none, or a list with id, role and agreement`,
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, problems := notice.Parse("f.yaml", []byte(head+tc.body))
			var got []string
			for _, p := range problems {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeadsAreChecked(t *testing.T) {
	t.Parallel()
	src := "policy: P 1\nversion: 0\neffective: soon\nreview_by: 2026-13-01\nregime: us\nlanguage: de\ntitle: T\nsummary: S\n" +
		"reading: {of: o, dated: last year, part: p}\ncontroller: {resolve_by: mood}\ncontact: {}\napplies_to: {records: [tickets]}\n"
	_, problems := notice.Parse("f.yaml", []byte(src))
	var lines []string
	for _, p := range problems {
		lines = append(lines, fmt.Sprint(p.Line))
	}
	if got := strings.Join(lines, " "); got != "1 2 3 4 5 6 9 10 12" {
		t.Errorf("problems on lines %s\n%v", got, problems)
	}
}

func TestAFileThatIsNoYAMLGivesNoNotice(t *testing.T) {
	t.Parallel()
	if n, problems := notice.Parse("f.yaml", []byte("{{{")); n != nil || len(problems) == 0 {
		t.Errorf("got %v, %v", n, problems)
	}
}

func TestANoticeCannotBeChangedThroughWhatItHandsOut(t *testing.T) {
	t.Parallel()
	n := decided(t, "ljmu-helpdesk")
	n.Source()[0], n.Choices()[0].Value = 'X', "X"
	if n.Source()[0] == 'X' || n.Choices()[0].Value == "X" {
		t.Error("a caller changed the notice")
	}
}

func TestOverlaysChooseOnlyWhatIsOpen(t *testing.T) {
	t.Parallel()
	base := published(t, "ljmu-helpdesk")
	for _, tc := range []struct {
		name, src string
		want      []string
	}{
		{
			"for another notice", "overlay: other\nchosen_by: me\nchoices: [{key: a, value: b, why: c}]\n",
			[]string{`o.yaml:1:1: this overlay is for "other" and was laid over "ljmu-helpdesk"`},
		},
		{
			"what the notice fixes", "overlay: ljmu-helpdesk\nchosen_by: me\nchoices:\n  - {key: contact.email, value: x@y.example, why: c}\n",
			[]string{`o.yaml:4:6: ljmu-helpdesk.yaml says "DPO@ljmu.ac.uk" at contact.email; an overlay chooses only where the notice says decide`},
		},
		{
			"what is not there", "overlay: ljmu-helpdesk\nchosen_by: me\nchoices:\n  - {key: keep.profil.at_most, value: 1y, why: c}\n",
			[]string{`o.yaml:4:6: ljmu-helpdesk.yaml has nothing at "keep.profil.at_most"; did you mean "keep.profile.at_most"?`},
		},
		{
			"more than the notice allows", "overlay: ljmu-helpdesk\nchosen_by: me\nchoices:\n  - {key: \"keep.profile.at_most[0]\", value: 31d, why: c}\n",
			[]string{`o.yaml:4:45: keep.profile.at_most[0]: 31d is longer than the 30d it may not exceed; choose 30d or less`},
		},
		{
			"no reason", "overlay: ljmu-helpdesk\nchosen_by: me\nchoices:\n  - {key: effective, value: 2026-09-01}\n",
			[]string{`o.yaml:4:6: choices[0] lacks the key "why"`},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, problems := notice.Overlay(base, "o.yaml", []byte(tc.src))
			var got []string
			for _, p := range problems {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if !base.Effective.Open {
		t.Error("an overlay changed the notice under it")
	}
}

func FuzzParse(f *testing.F) {
	for _, policy := range policies() {
		src, err := notices.Files().Open(policy + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		buf := make([]byte, 64<<10)
		n, err := src.Read(buf)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(buf[:n])
	}
	f.Add([]byte("see:\n  - id: a\n    who: team:\n    what: entry.email\n    for: own\n    says: x\n"))
	f.Add([]byte("keep: {a: {at_most: decide after closed, no more than 1d}}\nrecipients: none\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		n, problems := notice.Parse("f.yaml", src)
		if n == nil {
			if len(problems) == 0 {
				t.Fatal("neither a notice nor a problem")
			}
			return
		}
		n.Check(notice.Facts{})
		if rs, err := n.Rules(); err == nil && !notice.Failed(problems) {
			for _, r := range rs {
				if len(r.Who) == 0 {
					t.Fatalf("%s lets in nobody and compiled", r.ID)
				}
			}
		}
		if d := notice.Diff(n, n); len(d) > 0 {
			t.Fatalf("a notice differs from itself: %v", d)
		}
		if _, err := notice.Render(n, notice.Options{}); err != nil {
			t.Fatal(err)
		}
	})
}
