package ticket

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/ticket/target"
)

// Offering is one thing a desk offers help with.
type Offering struct {
	ID         int64
	Controller int64 // whose desk offers it
	Code       string
	Name       string
	NameFR     string // for those who read French; empty: Name
	About      string // what falls under it, in a few words
	AboutFR    string
	Team       int64 // takes its tickets first; 0: the front desk
	Kind       Kind  // of its tickets, unless somebody says otherwise, as Impact and Urgency
	Impact     Level // 0 for Medium
	Urgency    Level
	Retired    bool   // not offered any more; tickets that have it keep it
	Version    int64  // as in Setting
	Also       string // other words by which people look for it, in any language
	Icon       string // its picture, one of [Icons]; empty for the usual one
	Status            // how it does now: see SetStatus
}

// In is the name, and what falls under it, in a language (BCP 47). What nobody
// translated is said in the desk's own words.
func (o Offering) In(lang string) (name, about string) {
	if !strings.HasPrefix(lang, "fr") {
		return o.Name, o.About
	}
	return cmp.Or(o.NameFR, o.Name), cmp.Or(o.AboutFR, o.About)
}

// Setting is how a desk works.
type Setting struct {
	Controller int64
	Week       string // opening hours, as clock.ParseWeek reads them
	Holidays   string // a region of clock.PublicHolidays; empty for none
	ReopenDays int64  // how long a solved ticket may be opened again by those concerned
	Version    int64  // what the person who changes it looked at; unseen: that there was none; 0: they did not look
}

// Promise is how much open time a priority is given.
type Promise struct {
	Response, Resolution time.Duration
	Version              int64 // as in Setting
}

// unseen is the version of what nobody had set yet.
const unseen = -1

// What holds for a desk that has set nothing.
const (
	usualWeek   = "mon-fri 09:00-17:00"
	usualReopen = 14
)

// usualPromises are in hours of open time: a day has eight.
func usualPromises() map[Priority]Promise {
	return map[Priority]Promise{
		P1: {Response: 15 * time.Minute, Resolution: 4 * time.Hour, Version: unseen},
		P2: {Response: time.Hour, Resolution: 8 * time.Hour, Version: unseen},
		P3: {Response: 4 * time.Hour, Resolution: 24 * time.Hour, Version: unseen},
		P4: {Response: 8 * time.Hour, Resolution: 40 * time.Hour, Version: unseen},
	}
}

// usualHolidays are the public holidays where a zone's desks mostly are.
func usualHolidays(zone string) string {
	return map[string]string{"Europe/London": "england-and-wales", "Europe/Belfast": "northern-ireland", "America/Toronto": "ontario"}[zone]
}

// settings is what desks have set: small, hardly ever changed, and it decides
// nobody's rights.
type settings struct {
	read      store.Memo[catalogue]
	mu        sync.Mutex
	calendars map[string]clock.Hours // by zone, week and holidays, without closures; never changes
}

// catalogue is one reading of the settings.
type catalogue struct {
	offerings []Offering
	desks     map[int64]Setting
	promises  map[int64]map[Priority]Promise
	closures  map[int64][]Closure
}

func (s *Service) catalogue(ctx context.Context, tx *store.Tx) (catalogue, error) {
	return s.set.read.Get(tx, func() (catalogue, error) {
		out := catalogue{desks: map[int64]Setting{}, promises: map[int64]map[Priority]Promise{}}
		var err error
		if out.offerings, err = store.All[Offering](ctx, tx, selectServices); err != nil {
			return out, err
		}
		desks, err := store.All[Setting](ctx, tx, selectSettings)
		if err != nil {
			return out, err
		}
		for _, d := range desks {
			out.desks[d.Controller] = d
		}
		if out.closures, err = s.readClosures(ctx, tx); err != nil {
			return out, err
		}
		rows, err := store.All[promiseRow](ctx, tx, selectTargets)
		for _, r := range rows {
			if out.promises[r.controller] == nil {
				out.promises[r.controller] = map[Priority]Promise{}
			}
			out.promises[r.controller][r.priority] = Promise{
				Response: time.Duration(r.response) * time.Millisecond, Resolution: time.Duration(r.resolution) * time.Millisecond, Version: r.version,
			}
		}
		return out, err
	})
}

// Offerings are the services that a desk offers, by name.
func (s *Service) Offerings(ctx context.Context, tx *store.Tx, desk int64) ([]Offering, error) {
	return s.offeringsBut(ctx, tx, desk, 0)
}

// offeringsBut are the services that a desk offers and, though it may be retired,
// the one that a ticket has already.
func (s *Service) offeringsBut(ctx context.Context, tx *store.Tx, desk, has int64) ([]Offering, error) {
	all, err := s.everyOffering(ctx, tx, desk)
	return slices.DeleteFunc(all, func(o Offering) bool { return o.Retired && o.ID != has }), err
}

