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

// corpus writes tickets of a few words, some common and some rare, and lets old ones have
// new notes.
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
		out[i] = texted{ref: w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = subject, body }).Ref, open: []string{subject, body}}
	}
	for range tickets {
		i, note := r.IntN(tickets), words()
		w.works(w.priya, func(tx *store.Tx) error {
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

// pagesOf are all pages of a search, put together, which looks through so many tickets.
func (w *world) pagesOf(ctx context.Context, tx *store.Tx, find string, limit, atMost int) (refs []string, err error) {
	q := text.ParseQuery(find)
	for before := Newest; ; {
		ts, err := w.s.searched(ctx, tx, q, Filter{}, limit, func(x search) (reach, error) {
			x.atOnce, x.atMost = max(limit, 4), atMost
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
				notes   bool
			}{{w.priya, policy.Resolve, true}, {w.ana, policy.Own, false}} {
				var whole, some []string
				w.ok(w.try(who.person, who.purpose, func(tx *store.Tx) (err error) {
					if whole, err = w.pagesOf(t.Context(), tx, q.String(), limit, 1000); err != nil {
						return err
					}
					some, err = w.pagesOf(t.Context(), tx, q.String(), limit, 4)
					return err
				}))
				var want, least []string
				for _, x := range corpus {
					if q.finds(x, who.notes, false) {
						want = append(want, x.ref)
					}
					if q.finds(x, who.notes, true) {
						least = append(least, x.ref)
					}
				}
				if !slices.Equal(whole, want) {
					t.Fatalf("%s finds for %s, by %d: %v, want %v", q, who.person.Name, limit, whole, want)
				}
				if !partOf(least, some) || !partOf(some, want) {
					t.Fatalf("%s finds for %s, by %d, looking through few: %v, at least %v, at most %v", q, who.person.Name, limit, some, least, want)
				}
			}
		}
	})
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
