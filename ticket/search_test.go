package ticket

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// finds are the references of what a search finds for the first team, newest first.
func (w *world) finds(find string) (refs []string) {
	w.t.Helper()
	w.works(w.priya, func(tx *store.Tx) error {
		ts, err := w.s.Search(w.t.Context(), tx, find, Newest, 10)
		for _, x := range ts {
			refs = append(refs, x.Ref)
		}
		return err
	})
	return refs
}

func TestAWordOfASearchNeedNotBeWhole(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		wrote := func(subject, body string) string {
			return w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = subject, body }).Ref
		}
		mailbox, wifi := wrote("A full mailbox", "Nothing arrives."), wrote("Wireless in the annexe", "It drops, lap0012 and all.")
		printers, network := wrote("Two printers", "Both blink."), wrote("Le réseau est lent", "Depuis lundi.")
		terminal, policy := wrote("Un terminal noir", "Rien ne s'affiche."), wrote("Which policies hold", "I ask.")
		arabic, hebrew := wrote("الطابعة لا تعمل", "1"), wrote("המדפסת לא עובדת", "2")
		chinese, korean := wrote("打印机坏了", "3"), wrote("프린터가 작동하지 않습니다", "4")
		for find, want := range map[string][]string{
			"mailboxes": {mailbox}, "mailb": {mailbox}, "MAILBOX": {mailbox}, "ma": nil, "wi": nil,
			"wireles": {wifi}, "wir ann": {wifi}, "wir blink": nil, "ireless": nil, "lap0012": {wifi}, "lap001": nil,
			"printer": {printers}, "printers": {printers}, "printer -two": nil, "printer -tw": {printers},
			"réseaux": {network}, "RESEAUX": {network}, "resea": {network}, "terminaux": {terminal}, "policy": {policy}, "\u0072\u0065\u0301seau": {network},
			`"mailboxes"`: nil, `"printer"`: nil, `"two printers"`: {printers}, `"two print"`: nil, `"two print"*`: {printers},
			"الطاب": {arabic}, "המד": {hebrew}, "打印": {chinese}, "打": nil, "프린": {korean},
			"mailboxes OR wireles": {wifi, mailbox}, "print* OR réseaux": {network, printers}, "a* OR b": {mailbox},
			"mailb!!!": {mailbox}, "(mailb) …": {mailbox}, "two-print": {printers}, "two.prin,": {printers},
			`NEAR(mailb wireles)`: nil, `mailb* AND`: nil, `"'mailb':*|!x`: nil, `mailb" OR "`: nil, `mailb OR "`: {mailbox}, `words:mailb`: nil, "mailb & !wireles": nil, "mailb & !full": {mailbox}, "^mailb": {mailbox}, "{mailb": {mailbox}, "mailb\x00": {mailbox},
		} {
			if got := w.finds(find); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", find, got, want)
			}
		}
	})
}

// A word that many tickets have is found as it stands, and as its singular and plural; one
// that few have is found by its beginning, too; and so on every page.
func TestACommonWordIsNotLookedForByItsBeginning(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		wrote := func(words string) string {
			return w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = words, "." }).Ref
		}
		one, odd, two, three := wrote("a printer"), wrote("a printerhead"), wrote("printers"), wrote("the printer")
		page := func(find string, before int64, limit int) (refs []string) {
			w.works(w.priya, func(tx *store.Tx) error {
				ts, err := w.s.Search(t.Context(), tx, find, before, limit)
				for _, x := range ts {
					refs = append(refs, x.Ref)
				}
				return err
			})
			return refs
		}
		for _, c := range []struct {
			find   string
			before int64
			limit  int
			want   []string
		}{
			{"printer", Newest, 3, []string{three, two, one}},
			{"printer", w.now(three).ID, 3, []string{two, one}},
			{"printer", Newest, 4, []string{three, two, odd, one}},
			{"printer", w.now(three).ID, 4, []string{two, odd, one}},
			{"printerh", Newest, 3, []string{odd}},
			{"pri* a", Newest, 3, []string{odd, one}},   // a star is asked for
			{"the printer", Newest, 3, []string{three}}, // common in itself, printer goes on nowhere
			{"printer*", Newest, 3, []string{three, two, odd}},
			{`"printer"`, Newest, 4, []string{three, one}},
		} {
			if got := page(c.find, c.before, c.limit); !slices.Equal(got, c.want) {
				t.Errorf("%d of %s before %d: %v, want %v", c.limit, c.find, c.before, got, c.want)
			}
		}
	})
}

