package notice_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/policy"
	"heed/notice"
)

func rules(t *testing.T, n *notice.Notice) []policy.Rule {
	t.Helper()
	rs, err := n.Rules()
	if err != nil {
		t.Fatal(err)
	}
	return rs
}

func print(rs []policy.Rule) string {
	var b strings.Builder
	for _, r := range rs {
		fmt.Fprintf(&b, "%s\n  what: %s", r.ID, r.What)
		if len(r.Classes) > 0 {
			fmt.Fprintf(&b, " of %v", r.Classes)
		}
		if len(r.Except) > 0 {
			fmt.Fprintf(&b, " but %v", r.Except)
		}
		if r.Reason {
			b.WriteString("\n  reason: said each time")
		}
		fmt.Fprintf(&b, "\n  who: %v\n  when: %v\n  purposes: %v\n  clauses: %v\n  says: %s\n", r.Who, r.When, r.Purposes, r.Clauses, r.Says)
	}
	return b.String()
}

func TestEveryRuleOfTheFiveNotices(t *testing.T) {
	t.Parallel()
	for _, name := range policies() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, "rules/"+name+".txt", print(rules(t, published(t, name))))
		})
	}
}

func TestRuleIDsAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, name := range policies() {
		for _, r := range rules(t, published(t, name)) {
			if seen[r.ID] {
				t.Errorf("%s stands twice", r.ID)
			}
			seen[r.ID] = true
			if len(r.Who) == 0 || len(r.Purposes) == 0 || r.Says == "" || r.Notice != name {
				t.Errorf("%s lets in nobody, for nothing, without a sentence or for another notice: %+v", r.ID, r)
			}
		}
	}
}

func TestARuleOnTicketsCoversEntriesToo(t *testing.T) {
	t.Parallel()
	rs := rules(t, published(t, "chichester-supportworks"))
	find := func(id string) policy.Rule {
		i := slices.IndexFunc(rs, func(r policy.Rule) bool { return r.ID == "chichester-supportworks/see/"+id })
		if i < 0 {
			t.Fatalf("no rule %q", id)
		}
		return rs[i]
	}
	ticket, entry, email := find("every-analyst"), find("every-analyst/entry"), find("support-role-email")
	if ticket.What != "ticket" || entry.What != "entry" || email.What != "entry" {
		t.Errorf("the rules are on %s, %s, %s", ticket.What, entry.What, email.What)
	}
	if diff := cmp.Diff([]string{"email"}, entry.Except); diff != "" || len(ticket.Except) > 0 {
		t.Errorf("entries without e-mail (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"email"}, email.Classes); diff != "" {
		t.Errorf("only e-mail (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]policy.Purpose{policy.Resolve, policy.Contact, policy.ProgressMail}, ticket.Purposes); diff != "" {
		t.Errorf("purposes, each once (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]policy.Term{{Atom: "analyst"}}, ticket.Who); diff != "" {
		t.Errorf("who (-want +got):\n%s", diff)
	}
}

func TestEveryNoticeOnTicketsHasTheRulesPeopleRelyOn(t *testing.T) {
	t.Parallel()
	for _, name := range policies() {
		n := published(t, name)
		rs := rules(t, n)
		let := func(what, atom, arg string, p policy.Purpose) bool {
			return slices.ContainsFunc(rs, func(r policy.Rule) bool {
				return r.What == what && slices.Contains(r.Who, policy.Term{Atom: atom, Arg: arg}) && slices.Contains(r.Purposes, p)
			})
		}
		if !let("ledger", "role", "privacy_officer", policy.Oversight) || !let("person", "self", "", policy.Own) {
			t.Errorf("%s: the privacy officer sees no ledger, or nobody sees themselves", name)
		}
		if !slices.Contains(n.AppliesTo.Records, "ticket") {
			continue
		}
		for _, what := range []string{"ticket", "entry"} {
			if !let(what, "concerned", "", policy.Own) || !let(what, "role", "privacy_officer", policy.Oversight) {
				t.Errorf("%s: the people concerned or the privacy officer do not see a %s", name, what)
			}
		}
		for _, r := range rs {
			own := slices.Contains(r.Who, policy.Term{Atom: "concerned"})
			if own && r.What == "entry" && !slices.Contains(r.Except, "internal") {
				t.Errorf("%s shows internal notes to requesters", r.ID)
			}
			privacy := slices.Contains(r.Who, policy.Term{Atom: "role", Arg: "privacy_officer"})
			if privacy && !slices.Equal(r.Purposes, []policy.Purpose{policy.Oversight}) {
				t.Errorf("%s lets the privacy officer in for more than oversight: %v", r.ID, r.Purposes)
			}
		}
	}
}

func TestWordsTheGateDoesNotKnowDoNotCompile(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, from, to, want string }{
		{"an unknown word", "who: [assigned_team, assignee", "who: [asigned_team, assignee", `did you mean "assigned_team"?`},
		{"a team without a name", "when: [team:CCS]", "when: [team]", "write team:CODE"},
		{"a name where none belongs", "who: concerned", "who: concerned:me", "takes nothing behind a colon"},
		{"a word for something else", "who: concerned", "who: shares_ticket", "cannot be asked of ticket"},
		{"an unknown thing", "what: call_audio\n    for: [listen, quality]", "what: call_audo\n    for: [listen, quality]", `did you mean "call_audio"?`},
		{"an unknown purpose", "for: resolve\n    clauses: [TMU-13, TMU-15]", "for: resolv\n    clauses: [TMU-13, TMU-15]", `did you mean "resolve"?`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			n, _ := notice.Parse("f.yaml", []byte(changed(t, string(published(t, "tmu-ccs-helpdesk").Source()), tc.from, tc.to)))
			rs, err := n.Rules()
			if err == nil || !strings.Contains(err.Error(), tc.want) || rs != nil {
				t.Errorf("got %d rules and %v; want none and something about %s", len(rs), err, tc.want)
			}
		})
	}
}
