package policy_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"heed/kernel/policy"
)

func TestAnActorKnowsItsTeamsAndRoles(t *testing.T) {
	t.Parallel()
	groups := []policy.Group{{ID: binders, Controller: north, Code: "BIND"}, {ID: 0, Controller: north, Code: "NONE"}}
	a := policy.Person(policy.Facts{Person: rosa, Groups: groups, Roles: []policy.Role{{Controller: north, Name: "analyst"}}, Via: "session"})
	groups[0].ID = 99
	a.Groups()[0].ID = 98
	for what, is := range map[string]bool{
		"in her team": a.InGroup(binders), "in the team by its code": a.InGroupCode(north, "BIND"), "her role": a.HasRole(north, "analyst"),
		"her role somewhere": a.HasRoleAnywhere("analyst"), "her number": a.PersonID() == rosa, "how she came in": a.Via() == "session", "one team": len(a.GroupIDs()) == 1,
	} {
		if !is {
			t.Errorf("lost: %s", what)
		}
	}
	for what, is := range map[string]bool{
		"the team without a number": a.InGroup(0), "the code elsewhere": a.InGroupCode(south, "BIND"), "the role elsewhere": a.HasRole(south, "analyst"),
		"another role": a.HasRoleAnywhere("privacy_officer"), "the system": a.IsSystem(), "nobody": a.IsNobody(),
		"the role of nobody": policy.Actor{}.HasRole(0, ""), "the role of the system": policy.System("x").HasRole(north, "analyst"),
	} {
		if is {
			t.Errorf("taken for true: %s", what)
		}
	}
}

func TestALogNamesAnActorByNumber(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	l := slog.New(slog.NewTextHandler(&log, nil))
	l.Info("x", "who", policy.Person(policy.Facts{Person: rosa, Groups: []policy.Group{{ID: 1, Name: "Rosa's team"}}}))
	l.Info("x", "who", policy.System("sweep"))
	if got := log.String(); !strings.Contains(got, "who=101") || !strings.Contains(got, `who="system: sweep"`) || strings.Contains(got, "team") {
		t.Errorf("the log says:\n%s", got)
	}
}

func TestABookIsCheckedAgainstWhatSlicesDeclare(t *testing.T) {
	t.Parallel()
	wrong := let("wrong", policy.Term{Atom: "ownr"})
	wrong.When = []policy.Term{{Atom: "team", Arg: "A"}}
	waiting := let("waiting", policy.Term{Atom: "owner"})
	waiting.What = "recording"
	idle, errs := inNorth(let("right", policy.Term{Atom: "owner"}), wrong, waiting).Validate(books())
	if fmt.Sprint(idle) != "[waiting]" || len(errs) != 1 || !strings.Contains(errs[0].Error(), `rule wrong: "ownr"`) {
		t.Errorf("idle %v, wrong %v", idle, errs)
	}
}

func TestAShelfHoldsTheBookInForce(t *testing.T) {
	t.Parallel()
	var s policy.Shelf
	if s.Book() != nil {
		t.Error("an empty shelf holds a book")
	}
	if _, ok := s.Book().Find("own"); ok || s.Book().Rules(north, "book") != nil {
		t.Error("no book has rules")
	}
	first := inNorth(let("own", policy.Term{Atom: "owner"}))
	s.Put(first)
	s.Put(inNorth(let("new", policy.Term{Atom: "owner"})))
	if _, ok := s.Book().Find("new"); !ok {
		t.Error("the new book is not in force")
	}
	if r, ok := first.Find("own"); !ok || r.ID != "own" {
		t.Error("whoever began under the old book lost it")
	}
}

func TestAnAtomCanBeExchangedWithoutTouchingTheOthers(t *testing.T) {
	t.Parallel()
	all := books()
	owner, ok := all.Atom("owner")
	if !ok || !all.HasAtom("owner") || all.HasAtom("thief") {
		t.Fatal("the toy lost its atoms")
	}
	owner.Check = func(policy.Ask, book) bool { return true }
	changed := policy.NewAction(readBook, all.WithAtom(owner))
	q := asker{person(kwame), forResolve, inNorth(let("own", policy.Term{Atom: "owner"}))}
	if _, err := changed.Check(q, book{library: north, owner: rosa}); err != nil {
		t.Error("the exchanged atom does not count")
	}
	if _, err := policy.NewAction(readBook, all).Check(q, book{library: north, owner: rosa}); err == nil {
		t.Error("the original changed with its copy")
	}
}