// Words of a search meet in a ticket, wherever in it they stand, and what is left out
// stands nowhere in it; as far as the searcher may read.
func TestTheWordsOfASearchMeetInATicket(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		head := w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = "The plotter", "It is in the annexe." })
		noted := w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = "Plotter again", "Still." })
		door := w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = "Annexe", "The door." })
		w.works(w.priya, func(tx *store.Tx) error {
			_, err := w.s.Note(t.Context(), tx, noted.Ref, Text{Body: "the annexe, too"})
			return err
		})
		for find, want := range map[string][]string{
			"plotter annexe": {noted.Ref, head.Ref}, "plott annex": {noted.Ref, head.Ref}, "plotter annexe door": nil,
			"plotter -annexe": nil, "plotter -too": {head.Ref}, `plotter "too"`: {noted.Ref}, `"plotter annexe"`: nil, "plotter -still": {head.Ref}, "ruiz plotter annexe": {noted.Ref, head.Ref}, "ruiz -plotter annexe": {door.Ref},
		} {
			if got := w.finds(find); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", find, got, want)
			}
		}
		w.mine(w.ana, func(tx *store.Tx) error {
			for what, search := range map[string]func() ([]Ticket, error){
				"Search":   func() ([]Ticket, error) { return w.s.Search(t.Context(), tx, "plotter annexe", Newest, 10) },
				"SearchOf": func() ([]Ticket, error) { return w.s.SearchOf(t.Context(), tx, w.ana.ID, "plotter annexe", 10) },
			} {
				ts, err := search()
				if err != nil {
					return err
				}
				if len(ts) != 1 || ts[0].Ref != head.Ref {
					t.Errorf("%s of who may not read the note finds %d, want %s only", what, len(ts), head.Ref)
				}
			}
			ts, err := w.s.SearchOf(t.Context(), tx, w.priya.ID, "plotter", 10)
			if len(ts) > 0 {
				t.Error("a search among somebody's tickets finds those of others")
			}
			return err
		})
	})
}

// Pages of a search, put together, are all that it finds, also where old tickets have
// the newest entries.
func TestNoPageOfASearchLosesATicket(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var all []string
		for i := range 12 {
			x := w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = "Ticket", "Something." })
			all = append([]string{x.Ref}, all...)
			if i%3 == 0 {
				w.later(time.Minute)
			}
		}
		for _, at := range []int{11, 0, 7, 3, 9, 5, 5, 5, 5, 5, 5, 5, 5, 5, 1, 2, 4, 6, 8, 10} {
			w.works(w.priya, func(tx *store.Tx) error {
				_, err := w.s.Note(t.Context(), tx, all[at], Text{Body: "quokka, on the roof"})
				return err
			})
		}
		for _, find := range []string{"quokka", "quok*", "quokka roof", "ruiz quokka", "quokka something", "ticket quokka -nothing", "ticket"} {
			for _, limit := range []int{1, 2, 3, 5, 12} {
				var got []string
				for before, page := Newest, 0; page < 20; page++ {
					var ts []Ticket
					w.works(w.priya, func(tx *store.Tx) (err error) {
						ts, err = w.s.Search(t.Context(), tx, find, before, limit)
						return err
					})
					if len(ts) == 0 {
						break
					}
					for _, x := range ts {
						got = append(got, x.Ref)
					}
					before = ts[len(ts)-1].ID
				}
				if !slices.Equal(got, all) {
					t.Errorf("%q by %d: %v, want %v", find, limit, got, all)
				}
			}
		}
	})
}

// A beginning that more words have than are spelled out is looked for as one.
func TestABeginningOfManyWordsFindsAllOfThem(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var want []string
		for first := range 3 {
			var words []string
			for i := range mostSpelled / 2 {
				words = append(words, "zebra"+string(rune('a'+first))+string(rune('a'+i/26))+string(rune('a'+i%26)))
			}
			want = append([]string{w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = "Stripes", strings.Join(words, " ") }).Ref}, want...)
			if got := w.finds("zebra"); !slices.Equal(got, want) {
				t.Fatalf("with %d words: %v, want %v", (first+1)*mostSpelled/2, got, want)
			}
		}
		if got := w.finds("zebrab"); !slices.Equal(got, want[1:2]) {
			t.Errorf("a longer beginning finds %v, want %v", got, want[1:2])
		}
	})
}

