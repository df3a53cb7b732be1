package demo

import (
	"container/heap"
	"context"
	"time"
)

// deed is something that happens at its time.
type deed struct {
	at   time.Time
	nth  int // deeds of one instant happen in the order in which they were planned
	does func(context.Context) error
}

// diary is what is still to happen, soonest first.
type diary struct {
	deeds  []deed
	number int
}

// Len, Less, Swap, Push and Pop implement heap.Interface.
func (d *diary) Len() int { return len(d.deeds) }

// Less implements sort.Interface.
func (d *diary) Less(i, j int) bool {
	a, b := d.deeds[i], d.deeds[j]
	if !a.at.Equal(b.at) {
		return a.at.Before(b.at)
	}
	return a.nth < b.nth
}

// Swap implements sort.Interface.
func (d *diary) Swap(i, j int) { d.deeds[i], d.deeds[j] = d.deeds[j], d.deeds[i] }

// Push implements heap.Interface.
func (d *diary) Push(x any) { d.deeds = append(d.deeds, x.(deed)) }

// Pop implements heap.Interface.
func (d *diary) Pop() any {
	last := d.deeds[len(d.deeds)-1]
	d.deeds = d.deeds[:len(d.deeds)-1]
	return last
}

// plan notes that something is to happen.
func (d *diary) plan(at time.Time, does func(context.Context) error) {
	d.number++
	heap.Push(d, deed{at: at, nth: d.number, does: does})
}

// next takes what happens next, unless that is after the end.
func (d *diary) next(end time.Time) (deed, bool) {
	if len(d.deeds) == 0 || d.deeds[0].at.After(end) {
		return deed{}, false
	}
	return heap.Pop(d).(deed), true
}

// Desks of the demo are open from nine to half past five, Monday to Friday.
const (
	opens  = 9 * time.Hour
	closes = 17*time.Hour + 30*time.Minute
)

// workingTime moves an instant into the desk's hours: what falls outside
// happens some minutes after the next opening.
func workingTime(at time.Time, zone *time.Location, minutes int) time.Time {
	local := at.In(zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)
	if since := local.Sub(midnight); since < opens {
		local = midnight.Add(opens + time.Duration(minutes)*time.Minute)
	} else if since > closes {
		local = midnight.AddDate(0, 0, 1).Add(opens + time.Duration(minutes)*time.Minute)
	}
	for local.Weekday() == time.Saturday || local.Weekday() == time.Sunday {
		local = local.AddDate(0, 0, 1)
	}
	return local
}
