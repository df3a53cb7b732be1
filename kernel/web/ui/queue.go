package ui

import (
	"slices"

	"github.com/a-h/templ"
)

// Queue is the middle region of the desk: a list of two-line rows.
type Queue struct {
	Title   string // the view's name: "Business Support"
	Count   string // "31 open"
	New     Link   // "Log a call"; zero for none
	Filters []NavItem
	Narrow  templ.Component // a form below them that narrows the list further; nil for none
	Keep    Link            // keeps the narrowed list as a view, or removes the view; zero for none
	Fresh   Link            // "3 new since 11:04": loads the list again; zero for none
	Lines   Lines           // switches between rows of one line and of two; zero hides it
	Columns Columns         // chooses what rows say; zero hides it
	Rows    []QueueRow
	Shown   string // print of the rows that the page which asks shows already; empty for none
	Empty   Empty  // shown when there are no rows
	Pages   Pages

	Bulk    Form       // posts ticket=... once per ticked row and do=...; without Action no row can be ticked
	BulkDos []QueueAct // what can be done with ticked rows
}

// Lines is the switch of how many lines a row of the list has. It posts
// lines=one|two&back=Here, which a cookie remembers.
type Lines struct {
	Action string
	Here   string
	One    bool // rows have one line now
}

// other is what the switch offers.
func (l Lines) other() string {
	if l.One {
		return "two"
	}
	return "one"
}

// ListColumn is something that a row of the list says beside its subject, its person
// and when it is due.
type ListColumn string

// The columns.
const (
	ColumnState    ListColumn = "state"
	ColumnTeam     ListColumn = "team"
	ColumnOwner    ListColumn = "owner"
	ColumnPriority ListColumn = "priority"
	ColumnChanged  ListColumn = "changed"
)

// ListColumns are all columns, in the order in which a row says them.
func ListColumns() []ListColumn {
	return []ListColumn{ColumnState, ColumnTeam, ColumnOwner, ColumnPriority, ColumnChanged}
}

// Columns is the choice of what rows say. It posts column=... once for each that is
// chosen and back=Here, which a cookie remembers.
type Columns struct {
	Action string
	Here   string
	Chosen []ListColumn
}

// Shown reports whether rows say something.
func (c Columns) Shown(column ListColumn) bool { return slices.Contains(c.Chosen, column) }

// Row is a row that says what was chosen and nothing else.
func (c Columns) Row(r QueueRow) QueueRow {
	if !c.Shown(ColumnState) {
		r.Chip = nil
	}
	if !c.Shown(ColumnTeam) {
		r.Team = ""
	}
	if !c.Shown(ColumnOwner) {
		r.Owner = ""
	}
	if !c.Shown(ColumnPriority) {
		r.Priority = ""
	}
	if !c.Shown(ColumnChanged) {
		r.Event, r.EventAt = "", When{}
	}
	return r
}

// between parts the priority from what happened.
func (r QueueRow) between() string {
	if r.Event == "" && r.EventAt.Text == "" {
		return ""
	}
	return " · "
}

// ColumnsOf are the columns of a choice that was remembered, nil for none made yet.
func ColumnsOf(names []string) (out []ListColumn) {
	if names == nil {
		return []ListColumn{ColumnState, ColumnPriority, ColumnChanged}
	}
	for _, c := range ListColumns() {
		if slices.Contains(names, string(c)) {
			out = append(out, c)
		}
	}
	return out
}

// QueueRow is one ticket in a list.
type QueueRow struct {
	Ref      string // "IT-204817"
	Subject  string
	Href     string
	Person   string // who asks
	Team     string // who holds it; empty where nobody chose to see it
	Owner    string // who works on it; likewise
	Priority string
	Event    string // what happened last, in a word or two: "New reply"
	EventAt  When   // when: Text "11:06"
	Due      Due
	Chip     *Chip // where the list mixes states, as in search; nil elsewhere
	Unread   bool
	Current  bool
	Here     []Presence
}

// Presence is a colleague who has the ticket open.
type Presence struct {
	Name   string
	Typing bool
	Text   string // "Kwame Mensah is typing a note"
}

// State is "typing" or "here", as stylesheet and script name it.
func (p Presence) State() string {
	if p.Typing {
		return "typing"
	}
	return "here"
}

// QueueAct is one thing that can be done with ticked rows.
type QueueAct struct {
	Value string // of do
	Text  string
	Key   string // a single key that presses it while rows are ticked; empty for none
}
