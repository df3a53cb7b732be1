package ui

import "strconv"

// Stretch is one part of a clock's line.
type Stretch struct {
	Minutes int // length, in working or plain minutes; all stretches of one meter alike
	Paused  bool
	Ahead   bool // not used yet; ahead of now
}

// Meter is the state of a clock at one glance: used, paused and now.
type Meter struct {
	ID        string // unique on the page
	Say       string // the same in words: "9 of 12 working hours used. Paused once, ..."
	Stretches []Stretch
}

// bar is a stretch as it is drawn, in percent of the whole line.
type bar struct {
	x, width string
	kind     string // used, pause, ahead
}

// bars lays the stretches end to end at their true widths, so that a pause of
// 4 hours is as wide as 4 hours of work. A meter without length draws nothing.
func (m Meter) bars() (all []bar, now string) {
	total := 0
	for _, s := range m.Stretches {
		total += max(s.Minutes, 0)
	}
	if total == 0 {
		return nil, ""
	}
	at, nowAt := 0, total
	for _, s := range m.Stretches {
		kind := "used"
		switch {
		case s.Ahead:
			kind = "ahead"
			nowAt = min(nowAt, at)
		case s.Paused:
			kind = "pause"
		}
		w := max(s.Minutes, 0)
		all = append(all, bar{x: percent(at, total), width: percent(w, total), kind: kind})
		at += w
	}
	return all, percent(nowAt, total)
}

func percent(part, whole int) string {
	return strconv.FormatFloat(100*float64(part)/float64(whole), 'f', 2, 64) + "%"
}

// Target is one promised time: first reply, solved by.
type Target struct {
	Text   string // "Solved by"
	Chip   Chip   // "in 3 hours"
	Meter  *Meter // nil when the clock has stopped for good
	DueAt  When
	WhySum string // the sum in words: "12 working hours from Friday 13:25, ..."
}

// miniX and miniWidth lay n blocks with gaps into the 88 units of the small line of steps.
func miniX(i, n int) string {
	return strconv.FormatFloat(float64(i)*90.7/float64(n), 'f', 1, 64)
}

func miniWidth(n int) string {
	return strconv.FormatFloat(90.7/float64(n)-2.7, 'f', 1, 64)
}
