package ticket

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// The law of the gate: for every actor, purpose and rule, what Check lets in one
// by one is exactly what Scope lets in as a list, on both engines.

const (
	people      = 12
	teams       = 6
	controllers = 3
	manyTickets = 160
	rounds      = 160
)

type lot struct {
	r       *rand.Rand
	tickets []Subject
	entries []Subject
}

func newLot(t *testing.T, e *storetest.Env, seed uint64) *lot {
	t.Helper()
	l := &lot{r: rand.New(rand.NewPCG(seed, 7))}
	err := e.DB.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
		l.tickets, l.entries = nil, nil
		for i := range int64(manyTickets) {
			s := Subject{ID: i + 1, Controller: 1 + l.r.Int64N(controllers), Team: l.r.Int64N(teams), Assignee: l.maybe(), Reporter: l.maybe(), Affected: l.maybe(), Restricted: l.r.IntN(8) == 0}
			if _, err := store.Keep(t.Context(), tx, insertTicket, s.ID, s.Controller, fmt.Sprintf("T-%d", s.ID), "incident", "portal", "open", s.Team, s.Assignee,
				s.Reporter, s.Affected, 0, []byte{}, "n@1", tx.Millis(), 0, 2, 2, 3, 0, 0, 0, 0, Newest, Newest); err != nil {
				return err
			}
			if s.Restricted {
				if _, err := store.Keep(t.Context(), tx, `UPDATE ticket SET restricted = TRUE WHERE id = $1`, s.ID); err != nil {
					return err
				}
			}
			if err := l.addParties(t, tx, &s); err != nil {
				return err
			}
			l.tickets = append(l.tickets, s)
			for _, c := range classes() {
				if l.r.IntN(3) > 0 {
					continue
				}
				en := s
				en.Entry, en.Class = 10_000+int64(len(l.entries)), c
				if _, err := store.Keep(t.Context(), tx, insertEntry, en.Entry, s.ID, "message", string(c), "portal", 0, []byte{}, []byte{}, []byte{}, []byte{}, "", false, false, tx.Millis()); err != nil {
					return err
				}
				if l.r.IntN(4) == 0 {
					en.KeptBy = 1 + l.r.Int64N(teams-1)
					if _, err := store.Keep(t.Context(), tx, `UPDATE entry SET kept_by = $1 WHERE id = $2`, en.KeptBy, en.Entry); err != nil {
						return err
					}
				}
				l.entries = append(l.entries, en)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *lot) maybe() int64 { return l.r.Int64N(people + 1) }

func (l *lot) addParties(t *testing.T, tx *store.Tx, s *Subject) error {
	for _, role := range []string{Watcher, Escalated, Participant} {
		if p := l.maybe(); p != 0 && l.r.IntN(2) == 0 {
			s.Parties = append(s.Parties, Party{p, role})
			if _, err := store.Keep(t.Context(), tx, insertParty, s.ID*10+int64(len(s.Parties)), s.ID, p, role, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

func classes() []Class {
	return []Class{Summary, Correspondence, Email, CallNote, Restricted, Internal}
}

func (l *lot) actor() policy.Actor {
	switch l.r.IntN(12) {
	case 0:
		return policy.Actor{}
	case 1:
		return policy.System("test")
	}
	f := policy.Facts{Person: 1 + l.r.Int64N(people), Via: "session"}
	for team := range int64(teams) {
		if l.r.IntN(4) == 0 {
			f.Groups = append(f.Groups, policy.Group{ID: team, Controller: 1 + l.r.Int64N(controllers), Code: fmt.Sprintf("T%d", team)})
		}
	}
	for _, role := range []string{"analyst", "support_analyst"} {
		if l.r.IntN(2) == 0 {
			f.Roles = append(f.Roles, policy.Role{Controller: 1 + l.r.Int64N(controllers), Name: role})
		}
	}
	return policy.Person(f)
}

func (l *lot) term(names []string) policy.Term {
	term := policy.Term{Atom: names[l.r.IntN(len(names))]}
	switch term.Atom {
	case "team":
		term.Arg = fmt.Sprintf("T%d", l.r.IntN(teams))
	case "role":
		term.Arg = "support_analyst"
	}
	return term
}

func (l *lot) book(names []string) *policy.Book {
	rules := map[int64][]policy.Rule{}
	for c := range int64(controllers) {
		for i := range 1 + l.r.IntN(3) {
			r := policy.Rule{ID: fmt.Sprintf("c%d/%d", c, i), What: "ticket", Purposes: []policy.Purpose{l.purpose()}}
			for range 1 + l.r.IntN(2) {
				r.Who = append(r.Who, l.term(names))
			}
			if l.r.IntN(3) == 0 {
				r.When = append(r.When, l.term(names))
			}
			e := r
			e.What = "entry"
			if l.r.IntN(2) == 0 {
				e.Except = []string{string(classes()[l.r.IntN(6)])}
			} else {
				e.Classes = []string{string(classes()[l.r.IntN(6)]), string(classes()[l.r.IntN(6)])}
			}
			rules[c+1] = append(rules[c+1], r, e)
		}
	}
	return policy.NewBook(rules)
}

func (l *lot) purpose() policy.Purpose {
	return []policy.Purpose{policy.Own, policy.Resolve, policy.Oversight}[l.r.IntN(3)]
}

// compare runs rounds and returns the number of decisions and of disagreements.
func compare(t *testing.T, e *storetest.Env, l *lot, tickets, entries *policy.Resource[Subject], names []string, rounds int) (decisions, differ int) {
	t.Helper()
	read, readEntry := policy.NewAction("ticket.read", tickets), policy.NewAction("entry.read", entries)
	for range rounds {
		l.read(t, e, names, func(tx *store.Tx) error {
			for _, part := range []struct {
				q    string
				act  policy.Action[Subject]
				rows []Subject
				id   func(Subject) int64
			}{
				{`SELECT t.id FROM ticket t WHERE {scope}`, read, l.tickets, func(s Subject) int64 { return s.ID }},
				{`SELECT e.id FROM entry e JOIN ticket t ON t.id = e.ticket_id WHERE {scope}`, readEntry, l.entries, func(s Subject) int64 { return s.Entry }},
			} {
				q, args := store.Splice(part.q, nil, store.Part{Name: "scope", SQL: part.act.Scope(tx).SQL()})
				found, err := store.All[store.Value[int64]](t.Context(), tx, q, args...)
				if err != nil {
					return err
				}
				for _, s := range part.rows {
					_, err := part.act.Check(tx, s)
					if (err == nil) != slices.Contains(found, store.Value[int64]{V: part.id(s)}) {
						differ++
					}
					decisions++
				}
			}
			return nil
		})
	}
	return decisions, differ
}

// read reads as any actor, for any purpose, under any book.
func (l *lot) read(t *testing.T, e *storetest.Env, names []string, fn func(*store.Tx) error) {
	t.Helper()
	who, purpose := l.actor(), l.purpose()
	e.Shelf.Put(l.book(names))
	if who.IsNobody() {
		return
	}
	if err := e.DB.Read(t.Context(), who, purpose, fn); err != nil {
		t.Fatal(err)
	}
}

func modulesForRules() []store.Module { return []store.Module{Module()} }

func TestCheckAndScopeAgree(t *testing.T) {
	t.Parallel()
	storetest.Each(t, modulesForRules(), func(t *testing.T, e *storetest.Env) {
		tickets, entries := Resources()
		names := tickets.Atoms()
		slices.Sort(names)
		decisions, differ := compare(t, e, newLot(t, e, 42), tickets, entries, names, rounds)
		if differ > 0 {
			t.Errorf("%d of %d decisions differ between one check and a list", differ, decisions)
		}
		if decisions < 50_000 {
			t.Errorf("only %d decisions were compared, want 50,000", decisions)
		}
	})
}

// Whoever walks the ways to what they see finds all of it and nothing else.
func TestTheWaysOfAScopeFindAllOfIt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, modulesForRules(), func(t *testing.T, e *storetest.Env) {
		l := newLot(t, e, 45)
		tickets, _ := Resources()
		names, read, narrow := tickets.Atoms(), policy.NewAction("ticket.read", tickets), 0
		slices.Sort(names)
		for range rounds {
			l.read(t, e, names, func(tx *store.Tx) error {
				scope := read.Scope(tx)
				ways, ok := read.Ways(tx)
				if !ok {
					return nil
				}
				narrow++
				all, args := store.Splice(`SELECT t.id FROM ticket t WHERE {scope} ORDER BY t.id DESC`, nil, store.Part{Name: "scope", SQL: scope.SQL()})
				want, err := store.All[store.Value[int64]](t.Context(), tx, all, args...)
				if err != nil {
					return err
				}
				for _, most := range []int{7, manyTickets} {
					var got []store.Value[int64]
					x := search{tx: tx, heads: scope.Residual(), ways: ways}
					for r := (reach{to: Newest}); r.to != 0; {
						if r, err = x.theirs(t.Context(), r.to, most); err != nil {
							return err
						}
						for _, id := range r.tickets {
							got = append(got, store.Value[int64]{V: id})
						}
					}
					if !slices.Equal(got, want) {
						t.Errorf("by %d, the ways %+v lead to %v, want %v", most, ways, got, want)
					}
				}
				return nil
			})
		}
		if narrow < rounds/4 {
			t.Errorf("only %d of %d actors had ways", narrow, rounds)
		}
	})
}

func TestAChangedAtomIsNoticed(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.SQLite, modulesForRules())
	l := newLot(t, e, 43)
	tickets, entries := Resources()
	for _, name := range tickets.Atoms() {
		atom, _ := tickets.Atom(name)
		honest := atom.Check
		atom.Check = func(q policy.Ask, s Subject) bool { return !honest(q, s) }
		if _, differ := compare(t, e, l, tickets.WithAtom(atom), entries, []string{name}, 12); differ == 0 {
			t.Errorf("the Go face of %s was turned around and no decision differed", name)
		}
		atom.Check = honest
		atom.SQL = func(policy.Ask) policy.SQL { return policy.Never() }
		if _, differ := compare(t, e, l, tickets.WithAtom(atom), entries, []string{name}, 40); differ == 0 {
			t.Errorf("the SQL face of %s was emptied and no decision differed", name)
		}
	}
}

func TestAnActorOfNoPurposeOrNoBookSeesNothing(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.SQLite, modulesForRules())
	newLot(t, e, 44)
	do := newActions()
	me := policy.Person(policy.Facts{Person: 1, Via: "session", Roles: []policy.Role{{Controller: 1, Name: "analyst"}}})
	err := e.DB.Read(t.Context(), me, policy.Resolve, func(tx *store.Tx) error {
		if !do.list.Scope(tx).Empty() {
			t.Error("without a book something could be listed")
		}
		if _, err := do.read.Check(tx, Subject{ID: 1, Controller: 1, Reporter: 1}); err == nil {
			t.Error("without a book a ticket could be read")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAReadForOversightChangesNothing(t *testing.T) {
	t.Parallel()
	do := newActions()
	for _, a := range []policy.Action[Subject]{do.reply, do.note, do.assign, do.classify, do.override, do.watch, do.state, do.end, do.write, do.open, do.erase} {
		q := asker{policy.Person(policy.Facts{Person: 1}), policy.Oversight, policy.NewBook(map[int64][]policy.Rule{1: {{
			ID: "r", What: "ticket", Who: []policy.Term{{Atom: "anyone_signed_in"}}, Purposes: []policy.Purpose{policy.Oversight},
		}}})}
		if _, err := a.Check(q, Subject{ID: 1, Controller: 1}); err == nil {
			t.Errorf("%s is allowed for oversight", a.Name())
		}
		if _, err := do.read.Check(q, Subject{ID: 1, Controller: 1}); err != nil {
			t.Error("reading for oversight should be allowed by this rule")
		}
	}
}

type asker struct {
	who  policy.Actor
	for_ policy.Purpose
	book *policy.Book
}

func (a asker) Actor() policy.Actor     { return a.who }
func (a asker) Purpose() policy.Purpose { return a.for_ }
func (a asker) Book() *policy.Book      { return a.book }
func (asker) Reason() string            { return "" }
