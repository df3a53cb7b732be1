package ticket

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// texted is a ticket as the law of the search sees it: what stands in it, and which of
// that only those read who may read notes.
type texted struct {
	ref    string
	team   int64
	open   []string // the head, the first message
	hidden []string // notes
}

// has reports whether a word stands in what somebody reads.
func (x texted) has(word string, notes bool) bool {
	return slices.ContainsFunc(x.read(notes), func(t string) bool { return slices.Contains(strings.Fields(t), word) })
}

func (x texted) read(notes bool) []string {
	if notes {
		return slices.Concat(x.open, x.hidden)
	}
	return x.open
}

// corpus writes tickets of a few words, some common and some rare, of two teams, some of
// them ended, and lets old ones have new notes.
func (w *world) corpus(r *rand.Rand, tickets int) []texted {
	words := func() string {
		var out []string
		for range 1 + r.IntN(3) {
			out = append(out, fmt.Sprintf("w%d", min(r.IntN(9), r.IntN(9)))) // few have w8, many w0
		}
		return strings.Join(out, " ")
	}
	out := make([]texted, tickets)
	for i := range out {
		subject, body := words(), words()
		team := []directory.Team{w.first, w.first, w.second}[r.IntN(3)].ID
		asked := w.ask(func(in *NewTicket) { in.Subject, in.Text.Body, in.Team = subject, body, team })
		out[i] = texted{ref: asked.Ref, team: team, open: []string{subject, body}}
		w.system(func(tx *store.Tx) error {
			_, err := store.Keep(w.t.Context(), tx, `UPDATE ticket SET is_open = $1 WHERE id = $2`, r.IntN(3) > 0, asked.ID)
			return err
		})
	}
	for range tickets {
		i, note := r.IntN(tickets), words()
		by := w.priya
		if out[i].team == w.second.ID {
			by = w.marc
		}
		w.works(by, func(tx *store.Tx) error {
			_, err := w.s.Note(w.t.Context(), tx, out[i].ref, Text{Body: note})
			return err
		})
		out[i].hidden = append(out[i].hidden, note)
	}
	slices.Reverse(out) // newest first, as they are found
	return out
}

// lookedFor is a random search: words wanted, and words left out.
type lookedFor struct{ with, without []string }

func anySearch(r *rand.Rand) (q lookedFor) {
	for range 1 + r.IntN(3) {
		q.with = append(q.with, fmt.Sprintf("w%d", r.IntN(9)))
	}
	if r.IntN(3) == 0 {
		q.without = append(q.without, fmt.Sprintf("w%d", r.IntN(9)))
	}
	return q
}

func (q lookedFor) String() string {
	return strings.Join(q.with, " ") + strings.Join(append([]string{""}, q.without...), " -")
}

// finds reports whether the ticket is one of those looked for; together, by one text.
func (q lookedFor) finds(x texted, notes, together bool) bool {
	for _, word := range q.without {
		if x.has(word, notes) {
			return false
		}
	}
	holds := func(t texted) bool {
		return !slices.ContainsFunc(q.with, func(word string) bool { return !t.has(word, true) })
	}
	if !together {
		return holds(texted{open: x.read(notes)})
	}
	return slices.ContainsFunc(x.read(notes), func(t string) bool { return holds(texted{open: []string{t}}) })
}

// pagesOf are all pages of a search, put together, which looks through so many
// tickets of a word, and so many texts, or tickets, of who sees few.
func (w *world) pagesOf(ctx context.Context, tx *store.Tx, find string, limit, atMost, look int) (refs []string, err error) {
	q := text.ParseQuery(find)
	for before := Newest; ; {
		ts, err := w.s.searched(ctx, tx, q, Filter{}, limit, func(x search) (reach, error) {
			x.atOnce, x.atMost, x.look, x.step, x.walk = max(limit, 4), atMost, look, look, 3*look
			return x.find(ctx, q, before)
		})
		if err != nil || len(ts) == 0 {
			return refs, err
		}
		for _, t := range ts {
			refs = append(refs, t.Ref)
		}
		before = ts[len(ts)-1].ID
	}
}

// The law of the search: all its pages together are the tickets in which the searcher
// reads every word and none that is left out; where few are looked through, they are some
// of these, and all where one text has every word.
func TestASearchFindsWhatTheSearcherReads(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		r := rand.New(rand.NewPCG(20, 26))
		corpus := w.corpus(r, 40)
		for range 60 {
			q, limit := anySearch(r), 1+r.IntN(5)
			for _, who := range []struct {
				person  directory.Person
				purpose policy.Purpose
				team    int64 // that holds what they read; 0 for any
			}{{w.priya, policy.Resolve, w.first.ID}, {w.marc, policy.Resolve, w.second.ID}, {w.ana, policy.Own, 0}} {
				var whole, some, walked []string
				w.ok(w.try(who.person, who.purpose, func(tx *store.Tx) (err error) {
					if whole, err = w.pagesOf(t.Context(), tx, q.String(), limit, 1000, lookFirst); err != nil {
						return err
					}
					if walked, err = w.pagesOf(t.Context(), tx, q.String(), limit, 1000, 2); err != nil {
						return err
					}
					some, err = w.pagesOf(t.Context(), tx, q.String(), limit, 4, lookFirst)
					return err
				}))
				var want, least []string
				for _, x := range corpus {
					if who.team != 0 && who.team != x.team {
						continue
					}
					if q.finds(x, who.team != 0, false) {
						want = append(want, x.ref)
					}
					if q.finds(x, who.team != 0, true) {
						least = append(least, x.ref)
					}
				}
				if !slices.Equal(whole, want) {
					t.Fatalf("%s finds for %s, by %d: %v, want %v", q, who.person.Name, limit, whole, want)
				}
				if !slices.Equal(walked, want) {
					t.Fatalf("%s finds for %s, by %d, walking few tickets: %v, want %v", q, who.person.Name, limit, walked, want)
				}
				if !partOf(least, some) || !partOf(some, want) {
					t.Fatalf("%s finds for %s, by %d, looking through few: %v, at least %v, at most %v", q, who.person.Name, limit, some, least, want)
				}
			}
		}
	})
}

// What PostgreSQL finds by walking the newest texts it finds by gathering them from the
// index too.
func TestWalkingAndGatheringFindTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.Postgres)
	r := rand.New(rand.NewPCG(3, 26))
	w.corpus(r, 20)
	found := 0
	for range 30 {
		q := text.ParseQuery(anySearch(r).String())
		w.ok(w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
			heads, entries := w.s.do.list.Scope(tx), w.s.do.entry.Scope(tx)
			x := search{s: w.s, tx: tx, heads: heads.Residual(), entries: entries.Residual()}
			for _, limit := range []int{1, 3, 100} {
				walked, err := x.ask(t.Context(), q, Newest, limit, probe{newestTexts, []any{1000}})
				if err != nil {
					return err
				}
				gathered, err := x.ask(t.Context(), q, Newest, limit, probe{gatheredTexts, []any{1000}})
				if err != nil {
					return err
				}
				if !slices.Equal(walked, gathered) {
					t.Errorf("%s, %d: walked %v, gathered %v", q.TSQuery(), limit, walked, gathered)
				}
				found += len(gathered)
			}
			return nil
		}))
	}
	if found < 30 {
		t.Errorf("only %d were found", found)
	}
}

// partOf reports whether a has nothing that b lacks, in the order of b.
func partOf(a, b []string) bool {
	for _, x := range a {
		i := slices.Index(b, x)
		if i < 0 {
			return false
		}
		b = b[i+1:]
	}
	return true
}
