package ticket

import "fmt"

// Level is how far a ticket reaches (impact) or how soon it hurts (urgency).
type Level int64

// The levels.
const (
	High   Level = 1
	Medium Level = 2
	Low    Level = 3
)

// String is the level as the API and message keys write it.
func (l Level) String() string { return levels()[min(max(l, 0), 3)] }

// levels are the words of levels, by number.
func levels() [4]string { return [4]string{"", "high", "medium", "low"} }

// parseLevel reads a level; what is none is 0.
func parseLevel(s string) Level {
	for l, name := range levels() {
		if name == s {
			return Level(l)
		}
	}
	return 0
}

// Priority is the order in which work is done: 1 comes first.
type Priority int64

// The priorities.
const (
	P1 Priority = 1
	P2 Priority = 2
	P3 Priority = 3
	P4 Priority = 4
)

// String is the priority as people say it: "P2".
func (p Priority) String() string { return fmt.Sprintf("P%d", int64(p)) }

// priorities is the whole table, impact down and urgency across, High to Low.
// Impact and urgency weigh the same, as ITIL suggests.
func priorities() [3][3]Priority {
	return [3][3]Priority{
		{P1, P2, P3},
		{P2, P3, P4},
		{P3, P4, P4},
	}
}

// PriorityOf is the table's answer; levels that are none count as Medium.
func PriorityOf(impact, urgency Level) Priority {
	i, u := levelOr(impact), levelOr(urgency)
	return priorities()[i-1][u-1]
}

func levelOr(l Level) Level {
	if l < High || l > Low {
		return Medium
	}
	return l
}

// parsePriority reads "P2"; what is none is 0.
func parsePriority(s string) Priority {
	for _, p := range []Priority{P1, P2, P3, P4} {
		if p.String() == s {
			return p
		}
	}
	return 0
}