// everyOffering are the services that a desk offers or ever offered, by name.
func (s *Service) everyOffering(ctx context.Context, tx *store.Tx, desk int64) ([]Offering, error) {
	c, err := s.catalogue(ctx, tx)
	var out []Offering
	for _, o := range c.offerings {
		if o.Controller == desk {
			out = append(out, o)
		}
	}
	return out, err
}

// offering finds a service that a desk offers, or the one that a ticket has
// already; 0 is none.
func (s *Service) offering(ctx context.Context, tx *store.Tx, desk, id, has int64) (Offering, error) {
	if id == 0 {
		return Offering{}, nil
	}
	all, err := s.offeringsBut(ctx, tx, desk, has)
	for _, o := range all {
		if o.ID == id {
			return o, err
		}
	}
	if err == nil {
		err = fault.Invalid("ticket.service", "choose a service of this desk, or none").On("service")
	}
	return Offering{}, err
}

// usualSetting is that of a desk that has set nothing.
func usualSetting(c directory.Controller) Setting {
	return Setting{Controller: c.ID, Week: usualWeek, Holidays: usualHolidays(c.Zone), ReopenDays: usualReopen, Version: unseen}
}

// setting is how a desk works, and what it promises for each priority.
func (s *Service) setting(ctx context.Context, tx *store.Tx, desk directory.Controller) (Setting, map[Priority]Promise, error) {
	cat, err := s.catalogue(ctx, tx)
	set, promises := usualSetting(desk), usualPromises()
	if d, ok := cat.desks[desk.ID]; ok {
		set = d
	}
	for p, v := range cat.promises[desk.ID] {
		promises[p] = v
	}
	return set, promises, err
}

// office is what holds for the tickets of a controller: what it set itself, or
// else the desk that serves it, or else what is usual.
type office struct {
	hours    clock.Hours
	promises map[Priority]Promise
	reopen   time.Duration
}

func (s *Service) office(ctx context.Context, tx *store.Tx, controller int64) (office, error) {
	c, err := s.People.Controller(ctx, tx, controller)
	if err != nil {
		return office{}, err
	}
	cat, err := s.catalogue(ctx, tx)
	if err != nil {
		return office{}, err
	}
	out := office{promises: usualPromises()}
	set, closed := usualSetting(c), cat.closures[c.ID]
	if c.DeskID != c.ID {
		closed = slices.Concat(cat.closures[c.DeskID], closed)
	}
	for _, of := range []int64{c.DeskID, c.ID} {
		if d, ok := cat.desks[of]; ok {
			set = d
		}
		for p, v := range cat.promises[of] {
			out.promises[p] = v
		}
	}
	out.reopen = time.Duration(set.ReopenDays) * 24 * time.Hour
	out.hours, err = s.calendar(c.Zone, set.Week, set.Holidays, closed)
	return out, err
}

// calendar is when a desk is open, less the days on which it closes itself.
func (s *Service) calendar(zone, week, holidays string, closed []Closure) (clock.Hours, error) {
	h, err := s.usually(zone, week, holidays)
	if err != nil {
		return h, err
	}
	days := make([]clock.Closure, len(closed))
	for i, c := range closed {
		days[i] = c.Closure
	}
	return h.Closing(days...)
}

// usually builds a calendar once; its holidays are computed for two centuries.
func (s *Service) usually(zone, week, holidays string) (clock.Hours, error) {
	key := fmt.Sprintf("%s|%s|%s", zone, week, holidays)
	s.set.mu.Lock()
	h, ok := s.set.calendars[key]
	s.set.mu.Unlock()
	if ok {
		return h, nil
	}
	loc, err := clock.Zone(zone)
	if err != nil {
		return h, err
	}
	w, err := clock.ParseWeek(week)
	if err != nil {
		return h, err
	}
	var days clock.Holidays
	if holidays != "" {
		if days, err = clock.PublicHolidays(holidays); err != nil {
			return h, err
		}
	}
	if h, err = clock.NewHours(loc, w, days); err == nil {
		s.set.mu.Lock()
		s.set.calendars[key] = h
		s.set.mu.Unlock()
	}
	return h, err
}

// started are the events with which the clocks of a new ticket begin. Who is
// answered on the phone or at the counter has been answered.
func (o office) started(t Ticket, at time.Time) []target.Event {
	p := o.promises[t.Priority]
	out := []target.Event{
		{Clock: target.Response, What: target.Started, At: at, Allowed: p.Response},
		{Clock: target.Resolution, What: target.Started, At: at, Allowed: p.Resolution},
	}
	if !t.Answered.IsZero() {
		out = append(out, target.Event{Clock: target.Response, What: target.Met, At: at})
	}
	return out
}

// deskOf is the controller whose desk serves another.
func (s *Service) deskOf(ctx context.Context, tx *store.Tx, controller int64) (directory.Controller, error) {
	c, err := s.People.Controller(ctx, tx, controller)
	if err != nil || c.DeskID == c.ID {
		return c, err
	}
	return s.People.Controller(ctx, tx, c.DeskID)
}
