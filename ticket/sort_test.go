package ticket

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// The whole table, as the documentation shows it.
func TestPriorityTable(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# Priorities\n\nWritten by the tests from `ticket/priority.go` and `ticket/settings.go`. Impact is how many a matter touches, urgency how soon it hurts.\n\n| impact | high urgency | medium urgency | low urgency |\n|---|---|---|---|\n")
	for _, i := range []Level{High, Medium, Low} {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", i, PriorityOf(i, High), PriorityOf(i, Medium), PriorityOf(i, Low))
	}
	b.WriteString("\nOpen time until the first answer and the solution, where a desk has set nothing else:\n\n| priority | first answer | solution |\n|---|---|---|\n")
	for _, p := range []Priority{P1, P2, P3, P4} {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", p, short(usualPromises()[p].Response.String()), short(usualPromises()[p].Resolution.String()))
	}
	const golden = "../docs/ticket-priority.md"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("the table and its documentation differ; run go test ./ticket -update\n%s", diff)
	}
}

func short(d string) string { return strings.TrimSuffix(strings.TrimSuffix(d, "0s"), "0m") }

func TestMoreImpactOrUrgencyNeverComesLater(t *testing.T) {
	t.Parallel()
	for i := High; i <= Low; i++ {
		for u := High; u <= Low; u++ {
			if i < Low && PriorityOf(i+1, u) < PriorityOf(i, u) || u < Low && PriorityOf(i, u+1) < PriorityOf(i, u) {
				t.Errorf("impact %s and urgency %s come after something smaller", i, u)
			}
		}
	}
	if PriorityOf(0, 9) != PriorityOf(Medium, Medium) {
		t.Error("levels that are none should count as medium")
	}
}

func TestSortingATicketLeavesOneLineAndMovesItsTargets(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.system(func(tx *store.Tx) error {
			return w.s.SetOffering(t.Context(), tx, Offering{Controller: w.desk.ID, Code: "WIFI", Name: "Wireless", Team: w.second.ID, Kind: Incident})
		})
		a := w.ask()
		if a.Priority != P3 || a.Team != w.first.ID {
			t.Fatalf("a new ticket has %s and stands with %d", a.Priority, a.Team)
		}
		var wifi Offering
		w.works(w.priya, func(tx *store.Tx) error {
			offers, err := w.s.Offerings(t.Context(), tx, w.desk.ID)
			wifi = offers[0]
			c := a.Sorting()
			c.Offering, c.Impact, c.Urgency, c.Version = wifi.ID, High, Medium, a.Version
			return firstOf(err, func() error { return w.s.Classify(t.Context(), tx, a.Ref, c) })
		})
		b := w.now(a.Ref)
		if b.Priority != P2 || b.Offering != wifi.ID || b.Version != a.Version+1 || !b.ResolveDue.Before(a.ResolveDue) {
			t.Errorf("sorted, it stands as %+v", b)
		}
		lines := w.entries(w.priya, policy.Resolve, a.Ref)
		if got := lines[len(lines)-1]; got != "change: sorted priority=P2 service=WIFI impact=high" || len(lines) != 2 {
			t.Errorf("the timeline says %q", lines)
		}
		stale := b.Sorting()
		stale.Impact, stale.Version = Low, a.Version
		refuses(t, w.try(w.priya, policy.Resolve, func(tx *store.Tx) error { return w.s.Classify(t.Context(), tx, a.Ref, stale) }), fault.KindConflict, "ticket.stale")
		refuses(t, w.try(w.ana, policy.Own, func(tx *store.Tx) error { return w.s.Classify(t.Context(), tx, a.Ref, b.Sorting()) }), fault.KindUnknown, "ticket.unknown")
		wrong := b.Sorting()
		wrong.Offering = 99
		refuses(t, w.try(w.priya, policy.Resolve, func(tx *store.Tx) error { return w.s.Classify(t.Context(), tx, a.Ref, wrong) }), fault.KindInvalid, "ticket.service")
	})
}

