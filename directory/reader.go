package directory

import (
	"context"
	"slices"
	"strings"
	"time"

	"heed/directory/view"
	"heed/kernel/clock"
	"heed/kernel/i18n"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// Reader is what a page needs to know of who reads it: their name, their
// controller, their zone and language. Pages of every slice begin with one.
type Reader struct {
	Person     Person
	Controller Controller // responsible for the reader's data
	Desk       Controller // whose desk serves them
	Zone       *time.Location
	Now        time.Time
	Lang       i18n.Localizer
	Actor      policy.Actor
}

// Read returns the reader of a request. Without a session it is somebody
// unknown, served by the first controller.
func (d *Directory) Read(ctx context.Context, tx *store.Tx, r *web.Request) (Reader, error) {
	rd := Reader{Zone: time.UTC, Now: tx.Now(), Lang: r.Lang, Actor: r.Actor}
	cs, err := d.Controllers(ctx, tx)
	if err != nil || len(cs) == 0 {
		return rd, err
	}
	rd.Controller, rd.Desk = cs[0], cs[0]
	if id := r.Actor.PersonID(); id != 0 {
		names, err := d.rows(ctx, tx, []int64{id})
		if err != nil {
			return rd, err
		}
		for _, p := range names {
			rd.Person = p.Person
		}
		for _, c := range cs {
			if c.ID == rd.Person.Controller {
				rd.Controller, rd.Desk = c, c
			}
		}
		for _, c := range cs {
			if c.ID == rd.Controller.DeskID {
				rd.Desk = c
			}
		}
		rd.Lang = r.Speak(rd.Person.Lang, rd.Controller.Lang)
	}
	rd.Zone, err = clock.Zone(rd.Desk.Zone)
	return rd, err
}

// Addresses that every face shares.
const (
	pathSignIn  = "/sign-in"
	pathSignOut = "/sign-out"
	// PathLines is where the desk's list posts how many lines its rows have.
	PathLines = "/settings/lines"
	// PathAccess is the statement of how accessible the pages are.
	PathAccess = "/accessibility"
	// PathColumns is where it posts what its rows say.
	PathColumns = "/settings/columns"
	pathRail    = "/settings/rail"
	pathTheme   = "/settings/theme"
	pathKeys    = "/settings/keys"
	pathAccount = "/account"
	pathNotices = "/notices"
)

// View runs fn in a read transaction of who, for the request's purpose, with the
// reader whose page it makes. The page is drawn while what was read is recorded, and
// sent when it is.
func (d *Directory) View(r *web.Request, who policy.Actor, fn func(*store.Tx, Reader) (web.Reply, error)) (web.Reply, error) {
	var reply web.Reply
	record, err := d.DB.ReadAhead(r.Context(), who, r.Purpose, func(tx *store.Tx) error {
		rd, err := d.Read(r.Context(), tx, r)
		if err != nil {
			return err
		}
		reply, err = fn(tx, rd)
		return err
	})
	if err == nil {
		err = r.Await(record)
	}
	return reply, err
}

// Frame is what every page of the reader carries.
func (rd Reader) Frame(r *web.Request, title string) ui.Frame {
	f := ui.Frame{
		T: rd.Lang.T, Lang: rd.tag(), Title: title,
		Brand: ui.Brand{Name: rd.Desk.Name, Sub: rd.Desk.DeskName, Href: "/"},
		Theme: r.Prefs.Theme, ThemeAction: pathTheme, Here: r.Here(), Unsent: r.Unsent(), KeysAction: pathKeys, KeysOff: r.Prefs.KeysOff, RailAction: pathRail, Narrow: r.Prefs.Narrow,
		Notice: ui.Link{Text: rd.Lang.T("directory.notice"), Href: pathNotices + "/" + rd.Controller.Notice},
		Foot:   []ui.Link{{Text: rd.Lang.T("directory.notices"), Href: pathNotices}, {Text: rd.Lang.T("directory.access"), Href: PathAccess}},
	}
	if rd.Person.ID != 0 {
		f.Me = ui.Me{Name: rd.Person.Name, Href: pathAccount, SignOut: pathSignOut}
	} else {
		f.Me = ui.Me{SignIn: pathSignIn}
	}
	return f
}

// Fact is a value of a person as a card shows it, with where it came from.
func (rd Reader) Fact(v Value) ui.Fact {
	source := v.Source
	if source == "" {
		source = rd.Lang.T("people.source.self")
	}
	return ui.Fact{Label: rd.Lang.T("people.value." + string(v.Kind)), Value: v.Text, Source: rd.Lang.T("people.source", "source", source, "when", rd.Day(v.At).Text)}
}

// Vetting is the part of a card for those who may see that something lies apart
// from it: each kind leads to where it is recorded and shown.
func (rd Reader) Vetting(person int64, kept []Value) view.FactGroup {
	g := view.FactGroup{Heading: rd.Lang.T("people.vetting")}
	for _, k := range vettingKinds() {
		fact := ui.Fact{Label: rd.Lang.T("people.value." + string(k)), Value: rd.Lang.T("people.notrecorded")}
		if i := slices.IndexFunc(kept, func(v Value) bool { return v.Kind == k }); i >= 0 {
			fact = rd.Fact(kept[i])
		}
		fact.Href = ValuesPath(person)
		g.Facts = append(g.Facts, fact)
	}
	return g
}

// tag is the language of the page with the region of the controller.
func (rd Reader) tag() string {
	if strings.HasPrefix(rd.Controller.Lang, rd.Lang.Lang()) {
		return rd.Controller.Lang
	}
	return rd.Lang.Lang()
}

// When is an instant in the reader's zone and language.
func (rd Reader) When(t time.Time) ui.When {
	if t.IsZero() {
		return ui.When{}
	}
	return ui.When{Text: clock.FormatNear(t, rd.Now, rd.Zone, rd.Lang.Lang()), Relative: clock.Relative(t, rd.Now, rd.Lang.Lang()), ISO: t.Format(time.RFC3339)}
}

// Day is the day of an instant, as a day mark.
func (rd Reader) Day(t time.Time) ui.When {
	return ui.When{Text: clock.FormatDay(t, rd.Zone, rd.Lang.Lang()), ISO: t.In(rd.Zone).Format(time.DateOnly)}
}

// Hour is the time of day, where a day mark says the day; in a list, the day
// stands in place of the hour when it is another one.
func (rd Reader) Hour(t time.Time) ui.When {
	return ui.When{Text: t.In(rd.Zone).Format("15:04"), ISO: t.Format(time.RFC3339)}
}

// Brief is the hour today, and the day otherwise.
func (rd Reader) Brief(t time.Time) ui.When {
	local, now := t.In(rd.Zone), rd.Now.In(rd.Zone)
	if local.YearDay() == now.YearDay() && local.Year() == now.Year() {
		return rd.Hour(t)
	}
	return ui.When{Text: local.Format("2 Jan"), ISO: t.Format(time.RFC3339)}
}

// Why words the reason a page shows: the phrase and the purpose. Whoever knows the
// sentences behind it adds them as rules.
func (rd Reader) Why(w policy.Why) ui.Why {
	return ui.Why{Sentence: rd.Lang.T("directory.why", "because", w.Because, "purpose", w.Purpose.English())}
}
