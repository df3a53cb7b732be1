package notice_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heed/notice"
)

func northgate(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("testdata/northgate.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// change is one edit of the invented notice and what it means.
type change struct {
	name, from, to string
	want           []string // effect: text, in order
}

func changes() []change {
	return slices.Concat(seeChanges(), keepChanges(), dataChanges(), otherChanges())
}

func seeChanges() []change {
	return []change{
		{"somebody gains sight", "who: [assigned_team]", "who: [assigned_team, team:HR]", []string{
			"wider: The team HR may now see tickets without restricted entries with a valid account, while it is assigned to them, for resolve.",
		}},
		{"a condition is dropped", "when: [analyst, while_assigned]", "when: [analyst]", []string{
			"wider: The team that holds the ticket see tickets now with a valid account; before, it was with a valid account, while it is assigned to them.",
		}},
		{"a condition is replaced", "when: [analyst, while_assigned]", "when: [analyst, team:IT]", []string{
			"unclear: The team that holds the ticket see tickets now with a valid account, as members of IT; before, it was with a valid account, while it is assigned to them.",
		}},
		{"an exception is dropped", "except: [restricted], for: resolve", "for: resolve", []string{
			"wider: The team that holds the ticket on tickets: what is left out no longer includes restricted.",
		}},
		{"a purpose is added to a sight", "except: [restricted], for: resolve", "except: [restricted], for: [resolve, figures]", []string{
			"wider: The team that holds the ticket on tickets: what for now includes figures.",
		}},
		{"people stop seeing their own", "  - {id: own, who: concerned, what: ticket, except: [internal], for: own, says: You see your own.}\n", "", []string{
			"wider: The people a ticket concerns can no longer see tickets.",
		}},
		{"people see who looked", "says: You see your own.}", "says: You see your own.}\n  - {id: looked, who: self, what: ledger.own, for: own, says: You see who looked.}", []string{
			"narrower: The person themselves can now see who read about them.",
		}},
		{"one more reason to listen", "reasons: [praise, complaint]", "reasons: [praise, complaint, training]", []string{
			"wider: The role manager on recordings of calls: the reasons now includes training.",
		}},
		{"any reason to listen", "reasons: [praise, complaint], ", "", []string{
			"wider: The role manager on recordings of calls: for any reason now, no longer only for complaint, praise.",
		}},
		{"no evidence any more", "evidence: required, ", "", []string{
			"wider: The role manager on recordings of calls: no reason has to be given any more.",
		}},
		{"a longer grant", "hours: 24", "hours: 48", []string{
			"wider: The role manager on recordings of calls: for longer than the 24 hours of before.",
		}},
		{"only the words of a rule", "The team reads it.", "The team reads what you wrote.", []string{
			`neutral: The sentence team now reads: "The team reads what you wrote." (before: "The team reads it.").`,
		}},
		{"a rule under another name", "{id: hear, who", "{id: listening, who", nil},
		{"the order of words", "reasons: [praise, complaint]", "reasons: [complaint, praise]", nil},
	}
}

func keepChanges() []change {
	return []change{
		{"a ceiling rises", "at_most: [1y after recorded]", "at_most: [13m after recorded]", []string{
			`wider: The longest keeping of "audio" changes from 1 year after it was recorded to 13 months after it was recorded.`,
		}},
		{"a ceiling that the month decides", "at_most: [1y after recorded]", "at_most: [365d after recorded]", []string{
			`unclear: The longest keeping of "audio" changes from 1 year after it was recorded to 365 days after it was recorded.`,
		}},
		{"a ceiling goes", ", 3y after created]", "]", []string{`wider: "ticket" no longer has to go 3 years after it was made.`}},
		{"a floor rises", "at_least: [1m after closed]", "at_least: [2m after closed]", []string{
			`unclear: How long "ticket" is kept at least changes from "1m after closed" to "2m after closed".`,
		}},
		{"a purpose keeps it too", "resolve: [90d after recorded], ", "", []string{`narrower: "log" is no longer kept for resolve.`}},
		{"a purpose keeps it longer", "resolve: [90d after recorded]", "resolve: [91d after recorded]", []string{
			`wider: The longest keeping of "log" for resolve changes from 90 days after it was recorded to 91 days after it was recorded.`,
		}},
		{"nobody's word is needed", ", then: destroy, authorise: head", ", then: destroy", []string{
			`wider: Somebody's word before "ticket" goes is no longer asked for (it was "head").`,
		}},
		{"a line about keeping goes", "  audio: {at_most: [1y after recorded], then: destroy}\n", "", []string{`unclear: The line about keeping "audio" goes.`}},
	}
}

func dataChanges() []change {
	return []change{
		{"one more item", "items: [username, phone]", "items: [username, phone, birthday]", []string{`wider: The class "intake" now includes birthday.`}},
		{"less care", "class: restricted", "class: ordinary", []string{`wider: "intake" is treated as ordinary and was restricted.`}},
		{"another kind of care", "class: restricted", "class: special", []string{`unclear: "intake" is treated as special and was restricted.`}},
		{"one more thing demanded", "required: [username]", "required: [username, phone]", []string{`wider: What must be given of "intake" now includes phone.`}},
		{"no longer voluntary", ", voluntary: true", "", []string{`wider: The class "intake" is no longer your own choice.`}},
		{"no announcement", "announce: required, ", "", []string{`wider: An announcement before audio is no longer asked for (it was "required").`}},
		{"one way out fewer", "opt_out: [email, manager]", "opt_out: [email]", []string{`wider: The ways to avoid audio no longer includes manager.`}},
		{"a new class", "  secrets: {", "  extra: {items: [mobile]}\n  secrets: {", []string{`wider: There is a new class of data: "extra".`}},
		{"a forbidden class is allowed to be there", "  secrets: {items: [password], rule: forbidden, on_detect: [redact]}\n", "", []string{`wider: The class of data "secrets" goes.`}},
		{"a new purpose", "purposes:\n", "purposes:\n  extra: {serves: [quality], basis: uk.6.1.f, says: More.}\n", []string{`wider: There is a new purpose: "extra".`}},
		{"a purpose that serves more", "serves: [listen]", "serves: [listen, quality]", []string{`wider: The purpose "listen" now includes quality.`}},
		{"another basis", "listen: {serves: [listen], basis: uk.6.1.f", "listen: {serves: [listen], basis: uk.6.1.b", []string{`unclear: The legal basis of "listen" changes from "uk.6.1.f" to "uk.6.1.b".`}},
		{"smaller groups", "min_cell: 10", "min_cell: 5", []string{`wider: Groups of 5 are shown now; before, only groups of 10 or more.`}},
	}
}

func otherChanges() []change {
	return []change{
		{"a new recipient", "recipients:\n", "recipients:\n  - {id: mailer, role: processor, does: Sends mail}\n", []string{`wider: There is a new recipient: "mailer".`}},
		{"a recipient without agreement", "agreement: {ref: A-1, until: 2028-01-01}, ", "", []string{
			`wider: An agreement with supplier is no longer asked for (it was "A-1").`,
			`neutral: The end of the agreement with supplier now reads: "" (before: "2028-01-01").`,
		}},
		{"nobody asks any more", "share: {default: deny, gate: ask_privacy_contact_first}", "share: {default: deny}", []string{
			`wider: A question before anything is shared is no longer asked for (it was "ask_privacy_contact_first").`,
		}},
		{"more may be shared", "gate: ask_privacy_contact_first}", "gate: ask_privacy_contact_first, allow_with: [legal_ground]}", []string{
			`wider: What may be shared with others now includes legal_ground.`,
		}},
		{"a right goes", "  object: {route: contact, says: Object.}\n", "", []string{`wider: The right "object" goes.`}},
		{"a right comes", "rights:\n", "rights:\n  erase: {says: Delete it.}\n", []string{`narrower: There is a new right: "erase".`}},
		{"a right for everything", "for: [listen, figures], channels", "channels", []string{`narrower: The right "withdraw" is now offered for everything, no longer for figures, listen only.`}},
		{"one way to use a right fewer", "channels: [portal, phone]", "channels: [portal]", []string{`wider: The ways to use "withdraw" no longer includes phone.`}},
		{"data goes abroad", "transfers: {default: none", "transfers: {default: allowed", []string{`wider: Data may now be sent abroad as a rule.`}},
		{"computers decide", "automated_decisions: {solely: never}\n", "", []string{`wider: A promise on decisions by computers is no longer asked for (it was "never").`}},
		{"a control goes", "controls: [tls, sso]", "controls: [tls]", []string{`wider: The list of controls no longer includes sso.`}},
		{"less is recorded", "record_every: [access, use]", "record_every: [access]", []string{`wider: What is recorded no longer includes use.`}},
		{"no way to complain", "controller: {email: complaints@north.example}, regulator", "regulator", []string{`wider: There is no way any more to reach the controller with a complaint.`}},
		{"another address", "dpo@north.example", "privacy@north.example", []string{`neutral: How to reach the contact changes.`}},
		{"another controller", "name: Southgate College", "name: Westgate College", []string{
			`unclear: The controller for these employers changes from "Southgate College processor SOUTH dpo@south.example    false" to "Westgate College processor SOUTH dpo@south.example    false".`,
		}},
		{"no ceiling of classification", ", max_classification: OFFICIAL", "", []string{`wider: A ceiling of classification is no longer asked for (it was "OFFICIAL").`}},
		{"a promise goes", "  NG-3: {not_yet: Later.}\n", "", []string{`wider: The promise "NG-3" goes.`}},
		{"a promise that a rule no longer keeps", "NG-1: {kept_by: [see.team]}", "NG-1: {not_yet: Hm.}", []string{`wider: NG-1 is now kept by nothing yet and was kept by a rule.`}},
		{"a promise that a rule keeps now", "NG-2: {attest: {by: head of IT, what: It is safe, every: 1y}}", "NG-2: {kept_by: [security]}", []string{`narrower: NG-2 is now kept by a rule and was kept by a person who answers for it.`}},
		{"a new title", "title: Your data", "title: All your data", []string{
			`neutral: The title now reads: "All your data and the help desk" (before: "Your data and the help desk").`,
		}},
	}
}

func lines(list []notice.Change) []string {
	var out []string
	for _, c := range list {
		out = append(out, string(c.Effect)+": "+c.Text)
	}
	return out
}

func TestEachChangeIsToldInWordsAndTyped(t *testing.T) {
	t.Parallel()
	src := northgate(t)
	before := parse(t, "a.yaml", src)
	for _, tc := range changes() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			to := tc.to
			edited := changed(t, src, tc.from, to)
			// A path that a promise points at may have gone with the edit.
			after, _ := notice.Parse("b.yaml", []byte(edited))
			if diff := cmp.Diff(tc.want, lines(notice.Diff(before, after))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			assertMirrored(t, before, after)
		})
	}
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// assertMirrored: what is wider one way is narrower the other way.
func assertMirrored(t fataler, a, b *notice.Notice) {
	t.Helper()
	mirror := map[notice.Effect]notice.Effect{notice.Wider: notice.Narrower, notice.Narrower: notice.Wider, notice.Neutral: notice.Neutral, notice.Unclear: notice.Unclear}
	var there, back []string
	for _, c := range notice.Diff(a, b) {
		there = append(there, string(mirror[c.Effect]))
	}
	for _, c := range notice.Diff(b, a) {
		back = append(back, string(c.Effect))
	}
	slices.Sort(there)
	slices.Sort(back)
	if diff := cmp.Diff(there, back); diff != "" {
		t.Fatalf("the way back is not the mirror of the way there (-there mirrored +back):\n%s", diff)
	}
}

func TestAnyTwoVersionsMirrorEachOther(t *testing.T) {
	t.Parallel()
	src, all := northgate(t), changes()
	rapid.Check(t, func(t *rapid.T) {
		version := func(name string) *notice.Notice {
			out := src
			for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(all)-1), 0, 8).Draw(t, name) {
				out = strings.Replace(out, all[i].from, all[i].to, 1)
			}
			n, _ := notice.Parse(name, []byte(out))
			if n == nil {
				t.Fatal("an edit broke the YAML")
			}
			return n
		}
		a, b := version("a"), version("b")
		if d := notice.Diff(a, a); len(d) > 0 {
			t.Fatalf("a notice differs from itself: %v", lines(d))
		}
		assertMirrored(t, a, b)
	})
}

func TestTheFiveNoticesDifferFromTheirDraftsOnlyInWhatWasDecided(t *testing.T) {
	t.Parallel()
	for _, policy := range policies() {
		draft, final := published(t, policy), decided(t, policy)
		for _, c := range notice.Diff(draft, final) {
			if c.Effect == notice.Wider || c.Effect == notice.Narrower {
				t.Errorf("%s: deciding what was open reads as %s: %s", policy, c.Effect, c.Text)
			}
		}
	}
}
