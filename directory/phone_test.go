package directory

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// phoned gives a person a telephone.
func (w *world) phoned(p Person, phone string) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		g, err := w.do.change.Check(tx, Subject{ID: p.ID, Controller: p.Controller})
		if err != nil {
			return err
		}
		return w.addValue(w.t.Context(), tx, g.With("test"), p, Value{Kind: Phone, Text: phone, Source: "hand"})
	})
}

func TestATelephoneIsFoundByTheDigitsItEndsIn(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		agent := w.agent("LJMU", "IT", "owen")
		rosa, mei, ines := w.person("LJMU", "Rosa", "rosa"), w.person("LJMU", "Mei", "mei"), w.person("LJMU", "Ines", "ines")
		w.phoned(rosa, "+44 151 496 4217")
		w.phoned(mei, "0151 955 4217")
		w.phoned(ines, "421")
		far := w.person("CO", "Elsewhere", "elsewhere")
		w.phoned(far, "+44 20 7946 4217")
		cards := rule("see", "person", analyst())
		for name, c := range map[string]struct {
			rules  []policy.Rule
			hidden bool
			query  string
			want   []string
		}{
			"the last four":                 {[]policy.Rule{cards}, false, "4217", []string{"Mei", "Rosa"}},
			"as a display writes them":      {[]policy.Rule{cards}, false, "496-4217", []string{"Rosa"}},
			"with the 0 of the country":     {[]policy.Rule{cards}, false, "0151 496 4217", []string{"Rosa"}},
			"the whole":                     {[]policy.Rule{cards}, false, "+44 (151) 496 4217", []string{"Rosa"}},
			"another number":                {[]policy.Rule{cards}, false, "495 4217", nil},
			"three are too few":             {[]policy.Rule{cards}, false, "421", []string{"Ines"}}, // hers, whole
			"other digits":                  {[]policy.Rule{cards}, false, "4218", nil},
			"no letters":                    {[]policy.Rule{cards}, false, "lap4217", nil},
			"who may find names only":       {[]policy.Rule{rule("find", "person.identity", analyst())}, false, "4217", nil},
			"who sees telephones as hidden": {[]policy.Rule{cards}, true, "4217", nil},
			"nobody may":                    {nil, false, "4217", nil},
		} {
			w.let("LJMU", c.rules...)
			w.Notices = nil
			if c.hidden {
				w.Notices = said{w.code["LJMU"].ID: {{Items: []string{"phone"}, Show: "masked"}}}
			}
			if diff := cmp.Diff(c.want, w.find(agent, c.query)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	})
}

func TestTelephonesWrittenBeforeAreFoundByTheirLastDigitsToo(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		agent := w.agent("LJMU", "IT", "owen")
		rosa, gone := w.person("LJMU", "Rosa", "rosa"), w.person("LJMU", "Gone", "gone")
		w.phoned(rosa, "+44 151 496 4217")
		w.phoned(gone, "+44 151 496 4217")
		w.let("LJMU", rule("see", "person", analyst()))
		w.write(func(tx *store.Tx) error {
			_, err := store.Keep(t.Context(), tx, `UPDATE person_value SET tail = NULL`)
			return err
		})
		if got := w.find(agent, "4217"); got != nil {
			t.Fatalf("before: %v", got)
		}
		if err := w.Vault.Destroy(t.Context(), gone.key); err != nil {
			t.Fatal(err)
		}
		if err := w.FillTails(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"Rosa"}, w.find(agent, "4217")); diff != "" {
			t.Error(diff)
		}
		if n := w.count("person_value WHERE kind = 'phone' AND tail IS NULL"); n != 0 {
			t.Errorf("%d telephones were not looked at", n)
		}
	})
}

// Two people of one name, for somebody who may find names only.
func TestPeopleOfOneNameAreToldApartAsFarAsTheNoticeSays(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ljmu, co := w.agent("LJMU", "IT", "owen"), w.agent("CO", "DESK", "bea")
		w.person("LJMU", "Rosa Okafor", "rosa1")
		w.person("CO", "Rosa Okafor", "rosa2")
		w.person("DCMS", "Rosa Okafor", "rosa3")
		find := []policy.Rule{rule("find", "person.identity", analyst())}
		w.Shelf.Put(policy.NewBook(map[int64][]policy.Rule{w.code["LJMU"].ID: find, w.code["CO"].ID: find, w.code["DCMS"].ID: find}))
		w.Notices = said{w.code["LJMU"].ID: {{Items: []string{"username"}}}}
		for _, c := range []struct {
			agent Person
			want  []string
		}{{ljmu, []string{"rosa1"}}, {co, []string{"DCMS", "CO"}}} {
			var got []string
			err := w.as(c.agent.ID, policy.Resolve, func(tx *store.Tx) error {
				found, err := w.Find(t.Context(), tx, "rosa", 10)
				for _, p := range found {
					got = append(got, p.Beside())
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		}
	})
}
