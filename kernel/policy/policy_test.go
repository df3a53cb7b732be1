package policy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heed/kernel/fault"
	"heed/kernel/policy"
)

// The libraries, teams and people of the toy.
const (
	north, south   = int64(1), int64(2)
	binders        = int64(10)
	rosa, kwame    = int64(101), int64(102)
	readBook       = "book.read"
	forResolve     = policy.Resolve
	keptByClass    = "kept"
	ordinaryByName = "ordinary"
)

func reading() policy.Action[book] { return policy.NewAction(readBook, books()) }

// let is a rule for anybody of some terms, for working on it.
func let(id string, who ...policy.Term) policy.Rule {
	return policy.Rule{ID: id, Notice: "north", Clauses: []string{"N-1"}, What: "book", Who: who, Purposes: []policy.Purpose{forResolve}, Says: "They may."}
}

func inNorth(rules ...policy.Rule) *policy.Book {
	return policy.NewBook(map[int64][]policy.Rule{north: rules})
}

func person(id int64, groups ...policy.Group) policy.Actor {
	return policy.Person(policy.Facts{Person: id, Groups: groups, Via: "session"})
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	hers := book{id: 5, library: north, owner: rosa, class: ordinaryByName}
	with := func(change func(*book)) book { b := hers; change(&b); return b }
	owner, analyst := let("own", policy.Term{Atom: "owner"}), let("analysts", policy.Term{Atom: "analyst"})
	staff := policy.Person(policy.Facts{Person: kwame, Roles: []policy.Role{{Controller: north, Name: policy.RoleAnalyst}}})
	both := owner
	both.When = []policy.Term{{Atom: "analyst"}}
	classed, except := owner, owner
	classed.Classes, except.Except = []string{keptByClass}, []string{ordinaryByName}
	unknown := let("unknown", policy.Term{Atom: "no_such_atom"})
	for name, c := range map[string]struct {
		who     policy.Actor
		purpose policy.Purpose
		rules   *policy.Book
		on      book
		want    string // id of the rule, empty for a refusal
	}{
		"her own":                            {person(rosa), forResolve, inNorth(owner), hers, "own"},
		"somebody else's":                    {person(kwame), forResolve, inNorth(owner), hers, ""},
		"nobody, though the rule says all":   {policy.Actor{}, forResolve, inNorth(let("all", policy.Term{Atom: "anyone_signed_in"})), hers, ""},
		"nobody, of a book that nobody owns": {policy.Actor{}, forResolve, inNorth(owner), with(func(b *book) { b.owner = 0 }), ""},
		"the person with the number 0":       {person(0), forResolve, inNorth(owner), with(func(b *book) { b.owner = 0 }), ""},
		"no rule":                            {person(rosa), forResolve, inNorth(), hers, ""},
		"no book of rules":                   {person(rosa), forResolve, nil, hers, ""},
		"for another purpose":                {person(rosa), policy.Statistics, inNorth(owner), hers, ""},
		"in another library":                 {person(rosa), forResolve, inNorth(owner), with(func(b *book) { b.library = south }), ""},
		"a rule for other things":            {person(rosa), forResolve, inNorth(func() policy.Rule { r := owner; r.What = "map"; return r }()), hers, ""},
		"a rule with a word nobody declared": {person(rosa), forResolve, inNorth(unknown), hers, ""},
		"a rule that names nobody":           {person(rosa), forResolve, inNorth(let("nobody")), hers, ""},
		"the first rule that holds":          {staff, forResolve, inNorth(owner, analyst), hers, "analysts"},
		"an analyst of another library":      {policy.Person(policy.Facts{Person: kwame, Roles: []policy.Role{{Controller: south, Name: policy.RoleAnalyst}}}), forResolve, inNorth(analyst), hers, ""},
		"one condition of two":               {person(rosa), forResolve, inNorth(both), hers, ""},
		"another class":                      {person(rosa), forResolve, inNorth(classed), hers, ""},
		"the class that is meant":            {person(rosa), forResolve, inNorth(classed), with(func(b *book) { b.class = keptByClass }), "own"},
		"the class that is left out":         {person(rosa), forResolve, inNorth(except), hers, ""},
		"a restriction beats a permission":   {person(rosa), forResolve, inNorth(owner), with(func(b *book) { b.torn = true }), ""},
		"in the team that holds it":          {person(kwame, policy.Group{ID: binders}), forResolve, inNorth(let("held", policy.Term{Atom: "held"})), with(func(b *book) { b.team = binders }), "held"},
		"in no team, of a book without one":  {person(kwame, policy.Group{ID: 0}), forResolve, inNorth(let("held", policy.Term{Atom: "held"})), hers, ""},
		"the system":                         {policy.System("test"), forResolve, nil, hers, "system"},
		"the system without a reason":        {policy.System(""), forResolve, inNorth(owner), hers, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := asker{c.who, c.purpose, c.rules}
			g, err := reading().Check(q, c.on)
			if (err == nil) != (c.want != "") || g.Rule() != c.want || g.Valid() != (c.want != "") {
				t.Errorf("rule %q, valid %v, %v; want %q", g.Rule(), g.Valid(), err, c.want)
			}
			if err != nil && !fault.Is(err, fault.KindDenied) {
				t.Errorf("a refusal is %v, want a fault of kind Denied", err)
			}
			if got := holds(reading().Scope(q).SQL(), c.on); got != (c.want != "") {
				t.Errorf("the scope says %v: %+v", got, reading().Scope(q).SQL())
			}
		})
	}
}

