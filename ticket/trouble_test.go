package ticket

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

func TestTwoAgentsSavingAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		colleague := w.person("Sol Adeyemi", "sadeyemi", w.first)
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Take(t.Context(), tx, a.Ref, a.Version) })
		refuses(t, w.try(colleague, policy.Resolve, func(tx *store.Tx) error { return w.s.Take(t.Context(), tx, a.Ref, a.Version) }), fault.KindConflict, "ticket.stale")
		refuses(t, w.try(colleague, policy.Resolve, func(tx *store.Tx) error {
			return w.s.Wait(t.Context(), tx, a.Ref, Pause{For: ForThird, Version: a.Version})
		}), fault.KindConflict, "ticket.stale")
		// notes and replies never collide: both stand on the timeline
		done := make(chan error, 2)
		var both sync.WaitGroup
		for _, p := range []directory.Person{w.priya, colleague} {
			who := w.actor(p)
			both.Go(func() {
				done <- w.env.DB.Write(t.Context(), who, policy.Resolve, func(tx *store.Tx) error {
					_, err := w.s.Note(t.Context(), tx, a.Ref, Text{Body: "noted by " + p.Name})
					return err
				})
			})
		}
		both.Wait()
		w.ok(<-done)
		w.ok(<-done)
		got := w.entries(w.priya, policy.Resolve, a.Ref)
		if !slices.Contains(got, "note: noted by Priya Raman") || !slices.Contains(got, "note: noted by Sol Adeyemi") {
			t.Errorf("the timeline says %q", got)
		}
		if b := w.now(a.Ref); b.Assignee != w.priya.ID {
			t.Errorf("it went to %d", b.Assignee)
		}
	})
}

func TestATicketThatMovesAwayWhileItIsOpen(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.askWithFile("plan.txt", "text/plain", "the plan")
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Assign(t.Context(), tx, a.Ref, Handover{Team: w.second.ID}) })
		for name, verb := range map[string]func(*store.Tx) error{
			"reply": func(tx *store.Tx) error {
				_, err := w.s.Reply(t.Context(), tx, a.Ref, Text{Body: "x"}, Replied)
				return err
			},
			"note":     func(tx *store.Tx) error { _, err := w.s.Note(t.Context(), tx, a.Ref, Text{Body: "x"}); return err },
			"classify": func(tx *store.Tx) error { return w.s.Classify(t.Context(), tx, a.Ref, a.Sorting()) },
			"wait":     func(tx *store.Tx) error { return w.s.Wait(t.Context(), tx, a.Ref, Pause{For: ForThird}) },
			"watch":    func(tx *store.Tx) error { return w.s.Watch(t.Context(), tx, a.Ref, w.priya.ID, true) },
			"close":    func(tx *store.Tx) error { return w.s.Close(t.Context(), tx, a.Ref, 0) },
		} {
			if err := w.try(w.priya, policy.Resolve, verb); !fault.Is(err, fault.KindUnknown) {
				t.Errorf("%s after it moved away: %v", name, err)
			}
		}
		w.works(w.priya, func(tx *store.Tx) error {
			list, err := w.s.List(t.Context(), tx, Filter{}, Newest, 10)
			due, _ := w.s.ListDue(t.Context(), tx, Filter{Teams: []int64{w.first.ID, w.second.ID}}, Place{}, 10)
			found, _ := w.s.Search(t.Context(), tx, "projector", Newest, 10)
			if len(list)+len(due)+len(found) != 0 {
				t.Errorf("it is still listed (%d), due (%d) or found (%d)", len(list), len(due), len(found))
			}
			return err
		})
	})
}

