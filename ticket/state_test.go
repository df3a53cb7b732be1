package ticket

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"heed/kernel/fault"
)

var update = flag.Bool("update", false, "write the golden files anew")

func states() []State { return []State{New, Open, Waiting, Resolved, Closed} }
func events() []Event {
	return []Event{Assigned, Replied, Wrote, Asked, Solved, Ended, Restarted, Resumed, Woke}
}

// The whole table, as the documentation shows it.
func TestStateMachine(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# The life of a ticket\n\nWritten by the tests from `ticket/state.go`; a dash means that the event is refused.\n\n| from |")
	for _, e := range events() {
		fmt.Fprintf(&b, " %s |", e)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(events())) + "\n")
	for _, s := range states() {
		fmt.Fprintf(&b, "| %s |", s)
		for _, e := range events() {
			to, err := next(s, e)
			switch {
			case err == nil:
				fmt.Fprintf(&b, " %s |", to)
			case fault.Is(err, fault.KindConflict):
				b.WriteString(" – |")
			default:
				t.Errorf("%s on %s: %v", e, s, err)
			}
		}
		b.WriteString("\n")
	}
	const golden = "../docs/ticket-states.md"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("the state machine and its documentation differ; run go test ./ticket -update\n%s", got)
	}
}

func TestTMU05EveryStateHasAPathToClosedAndNoneIsAnOrphan(t *testing.T) {
	t.Parallel()
	reach := func(from State) map[State]bool {
		seen, todo := map[State]bool{from: true}, []State{from}
		for len(todo) > 0 {
			s := todo[0]
			todo = todo[1:]
			for _, tr := range Transitions() {
				if tr.From == s && !seen[tr.To] {
					seen[tr.To] = true
					todo = append(todo, tr.To)
				}
			}
		}
		return seen
	}
	fromNew := reach(New)
	for _, s := range states() {
		if !reach(s)[Closed] {
			t.Errorf("from %s no path leads to closed", s)
		}
		if !fromNew[s] {
			t.Errorf("%s cannot be reached", s)
		}
	}
}
