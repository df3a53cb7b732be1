package view

import "heed/kernel/web/ui"

// PersonCard is what the desk may see of one person, with where it comes from.
type PersonCard struct {
	Frame   ui.Frame
	Rail    ui.Rail
	Back    ui.Link
	Name    string
	Role    string // "Visiting researcher, Chemistry"
	Chips   []ui.Chip
	Banners []ui.Banner // restricted, contested, former member, processor mode
	Why     ui.Why
	Groups  []FactGroup
	Links   []ui.Table // affiliations, teams: tables of words with captions
	Tickets []ui.QueueRow
	AllURL  string // all tickets of the person that the reader may see; empty hides the link
	Acts    []ui.Button
}

// FactGroup is a heading with facts: how to reach, where, employment, flagged.
type FactGroup struct {
	Heading string
	Facts   []ui.Fact
	Clause  ui.Clause // the sentence that lets these be held; zero for none
}

// People finds people by name, user name, mail address, phone or number.
type People struct {
	Frame   ui.Frame
	Rail    ui.Rail
	URL     string // GET ?q=
	Query   string
	Rows    []PersonRow
	Found   string // "12 people that you may see"
	Trouble string
	Pages   ui.Pages
	Why     ui.Why
}

// PersonRow is one found person.
type PersonRow struct {
	Name  string
	About string
	Href  string
	Chip  *ui.Chip
}