func TestAnAssigneeWhoLeavesLosesSightAndTheTicketStaysWithTheTeam(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		colleague := w.person("Sol Adeyemi", "sadeyemi", w.first)
		w.works(colleague, func(tx *store.Tx) error { return w.s.Take(t.Context(), tx, a.Ref, 0) })
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Assign(t.Context(), tx, a.Ref, Handover{Team: w.first.ID}) })
		w.env.Clock.Advance(time.Second)
		w.system(func(tx *store.Tx) error { return w.people.Leave(t.Context(), tx, colleague.ID, w.first) })
		w.env.Clock.Advance(time.Second)
		refuses(t, w.try(colleague, policy.Resolve, func(tx *store.Tx) error { _, _, err := w.s.Find(t.Context(), tx, a.Ref); return err }), fault.KindUnknown, "ticket.unknown")
		refuses(t, w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
			return w.s.Assign(t.Context(), tx, a.Ref, Handover{Team: w.first.ID, Assignee: colleague.ID})
		}), fault.KindInvalid, "ticket.assignee")
		refuses(t, w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
			return w.s.Assign(t.Context(), tx, a.Ref, Handover{Team: w.second.ID, Assignee: w.priya.ID})
		}), fault.KindInvalid, "ticket.take")
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Take(t.Context(), tx, a.Ref, 0) })
	})
}

func TestAnAgentWhoAsksIsOnlyARequesterOfTheOtherTeam(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var a Ticket
		w.mine(w.priya, func(tx *store.Tx) (err error) {
			a, err = w.s.Open(t.Context(), tx, NewTicket{Channel: Portal, Reporter: w.priya, Team: w.second.ID, Subject: "My own telephone", Text: Text{Body: "it is dead"}})
			return err
		})
		w.works(w.marc, func(tx *store.Tx) error {
			_, err := w.s.Note(t.Context(), tx, a.Ref, Text{Body: "she always drops it"})
			return err
		})
		if got := w.entries(w.priya, policy.Own, a.Ref); !slices.Equal(got, []string{"message: it is dead"}) {
			t.Errorf("in her own matter she reads %q", got)
		}
		refuses(t, w.try(w.priya, policy.Resolve, func(tx *store.Tx) error { _, _, err := w.s.Find(t.Context(), tx, a.Ref); return err }), fault.KindUnknown, "ticket.unknown")
	})
}

func TestAPersonWithTwoAffiliationsHasOneListOfRequests(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var both directory.Person
		w.system(func(tx *store.Tx) (err error) {
			both, err = w.people.AddPerson(t.Context(), tx, directory.NewPerson{Controller: w.desk.ID, Name: "Jo Whitfield", Source: "directory", Affiliations: []string{"staff", "student"}})
			return err
		})
		for _, subject := range []string{"as a student", "as staff"} {
			w.mine(both, func(tx *store.Tx) error {
				_, err := w.s.Open(t.Context(), tx, NewTicket{Channel: Portal, Reporter: both, Subject: subject})
				return err
			})
		}
		w.mine(both, func(tx *store.Tx) error {
			list, err := w.s.List(t.Context(), tx, Filter{Person: both.ID}, Newest, 10)
			if len(list) != 2 || list[0].ID == list[1].ID {
				t.Errorf("the list has %d", len(list))
			}
			return err
		})
	})
}

func TestTextsOfEveryScriptAndLength(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		for _, words := range []string{
			"الطابعة لا تعمل", "המדפסת לא עובדת", "プリンターが動きません", "Принтер не работает", "Ο εκτυπωτής δεν λειτουργεί", "프린터가 작동하지 않습니다", "प्रिंटर काम नहीं करता", "👩🏽‍💻 printer 🖨️",
			"\u202egnisrever si siht\u202c reversed",
		} {
			a := w.ask(func(in *NewTicket) { in.Subject, in.Text.Body = words, words })
			if got := w.now(a.Ref).Subject; !utf8.ValidString(got) || strings.ContainsAny(got, "\u202e\n") || got == "" {
				t.Errorf("the subject %q became %q", words, got)
			}
			find := strings.Fields(words)[0]
			if strings.Contains(words, "\u202e") || strings.Contains(words, "👩") {
				continue
			}
			w.works(w.priya, func(tx *store.Tx) error {
				ts, err := w.s.Search(t.Context(), tx, find, Newest, 10)
				if len(ts) != 1 || ts[0].Ref != a.Ref {
					t.Errorf("%q finds %d", find, len(ts))
				}
				return err
			})
		}
		long := w.ask(func(in *NewTicket) { in.Subject = strings.Repeat("é long subject ", 700) })
		if n := utf8.RuneCountInString(long.Subject); n > maxSubject {
			t.Errorf("a subject of 10,000 characters is kept with %d", n)
		}
	})
}

