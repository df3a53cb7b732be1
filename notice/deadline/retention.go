package deadline

import (
	"slices"
	"time"

	"heed/notice/civil"
)

// Margin is how many days before a ceiling the last copy must be gone beyond
// the life of backups, so that a failed night or two breaks no promise.
const Margin = 14

// Floor is the end of keeping something at least so long.
type Floor struct {
	Due  civil.Date // the anniversary; where that day does not exist, the day after
	Free time.Time  // the first instant at which it may be disposed of
}

// FloorOf counts a floor. The anniversary still belongs to the promised time,
// so disposal is free from the day after it. An anniversary that does not exist
// (29 February) ends with the day before it, so the first day of March is free.
func FloorOf(anchor civil.Date, p civil.Period, zone *time.Location) Floor {
	due, missing := p.AddLater(anchor)
	if missing && p.Days == 0 {
		return Floor{due, due.Start(zone)}
	}
	return Floor{due, due.End(zone)}
}

// CeilingOf is the last day on which something may exist. An anniversary that
// does not exist is the last day of that month.
func CeilingOf(anchor civil.Date, p civil.Period) civil.Date { return p.AddClamped(anchor) }

// StartBy is the day on which disposal must begin, so that backups of backupDays
// are gone by the limit too.
func StartBy(limit civil.Date, backupDays int) civil.Date {
	return limit.AddDays(-(backupDays + Margin))
}

// Bound is a period after an event.
type Bound struct {
	Anchor string
	Period civil.Period
}

// Window is when one record may and must go.
type Window struct {
	Earliest Floor      // the latest of the floors; zero where there is none
	Latest   civil.Date // the earliest of the ceilings; zero where none is known
	StartBy  civil.Date // when disposal must begin; zero where there is no ceiling
	Missing  []string   // anchors whose day is unknown: shown, never silently for ever
	Clash    bool       // a floor ends after a ceiling; somebody must decide
}

// Keep combines bounds for one record: it is kept until the last floor has
// passed and is gone by the first ceiling. anchors has the known days.
func Keep(floors, ceilings []Bound, anchors map[string]civil.Date, backupDays int, zone *time.Location) Window {
	var w Window
	for _, b := range floors {
		day, ok := anchors[b.Anchor]
		if !ok {
			w.missing(b.Anchor)
			continue
		}
		if f := FloorOf(day, b.Period, zone); f.Free.After(w.Earliest.Free) {
			w.Earliest = f
		}
	}
	for _, b := range ceilings {
		day, ok := anchors[b.Anchor]
		if !ok {
			w.missing(b.Anchor)
			continue
		}
		if limit := CeilingOf(day, b.Period); w.Latest.IsZero() || limit.Before(w.Latest) {
			w.Latest = limit
		}
	}
	if !w.Latest.IsZero() {
		w.StartBy = StartBy(w.Latest, backupDays)
		w.Clash = !w.Earliest.Free.IsZero() && w.Earliest.Free.After(w.Latest.End(zone))
	}
	return w
}

func (w *Window) missing(anchor string) {
	if !slices.Contains(w.Missing, anchor) {
		w.Missing = append(w.Missing, anchor)
	}
}

// Use is one purpose of a record and how long it needs it.
type Use struct {
	Purpose  string
	Live     bool // the record is held for it now: a log row with an open fault
	Ceilings []Bound
}

// LongestLive counts keeping by purpose: a record lives until the longest of
// its live purposes has ended. open is true while one of them has no end yet,
// as a fault that is not closed.
func LongestLive(uses []Use, anchors map[string]civil.Date) (last civil.Date, open bool) {
	for _, u := range uses {
		if !u.Live {
			continue
		}
		var end civil.Date
		for _, b := range u.Ceilings {
			day, ok := anchors[b.Anchor]
			if !ok {
				continue
			}
			if e := CeilingOf(day, b.Period); end.IsZero() || e.Before(end) {
				end = e
			}
		}
		if end.IsZero() {
			open = true
			continue
		}
		if end.After(last) {
			last = end
		}
	}
	return last, open
}