func TestAPriorityByHandStaysUntilTheTableIsAskedAgain(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		set := func(edit func(*Sorting)) Ticket {
			c := w.now(a.Ref).Sorting()
			edit(&c)
			w.works(w.priya, func(tx *store.Tx) error { return w.s.Classify(t.Context(), tx, a.Ref, c) })
			return w.now(a.Ref)
		}
		if b := set(func(c *Sorting) { c.Priority = P1 }); b.Priority != P1 || !b.Overridden {
			t.Errorf("set by hand: %+v", b)
		}
		if b := set(func(c *Sorting) { c.Impact = Low }); b.Priority != P1 || !b.Overridden {
			t.Errorf("another impact took the hand-set priority away: %+v", b)
		}
		if b := set(func(c *Sorting) { c.Priority = 0 }); b.Priority != P4 || b.Overridden {
			t.Errorf("back to the table: %+v", b)
		}
	})
}

func TestAServiceBringsItsTeamAndKind(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var offers []Offering
		w.system(func(tx *store.Tx) error {
			return w.s.SetOffering(t.Context(), tx, Offering{Controller: w.desk.ID, Code: "NEW", Name: "New starters", Team: w.second.ID, Kind: Request})
		})
		w.system(func(tx *store.Tx) (err error) {
			offers, err = w.s.Offerings(t.Context(), tx, w.desk.ID)
			return err
		})
		a := w.ask(func(in *NewTicket) { in.Offering = offers[0].ID })
		if a.Team != w.second.ID || a.Kind != Request {
			t.Errorf("it went to %d as %s", a.Team, a.Kind)
		}
		refuses(t, w.try(w.ana, policy.Own, func(tx *store.Tx) error {
			_, err := w.s.Open(t.Context(), tx, NewTicket{Channel: Portal, Reporter: w.ana, Subject: "x", Offering: 12345})
			return err
		}), fault.KindInvalid, "ticket.service")
	})
}

// firstOf runs fn unless there is an error already.
func firstOf(err error, fn func() error) error {
	if err != nil {
		return err
	}
	return fn()
}

func TestATicketIsHandedOverWithoutWhatTheTeamKeeps(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		w.works(w.priya, func(tx *store.Tx) error {
			_, err := w.s.Note(t.Context(), tx, a.Ref, Text{Body: "the caretaker is an old friend"})
			return err
		})
		refuses(t, w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
			return w.s.Assign(t.Context(), tx, a.Ref, Handover{Team: w.second.ID, Keep: []Class{Email}})
		}), fault.KindInvalid, "handover.keep")
		w.works(w.priya, func(tx *store.Tx) error {
			return w.s.Assign(t.Context(), tx, a.Ref, Handover{Team: w.second.ID, Note: "please look at the cable", Keep: []Class{Internal}})
		})
		got := w.entries(w.marc, policy.Resolve, a.Ref)
		want := []string{"message: It hums a semitone too low.", "note: please look at the cable", "change: team SECOND"}
		if !slices.Equal(got, want) {
			t.Errorf("the next team reads %q, want %q", got, want)
		}
		refuses(t, w.try(w.priya, policy.Resolve, func(tx *store.Tx) error {
			_, _, err := w.s.Find(t.Context(), tx, a.Ref)
			return err
		}), fault.KindUnknown, "ticket.unknown")
		w.works(w.marc, func(tx *store.Tx) error { return w.s.Assign(t.Context(), tx, a.Ref, Handover{Team: w.first.ID}) })
		if got := w.entries(w.priya, policy.Resolve, a.Ref); !slices.Contains(got, "note: the caretaker is an old friend") {
			t.Errorf("back with its writers the note is hidden: %q", got)
		}
	})
}

func TestAWatcherSeesWhatTheNoticeLetsWatchersSee(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask()
		find := func() error {
			return w.try(w.marc, policy.Resolve, func(tx *store.Tx) error { _, _, err := w.s.Find(t.Context(), tx, a.Ref); return err })
		}
		watch := func(on bool) {
			w.works(w.priya, func(tx *store.Tx) error { return w.s.Watch(t.Context(), tx, a.Ref, w.marc.ID, on) })
		}
		refuses(t, find(), fault.KindUnknown, "ticket.unknown")
		w.works(w.priya, func(tx *store.Tx) error {
			_, err := w.s.Note(t.Context(), tx, a.Ref, Text{Body: "among us"})
			return err
		})
		watch(true)
		watch(true) // twice is once
		if got := w.entries(w.marc, policy.Resolve, a.Ref); !slices.Equal(got, []string{"message: It hums a semitone too low.", "change: watch on"}) {
			t.Errorf("the watcher reads %q", got)
		}
		watch(false)
		refuses(t, find(), fault.KindUnknown, "ticket.unknown")
	})
}
