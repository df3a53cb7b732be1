package privacy

import (
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/policy"
	"heed/notice"
	"heed/notice/civil"
	"heed/notice/pack"
)

// Notices holds the notices of the installation and puts their rules on the
// shelf. Reload may be called while the service runs.
type Notices struct {
	Files    fs.FS
	Overlays fs.FS // what this installation chose where a notice says "decide"; may be nil
	Shelf    *policy.Shelf
	Clock    clock.Clock
	Packs    *pack.Library // what the law asks
	Log      *slog.Logger

	state atomic.Pointer[noticeState]
}

type noticeState struct {
	set    *notice.Set
	by     map[int64][]*notice.Notice // in force, the main one first, by controller
	titles map[int64]string
}

// Reload reads the files again and makes their rules count from the next
// transaction on. A broken file changes nothing: what was in force stays so, and
// the problems are returned and logged.
func (n *Notices) Reload(controllers []directory.Controller) []notice.Problem {
	old := n.state.Load()
	var before *notice.Set
	if old != nil {
		before = old.set
	}
	set, problems := before.Reload(n.Files, n.Overlays, notice.Facts{Today: civilOf(n.Clock.Now()), Packs: n.Packs})
	for _, p := range problems {
		if p.Severity == notice.Error {
			n.Log.Error("a notice file is broken; what was in force stays so", "problem", p.String())
		}
	}
	st := &noticeState{set: set, by: map[int64][]*notice.Notice{}, titles: map[int64]string{}}
	rules := map[int64][]policy.Rule{}
	today := civilOf(n.Clock.Now())
	for _, c := range controllers {
		for _, x := range governing(set, c, today) {
			rs, err := x.Rules()
			if err != nil {
				n.Log.Error("a notice does not compile", "notice", x.Policy, "error", err)
				continue
			}
			st.by[c.ID] = append(st.by[c.ID], x)
			rules[c.ID] = append(rules[c.ID], rs...)
		}
	}
	n.state.Store(st)
	n.Shelf.Put(policy.NewBook(rules))
	return problems
}

// governing are the notices in force for a controller, the one it names first.
func governing(set *notice.Set, c directory.Controller, day civil.Date) []*notice.Notice {
	var out []*notice.Notice
	for _, x := range set.On(day) {
		if x.Policy == c.Notice {
			out = slices.Insert(out, 0, x)
			continue
		}
		for _, o := range x.Controllers() {
			if o.Name == c.Name {
				out = append(out, x)
				break
			}
		}
	}
	return out
}

func civilOf(t time.Time) civil.Date {
	y, m, d := t.Date()
	return civil.Date{Year: y, Month: m, Day: d}
}

// InForce implements ticket.Notices.
func (n *Notices) InForce(controller int64) string {
	st := n.state.Load()
	if st == nil || len(st.by[controller]) == 0 {
		return "none"
	}
	x := st.by[controller][0]
	return fmt.Sprintf("%s@%d", x.Policy, x.Version)
}

// Ceiling is the highest marking that a controller's notice lets its desk hold,
// such as OFFICIAL (CAB-01); "" when it names none.
func (n *Notices) Ceiling(controller int64) string {
	if x := n.main(controller); x != nil {
		return x.AppliesTo.MaxClassification
	}
	return ""
}

// Data implements directory.Notices.
func (n *Notices) Data(controller int64) (out []notice.Data) {
	if st := n.state.Load(); st != nil {
		for _, x := range st.by[controller] {
			out = append(out, x.Data...)
		}
	}
	return out
}

// All are the notices in force today, by policy.
func (n *Notices) All() []*notice.Notice {
	st := n.state.Load()
	if st == nil {
		return nil
	}
	return st.set.On(civilOf(n.Clock.Now()))
}

// Find returns the notice of a policy: the version asked for, or the one in
// force; and all its versions.
func (n *Notices) Find(name string, version int) (found *notice.Notice, versions []*notice.Notice) {
	st := n.state.Load()
	if st == nil {
		return nil, nil
	}
	for _, x := range st.set.All() {
		if x.Policy == name {
			versions = append(versions, x)
		}
	}
	if version != 0 {
		found, _ = st.set.Version(name, version)
	} else {
		found, _ = st.set.InForce(name, civilOf(n.Clock.Now()))
	}
	return found, versions
}

// Summary of the problems for people at a terminal.
func Lines(ps []notice.Problem) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

// of returns the notices in force for a controller, the one it names first.
func (n *Notices) of(controller int64) []*notice.Notice {
	st := n.state.Load()
	if st == nil {
		return nil
	}
	return st.by[controller]
}

// main is the notice that a controller names, nil while none is in force.
func (n *Notices) main(controller int64) *notice.Notice {
	if all := n.of(controller); len(all) > 0 {
		return all[0]
	}
	return nil
}
