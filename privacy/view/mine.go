package view

import (
	"slices"

	"heed/kernel/web/ui"
)

// MyData shows the reader what is held about them.
type MyData struct {
	Frame   ui.Frame
	Copy    ui.Form // posts for the copy of everything
	Looked  string  // address of who looked
	Groups  []DataGroup
	Rights  []Sentence
	Contact []ui.Fact // whom to ask
	Notice  ui.Link   // the notice in force, with its version
}

// DataGroup is one sort of thing that is held, in plain words, with what the
// notice says of it.
type DataGroup struct {
	ID       string // fragment
	Title    string
	Lead     string
	Facts    []ui.Fact
	Links    []ui.Link
	Purposes []DataPurpose
	Until    []string // how long it is kept and what happens then
}

// sourced reports whether the values of the group have a provenance.
func (g DataGroup) sourced() bool {
	return slices.ContainsFunc(g.Facts, func(f ui.Fact) bool { return f.Source != "" })
}

// table lists values with their provenance; on a phone each becomes a card.
func (g DataGroup) table(t ui.T) ui.Table {
	out := ui.Table{Caption: g.Title, HideTitle: true, Columns: []ui.Column{{Text: t("mine.fact")}, {Text: t("mine.held")}, {Text: t("mine.from")}}}
	for _, f := range g.Facts {
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Head: true, Text: f.Label}, {Text: f.Value}, {Text: f.Source}}})
	}
	return out
}

// DataPurpose is what data is used for, and on which ground.
type DataPurpose struct {
	Sentence Sentence
	Ground   string // empty where the law names none
}

// Sentence is a sentence of a notice; Lang is set where it speaks another
// language than the page.
type Sentence struct {
	Text string
	Lang string
	Ref  string // what was promised: "LJMUH-22"
}

// Oversight is a ticket before the privacy office: first the question why, then
// the ticket, which cannot be changed here.
type Oversight struct {
	Frame   ui.Frame
	BackURL string
	Ref     string
	Ask     *OversightAsk // nil once a reason was given
	Subject string
	Banner  ui.Banner
	Facts   []ui.Fact
	Entries []ui.Entry
	Cut     string // says that older entries are left out; empty for none
	Why     ui.Why
}

// OversightAsk asks why somebody needs to read a ticket.
type OversightAsk struct {
	Form    ui.Form
	Reasons ui.Choices
	Words   ui.Field
}

func (a OversightAsk) problems() []ui.Problem {
	return ui.Problems(ui.Problem{Field: a.Reasons.ID, Text: a.Reasons.Error}, ui.Problem{Field: a.Words.ID, Text: a.Words.Error})
}
