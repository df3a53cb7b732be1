package directory

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// The law of the gate, for people: whom Check lets in one by one is exactly whom
// Scope lets in as a list, on both engines.

const (
	manyPeople = 150
	manyTeams  = 6
	manyDesks  = 3
	decide     = 180 // rounds
)

// lot is a random directory.
type lot struct {
	r       *rand.Rand
	people  []Subject
	tickets held
}

func newLot(t *testing.T, e *storetest.Env, seed uint64) *lot {
	t.Helper()
	l := &lot{r: rand.New(rand.NewPCG(seed, 11)), tickets: held{}}
	err := e.DB.Write(t.Context(), tester(), policy.Operate, func(tx *store.Tx) error {
		l.people = nil
		for c := range int64(manyDesks) {
			if _, err := store.Keep(t.Context(), tx, insertController, c+1, fmt.Sprint("C", c), "", "", "", "", "", "", "", false, c+1); err != nil {
				return err
			}
		}
		for i := range int64(manyPeople) {
			s := Subject{ID: i + 1, Controller: 1 + l.r.Int64N(manyDesks)}
			if l.r.IntN(3) == 0 {
				s.Held = []Held{{Team: 1 + l.r.Int64N(manyTeams), Open: l.r.IntN(2) == 0}}
				l.tickets[s.ID] = s.Held
			}
			if _, err := store.Keep(t.Context(), tx, insertPerson, s.ID, s.Controller, 0, 0, []byte{}, "", 0, 0, "", nil, []byte{}, 0); err != nil {
				return err
			}
			l.people = append(l.people, s)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *lot) actor() policy.Actor {
	switch l.r.IntN(12) {
	case 0:
		return policy.Actor{}
	case 1:
		return tester()
	}
	f := policy.Facts{Person: 1 + l.r.Int64N(manyPeople), Via: "session"}
	for team := range int64(manyTeams) {
		if l.r.IntN(3) == 0 {
			f.Groups = append(f.Groups, policy.Group{ID: team + 1, Controller: 1 + l.r.Int64N(manyDesks), Code: fmt.Sprint("T", team)})
		}
	}
	for _, role := range []string{"analyst", "support_analyst"} {
		if l.r.IntN(2) == 0 {
			f.Roles = append(f.Roles, policy.Role{Controller: 1 + l.r.Int64N(manyDesks), Name: role})
		}
	}
	return policy.Person(f)
}

func (l *lot) purpose() policy.Purpose {
	return []policy.Purpose{policy.Own, policy.Resolve, policy.Oversight}[l.r.IntN(3)]
}

func (l *lot) term(names []string) policy.Term {
	term := policy.Term{Atom: names[l.r.IntN(len(names))]}
	switch term.Atom {
	case "team":
		term.Arg = fmt.Sprint("T", l.r.IntN(manyTeams))
	case "role":
		term.Arg = "support_analyst"
	}
	return term
}

func (l *lot) book(names []string) *policy.Book {
	rules := map[int64][]policy.Rule{}
	for c := range int64(manyDesks) {
		for i := range 1 + l.r.IntN(3) {
			r := policy.Rule{ID: fmt.Sprintf("c%d/%d", c, i), What: "person", Purposes: []policy.Purpose{l.purpose()}}
			for range 1 + l.r.IntN(2) {
				r.Who = append(r.Who, l.term(names))
			}
			if l.r.IntN(3) == 0 {
				r.When = append(r.When, l.term(names))
			}
			rules[c+1] = append(rules[c+1], r)
		}
	}
	return policy.NewBook(rules)
}

// compare returns the number of decisions and of disagreements.
func (l *lot) compare(t *testing.T, e *storetest.Env, people *policy.Resource[Subject], names []string, rounds int) (decisions, differ int) {
	t.Helper()
	read := policy.NewAction("person.read", people)
	for range rounds {
		who, purpose := l.actor(), l.purpose()
		e.Shelf.Put(l.book(names))
		if who.IsNobody() {
			continue
		}
		err := e.DB.Read(t.Context(), who, purpose, func(tx *store.Tx) error {
			q, args := store.Splice(`SELECT p.id FROM person p WHERE {scope}`, nil, store.Part{Name: "scope", SQL: read.Scope(tx).SQL()})
			found, err := store.All[store.Value[int64]](t.Context(), tx, q, args...)
			for _, s := range l.people {
				_, err := read.Check(tx, s)
				if (err == nil) != slices.Contains(found, store.Value[int64]{V: s.ID}) {
					differ++
				}
				decisions++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return decisions, differ
}

func TestCheckAndScopeAgreeOnPeople(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module(), Module()}, func(t *testing.T, e *storetest.Env) {
		l := newLot(t, e, 42)
		people := newPeople("person", l.tickets)
		names := people.Atoms()
		slices.Sort(names)
		decisions, differ := l.compare(t, e, people, names, 2*decide)
		if differ > 0 {
			t.Errorf("%d of %d decisions differ between one check and a list", differ, decisions)
		}
		if decisions < 45_000 {
			t.Errorf("only %d decisions were compared", decisions)
		}
	})
}

func TestAChangedAtomOfPeopleIsNoticed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module(), Module()}, func(t *testing.T, e *storetest.Env) {
		l := newLot(t, e, 43)
		people := newPeople("person", l.tickets)
		for _, name := range people.Atoms() {
			atom, _ := people.Atom(name)
			honest := atom.Check
			atom.Check = func(q policy.Ask, s Subject) bool { return !honest(q, s) }
			if _, differ := l.compare(t, e, people.WithAtom(atom), []string{name}, 15); differ == 0 {
				t.Errorf("the Go face of %s was turned around and no decision differed", name)
			}
			atom.Check = honest
			atom.SQL = func(policy.Ask) policy.SQL { return policy.Never() }
			if _, differ := l.compare(t, e, people.WithAtom(atom), []string{name}, 60); differ == 0 {
				t.Errorf("the SQL face of %s was emptied and no decision differed", name)
			}
		}
	})
}

func TestWithoutTicketsNobodySharesOne(t *testing.T) {
	t.Parallel()
	atom, _ := newPeople("person", nil).Atom("shares_ticket")
	if got := atom.SQL(policy.Ask{Actor: policy.Person(policy.Facts{Person: 1})}); got.Text != policy.Never().Text {
		t.Errorf("the condition is %q", got.Text)
	}
	if atom.Check(policy.Ask{Actor: policy.Person(policy.Facts{Person: 1})}, Subject{ID: 2, Held: []Held{{}}}) {
		t.Error("nobody's ticket is shared")
	}
}
