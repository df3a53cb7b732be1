package privacy

import (
	"time"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/ledger"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// chartDays is how many days the graph of the explorer has without dates, chartMost
// how many at most.
const (
	chartDays = 30
	chartMost = 92
)

// between reads the dates of the explorer: records of the first day to the last, in
// the desk's zone.
func between(r *web.Request, rd directory.Reader, f *ledger.Filter) error {
	for _, d := range []struct {
		name string
		days int
		to   *time.Time
	}{{"from", 0, &f.From}, {"to", 1, &f.Until}} {
		text := r.Query(d.name)
		if text == "" {
			continue
		}
		day, err := time.ParseInLocation(time.DateOnly, text, rd.Zone)
		if err != nil {
			return fault.Invalid("ledger.date", "write the date like this: 2026-11-23").On(d.name)
		}
		*d.to = day.AddDate(0, 0, d.days)
	}
	if !f.From.IsZero() && !f.Until.IsZero() && !f.From.Before(f.Until) {
		return fault.Invalid("ledger.dates", "the last day lies before the first; exchange them").On("to")
	}
	return nil
}

// chart draws how many records of somebody, by somebody or of a thing there are day by
// day. Of the whole ledger it draws none: that would read all of it for a picture.
func (p *Pages) chart(r *web.Request, tx *store.Tx, rd directory.Reader, f ledger.Filter) (ui.Bars, error) {
	if f.Person == 0 && f.Actor == 0 && f.Object == 0 {
		return ui.Bars{}, nil
	}
	if f.Until.IsZero() || f.Until.After(rd.Now) {
		f.Until = midnight(rd.Now.In(rd.Zone)).AddDate(0, 0, 1)
	}
	days := chartDays
	if !f.From.IsZero() {
		days = min(chartMost, int(f.Until.Sub(f.From).Hours()/24+0.5))
	}
	if days < 1 { // all of it lies ahead
		return ui.Bars{}, nil
	}
	f.From = f.Until.In(rd.Zone).AddDate(0, 0, -days)
	hours, err := ledger.Hours(r.Context(), tx, p.do.read.Scope(tx).SQL(), f)
	if err != nil {
		return ui.Bars{}, err
	}
	made := map[string]int{}
	for _, h := range hours {
		made[h.Begin.In(rd.Zone).Format(time.DateOnly)] += h.N
	}
	all, most := 0, ui.Bar{}
	bars := make([]ui.Bar, days)
	for i := range bars {
		day := f.From.AddDate(0, 0, i)
		bars[i] = ui.Bar{Text: rd.Day(day).Text, N: made[day.Format(time.DateOnly)]}
		if all += bars[i].N; bars[i].N > most.N {
			most = bars[i]
		}
	}
	if all == 0 {
		return ui.Bars{}, nil
	}
	say := rd.Lang.T
	return ui.Bars{
		ID: "by-day", Title: say("ledger.chart"), Say: say("ledger.chart.says", "all", say("ledger.chart.records", "n", all), "days", days, "most", most.N, "day", most.Text),
		Step: say("ledger.chart.day"), Count: say("ledger.records"), Bars: bars,
	}, nil
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}