func TestARestrictionSparesThePurposesItNames(t *testing.T) {
	t.Parallel()
	rule := let("oversight", policy.Term{Atom: "role", Arg: "privacy_officer"})
	rule.Purposes = []policy.Purpose{policy.Oversight, forResolve}
	officer := policy.Person(policy.Facts{Person: kwame, Roles: []policy.Role{{Controller: north, Name: "privacy_officer"}}})
	torn := book{id: 1, library: north, torn: true}
	for purpose, want := range map[policy.Purpose]bool{policy.Oversight: true, forResolve: false} {
		q := asker{officer, purpose, inNorth(rule)}
		if _, err := reading().Check(q, torn); (err == nil) != want || holds(reading().Scope(q).SQL(), torn) != want {
			t.Errorf("for %s: %v", purpose, err)
		}
	}
}

func TestAnActionServesOnlyItsPurposes(t *testing.T) {
	t.Parallel()
	rule := let("own", policy.Term{Atom: "owner"})
	rule.Purposes = policy.Purposes()
	writing := policy.NewAction("book.write", books(), forResolve)
	on := book{library: north, owner: rosa}
	for _, purpose := range policy.Purposes() {
		q := asker{person(rosa), purpose, inNorth(rule)}
		if _, err := writing.Check(q, on); (err == nil) != (purpose == forResolve) || writing.Scope(q).Empty() != (purpose != forResolve) {
			t.Errorf("for %s: %v", purpose, err)
		}
		q.who = policy.System("test")
		if _, err := writing.Check(q, on); (err == nil) != (purpose == forResolve) {
			t.Errorf("the system, for %s: %v", purpose, err)
		}
	}
	if _, err := (policy.Action[book]{}).Check(asker{policy.System("test"), forResolve, nil}, on); err == nil {
		t.Error("an action that nobody declared is allowed")
	}
}

func TestTheReasonIsSaidInWords(t *testing.T) {
	t.Parallel()
	rule := let("north/see/managers", policy.Term{Atom: "owner"}, policy.Term{Atom: "role", Arg: "service_manager"})
	boss := policy.Person(policy.Facts{Person: kwame, Roles: []policy.Role{{Controller: north, Name: "service_manager"}}})
	g, err := reading().Check(asker{boss, forResolve, inNorth(rule)}, book{id: 5, library: north, owner: rosa})
	if err != nil {
		t.Fatal(err)
	}
	want := policy.Why{Rule: "north/see/managers", Because: "you are a service manager here", Says: "They may.", Clauses: []string{"N-1"}, Purpose: forResolve}
	if diff := cmp.Diff(want, g.Why()); diff != "" {
		t.Errorf("why (-want +got):\n%s", diff)
	}
	readers := books().Readers(inNorth(rule), book{library: north})
	if len(readers) != 1 || readers[0].Because != "owner or role:service_manager" || readers[0].Purpose != forResolve {
		t.Errorf("who can see this: %+v", readers)
	}
	for _, p := range append(policy.Purposes(), "unlisted") {
		if p.English() == "" || (p.Known() && strings.Contains(p.English(), "_")) {
			t.Errorf("%s in words is %q", p, p.English())
		}
	}
}

