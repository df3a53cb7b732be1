package notice

import (
	"slices"

	"heed/notice/civil"
)

// ControllerBlock names the controller, or says how it is found.
type ControllerBlock struct {
	Name      string             `yaml:"name"`
	Unit      string             `yaml:"unit"`
	Post      string             `yaml:"post"`
	Public    bool               `yaml:"public_authority"`
	ResolveBy string             `yaml:"resolve_by"` // employer
	Options   []ControllerOption `yaml:"options"`
	Says      string             `yaml:"says"`
	Clauses   []string           `yaml:"clauses"`
}

// ControllerOption is the controller for the people of some employers.
type ControllerOption struct {
	ID        string   `yaml:"id,required"`
	Employers []string `yaml:"employers,required"`
	Name      string   `yaml:"name,required"`
	WeAre     string   `yaml:"we_are"` // processor, where the desk only works for the controller
	Lead      bool     `yaml:"lead"`   // leads for bodies that are controllers with it
	Route     Text     `yaml:"route"`  // where rights cases and breaches of a processor's people go
	Decides   []string `yaml:"decides"`
	From      Day      `yaml:"from"`
	Until     Day      `yaml:"until"`     // last day it was the controller
	Successor Text     `yaml:"successor"` // id of the option that follows
	Says      string   `yaml:"says"`
	Clauses   []string `yaml:"clauses"`
}

// Controller is who is legally responsible for somebody's data under a notice.
type Controller struct {
	ID        string // of the option; the policy name where there is one controller only
	Name      string
	Unit      string
	Processor bool // the desk works for this controller and decides nothing for it
	Lead      bool
	Route     string     // where a processor sends rights cases and breaches; "decide" while open
	From      civil.Date // zero: no beginning was stated
	Until     civil.Date // last day; zero: no end was stated
	Successor string     // id of the controller that follows; empty: none was stated
}

// On reports whether c is the controller on that day.
func (c Controller) On(day civil.Date) bool {
	return (c.From.IsZero() || !day.Before(c.From)) && (c.Until.IsZero() || !day.After(c.Until))
}

// Controllers returns every controller the notice can lead to, in the order of
// the file.
func (n *Notice) Controllers() []Controller {
	b := n.Controller
	if b.ResolveBy == "" {
		return []Controller{{ID: n.Policy, Name: b.Name, Unit: b.Unit}}
	}
	out := make([]Controller, len(b.Options))
	for i, o := range b.Options {
		out[i] = o.controller()
	}
	return out
}

func (o ControllerOption) controller() Controller {
	c := Controller{
		ID: o.ID, Name: o.Name, Processor: o.WeAre == "processor", Lead: o.Lead, Route: string(o.Route),
		From: o.From.Date, Until: o.Until.Date,
	}
	if !o.Successor.Open() {
		c.Successor = string(o.Successor)
	}
	return c
}

// ControllerFor returns the controller for the people of an employer, whatever
// the day; a notice with one controller answers with it for everybody. It
// answers false for an employer the notice does not name.
func (n *Notice) ControllerFor(employer string) (Controller, bool) {
	if n.Controller.ResolveBy == "" {
		return n.Controllers()[0], true
	}
	for _, o := range n.Controller.Options {
		if slices.Contains(o.Employers, employer) {
			return o.controller(), true
		}
	}
	return Controller{}, false
}

// ControllerOn returns the controller for the people of an employer on a day,
// following successions. It answers false where the employer is not named, or
// where nobody is said to follow a controller that has ended.
func (n *Notice) ControllerOn(employer string, day civil.Date) (Controller, bool) {
	c, ok := n.ControllerFor(employer)
	for range n.Controller.Options {
		if !ok || c.On(day) {
			return c, ok
		}
		c, ok = n.controllerByID(c.Successor)
	}
	return c, ok && c.On(day)
}

func (n *Notice) controllerByID(id string) (Controller, bool) {
	for _, c := range n.Controllers() {
		if c.ID == id && id != "" {
			return c, true
		}
	}
	return Controller{}, false
}
