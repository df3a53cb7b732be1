package ticket

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"heed/directory"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// narrowings are the parameters of a list's address that narrow it, beside its
// priority, which has links of its own.
func narrowings() []string { return []string{"state", "owner", "service", "asked"} }

// The owners of an address that are no number.
const (
	ownerMe     = "me"
	ownerNobody = "none"
)

// askedAges are the ages of a list's address, in days.
func askedAges() []int { return []int{1, 7, 30, 90} }

// narrowForm is the form above a list that narrows it further, and what of it is
// narrowed now. What the view itself decides is not asked.
func (s *Service) narrowForm(ctx context.Context, tx *store.Tx, rd directory.Reader, v queueView) (templ.Component, error) {
	say := rd.Lang.T
	n := view.Narrow{Label: say("ticket.filter.narrow"), Do: say("ticket.filter.do")}
	add := func(name string, options []ui.Option) {
		c := ui.Choices{ID: "narrow-" + name, Name: name, Label: say("ticket.filter." + name), Empty: say("ticket.filter." + name + ".all"), Options: options}
		for i, o := range c.Options {
			if c.Options[i].Selected = o.Value == v.query.Get(name); c.Options[i].Selected {
				n.Now = append(n.Now, o.Text)
			}
		}
		n.Selects = append(n.Selects, c)
	}
	if v.base.State == "" {
		add("state", stateOptions(rd))
	}
	if v.base.Assignee == 0 && !v.base.Unassigned {
		owners, err := s.ownerOptions(ctx, tx, rd)
		if err != nil {
			return nil, err
		}
		add("owner", owners)
	}
	services, err := s.everyOffering(ctx, tx, rd.Desk.ID) // also those retired, for what is still open
	if err != nil {
		return nil, err
	}
	if len(services) > 0 {
		add("service", serviceOptions(rd, services))
	}
	add("asked", ageOptions(rd))
	for _, name := range []string{"view", "priority", "sort"} {
		if value := v.query.Get(name); value != "" {
			n.Keep = append(n.Keep, ui.Hidden{Name: name, Value: value})
		}
	}
	if len(n.Now) > 0 {
		q := maps.Clone(v.query)
		for _, name := range narrowings() {
			q.Del(name)
		}
		n.Clear = ui.Link{Text: say("ticket.filter.clear"), Href: "/desk?" + q.Encode()}
	}
	return n.Form(), nil
}

func stateOptions(rd directory.Reader) (out []ui.Option) {
	for _, st := range []State{New, Open, Waiting} {
		out = append(out, ui.Option{Value: string(st), Text: rd.Lang.T("ticket.deskstate." + string(st))})
	}
	return out
}

func ageOptions(rd directory.Reader) (out []ui.Option) {
	for _, days := range askedAges() {
		out = append(out, ui.Option{Value: strconv.Itoa(days), Text: rd.Lang.T("ticket.filter.asked.days", "n", days)})
	}
	return out
}

// ownerOptions are nobody, the reader, and the colleagues in the reader's teams.
func (s *Service) ownerOptions(ctx context.Context, tx *store.Tx, rd directory.Reader) ([]ui.Option, error) {
	out := []ui.Option{{Value: ownerNobody, Text: rd.Lang.T("ticket.nobody")}, {Value: ownerMe, Text: rd.Lang.T("ticket.filter.owner.me")}}
	crews, err := s.People.Crews(ctx, tx, rd.Desk.ID)
	if err != nil {
		return nil, err
	}
	var people []int64
	for _, g := range rd.Actor.Groups() {
		people = append(people, crews[g.ID]...)
	}
	slices.Sort(people)
	people = slices.DeleteFunc(slices.Compact(people), func(p int64) bool { return p == rd.Person.ID })
	names, err := s.People.Names(ctx, tx, people...)
	for _, p := range people {
		if names[p] != "" {
			out = append(out, ui.Option{Value: id.Text(p), Text: names[p]})
		}
	}
	slices.SortStableFunc(out[2:], func(a, b ui.Option) int { return strings.Compare(a.Text, b.Text) })
	return out, err
}

// narrow is the filter with what an address asks for beside its view.
func (v *queueView) narrow(me int64, now time.Time) {
	f, get := v.base, v.query.Get
	f.Priority, f.Offering = parsePriority(get("priority")), number(get("service"))
	if st := State(get("state")); f.State == "" && (st == New || st == Open || st == Waiting) {
		f.State = st
	}
	if owner := get("owner"); f.Assignee == 0 && !f.Unassigned {
		switch owner {
		case ownerNobody:
			f.Unassigned = true
		case ownerMe:
			f.Assignee = me
		default:
			f.Assignee = number(owner)
		}
	}
	if days, err := strconv.Atoi(get("asked")); err == nil && slices.Contains(askedAges(), days) {
		f.AskedBefore = now.AddDate(0, 0, -days)
	}
	v.filter = f
}

// counted reports whether the maintained counts tell how many a narrowed list holds.
func (f Filter) counted() bool {
	return f.Priority == 0 && f.Offering == 0 && f.AskedBefore.IsZero()
}