func TestAGrantIsEvidenceForOneThing(t *testing.T) {
	t.Parallel()
	hers := book{id: 5, library: north, owner: rosa}
	g, err := reading().Check(asker{person(rosa), forResolve, inNorth(let("own", policy.Term{Atom: "owner"}))}, hers)
	if err != nil {
		t.Fatal(err)
	}
	if g.On() != hers || g.Action() != readBook || g.Purpose() != forResolve || g.Actor().PersonID() != rosa {
		t.Errorf("%+v", g)
	}
	if want := (policy.Object{Kind: "book", ID: 5, Person: rosa, Controller: north}); g.Object() != want {
		t.Errorf("the object is %+v, want %+v", g.Object(), want)
	}
	noted := g.With("2 pages")
	if noted.Detail() != "2 pages" || g.Detail() != "" || noted.Rule() != "own" {
		t.Error("a note changes the grant it was made from")
	}
	page := policy.Object{Kind: "page", ID: 9}
	if about := g.About(page); about.Object() != page || g.Object().ID != 5 || !about.Valid() {
		t.Error("a proof about a part changes the grant, or proves nothing")
	}
	for name, p := range map[string]policy.Proof{
		"nothing":                   {},
		"of a refusal":              policy.Grant[book]{}.Proof,
		"with a note":               policy.Proof{}.With("please"),
		"about something":           policy.Proof{}.About(page),
		"a grant that nobody gave":  policy.Grant[book]{Proof: policy.Proof{}}.Proof,
		"of a scope over nothing":   scopeProof(policy.Scope[book]{}, policy.System("test")),
		"of a list without a right": scopeProof(reading().Scope(asker{person(kwame), forResolve, inNorth()}), person(kwame)),
	} {
		if p.Valid() {
			t.Errorf("a proof made of %s is valid", name)
		}
	}
}

// scopeProof is the proof of a list, whatever it says.
func scopeProof(s policy.Scope[book], who policy.Actor) policy.Proof {
	p, _ := s.Proof(asker{who, forResolve, nil}, policy.Object{Kind: "list"})
	return p
}

func TestAListNamesTheRulesThatLetItsRowsIn(t *testing.T) {
	t.Parallel()
	rules := inNorth(let("own", policy.Term{Atom: "owner"}), let("held", policy.Term{Atom: "held"}), let("other", policy.Term{Atom: "analyst"}))
	q := asker{person(rosa, policy.Group{ID: binders}), forResolve, rules}
	s := reading().Scope(q)
	p, err := s.Proof(q, policy.Object{Kind: "list", ID: 1})
	if err != nil || p.Rule() != "own held" || p.Action() != readBook || !p.Valid() || fmt.Sprint(s.Rules()) != "[own held]" {
		t.Errorf("%+v %v", p, err)
	}
	if s.Empty() {
		t.Error("a list with rows counts as empty")
	}
}

func TestAMaintainedCountIsShownOnlyToWhoeverSeesAll(t *testing.T) {
	t.Parallel()
	analyst := policy.Person(policy.Facts{Person: kwame, Roles: []policy.Role{{Controller: north, Name: policy.RoleAnalyst}}})
	whole, classed := let("all", policy.Term{Atom: "analyst"}), let("some", policy.Term{Atom: "analyst"})
	classed.Classes = []string{keptByClass}
	for name, c := range map[string]struct {
		rule policy.Rule
		want []int64
	}{
		"every book":            {whole, []int64{north}},
		"only one class of it":  {classed, nil},
		"only what is her team": {let("held", policy.Term{Atom: "held"}), nil},
	} {
		if got := reading().Scope(asker{analyst, forResolve, inNorth(c.rule)}).Whole(); !slices.Equal(got, c.want) {
			t.Errorf("%s: whole %v, want %v", name, got, c.want)
		}
	}
}

