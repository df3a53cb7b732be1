package view

import "heed/kernel/web/ui"

// DeskSettings shows how a desk works: what it offers, when it is open, what it
// promises, each with a way to change it.
type DeskSettings struct {
	Frame    ui.Frame
	Rail     ui.Rail // without groups: for somebody who runs a desk and works at none
	Desk     string  // whose settings these are
	Why      ui.Why
	Services ui.Table
	Add      ui.Link
	Status   ui.Link // how the services do now
	Hours    []ui.Fact
	Close    ui.Link  // adds closed days
	Closed   ui.Table // the next public holidays and closures; without rows: none
	HoursAt  string
	Targets  ui.Table
	TargetAt string
}

// DeskStatus shows how a desk's services do now, each with a way to say otherwise.
type DeskStatus struct {
	Frame    ui.Frame
	Rail     ui.Rail // as of DeskSettings
	Desk     string
	Services ui.Table
}

// SettingForm changes one part of how a desk works.
type SettingForm struct {
	Frame      ui.Frame
	Rail       ui.Rail
	Form       ui.Form
	Back       ui.Link
	Title      string
	Lead       string
	Facts      []ui.Fact // what cannot be changed here
	Parts      []SettingPart
	Preview    []string // what it would mean, in sentences
	PreviewURL string   // GET with the same fields shows Preview of what is typed; empty hides the button
	Do         string
	Other      ui.Button // another way to go on: to retire a service; zero for none
	Trouble    string
}

// SettingPart is questions that belong together, in rows.
type SettingPart struct {
	ID      string // of its heading
	Legend  string
	Hint    string
	Fields  []ui.Field
	Selects []ui.Choices
}

// Blame puts a sentence beside the question it is about, and reports whether
// there is one.
func (p *SettingForm) Blame(field, sentence string) bool {
	for _, part := range p.Parts {
		if blame(part.Fields, part.Selects, field, sentence) {
			return true
		}
	}
	return false
}

func (p SettingForm) problems() []ui.Problem {
	list := []ui.Problem{{Text: p.Trouble}}
	for _, part := range p.Parts {
		for _, f := range part.Fields {
			list = append(list, ui.Problem{Field: f.ID, Text: f.Error})
		}
		for _, c := range part.Selects {
			list = append(list, ui.Problem{Field: c.ID, Text: c.Error})
		}
	}
	return ui.Problems(list...)
}

// Narrow is the folded form above a list that narrows it, with what it is narrowed
// by now.
type Narrow struct {
	Label   string
	Selects []ui.Choices
	Do      string
	Keep    []ui.Hidden // what else the list's address says
	Now     []string    // in words: "Nobody yet", "Wireless"
	Clear   ui.Link     // the list as it is; zero when it is not narrowed
}
