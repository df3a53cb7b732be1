package policy_test

import (
	"testing"

	"heed/kernel/policy"
)

// reasoned is an asker who may say why.
type reasoned struct {
	asker
	why string
}

// Reason implements policy.Asker.
func (r reasoned) Reason() string { return r.why }

func TestARuleThatWantsAReasonLetsNobodyInWithout(t *testing.T) {
	t.Parallel()
	rule := let("officer", policy.Term{Atom: "role", Arg: "privacy_officer"})
	rule.Reason = true
	officer := policy.Person(policy.Facts{Person: kwame, Roles: []policy.Role{{Controller: north, Name: "privacy_officer"}}})
	hers := book{id: 5, library: north, owner: rosa}
	silent := reasoned{asker{officer, forResolve, inNorth(rule)}, ""}
	told := reasoned{silent.asker, "a complaint"}

	if _, err := reading().Check(silent, hers); err == nil {
		t.Error("somebody who says nothing reads")
	}
	if !reading().Scope(silent).Empty() {
		t.Error("somebody who says nothing has a list")
	}
	g, err := reading().Check(told, hers)
	if err != nil || g.Detail() != "a complaint" {
		t.Errorf("with a reason: %v, and the record says %q", err, g.Detail())
	}
	p, err := reading().Scope(told).Proof(told, policy.Object{Kind: "book"})
	if err != nil || p.Detail() != "a complaint" {
		t.Errorf("of a list with a reason: %v, and the record says %q", err, p.Detail())
	}
}

func TestWhoCouldGiveAReasonIsAskedForItAndMayDoNothingYet(t *testing.T) {
	t.Parallel()
	rule := let("officer", policy.Term{Atom: "role", Arg: "privacy_officer"})
	rule.Reason = true
	hers := book{id: 5, library: north, owner: rosa}
	officer := policy.Person(policy.Facts{Person: kwame, Roles: []policy.Role{{Controller: north, Name: "privacy_officer"}}})
	for name, c := range map[string]struct {
		who  policy.Actor
		want bool
	}{"an officer": {officer, true}, "somebody else": {person(kwame), false}, "the system": {policy.System("test"), true}} {
		q := policy.Asked(asker{c.who, forResolve, inNorth(rule)})
		g, err := reading().Check(q, hers)
		if (err == nil) != c.want || reading().Scope(q).Empty() == c.want {
			t.Errorf("%s: %v", name, err)
		}
		if g.Valid() {
			t.Errorf("%s: what was asked in general proves a right", name)
		}
		if p, err := reading().Scope(q).Proof(q, policy.Object{}); err == nil && p.Valid() {
			t.Errorf("%s: a list that was asked about in general proves a right", name)
		}
	}
}