func TestTheConditionBesideANarrowerIndexIsTheSame(t *testing.T) {
	t.Parallel()
	q := asker{person(rosa), forResolve, policy.NewBook(map[int64][]policy.Rule{north: {let("a", policy.Term{Atom: "owner"})}, south: {let("b", policy.Term{Atom: "owner"})}})}
	s := reading().Scope(q)
	if got := s.Residual().Text; strings.Count(got, "+b.library_id = ?") != 2 || strings.Contains(got, "(b.library_id =") {
		t.Errorf("an engine may still take the controller's index: %s", got)
	}
	if got := s.Residual().Text; strings.Count(got, "+b.owner_id = ?") != 2 {
		t.Errorf("an engine may still take the owner's index: %s", got)
	}
	for _, b := range []book{{library: north, owner: rosa}, {library: south, owner: kwame}, {library: 3, owner: rosa}} {
		if holds(s.SQL(), b) != holds(s.Residual(), b) {
			t.Errorf("%+v: the two conditions differ", b)
		}
	}
	if got := (policy.Scope[book]{}).Residual(); got.Text != policy.Never().Text {
		t.Errorf("of nothing it is %q", got.Text)
	}
}

func TestTheWaysToWhatARuleLetsIn(t *testing.T) {
	t.Parallel()
	person := policy.Person(policy.Facts{Person: rosa, Groups: []policy.Group{{ID: 4, Controller: north}, {ID: 5, Controller: north}}, Roles: []policy.Role{{Controller: north, Name: policy.RoleAnalyst}}})
	mine, four, five := policy.Equal("b.owner_id", rosa), policy.Equal("b.team_id", int64(4)), policy.Equal("b.team_id", int64(5))
	owner, held, analyst := policy.Term{Atom: "owner"}, policy.Term{Atom: "held"}, policy.Term{Atom: "analyst"}
	must := func(r policy.Rule, when policy.Term) policy.Rule { r.When = []policy.Term{when}; return r }
	for name, c := range map[string]struct {
		rules []policy.Rule
		want  []policy.SQL // none: broad
	}{
		"each of two reasons has its own":   {[]policy.Rule{let("a", owner, held)}, []policy.SQL{mine, four, five}},
		"two rules by one way":              {[]policy.Rule{let("a", owner), let("b", owner)}, []policy.SQL{mine}},
		"one reason has none":               {[]policy.Rule{let("a", owner, analyst)}, nil},
		"one rule has none":                 {[]policy.Rule{let("a", owner), let("b", analyst)}, nil},
		"what must hold is enough":          {[]policy.Rule{must(let("a", analyst), held)}, []policy.SQL{four, five}},
		"a reason that never holds is none": {[]policy.Rule{let("a", owner, policy.Term{Atom: "role", Arg: "judge"})}, []policy.SQL{mine}},
	} {
		got, narrow := reading().Ways(asker{person, forResolve, inNorth(c.rules...)})
		if diff := cmp.Diff(c.want, got); diff != "" || narrow != (c.want != nil) {
			t.Errorf("%s (-want +got), narrow %v:\n%s", name, narrow, diff)
		}
	}
	for name, q := range map[string]policy.Asker{
		"the system sees all":    asker{policy.System("test"), forResolve, inNorth(let("a", owner))},
		"nobody sees anything":   asker{policy.Actor{}, forResolve, inNorth(let("a", owner))},
		"no rule, no way at all": asker{person, policy.Oversight, inNorth(let("a", owner))},
	} {
		if ways, narrow := reading().Ways(q); narrow {
			t.Errorf("%s, and there are ways: %+v", name, ways)
		}
	}
}

