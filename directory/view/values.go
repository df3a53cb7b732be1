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
}

// Uncover asks what a hidden value is needed for.
type Uncover struct {
	Form   ui.Form
	Kinds  ui.Choices // which value
	Reason ui.Choices
	Words  ui.Input
	Most   int // characters of the words
}

func (p Values) problems() []ui.Problem {
	out := []ui.Problem{{Text: p.Trouble}}
	if p.Ask != nil {
		out = append(out, ui.Problem{Field: p.Ask.Kinds.ID, Text: p.Ask.Kinds.Error},
			ui.Problem{Field: p.Ask.Reason.ID, Text: p.Ask.Reason.Error}, ui.Problem{Field: "words", Text: p.Ask.Words.Error})
	}
	return ui.Problems(out...)
}
