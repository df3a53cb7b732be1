package ticket

import (
	"context"
	"fmt"
	"sync"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/ticket/target"
)

// Offering is one thing a desk offers help with.
type Offering struct {
	ID         int64
	Controller int64 // whose desk offers it
	Code       string
	Name       string
	About      string // what falls under it, in a few words
	Team       int64  // takes its tickets first; 0: the front desk
	Kind       Kind   // of its tickets, unless somebody says otherwise
}

// Setting is how a desk works.
type Setting struct {
	Controller int64
	Week       string // opening hours, as clock.ParseWeek reads them
	Holidays   string // a region of clock.PublicHolidays; empty for none
	ReopenDays int64  // how long a solved ticket may be opened again by those concerned
}

// Promise is how much open time a priority is given.
type Promise struct{ Response, Resolution time.Duration }

// What holds for a desk that has set nothing.
const (
	usualWeek   = "mon-fri 09:00-17:00"
	usualReopen = 14
)

// usualPromises are in hours of open time: a day has eight.
func usualPromises() map[Priority]Promise {
	return map[Priority]Promise{
		P1: {15 * time.Minute, 4 * time.Hour},
		P2: {time.Hour, 8 * time.Hour},
		P3: {4 * time.Hour, 24 * time.Hour},
		P4: {8 * time.Hour, 40 * time.Hour},
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
	calendars map[string]clock.Hours // by zone, week and holidays; never changes
}

// catalogue is one reading of the settings.
type catalogue struct {
	offerings []Offering
	desks     map[int64]Setting
	promises  map[int64]map[Priority]Promise
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
		rows, err := store.All[promiseRow](ctx, tx, selectTargets)
		for _, r := range rows {
			if out.promises[r.controller] == nil {
				out.promises[r.controller] = map[Priority]Promise{}
			}
			out.promises[r.controller][r.priority] = Promise{time.Duration(r.response) * time.Millisecond, time.Duration(r.resolution) * time.Millisecond}
		}
		return out, err
	})
}

// SetOffering adds an offering to a desk's catalogue, or changes the one that
// has its code there.
func (s *Service) SetOffering(ctx context.Context, tx *store.Tx, o Offering) error {
	o.Code, o.Name, o.About = text.CleanLine(o.Code, 40), text.CleanLine(o.Name, 80), text.CleanLine(o.About, 200)
	if o.Code == "" || o.Name == "" {
		return fault.Invalid("service.name", "a service needs a short code and a name")
	}
	if o.Kind != Request {
		o.Kind = Incident
	}
	s.set.read.Changed(tx)
	_, err := store.Keep(ctx, tx, upsertService, s.Mint.Next(now(tx)), o.Controller, o.Code, o.Name, o.About, o.Team, string(o.Kind))
	return err
}

// SetDesk sets a desk's opening hours, holidays and reopening window.
func (s *Service) SetDesk(ctx context.Context, tx *store.Tx, d Setting) error {
	if _, err := s.calendar("UTC", d.Week, d.Holidays); err != nil {
		return err
	}
	if d.ReopenDays < 0 {
		return fault.Invalid("desk.reopen", "the days in which a ticket may be opened again cannot be fewer than none")
	}
	s.set.read.Changed(tx)
	_, err := store.Keep(ctx, tx, upsertSetting, d.Controller, d.Week, d.Holidays, d.ReopenDays)
	return err
}

// SetPromise sets what a desk promises for a priority. Clocks that run already
// keep what they were started with.
func (s *Service) SetPromise(ctx context.Context, tx *store.Tx, controller int64, p Priority, of Promise) error {
	if p < P1 || p > P4 || of.Response <= 0 || of.Resolution < of.Response {
		return fault.Invalid("desk.promise", "promise for P1 to P4 an answer after some time, and a solution not before it")
	}
	s.set.read.Changed(tx)
	_, err := store.Keep(ctx, tx, upsertTarget, controller, int64(p), of.Response.Milliseconds(), of.Resolution.Milliseconds())
	return err
}

// Offerings are the services of a desk, by name.
func (s *Service) Offerings(ctx context.Context, tx *store.Tx, desk int64) ([]Offering, error) {
	c, err := s.catalogue(ctx, tx)
	var out []Offering
	for _, o := range c.offerings {
		if o.Controller == desk {
			out = append(out, o)
		}
	}
	return out, err
}

// offering finds a service of a desk; 0 is none.
func (s *Service) offering(ctx context.Context, tx *store.Tx, desk, id int64) (Offering, error) {
	if id == 0 {
		return Offering{}, nil
	}
	all, err := s.Offerings(ctx, tx, desk)
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
	set := Setting{Week: usualWeek, Holidays: usualHolidays(c.Zone), ReopenDays: usualReopen}
	for _, of := range []int64{c.DeskID, c.ID} {
		if d, ok := cat.desks[of]; ok {
			set = d
		}
		for p, v := range cat.promises[of] {
			out.promises[p] = v
		}
	}
	out.reopen = time.Duration(set.ReopenDays) * 24 * time.Hour
	out.hours, err = s.calendar(c.Zone, set.Week, set.Holidays)
	return out, err
}

// calendar builds a calendar once; its holidays are computed for two centuries.
func (s *Service) calendar(zone, week, holidays string) (clock.Hours, error) {
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