func TestFiveHundredEntriesAreReadPageByPage(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		w.works(w.priya, func(tx *store.Tx) error {
			for i := range 499 {
				if _, err := w.s.Note(t.Context(), tx, a.Ref, Text{Body: fmt.Sprintf("note %d", i)}); err != nil {
					return err
				}
			}
			return nil
		})
		w.works(w.priya, func(tx *store.Tx) error {
			seen, before := map[int64]bool{}, Newest
			for {
				page, _, err := w.s.Entries(t.Context(), tx, a, before, entriesAtOnce)
				if err != nil {
					return err
				}
				if len(page) == 0 {
					break
				}
				if !slices.IsSortedFunc(page, func(x, y Entry) int { return int(x.ID - y.ID) }) {
					t.Error("a page is out of order")
				}
				for _, e := range page {
					if seen[e.ID] {
						t.Errorf("entry %d stands on two pages", e.ID)
					}
					seen[e.ID] = true
				}
				before = page[0].ID
			}
			if len(seen) != 500 {
				t.Errorf("%d entries were read", len(seen))
			}
			return nil
		})
	})
}

func TestListsAndCountsAgree(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		for i := range 12 {
			a := w.ask(func(in *NewTicket) { in.Impact, in.Urgency = Level(1+i%3), Level(1+i%2) })
			w.env.Clock.Advance(time.Minute)
			switch i % 4 {
			case 1:
				w.works(w.priya, func(tx *store.Tx) error { return w.s.Take(t.Context(), tx, a.Ref, 0) })
			case 2:
				w.works(w.priya, func(tx *store.Tx) error { return w.s.Wait(t.Context(), tx, a.Ref, Pause{For: ForThird}) })
			case 3:
				w.works(w.priya, func(tx *store.Tx) error {
					_, err := w.s.Resolve(t.Context(), tx, a.Ref, Text{Body: "done"})
					return err
				})
			}
		}
		w.ok(w.s.FoldTally(t.Context()))
		teams := []int64{w.first.ID}
		for name, f := range map[string]Filter{
			"mine": {Assignee: w.priya.ID, Open: true}, "team": {Team: w.first.ID, Open: true}, "unassigned": {Teams: teams, Unassigned: true, Open: true},
			"waiting": {Teams: teams, OrAssignee: w.priya.ID, State: Waiting}, "resolved": {Teams: teams, State: Resolved}, "none": {Teams: []int64{}, OrAssignee: w.ana.ID, Open: true},
		} {
			w.works(w.priya, func(tx *store.Tx) error {
				counts, err := w.s.Counts(t.Context(), tx)
				if err != nil {
					return err
				}
				n := int64(0)
				for _, c := range counts {
					if f.counts(c) {
						n += c.N
					}
				}
				list, err := w.s.List(t.Context(), tx, f, Newest, 100)
				if int64(len(list)) != n || name != "none" && n == 0 {
					t.Errorf("%s: %d are counted and %d listed", name, n, len(list))
				}
				return err
			})
		}
		w.works(w.priya, func(tx *store.Tx) error {
			var got []Ticket
			var at Place
			for {
				page, err := w.s.ListDue(t.Context(), tx, Filter{Teams: teams, OrAssignee: w.priya.ID, Open: true}, at, 4)
				if err != nil {
					return err
				}
				if len(page) == 0 {
					break
				}
				got, at = append(got, page...), PlaceOf(page[len(page)-1])
			}
			if len(got) != 9 || !slices.IsSortedFunc(got, func(a, b Ticket) int { return int(nearMillis(a.Due) - nearMillis(b.Due)) }) {
				t.Errorf("by due time: %d tickets", len(got))
			}
			return nil
		})
	})
}
