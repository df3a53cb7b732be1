package ui

import "github.com/a-h/templ"

// Table is a table of words. In a narrow container each row becomes a card.
type Table struct {
	Caption   string
	HideTitle bool // the caption is read out but not shown, since a heading stands above
	Columns   []Column
	Rows      []Row
	Numbers   bool // a table of numbers: scrolls inside its own frame instead of folding
}

// Column is one heading.
type Column struct {
	Text    string
	Numeric bool
	Sort    Link // makes the heading a link; zero for none
	Sorted  bool
}

// Row is one line; its cells stand in the order of the columns.
type Row struct {
	ID    string // fragment; may be empty
	Tone  Tone   // ToneBroken marks the row
	Cells []Cell
}

// Cell is one cell. What is set is shown, in this order.
type Cell struct {
	Text   string
	Href   string // makes Text a link
	Sub    string // a quieter second line
	When   *When
	Chip   *Chip
	Clause *Clause
	Head   bool            // names the row
	Whole  bool            // its words are short and stay whole
	Part   templ.Component // anything else: a form with one button
}
