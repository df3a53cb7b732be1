package ticket

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// marked writes a snippet with its hits in brackets.
func marked(ps []Piece) string {
	var b strings.Builder
	for _, p := range ps {
		if p.Hit {
			fmt.Fprintf(&b, "[%s]", p.Text)
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSnippets(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("leave this out ", 20)
	for _, tc := range []struct{ name, query, body, want string }{
		{"a word", "fan", "The fan hums.", "The [fan] hums."},
		{"in another case and without accents", "CAFE", "the café is shut", "the [café] is shut"},
		{"every word of it", "fan lamp", "fan, lamp and Fan", "[fan], [lamp] and [Fan]"},
		{"a word that goes on", "print*", "two printers print", "two [printers] [print]"},
		{"not a part of a word", "print", "two printers", ""},
		{"not what was left out", "fan -lamp", "fan and lamp", "[fan] and lamp"},
		{"in Arabic", "طابعة", "لا تعمل طابعة اليوم", "لا تعمل [طابعة] اليوم"},
		{"around the first hit only", "fan", long + "the fan " + long, "… leave this out leave this out leave this out leave this out the [fan] leave this out leave this out leave this out leave this out leave this out leave this out leave this out leave this out leave this out leave …"},
		{"none", "moon", "The fan hums.", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, marked(snippet(tc.body, text.ParseQuery(tc.query)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSearchShowsOnlyWordsThatMayBeRead(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask(func(in *NewTicket) { in.Text.Body = "the numbat is in the lift" })
		w.works(w.priya, func(tx *store.Tx) error {
			_, err := w.s.Note(t.Context(), tx, a.Ref, Text{Body: "that numbat belongs to the dean"})
			return err
		})
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Watch(t.Context(), tx, a.Ref, w.marc.ID, true) })
		words := func(find string) map[string]string {
			out := map[string]string{}
			for name, p := range map[string]func(func(*store.Tx) error){
				"holder":  func(fn func(*store.Tx) error) { w.works(w.priya, fn) },
				"watcher": func(fn func(*store.Tx) error) { w.works(w.marc, fn) },
			} {
				p(func(tx *store.Tx) error {
					ts, err := w.s.Search(t.Context(), tx, find, Newest, 10)
					if err != nil {
						return err
					}
					found, err := w.s.Snippets(t.Context(), tx, find, ts)
					for _, ps := range found {
						out[name] = marked(ps)
					}
					return err
				})
			}
			return out
		}
		want := map[string]string{"holder": "that [numbat] belongs to the dean", "watcher": "the [numbat] is in the lift"}
		if diff := cmp.Diff(want, words("numbat")); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(map[string]string{"holder": "that numbat belongs to the [dean]"}, words("dean")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSearchIsNarrowedByWhatStandsBeforeAColon(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a, b := w.ask(), w.ask(func(in *NewTicket) { in.Impact, in.Urgency = High, High })
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Wait(t.Context(), tx, a.Ref, Pause{For: ForThird}) })
		for find, want := range map[string][]string{
			"projector": {b.Ref, a.Ref}, "projector priority:p1": {b.Ref}, "state:waiting": {a.Ref}, "projector team:FIRST state:new": {b.Ref},
			"team:second": nil, "?!… --": nil, "\"": nil, "projector -hums": nil,
		} {
			w.works(w.priya, func(tx *store.Tx) error {
				ts, err := w.s.Search(t.Context(), tx, find, Newest, 10)
				var got []string
				for _, x := range ts {
					got = append(got, x.Ref)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s finds %v, want %v", find, got, want)
				}
				return err
			})
		}
		for _, find := range []string{"priority:p9", "team:NONE", "service:none", "state:lost", "-state:open"} {
			err := w.try(w.priya, policy.Resolve, func(tx *store.Tx) error { _, err := w.s.Search(t.Context(), tx, find, Newest, 10); return err })
			refuses(t, err, fault.KindInvalid, "search.filter")
		}
	})
}

func TestSearchFindsByTheNameOfWhomATicketConcerns(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rukmini := w.person("Rukmini Pemberley", "rpemberley")
		other := w.person("Rukmini Quispe", "rquispe")
		hers := w.ask(func(in *NewTicket) { in.Affected = rukmini })
		plain := w.ask()
		away := w.ask(func(in *NewTicket) { in.Affected, in.Team = other, w.second.ID })
		walrus := w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = "A walrus", "It sleeps." })
		for _, tc := range []struct {
			name string
			who  directory.Person
			find string
			want []string
		}{
			{"by the first name, as far as the team holds it", w.priya, "rukmini", []string{hers.Ref}},
			{"by the whole name", w.priya, "Rukmini Pemberley", []string{hers.Ref}},
			{"by the user name", w.priya, "rpemberley", []string{hers.Ref}},
			{"by the reporter", w.priya, "Ruiz", []string{walrus.Ref, plain.Ref, hers.Ref}},
			{"nobody of whom no ticket may be seen", w.priya, "quispe", nil},
			{"the other team's own", w.marc, "rukmini", []string{away.Ref}},
			{"narrowed by a filter", w.priya, "rukmini state:closed", nil},
			{"by a name and a word of the subject", w.priya, "pemberley projector", []string{hers.Ref}},
			{"by a name and a word of an entry", w.priya, "semitone rukmini pemberley", []string{hers.Ref}},
			{"by a name and a word of somebody else's ticket", w.priya, "pemberley walrus", nil},
			{"by the name of somebody of whom no ticket may be seen", w.priya, "quispe projector", nil},
			{"by a name and a word, narrowed", w.priya, "pemberley projector state:closed", nil},
			{"not by a part of a name", w.priya, "ruk", nil},
			{"by a name, without a word that no text of the ticket has", w.priya, "rukmini -lamp", []string{hers.Ref}},
			{"by a name, without a word of the ticket", w.priya, "rukmini -semitone", nil},
		} {
			w.works(tc.who, func(tx *store.Tx) error {
				ts, err := w.s.Search(t.Context(), tx, tc.find, Newest, 10)
				var got []string
				for _, x := range ts {
					got = append(got, x.Ref)
				}
				if !slices.Equal(got, tc.want) {
					t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
				}
				return err
			})
		}
		w.works(w.priya, func(tx *store.Tx) error {
			_, err := w.s.Note(t.Context(), tx, plain.Ref, Text{Body: "that plectrum is the dean's"})
			return err
		})
		noted := func(want int) func(*store.Tx) error {
			return func(tx *store.Tx) error {
				ts, err := w.s.Search(t.Context(), tx, "ruiz plectrum", Newest, 10)
				if len(ts) != want {
					t.Errorf("a name and a word of a note find %d tickets, want %d", len(ts), want)
				}
				return err
			}
		}
		w.works(w.priya, noted(1))
		w.mine(w.ana, noted(0)) // who does not read notes
		w.works(w.priya, func(tx *store.Tx) error {
			ts, err := w.s.Search(t.Context(), tx, "ruiz", plain.ID, 10)
			if len(ts) != 1 || ts[0].Ref != hers.Ref {
				t.Errorf("the next page begins with %v", ts)
			}
			return err
		})
	})
}

func TestShortTextsAreMarkedWholeWhereTheyHoldWhatWasLookedFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text, find string
		want       []Piece
	}{
		"in the middle":      {"The Café door", "cafe", []Piece{{Text: "The "}, {Text: "Café", Hit: true}, {Text: " door"}}},
		"twice, at the ends": {"door to door", "door", []Piece{{Text: "door", Hit: true}, {Text: " to "}, {Text: "door", Hit: true}}},
		"nowhere":            {"A lamp", "door", []Piece{{Text: "A lamp"}}},
		"not what is unsaid": {"A lamp", "-lamp", []Piece{{Text: "A lamp"}}},
		"nothing":            {"", "door", nil},
	} {
		if got := marks(c.text, text.ParseQuery(c.find)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
