package pack

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"heed/notice/civil"
	"heed/notice/strict"
)

//go:embed data/*.yaml data/calendars/*.yaml
var data embed.FS

// Library is a set of regimes and calendars. It never changes after loading.
type Library struct {
	regimes   map[string]*Regime
	calendars map[string]*Calendar
}

// Builtin returns the library that comes with Heed.
func Builtin() (*Library, error) {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return nil, err
	}
	return Load(sub)
}

// Load reads regimes from *.yaml and calendars from calendars/*.yaml. The error
// joins every fault of every file, each with its place.
func Load(fsys fs.FS) (*Library, error) {
	l := &Library{regimes: map[string]*Regime{}, calendars: map[string]*Calendar{}}
	var errs []error
	errs = append(errs, each(fsys, "calendars/*.yaml", func(c *Calendar) error {
		l.calendars[c.Name] = c
		return c.validate()
	})...)
	errs = append(errs, each(fsys, "*.yaml", func(r *Regime) error {
		l.regimes[r.Name] = r
		return l.adopt(r)
	})...)
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return l, nil
}

func each[T any](fsys fs.FS, pattern string, take func(*T) error) []error {
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		return []error{err}
	}
	var errs []error
	for _, name := range names {
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		doc, problems := strict.Parse(name, src)
		var v T
		if doc != nil {
			problems = append(problems, doc.Decode(&v)...)
		}
		for _, p := range problems {
			errs = append(errs, errors.New(p.String()))
		}
		if len(problems) > 0 {
			continue
		}
		if err := take(&v); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", path.Base(name), err))
		}
	}
	return errs
}

// adopt checks what a file cannot say of itself and ties packs to their regime.
func (l *Library) adopt(r *Regime) error {
	for _, c := range append([]string{r.Calendar}, r.Calendars...) {
		if _, ok := l.calendars[c]; !ok {
			return fmt.Errorf("the regime %s uses the calendar %q, which has no file", r.Name, c)
		}
	}
	if _, err := r.Location(); err != nil {
		return fmt.Errorf("the regime %s: %w", r.Name, err)
	}
	var last civil.Date
	for i := range r.Packs {
		p := &r.Packs[i]
		p.Regime = r
		switch {
		case p.Confirmed && p.From.IsZero():
			return fmt.Errorf("the pack %s is confirmed and has no first day", p.ID)
		case !p.Confirmed && p.Needs == "":
			return fmt.Errorf("the pack %s is not confirmed and does not say what it needs", p.ID)
		case p.Confirmed && !last.IsZero() && !p.From.After(last):
			return fmt.Errorf("the pack %s begins on %s, not after the one before it", p.ID, p.From)
		}
		if p.Confirmed {
			last = p.From
		}
	}
	return nil
}

// Regime returns the regime of that name.
func (l *Library) Regime(name string) (*Regime, bool) {
	r, ok := l.regimes[name]
	return r, ok
}

// InForce returns the pack of a regime that is in force on a day. Packs that
// are not confirmed never are.
func (l *Library) InForce(regime string, day civil.Date) (Pack, bool) {
	r, ok := l.regimes[regime]
	if !ok {
		return Pack{}, false
	}
	var found Pack
	for _, p := range r.Packs {
		if p.Confirmed && !day.Before(p.From) {
			found = p
		}
	}
	return found, found.ID != ""
}

// ByID returns a pack by its id, confirmed or not: a case of long ago still
// needs its own.
func (l *Library) ByID(id string) (Pack, bool) {
	for _, r := range l.regimes {
		for _, p := range r.Packs {
			if p.ID == id {
				return p, true
			}
		}
	}
	return Pack{}, false
}

// Calendar returns the calendar of that name.
func (l *Library) Calendar(name string) (*Calendar, bool) {
	c, ok := l.calendars[name]
	return c, ok
}
