package directory

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/fault"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
	"heed/kernel/text"
)

// rule lets analysts of a controller do something with its people.
func rule(id, what string, who ...policy.Term) policy.Rule {
	return policy.Rule{ID: id, What: what, Who: who, Purposes: []policy.Purpose{policy.Resolve}, Says: "Analysts may."}
}

func analyst() policy.Term { return policy.Term{Atom: "analyst"} }

// agent is an analyst of a desk and a member of its team.
func (w *world) agent(controller, team, user string) Person {
	w.t.Helper()
	p := w.person(controller, "Agent "+user, user)
	w.write(func(tx *store.Tx) error {
		if err := w.Join(w.t.Context(), tx, p.ID, w.team[team]); err != nil {
			return err
		}
		return w.GiveRole(w.t.Context(), tx, p.ID, w.code[controller].ID, "analyst")
	})
	return p
}

func TestACardIsShownByARuleAndRecorded(t *testing.T) { // LJMUH-07, LJMUH-25
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, other, agent := w.person("LJMU", "Rosa Okafor", "rosa"), w.person("CO", "Other", "other"), w.agent("LJMU", "IT", "owen")
		w.let("LJMU", rule("see", "person", analyst()))
		err := w.as(agent.ID, policy.Resolve, func(tx *store.Tx) error {
			p, why, err := w.Card(t.Context(), tx, rosa.ID)
			if err != nil || p.Name != "Rosa Okafor" || why.Rule != "see" || why.Says != "Analysts may." {
				t.Errorf("%+v %+v %v", p, why, err)
			}
			kinds := map[Kind]bool{}
			for _, v := range p.Values {
				kinds[v.Kind] = true
				if v.Source != "hand" || v.At.IsZero() {
					t.Errorf("%s comes from %q, %s; every value says from where and when", v.Kind, v.Source, v.At)
				}
			}
			if p.First(Office) != "" || kinds[Office] {
				t.Error("an office that nobody recorded is shown")
			}
			_, _, err = w.Card(t.Context(), tx, other.ID)
			_, _, none := w.Card(t.Context(), tx, 1)
			if !fault.Is(err, fault.KindUnknown) || err.Error() != none.Error() {
				t.Errorf("unseen: %v; absent: %v; both must be one answer", err, none)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := w.records(rosa.ID); !strings.Contains(got, "person.read") || strings.Contains(w.records(other.ID), "person.read") {
			t.Errorf("the ledger says: %s", got)
		}
		err = w.as(agent.ID, policy.Statistics, func(tx *store.Tx) error {
			_, _, err := w.Card(t.Context(), tx, rosa.ID)
			return err
		})
		if !fault.Is(err, fault.KindUnknown) {
			t.Errorf("for another purpose: %v", err)
		}
	})
}

func TestACardNamesTheManagerAndTheLastRunOfTheFeed(t *testing.T) { // CHI-17
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustFeed(nightly, threePeople)
		rosa := w.who("rokafor")
		w.Clock.Advance(days(5))
		w.mustFeed(nightly, threePeople)
		w.let("CO", policy.Rule{ID: "own", What: "person", Who: []policy.Term{{Atom: "self"}}, Purposes: []policy.Purpose{policy.Own}})
		err := w.as(rosa.ID, policy.Own, func(tx *store.Tx) error {
			p, _, err := w.Card(t.Context(), tx, rosa.ID)
			for _, v := range p.Values {
				if !v.At.Equal(w.Clock.Now()) {
					t.Errorf("%s was confirmed by today's run and is dated %s", v.Kind, v.At)
				}
			}
			if p.First(Manager) != "Kwame Mensah" {
				t.Errorf("the manager is %q", p.First(Manager))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func (w *world) find(agent Person, query string) (names []string) {
	w.t.Helper()
	err := w.as(agent.ID, policy.Resolve, func(tx *store.Tx) error {
		found, err := w.Find(w.t.Context(), tx, query, 10)
		for _, p := range found {
			names = append(names, p.Name)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return names
}

func TestPeopleAreFoundByNameAndByWhatIsTheirs(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		agent := w.agent("LJMU", "IT", "owen")
		rosa := w.person("LJMU", "Rósa Okafor", "rokafor")
		w.person("LJMU", "Rosa Lindqvist", "lind1")
		w.person("CO", "Rosa Elsewhere", "elsewhere")
		w.let("LJMU", rule("find", "person.identity", analyst()))
		for query, want := range map[string][]string{
			"rosa":                {"Rosa Lindqvist", "Rósa Okafor"}, // newest first
			"ROKAF":               {"Rósa Okafor"},
			"okafor rosa":         {"Rósa Okafor"},
			"Rokafor@example.org": {"Rósa Okafor"},
			"0151-496-1":          {"Rosa Lindqvist"}, // typed another way, and lind1's number ends in 1
			"elsewhere":           nil,
			"":                    nil,
			"@":                   nil,
			"nobody":              nil,
		} {
			if diff := cmp.Diff(want, w.find(agent, query)); diff != "" {
				t.Errorf("%q: %s", query, diff)
			}
		}
		if got := w.records(rosa.ID); !strings.Contains(got, "person.find") {
			t.Error("who was found does not stand in the ledger")
		}
		w.let("LJMU")
		if got := w.find(agent, "rosa"); got != nil {
			t.Errorf("without a rule: %v", got)
		}
	})
}

func TestALimitKeepsTheNewest(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		agent := w.agent("LJMU", "IT", "owen")
		for _, n := range []string{"Ada One", "Ada Two", "Ada Three"} {
			w.person("LJMU", n, strings.ToLower(n[4:]))
		}
		w.let("LJMU", rule("find", "person.identity", analyst()))
		err := w.as(agent.ID, policy.Resolve, func(tx *store.Tx) error {
			found, err := w.Find(t.Context(), tx, "ada", 2)
			if len(found) != 2 || found[0].Name != "Ada Three" || found[1].Name != "Ada Two" {
				t.Errorf("got %v", found)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// held are tickets as the directory knows them: by whom one of a person is held.
type held map[int64][]Held

// Holds implements Tickets.
func (h held) Holds(_ context.Context, _ *store.Tx, person int64) ([]Held, error) {
	return h[person], nil
}

// SharedSQL implements Tickets.
func (h held) SharedSQL(a policy.Actor, column string, open bool) policy.SQL {
	var people []int64
	for p, by := range h {
		if shares(a, Subject{Held: by}, open) {
			people = append(people, p)
		}
	}
	slices.Sort(people)
	return policy.In(column, people)
}

func TestASharedTicketShowsItsPersonAndIsRecorded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module(), Module()}, func(t *testing.T, e *storetest.Env) {
		tickets := held{}
		w := newWorld(t, e, tickets)
		agent, rosa := w.agent("LJMU", "IT", "owen"), w.person("LJMU", "Rosa Okafor", "rosa")
		w.let("LJMU", rule("find", "person.identity", policy.Term{Atom: "shares_ticket"}), rule("see", "person", policy.Term{Atom: "shares_ticket"}))
		if got := w.find(agent, "rosa"); got != nil {
			t.Errorf("before there is a ticket: %v", got)
		}
		tickets[rosa.ID] = []Held{{Team: w.team["IT"].ID}}
		if got := w.find(agent, "rosa"); len(got) != 1 || !strings.Contains(w.records(rosa.ID), "person.find") {
			t.Errorf("found %v, recorded %q", got, w.records(rosa.ID))
		}
		err := w.as(agent.ID, policy.Resolve, func(tx *store.Tx) error {
			_, why, err := w.Card(t.Context(), tx, rosa.ID)
			if why.Because != "you or your team hold a ticket of theirs" {
				t.Errorf("the reason is %q", why.Because)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestALostIndexIsRebuiltFromTheSealedNames(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		agent := w.agent("LJMU", "IT", "owen")
		rosa, gone := w.person("LJMU", "Rosa Okafor", "rokafor"), w.person("LJMU", "Rosa Gone", "gone")
		w.let("LJMU", rule("find", "person.identity", analyst()))
		w.write(func(tx *store.Tx) error {
			_, err := store.Keep(t.Context(), tx, `DELETE FROM idx.person_words`)
			return err
		})
		if got := w.find(agent, "rosa"); got != nil {
			t.Fatalf("without an index: %v", got)
		}
		if err := w.Vault.Destroy(t.Context(), gone.key); err != nil {
			t.Fatal(err)
		}
		total := 0
		if err := w.Rebuild(t.Context(), func(n int) { total = n }); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"Rosa Okafor"}, w.find(agent, "rosa")); diff != "" || total != 3 {
			t.Errorf("of %d people: %s", total, diff)
		}
		if got := w.find(agent, "rokafor"); len(got) != 1 {
			t.Errorf("by user name: %v", got)
		}
		w.erase(rosa.ID)
		if n := w.count("idx.person_words WHERE rowid = $1", rosa.ID); n != 0 {
			t.Error("a forgotten name is still in the index")
		}
	})
}

// Two people can have one name: whoever may open their cards tells them apart in the
// list, whoever may find names only does not.
func TestWhoMayOpenCardsIsToldUserNamesInAList(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		agent := w.agent("LJMU", "IT", "owen")
		w.person("LJMU", "Rosa Okafor", "rokafor")
		for name, c := range map[string]struct {
			rules  []policy.Rule
			masked bool // the notice hides user names
			want   []string
		}{
			"names only":           {[]policy.Rule{rule("find", "person.identity", analyst())}, false, []string{""}},
			"the cards":            {[]policy.Rule{rule("see", "person", analyst())}, false, []string{"rokafor"}},
			"cards as well":        {[]policy.Rule{rule("find", "person.identity", analyst()), rule("see", "person", analyst())}, false, []string{"rokafor"}},
			"nothing of anybody":   {nil, false, nil},
			"cards that hide them": {[]policy.Rule{rule("see", "person", analyst())}, true, []string{""}},
		} {
			w.let("LJMU", c.rules...)
			w.Notices = nil
			if c.masked {
				w.Notices = said{w.code["LJMU"].ID: {{Items: []string{"username"}, Show: "masked"}}}
			}
			err := w.as(agent.ID, policy.Resolve, func(tx *store.Tx) error {
				found, err := w.Find(t.Context(), tx, "rosa", 10)
				var got []string
				for _, p := range found {
					got = append(got, p.First(UserName))
					if len(p.Values) > 1 {
						t.Errorf("%s: a list tells %d values", name, len(p.Values))
					}
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("%s: user names %q, want %q", name, got, c.want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// However few of the newest people are looked at first, the same are found: the newest
// that have the name and may be found.
func TestNamesAreFoundWhereverTheyAreLookedFor(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var want []int64 // newest first
		for i, name := range []string{"Ann Bell", "Bert Coil", "Cleo Bell", "Dina Bell", "Egon Coil", "Fay Bellamy"} {
			desk := []string{"LJMU", "CO"}[i%2]
			if p := w.person(desk, name, fmt.Sprint("user", i)); strings.Contains(name, "Bell") && desk == "LJMU" {
				want = slices.Insert(want, 0, p.ID)
			}
		}
		w.read(func(tx *store.Tx) error {
			q, among := text.ParseQuery("bell*"), policy.Equal("p.controller_id", w.code["LJMU"].ID)
			for limit := 1; limit <= 4; limit++ {
				for _, newest := range [][]int{nil, {1}, {4}, {4, 5}, {100}} {
					got, err := bearers(t.Context(), tx, q, among, limit, newest...)
					if all := want[:min(limit, len(want))]; err != nil || !slices.Equal(got, all) {
						t.Errorf("%d, among %v: %v, want %v; %v", limit, newest, got, all, err)
					}
				}
			}
			return nil
		})
	})
}
