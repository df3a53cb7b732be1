package ticket

import (
	"strconv"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/ticket/view"
)

func (s *Service) targetsPage(r *web.Request) (web.Reply, error) { return s.show(r, s.askTargets) }

// askTargets puts the questions about promises on their page.
func (s *Service) askTargets(f *settingForm) error {
	set, promises, err := s.setting(f.r.Context(), f.tx, f.desk)
	if err != nil {
		return err
	}
	f.page.Title, f.page.Lead, f.page.PreviewURL = f.say("desk.settings.targets"), f.say("desk.settings.targets.lead"), pathTargets
	want := map[Priority]Promise{}
	var wrong error
	for _, p := range []Priority{P1, P2, P3, P4} {
		part := view.SettingPart{ID: "part-" + p.String(), Legend: f.say("desk.settings.target.of", "priority", p.String())}
		for _, q := range []struct {
			name   string
			stands time.Duration
		}{{"response", promises[p].Response}, {"resolution", promises[p].Resolution}} {
			field := f.ask(q.name+p.String(), f.say("desk.settings.minutes."+q.name), clock.FormatDuration(q.stands, f.rd.Lang.Lang()), minutes(q.stands))
			field.InputMode = "numeric"
			part.Fields = append(part.Fields, field)
		}
		f.page.Parts = append(f.page.Parts, part)
		f.seen("seen"+p.String(), promises[p].Version)
		if want[p], err = promiseTyped(p, func(name string) string {
			return f.was(name, map[string]string{"response" + p.String(): minutes(promises[p].Response), "resolution" + p.String(): minutes(promises[p].Resolution)}[name])
		}); err != nil && wrong == nil {
			wrong = err
		}
	}
	if wrong == nil {
		wrong = s.foresee(f, set, want)
	}
	f.doubt(wrong)
	return nil
}

func minutes(d time.Duration) string { return strconv.FormatInt(int64(d/time.Minute), 10) }

// longestPromise is a year of a desk that never closes.
const longestPromise = 366 * 24 * 60

// promiseTyped reads what a form promises for a priority.
func promiseTyped(p Priority, of func(name string) string) (out Promise, err error) {
	for _, q := range []struct {
		name string
		to   *time.Duration
	}{{"response", &out.Response}, {"resolution", &out.Resolution}} {
		n, err := strconv.ParseInt(of(q.name+p.String()), 10, 32)
		if err != nil || n < 1 || n > longestPromise {
			return out, fault.Invalid("desk.minutes", "give the time as minutes in which the desk is open, a whole number from 1 on, such as 60").On(q.name + p.String())
		}
		*q.to = time.Duration(n) * time.Minute
	}
	if out.Resolution < out.Response {
		return out, fault.Invalid("desk.order", "%s promises a solution before its first answer; make the solution's time the longer one", p).On("resolution" + p.String())
	}
	return out, nil
}

func (s *Service) targetsSet(r *web.Request) (web.Reply, error) {
	return s.save(r, func(tx *store.Tx, desk directory.Controller) error {
		_, promises, err := s.setting(r.Context(), tx, desk)
		if err != nil {
			return err
		}
		for _, p := range []Priority{P1, P2, P3, P4} {
			want, err := promiseTyped(p, r.Value)
			if err != nil {
				return err
			}
			stands := promises[p]
			if want.Version = saw(r.Value("seen" + p.String())); want == stands {
				continue
			}
			if err := s.SetPromise(r.Context(), tx, desk.ID, p, want); err != nil {
				return err
			}
		}
		return nil
	}, s.askTargets)
}