func TestConditionsAreTotal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		got, want policy.SQL
	}{
		"in none":               {policy.In("b.team_id", nil), policy.Never()},
		"any of none":           {policy.Any(), policy.Never()},
		"all of none":           {policy.All(), policy.If(true)},
		"not all of none":       {policy.Not(policy.All()), policy.Never()},
		"never and something":   {policy.All(policy.Never(), policy.Equal("b.torn", true)), policy.Never()},
		"always or something":   {policy.Any(policy.If(true), policy.Equal("b.torn", true)), policy.If(true)},
		"something alone":       {policy.All(policy.If(true), policy.Equal("b.torn", true)), policy.SQL{Text: "b.torn = ?", Args: []any{true}}},
		"arguments keep order":  {policy.Any(policy.Equal("a", 1), policy.All(policy.Equal("b", 2), policy.In("c", []int64{3, 4}))), policy.SQL{Text: "(a = ? OR (b = ? AND c IN (?, ?)))", Args: []any{1, 2, int64(3), int64(4)}}},
		"not, of more than one": {policy.Not(policy.Any(policy.Equal("a", 1), policy.Equal("b", 2))), policy.SQL{Text: "NOT ((a = ? OR b = ?))", Args: []any{1, 2}}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The law of the gate: one check and a list are two faces of the same rules.
func TestCheckAndScopeAgree(t *testing.T) {
	t.Parallel()
	names := append([]string{"no_such_atom"}, books().Atoms()...)
	slices.Sort(names)
	classes := []string{ordinaryByName, keptByClass, ""}
	purposes := []policy.Purpose{forResolve, policy.Oversight, policy.Own}
	rapid.Check(t, func(t *rapid.T) {
		id := func(what string) int64 { return rapid.Int64Range(0, 3).Draw(t, what) }
		term := rapid.Custom(func(t *rapid.T) policy.Term {
			arg := rapid.SampledFrom([]string{"", "A", "privacy_officer", policy.RoleAnalyst}).Draw(t, "arg")
			return policy.Term{Atom: rapid.SampledFrom(names).Draw(t, "atom"), Arg: arg}
		})
		rule := rapid.Custom(func(t *rapid.T) policy.Rule {
			return policy.Rule{
				ID: rapid.StringMatching(`[a-z]{3}`).Draw(t, "id"), What: "book", Who: rapid.SliceOfN(term, 0, 3).Draw(t, "who"), When: rapid.SliceOfN(term, 0, 2).Draw(t, "when"),
				Classes: rapid.SliceOfN(rapid.SampledFrom(classes), 0, 2).Draw(t, "classes"), Except: rapid.SliceOfN(rapid.SampledFrom(classes), 0, 1).Draw(t, "except"),
				Purposes: rapid.SliceOfN(rapid.SampledFrom(purposes), 0, 3).Draw(t, "purposes"), Reason: rapid.Bool().Draw(t, "reason"),
			}
		})
		rules := map[int64][]policy.Rule{}
		for c := range int64(3) {
			rules[c] = rapid.SliceOfN(rule, 0, 3).Draw(t, "rules")
		}
		facts := policy.Facts{Person: id("person")}
		for range rapid.IntRange(0, 2).Draw(t, "groups") {
			facts.Groups = append(facts.Groups, policy.Group{ID: id("group"), Controller: id("group's library"), Code: "A"})
			facts.Roles = append(facts.Roles, policy.Role{Controller: id("role's library"), Name: rapid.SampledFrom([]string{"privacy_officer", policy.RoleAnalyst}).Draw(t, "role")})
		}
		q := reasoned{asker{policy.Person(facts), rapid.SampledFrom(purposes).Draw(t, "purpose"), policy.NewBook(rules)}, rapid.SampledFrom([]string{"", "a complaint"}).Draw(t, "why")}
		on := book{id: 1, library: id("library"), owner: id("owner"), team: id("team"), class: rapid.SampledFrom(classes).Draw(t, "class"), torn: rapid.Bool().Draw(t, "torn")}
		_, err := reading().Check(q, on)
		scope := reading().Scope(q)
		if got := holds(scope.SQL(), on); got != (err == nil) {
			t.Fatalf("a check says %v and the list %v by %+v", err, got, scope.SQL())
		}
		if holds(scope.Residual(), on) != (err == nil) {
			t.Fatalf("beside a narrower index the list differs: %+v", scope.Residual())
		}
		byOne := func(way policy.SQL) bool { return holds(way, on) }
		if ways, narrow := reading().Ways(q); narrow && err == nil && !slices.ContainsFunc(ways, byOne) {
			t.Fatalf("%+v is let in and none of the ways %+v finds it", on, ways)
		}
		if slices.Contains(scope.Whole(), on.library) && err != nil && !on.torn {
			t.Fatalf("library %d counts as seen whole and %+v is refused", on.library, on)
		}
	})
}
