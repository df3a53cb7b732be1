package ticket

import (
	"context"
	"fmt"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/kernel/text"
)

// Closure is a run of days, or a part of each of them, on which a desk is closed
// besides the public holidays.
type Closure struct {
	ID         int64
	Controller int64 // whose desk is closed
	clock.Closure
}

// longestClosure is a month. A year typed wrong would stop every target until
// then, and whatever closes a desk for longer is a change of its opening hours.
const longestClosure = 31 // days

// check refuses what nobody can mean. Days that are over are counted already, and
// what was counted stays as people saw it.
func (c Closure) check(today clock.Date, others []Closure) error {
	switch {
	case c.Name == "":
		return fault.Invalid("closure.name", "give the closed days a name, such as Christmas closure; it says later why something is due when it is").On("name")
	case c.To.Before(c.From):
		return fault.Invalid("closure.order", "the last day, %s, comes before the first, %s; swap them", c.To, c.From).On("to")
	case c.From.Before(today):
		return fault.Invalid("closure.past", "the first day, %s, is over, and what was counted on it stays counted; begin today or later", c.From).On("from")
	case c.Days() > longestClosure:
		return fault.Invalid("closure.long", "these are %d days, and at most %d go together, so that a wrong month or year does not stop every target; look at the dates, or change the opening hours when the desk closes for longer", c.Days(), longestClosure).On("to")
	}
	for _, o := range others {
		if c.Overlaps(o.Closure) {
			return fault.Invalid("closure.overlap", "the desk is closed then already, from %s to %s for %q; choose days beside those, or remove that closure first", o.From, o.To, o.Name).On("from")
		}
	}
	return nil
}

// span is the closure as the ledger has it: without its name, which is free text.
func (c Closure) span() string {
	if c.Hours == (clock.Span{}) {
		return fmt.Sprintf("%s to %s", c.From, c.To)
	}
	return fmt.Sprintf("%s to %s, %s", c.From, c.To, c.Hours)
}

// AddClosure closes a desk on some days. They count as closed at once, for the
// tickets that are open as well.
func (s *Service) AddClosure(ctx context.Context, tx *store.Tx, c Closure) error {
	c.Name = text.CleanLine(c.Name, 80)
	today, others, err := s.closuresNow(ctx, tx, c.Controller)
	if err != nil {
		return err
	}
	if err := c.check(today, others); err != nil {
		return err
	}
	err = s.keep(ctx, tx, c.Controller, "closed "+c.span(), insertClosure, s.Mint.Next(now(tx)), c.Controller,
		c.From.String(), c.To.String(), int64(c.Hours.From), int64(c.Hours.To), c.Name)
	if err != nil {
		return err
	}
	return s.recount(ctx, tx, c.Controller)
}

// RemoveClosure opens a desk again on the days of a closure that are to come,
// today with them. Those that are over stay closed: they were counted.
func (s *Service) RemoveClosure(ctx context.Context, tx *store.Tx, desk, closure int64) error {
	today, all, err := s.closuresNow(ctx, tx, desk)
	if err != nil {
		return err
	}
	c, err := closureOf(all, closure, today)
	if err != nil {
		return err
	}
	what := "not closed " + c.span()
	if c.From.Before(today) {
		err = s.keep(ctx, tx, desk, what+" any more", endClosure, today.AddDays(-1).String(), c.ID, desk)
	} else {
		err = s.keep(ctx, tx, desk, what, deleteClosure, c.ID, desk)
	}
	if err != nil {
		return err
	}
	return s.recount(ctx, tx, desk)
}

// closureOf finds a closure that is not over yet.
func closureOf(all []Closure, closure int64, today clock.Date) (Closure, error) {
	for _, c := range all {
		if c.ID == closure && !c.To.Before(today) {
			return c, nil
		}
	}
	return Closure{}, fault.Unknown("closure.none", "this desk has no such closed days, or they are over; look at its list")
}

// closuresNow are a desk's closures as they stand, and the day it is there.
func (s *Service) closuresNow(ctx context.Context, tx *store.Tx, desk int64) (clock.Date, []Closure, error) {
	c, err := s.People.Controller(ctx, tx, desk)
	if err != nil {
		return clock.Date{}, nil, err
	}
	zone, err := clock.Zone(c.Zone)
	if err != nil {
		return clock.Date{}, nil, err
	}
	byDesk, err := s.readClosures(ctx, tx)
	return clock.DateOf(now(tx), zone), byDesk[desk], err
}

// readClosures are the closures of all desks, the first to come first.
func (s *Service) readClosures(ctx context.Context, tx *store.Tx) (map[int64][]Closure, error) {
	rows, err := store.All[closureRow](ctx, tx, selectClosures)
	out := map[int64][]Closure{}
	for _, r := range rows {
		c, err := r.closure()
		if err != nil {
			return nil, err
		}
		out[c.Controller] = append(out[c.Controller], c)
	}
	return out, err
}

// recountAfter is when open tickets are looked at after their desk's hours
// changed. By then no node believes the old ones: see store.Memo.
const recountAfter = 5 * time.Second

// recount has the house reckon anew when the open tickets are due that a desk's
// hours count. Pages that explain a target reckon it when they are asked; lists
// go by what is stored.
func (s *Service) recount(ctx context.Context, tx *store.Tx, desk int64) error {
	all, err := s.People.Controllers(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if !servedBy(c, desk) {
			continue
		}
		if _, err := store.Keep(ctx, tx, wakeAll, millis(now(tx).Add(recountAfter)), c.ID); err != nil {
			return err
		}
	}
	return nil
}

func servedBy(c directory.Controller, desk int64) bool { return c.ID == desk || c.DeskID == desk }
