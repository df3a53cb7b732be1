package ticket

import (
	"cmp"
	"slices"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// comingHolidays is how many public holidays a page looks ahead.
const comingHolidays = 4

// shutDay is one line of the days on which a desk is closed.
type shutDay struct {
	Closure // of its own; ID is 0 for a public holiday
	when    string
}

// comingDays are the next public holidays and every closure that is not over, in
// their order.
func comingDays(rd directory.Reader, set Setting, closed []Closure, today clock.Date) (out []shutDay, err error) {
	for _, c := range closed {
		if !c.To.Before(today) {
			out = append(out, shutDay{c, spanWords(rd, c.Closure)})
		}
	}
	if set.Holidays != "" {
		days, err := clock.PublicHolidays(set.Holidays)
		if err != nil {
			return nil, err
		}
		coming := slices.DeleteFunc(slices.Concat(days.Year(today.Year), days.Year(today.Year+1)), func(d clock.Day) bool { return d.Date.Before(today) })
		for _, d := range coming[:min(comingHolidays, len(coming))] {
			c := clock.Closure{From: d.Date, To: d.Date, Name: d.Name}
			out = append(out, shutDay{Closure{Closure: c}, spanWords(rd, c)})
		}
	}
	slices.SortStableFunc(out, func(a, b shutDay) int { return cmp.Compare(a.From.String(), b.From.String()) })
	return out, nil
}

// spanWords writes the days of a closure, and the hours when it has some.
func spanWords(rd directory.Reader, c clock.Closure) string {
	day := func(d clock.Date) string {
		return clock.FormatDay(time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC), time.UTC, rd.Lang.Lang())
	}
	out := day(c.From)
	if c.From != c.To {
		out = rd.Lang.T("desk.settings.closure.span", "from", out, "to", day(c.To))
	}
	if c.Hours != (clock.Span{}) {
		out = rd.Lang.T("desk.settings.closure.part", "days", out, "hours", c.Hours.String())
	}
	return out
}

// closedTable lists the days on which a desk will be closed; its own can be
// removed, and public holidays go by the region of its hours.
func closedTable(rd directory.Reader, days []shutDay) ui.Table {
	say := rd.Lang.T
	out := ui.Table{Caption: say("desk.settings.closed"), HideTitle: true}
	for _, c := range []string{"when", "name", "what", "change"} {
		out.Columns = append(out.Columns, ui.Column{Text: say("desk.settings.closure." + c)})
	}
	for _, d := range days {
		row := []ui.Cell{{Text: d.when, Head: true}, {Text: d.Name}, {Text: say("desk.settings.holiday")}, {Text: say("desk.settings.closure.region"), Href: pathHours + "#holidays"}}
		if d.ID != 0 {
			row[2].Text = say("desk.settings.closure.own")
			row[3] = ui.Cell{Text: say("desk.settings.closure.remove"), Href: pathClosures + "/" + id.Text(d.ID) + "/remove"}
		}
		out.Rows = append(out.Rows, ui.Row{Cells: row})
	}
	return out
}

func (s *Service) closurePage(r *web.Request) (web.Reply, error) { return s.show(r, s.askClosure) }

// askClosure asks on which days a desk is closed, and why.
func (s *Service) askClosure(f *settingForm) error {
	set, promises, err := s.setting(f.r.Context(), f.tx, f.desk)
	if err != nil {
		return err
	}
	today, others, err := s.closuresNow(f.r.Context(), f.tx, f.desk.ID)
	if err != nil {
		return err
	}
	label := func(name string) string { return f.say("desk.settings.closure." + name) }
	hint := func(name string) string { return f.say("desk.settings.closure." + name + ".hint") }
	f.page.Title, f.page.Lead, f.page.PreviewURL = label("new"), f.say("desk.settings.closure.lead", "zone", f.desk.Zone), pathClosures+"/new"
	f.page.Do = label("do")
	days := view.SettingPart{ID: "part-days", Legend: label("days"), Hint: f.say("desk.settings.closure.days.hint", "n", longestClosure)}
	for _, name := range []string{"from", "to"} {
		day := f.ask(name, label(name), hint(name), "")
		day.Type, day.Required = "date", name == "from"
		days.Fields = append(days.Fields, day)
	}
	part := f.ask("hours", label("hours"), hint("hours"), "")
	part.SpellOff = true
	days.Fields = append(days.Fields, part)
	name := f.ask("name", label("name"), hint("name"), "")
	name.Required, name.MaxLength = true, 80
	f.page.Parts = []view.SettingPart{{ID: "part-name", Legend: label("why"), Fields: []ui.Field{name}}, days}
	if f.typed == nil {
		return nil
	}
	want, err := closureTyped(func(name string) string { return f.was(name, "") })
	if err == nil {
		err = want.check(today, others)
	}
	if err == nil {
		f.page.Preview = append(f.page.Preview, f.say("desk.settings.closure.counted", "when", spanWords(f.rd, want.Closure), "n", want.Days()))
		err = s.foresee(f, set, promises, want)
	}
	f.doubt(err)
	return nil
}

// closureTyped reads the form of closed days. Without a last day the first one is
// the only one.
func closureTyped(of func(name string) string) (c Closure, err error) {
	c.Name = text.CleanLine(of("name"), 80)
	for _, q := range []struct {
		name, typed string
		to          *clock.Date
	}{{"from", of("from"), &c.From}, {"to", cmp.Or(of("to"), of("from")), &c.To}} {
		if *q.to, err = clock.ParseDate(q.typed); err != nil {
			return c, fault.Invalid("closure.day", "give the day like this: 2026-12-24").On(q.name).Because(err)
		}
	}
	if hours := plainHours(of("hours")); hours != "" {
		if c.Hours, err = clock.ParseSpan(hours); err != nil {
			return c, fault.Invalid("closure.hours", "write the part of the day that is closed like this: 13:00-17:00; leave it empty when the whole day is").On("hours").Because(err)
		}
	}
	return c, nil
}

func (s *Service) closureSet(r *web.Request) (web.Reply, error) {
	return s.save(r, func(tx *store.Tx, desk directory.Controller) error {
		c, err := closureTyped(r.Value)
		if err != nil {
			return err
		}
		c.Controller = desk.ID
		return s.AddClosure(r.Context(), tx, c)
	}, s.askClosure)
}

func (s *Service) unclosePage(r *web.Request) (web.Reply, error) { return s.show(r, s.askUnclosing) }

// askUnclosing asks whether to open a desk again on the days of a closure.
func (s *Service) askUnclosing(f *settingForm) error {
	today, all, err := s.closuresNow(f.r.Context(), f.tx, f.desk.ID)
	if err != nil {
		return err
	}
	c, err := closureOf(all, number(f.r.Path("id")), today)
	if err != nil {
		return err
	}
	f.page.Title, f.page.Lead = f.say("desk.settings.unclose.title", "name", c.Name), f.say("desk.settings.unclose.text")
	if c.From.Before(today) {
		f.page.Lead = f.say("desk.settings.unclose.begun")
	}
	f.page.Facts = []ui.Fact{{Label: f.say("desk.settings.closure.when"), Value: spanWords(f.rd, c.Closure)}}
	f.page.Do = f.say("desk.settings.unclose")
	return nil
}

func (s *Service) unclosed(r *web.Request) (web.Reply, error) {
	return s.save(r, func(tx *store.Tx, desk directory.Controller) error {
		return s.RemoveClosure(r.Context(), tx, desk.ID, number(r.Path("id")))
	}, s.askUnclosing)
}
