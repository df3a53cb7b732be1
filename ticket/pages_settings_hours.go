package ticket

import (
	"slices"
	"strconv"
	"strings"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// weekdays are the names of days as a week is written, Monday first.
func weekdays() []string { return []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} }

// openings are the opening hours of each day of a week, by its name, as somebody
// would type them; a day on which the desk is closed has none.
func openings(week string) (map[string]string, error) {
	w, err := clock.ParseWeek(week)
	out := map[string]string{}
	for i, name := range weekdays() {
		var spans []string
		for _, span := range w[(i+1)%7] {
			spans = append(spans, span.String())
		}
		out[name] = strings.Join(spans, " ")
	}
	return out, err
}

// weekOf writes the opening hours of each day as one week; days in a row with
// the same hours stand together.
func weekOf(of func(day string) string) (string, error) {
	days := weekdays()
	var groups []string
	for i := 0; i < len(days); {
		hours := plainHours(of(days[i]))
		last := i
		for last+1 < len(days) && plainHours(of(days[last+1])) == hours {
			last++
		}
		group := days[i]
		if last > i {
			group += "-" + days[last]
		}
		if hours != "" {
			group += " " + hours
			if _, err := clock.ParseWeek(group); err != nil {
				return "", fault.Invalid("desk.hours", "write the opening hours of a day like this: 09:00-17:00, or 09:00-12:30 13:30-17:00; leave it empty when the desk is closed").On(days[i]).Because(err)
			}
			groups = append(groups, group)
		}
		i = last + 1
	}
	if len(groups) == 0 {
		return "", fault.Invalid("desk.closed", "a desk that is never open keeps no promise; give the hours of at least one day").On(days[0])
	}
	return strings.Join(groups, ", "), nil
}

// plainHours forgives what people type: a long dash, commas, spaces around it.
func plainHours(s string) string {
	s = strings.NewReplacer("–", "-", "—", "-", ",", " ", ";", " ").Replace(s)
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), " - ", "-")
}

// hoursFacts says when a desk is open.
func hoursFacts(rd directory.Reader, set Setting) (facts []ui.Fact, err error) {
	say := rd.Lang.T
	open, err := openings(set.Week)
	for _, day := range weekdays() {
		hours := open[day]
		if hours == "" {
			hours = say("desk.settings.shut")
		}
		facts = append(facts, ui.Fact{Label: say("desk.settings.day." + day), Value: hours})
	}
	return append(facts,
		ui.Fact{Label: say("desk.settings.holidays"), Value: say("desk.settings.holidays." + holidayKey(set.Holidays))},
		ui.Fact{Label: say("desk.settings.reopen"), Value: say("desk.settings.reopen.days", "n", set.ReopenDays)}), err
}

func holidayKey(region string) string {
	if region == "" {
		return "none"
	}
	return region
}

func (s *Service) hoursPage(r *web.Request) (web.Reply, error) { return s.show(r, s.askHours) }

// askHours puts the questions about opening hours on their page.
func (s *Service) askHours(f *settingForm) error {
	set, promises, err := s.setting(f.r.Context(), f.tx, f.desk)
	if err != nil {
		return err
	}
	open, err := openings(set.Week)
	if err != nil {
		return err
	}
	f.page.Title, f.page.Lead, f.page.PreviewURL = f.say("desk.settings.hours"), f.say("desk.settings.hours.lead", "zone", f.desk.Zone), pathHours
	week := view.SettingPart{ID: "part-week", Legend: f.say("desk.settings.week"), Hint: f.say("desk.settings.week.hint")}
	for _, day := range weekdays() {
		q := f.ask(day, f.say("desk.settings.day."+day), "", open[day])
		q.SpellOff = true
		week.Fields = append(week.Fields, q)
	}
	regions := []ui.Option{{Value: "none", Text: f.say("desk.settings.holidays.none")}}
	for _, region := range clock.Regions() {
		regions = append(regions, ui.Option{Value: region, Text: f.say("desk.settings.holidays." + region)})
	}
	reopen := f.ask("reopen", f.say("desk.settings.reopen"), f.say("desk.settings.reopen.hint"), strconv.FormatInt(set.ReopenDays, 10))
	reopen.InputMode = "numeric"
	rest := view.SettingPart{
		ID: "part-rest", Legend: f.say("desk.settings.rest"), Fields: []ui.Field{reopen},
		Selects: []ui.Choices{f.pick("holidays", f.say("desk.settings.holidays"), f.say("desk.settings.holidays.hint"), holidayKey(set.Holidays), regions)},
	}
	f.page.Parts = []view.SettingPart{week, rest}
	f.seen("seen", set.Version)
	want, err := hoursTyped(func(name string) string {
		if name == "reopen" || name == "holidays" {
			return f.was(name, map[string]string{"reopen": reopen.Value, "holidays": holidayKey(set.Holidays)}[name])
		}
		return f.was(name, open[name])
	})
	if err == nil {
		err = s.foresee(f, want, promises)
	}
	f.doubt(err)
	return nil
}

// hoursTyped reads the form of the opening hours.
func hoursTyped(of func(name string) string) (Setting, error) {
	week, err := weekOf(of)
	if err != nil {
		return Setting{}, err
	}
	out := Setting{Week: week, Holidays: of("holidays")}
	if out.Holidays == "none" {
		out.Holidays = ""
	}
	if out.ReopenDays, err = strconv.ParseInt(of("reopen"), 10, 32); err != nil {
		return out, fault.Invalid("desk.reopen", "give the days in which a solved ticket may be opened again as a number from 0 to %d", longestReopen).On("reopen")
	}
	return out, nil
}

// foresee says what opening hours and promises, with further closures, would mean
// for what is reported now.
func (s *Service) foresee(f *settingForm, set Setting, promises map[Priority]Promise, more ...Closure) error {
	_, closed, err := s.closuresNow(f.r.Context(), f.tx, f.desk.ID)
	if err != nil {
		return err
	}
	hours, err := s.calendar(f.desk.Zone, set.Week, set.Holidays, slices.Concat(closed, more))
	if err != nil {
		return err
	}
	for _, p := range []Priority{P1, P2, P3, P4} {
		f.page.Preview = append(f.page.Preview, foreseen(f.rd, hours, p, promises[p]))
	}
	return nil
}

// doubt shows, in a preview, what could not be saved as it was typed.
func (f *settingForm) doubt(err error) {
	if err == nil || f.r.Query("preview") == "" {
		return
	}
	problem := fault.As(err)
	if !f.page.Blame(problem.Field, f.rd.Lang.Fault(problem)) {
		f.page.Trouble = f.rd.Lang.Fault(problem)
	}
}

func (s *Service) hoursSet(r *web.Request) (web.Reply, error) {
	return s.save(r, func(tx *store.Tx, desk directory.Controller) error {
		set, err := hoursTyped(r.Value)
		if err != nil {
			return err
		}
		set.Controller, set.Version = desk.ID, saw(r.Value("seen"))
		return s.SetDesk(r.Context(), tx, set)
	}, s.askHours)
}
