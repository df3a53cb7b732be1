package view

import "heed/kernel/web/ui"

// Values is what is recorded about one person, with what staff see hidden and the
// form that uncovers it.
type Values struct {
	Frame   ui.Frame
	Back    ui.Link // to the card
	Name    string
	Why     ui.Why
	Facts   []ui.Fact
	Trouble string
	Ask     *Uncover // nil where nothing is hidden
	Record  *Record  // nil for those who keep no vetting data
}

// Uncover asks what a hidden value is needed for.
type Uncover struct {
	Form   ui.Form
	Kinds  ui.Choices // which value
	Reason ui.Choices
	Words  ui.Input
	Most   int // characters of the words
}

// Record notes a date of birth or a clearance.
type Record struct {
	Form  ui.Form
	Kind  ui.Choices
	Value ui.Input
	Most  int // characters of the value
}

func (p Values) problems() []ui.Problem {
	out := []ui.Problem{{Text: p.Trouble}}
	if p.Ask != nil {
		out = append(out, ui.Problem{Field: p.Ask.Kinds.ID, Text: p.Ask.Kinds.Error},
			ui.Problem{Field: p.Ask.Reason.ID, Text: p.Ask.Reason.Error}, ui.Problem{Field: "words", Text: p.Ask.Words.Error})
	}
	if p.Record != nil {
		out = append(out, ui.Problem{Field: p.Record.Kind.ID, Text: p.Record.Kind.Error}, ui.Problem{Field: "value", Text: p.Record.Value.Error})
	}
	return ui.Problems(out...)
}