// Where the newest texts are looked at by themselves, they are by the rule of the index.
func TestEveryWayToFindAWordFindsTheSame(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		for _, text := range []string{"a printer", "two printers", "a print", "the reprint", "paper jam", "paper jams", "jam of paper", "réseaux", "le réseau", "打印机", "mailbox; paper", "policies"} {
			w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = text, text })
		}
		for _, find := range []string{
			"print", "printers", `"print"`, "prin paper", "print OR jams", "paper -jam", "mailboxes", "paper -mailb", `"paper jam"`, `"paper ja"*`, "paper-jams",
			"réseaux", "打印", "policy -(printer)", "a* OR b", "pr*", "two print", "reprint OR policy paper OR printer",
		} {
			q := text.ParseQuery(find).Wide()
			w.works(w.priya, func(tx *store.Tx) error {
				x := search{s: w.s, tx: tx, heads: policy.All(), entries: policy.All()}
				var want reach
				for i, p := range x.probes(q) {
					stmt, args := x.spliced(p.stmt, q, append([]any{Newest, 100}, p.newest...))
					hits, err := store.All[hit](t.Context(), tx, stmt, args...)
					if err != nil {
						return err
					}
					got := byHits(hits, 100)
					if i == 0 {
						want = got
					}
					if !slices.Equal(got.tickets, want.tickets) {
						t.Errorf("%q: way %d finds %v, the first %v", find, i, got, want)
					}
				}
				if tx.Dialect() == store.Postgres {
					stmt, args := x.spliced(rareTexts, q, []any{Newest, 100})
					rows, err := store.All[store.Value[int64]](t.Context(), tx, stmt, args...)
					if err != nil {
						return err
					}
					if got := reached(rows, 100); !slices.Equal(got.tickets, want.tickets) {
						t.Errorf("%q: the index finds %v, the newest rows %v", find, got, want)
					}
				}
				var held []wanted
				for _, c := range q.Clauses {
					if !c.Not {
						held = append(held, wanted{words: text.Query{Clauses: []text.Clause{c}}})
					}
				}
				if len(held) == len(q.Clauses) {
					if got, err := x.holding(t.Context(), want.tickets, held, nil); err != nil || !slices.Equal(got, want.tickets) {
						t.Errorf("%q: by themselves %v of %v hold the words (%v)", find, got, want, err)
					}
				}
				spelled, err := x.spelled(t.Context(), q)
				if err != nil {
					return err
				}
				got, err := x.texts(t.Context(), spelled, Newest, 100)
				if !slices.Equal(got.tickets, want.tickets) {
					t.Errorf("%q spelled out is %q and finds %v, not %v", find, spelled, got, want)
				}
				if len(x.probes(q)) < 2 && q.Begins() {
					t.Errorf("%q is looked for in one way only", find)
				}
				return err
			})
		}
	})
}

func TestWhatASearchFoundByABeginningIsMarked(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		x := w.ask(func(in *NewTicket) { in.Text.Body = "Wireless drops near my mailbox, and wire too." })
		for find, want := range map[string]string{
			"wireles": "[Wireless] drops near my mailbox, and wire too.", "wir mailboxes": "[Wireless] drops near my [mailbox], and [wire] too.",
			`"wire"`: "Wireless drops near my mailbox, and [wire] too.",
		} {
			w.works(w.priya, func(tx *store.Tx) error {
				ts, err := w.s.Search(t.Context(), tx, find, Newest, 10)
				if err != nil {
					return err
				}
				found, err := w.s.Snippets(t.Context(), tx, find, ts)
				if got := marked(found[x.ID]); got != want {
					t.Errorf("%s marks %q, want %q", find, got, want)
				}
				return err
			})
		}
	})
}

func TestWhatIsErasedIsFoundByNoBeginningAndLeavesTheIndex(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		x := w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = "zyzzyva", "quokka-zyzzyva" })
		if got := w.finds("zyzz"); len(got) != 1 {
			t.Fatalf("before, %v is found", got)
		}
		held := func() bool {
			if w.env.DB.Dialect() == store.Postgres {
				var n int
				w.ok(w.env.Raw(t).QueryRowContext(t.Context(), `SELECT count(*) FROM idx.ticket_words WHERE words::text LIKE '%zyz%'`).Scan(&n))
				return n > 0
			}
			rows, err := w.env.Raw(t).QueryContext(t.Context(), `SELECT block FROM idx.ticket_words_data UNION ALL SELECT CAST(c0 AS BLOB) FROM idx.ticket_words_content`)
			w.ok(err)
			defer func() { w.ok(rows.Close()) }()
			for rows.Next() {
				var block []byte
				w.ok(rows.Scan(&block))
				if bytes.Contains(block, []byte("zyz")) {
					return true
				}
			}
			w.ok(rows.Err())
			return false
		}
		if w.env.DB.Dialect() == store.Postgres && !inIndexPages(t, w, "zyzzyva") {
			t.Fatal("the index does not hold the word in a form that this test reads")
		}
		if !held() {
			t.Fatal("the index does not hold the word in a form that this test reads")
		}
		w.ok(w.env.DB.Write(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
			gone, err := w.s.ToErase(t.Context(), tx, x.Ref, "test")
			if err == nil {
				_, err = w.s.Erase(t.Context(), tx, gone)
			}
			return err
		}))
		if held() || len(w.finds("zyzz")) > 0 || len(w.finds("quokkas")) > 0 {
			t.Error("the index still holds a word of what was erased")
		}
		w.ok(w.s.ForgetWords(t.Context()))
		if w.env.DB.Dialect() == store.Postgres && inIndexPages(t, w, "zyzzyva") {
			t.Error("the tree of the index still holds a word that no text has")
		}
	})
}

// inIndexPages reports whether a page of PostgreSQL's word index holds a word, whatever
// else it holds.
func inIndexPages(t *testing.T, w *world, word string) bool {
	t.Helper()
	db := w.env.Raw(t)
	for _, q := range []string{`CREATE EXTENSION IF NOT EXISTS pageinspect`, `SELECT gin_clean_pending_list('idx.ticket_words_words')`} {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	var n int
	w.ok(db.QueryRowContext(t.Context(), `SELECT count(*) FROM generate_series(0, pg_relation_size('idx.ticket_words_words') / current_setting('block_size')::int - 1) AS b(n)
		WHERE position($1 IN get_raw_page('idx.ticket_words_words', b.n::int)) > 0`, []byte(word)).Scan(&n))
	return n > 0
}
