package view

import (
	"heed/kernel/web/ui"
)

// DeskQueue is the desk with a list and no ticket open.
type DeskQueue struct {
	Frame  ui.Frame
	Rail   ui.Rail
	Queue  ui.Queue
	Why    ui.Why  // why the reader sees these tickets
	Saying *Saying // the empty third region: what to do first; nil for the plain words
}

// DeskViews is the rail alone, for windows too narrow for three regions.
type DeskViews struct {
	Frame ui.Frame
	Rail  ui.Rail
}

// Saying is a heading with a sentence.
type Saying struct{ Title, Text string }

// DeskTicket is the desk with a ticket open: all three regions.
type DeskTicket struct {
	Frame  ui.Frame
	Rail   ui.Rail
	Queue  *ui.Queue // the list the ticket was opened from; nil when it was opened by its address
	Ticket Ticket
}

// Ticket is the third region of the desk.
type Ticket struct {
	Back    ui.Link // the list, under 1,000 px: "Business Support"
	Ref     string
	Kind    string // "Request"
	Chips   []ui.Chip
	Subject string
	Rename  string // leads to where the subject is put right; empty for nobody may
	Due     ui.Due // Text is the long form: "Due today 14:10 (in 3 hours)"
	Acts    []ui.Button
	Facts   []HeadFact
	Why     ui.Why
	Banners []ui.Banner // restricted, resolve-only, contested, held

	Older    string // address of earlier entries; empty when all are shown
	Entries  []ui.Entry
	Composer *ui.Composer // nil when the reader may write nothing; ReadOnly says why
	ReadOnly string

	Targets []ui.Target // empty hides the section
	Reasons []Reason    // of the targets, one for each; may be empty
	Persons []SidePerson
	Wrong   ui.Link    // puts right who they are; zero for nobody may
	Also    []SideLine // other open tickets of the person
	People  []SideLine // participants: watchers, copied, approvers
	Watch   ui.Link    // lets somebody follow the ticket; zero for nobody may
	Blind   string     // the notice lets no watcher see; empty when it does
	Files   []ui.File
	Links   []SideLine
	History SideLine // "23 changes", "read by 5 people"
}

// Reason is every step that led to a due instant.
type Reason struct {
	Events []string // what happened to the clock, oldest first
	Steps  []string // which time counted and which did not
}

// HeadFact is one fact of the head. With Href it leads to the page that changes it.
type HeadFact struct {
	Label string
	Value string
	Href  string
	Key   string // the key that presses it; empty for none
}

// SidePerson is a person in the side column with the reason to be there.
type SidePerson struct {
	Heading string // "Person", "Asked for"
	Person  ui.Person
}

// SideLine is one line of a list in the side column.
type SideLine struct {
	Icon ui.Icon
	Text string
	Href string
	Meta string // at the end: "Thu 12:00", "copied"
}

// LogCall is the form for a call or a visit at the counter, made for the
// keyboard: the caller first, then what was said; what is seldom needed is folded
// away. Posts caller (the chosen person), subject, body, channel, kind, team, for,
// service, impact, urgency, solved, solution, files.
type LogCall struct {
	Frame    ui.Frame
	Rail     ui.Rail
	Form     ui.Form
	FindURL  string    // GET ?q= on this page: finds callers
	FindPost string    // the same with what is typed in the form
	Query    string    // what was looked for
	Callers  []Caller  // found people
	Nameless ui.Option // posts caller: who calls does not say who they are
	Searched bool      // a search was made, so no callers means nobody was found
	Error    string    // no caller was chosen
	Kept     string    // says that a call was typed and not sent; empty for none
	Anew     ui.Form   // posts nothing: forgets it
	Subject  ui.Input
	Body     ui.Input
	Kind     ui.Choices // worded by the handler
	Team     ui.Choices
	Usual    string     // what kind and team are where neither they nor a service are chosen; empty when they say so themselves
	Channel  ui.Choices // phone, counter
	Solved   bool       // solved on the phone
	Solution ui.Input   // how; seen while solved is ticked
	Trouble  string
	Why      ui.Why
	Clause   ui.Clause // what the caller has to be told
	// Open are the caller's open tickets and, first, a new one; posts ticket, the
	// reference or nothing. Empty: nobody is chosen yet, or nothing is open.
	Open    []ui.Option
	More    string     // there are more of them; empty when all are offered
	For     ui.Input   // user name of the person it is about, when that is not the caller
	Service ui.Choices // no options: the desk has no services
	// Impact and Urgency, with the priority that each pair gives, in words.
	Impact, Urgency ui.Choices
	Priority        []string
	FilesHint       string
	FilesErr        string
	Known           []ServiceStatus // what does not work now: callers may call about it
}

// Blame puts a sentence beside the question it is about, or on top of the page.
func (p *LogCall) Blame(field, sentence string) {
	switch field {
	case "subject":
		p.Subject.Error = sentence
	case "body":
		p.Body.Error = sentence
	case "caller", "ticket":
		p.Error = sentence
	case "for":
		p.For.Error = sentence
	case "solution":
		p.Solution.Error = sentence
	case "files":
		p.FilesErr = sentence
	default:
		for _, c := range []*ui.Choices{&p.Kind, &p.Team, &p.Service, &p.Impact, &p.Urgency} {
			if c.ID == field {
				c.Error = sentence
				return
			}
		}
		p.Trouble = sentence
	}
}

// Caller is one found person. Only what the notice lets the desk see is filled.
type Caller struct {
	Value string
	Name  string
	About string // "ruiz-a, Visiting researcher, Chemistry, room 2.14"
	Chip  *ui.Chip
	Taken bool // chosen
}

// Confirm is the page before something that cannot be lightly undone. Script
// shows its card as a dialog; without script it is a page.
type Confirm struct {
	Frame    ui.Frame
	Form     ui.Form
	Title    string // "Close IT-204817?"
	Text     string // the consequence, in words
	Facts    []ui.Fact
	Question *ui.Field     // a reason or a last message; nil for none
	First    []ui.Field    // asked before all else, each in a line
	Choices  *ui.Choices   // how it ended: solved, not needed; nil for none
	Selects  []ui.Choices  // further questions answered from a list
	Fields   []ui.Field    // and those answered in a line
	Files    *ui.FileField // folded away; nil for none
	Do       string        // words of the button: "Close the ticket"
	Danger   bool
	Keep     ui.Link // the way back: "Keep it open"
	Trouble  string
	Rail     *ui.Rail // the desk's views beside it; nil: a page of the portal
}

// Bulk is what came of a change of many tickets at once.
type Bulk struct {
	Frame ui.Frame
	Rail  ui.Rail
	Title string // "4 of 5 tickets handed over"
	Lines []BulkLine
	Back  ui.Link
}

// BulkLine is what came of one of them.
type BulkLine struct {
	Ref    string
	Href   string
	Text   string // "Done", or why not
	Failed bool
}

// Assign is the page to give a ticket to a person or a team.
type Assign struct {
	Frame   ui.Frame
	Rail    ui.Rail
	Form    ui.Form
	Title   string      // "Hand over IT-204817"
	Subject string      // of the ticket
	Team    ui.Choices  // worded by the handler; posts team
	Owner   ui.Choices  // posts owner; empty value is nobody yet
	Note    ui.Input    // for the next team; posts note
	Back    []ui.Option // what the next team is not to read; posts keep
	Loses   string      // who will no longer see it: "6 people in Business Support lose sight of it at once."
	Gains   string
	Clause  ui.Clause
	Keep    ui.Link
	Trouble string
	Why     ui.Why
}

// Search shows tickets and people found by reference, name or word.
type Search struct {
	Frame    ui.Frame
	Rail     ui.Rail
	URL      string // GET ?q=
	Query    string
	Orders   []ui.NavItem // newest, best match
	Rows     []ui.QueueRow
	Snippets [][]Piece // of the rows, one for each; may be empty
	Marks    []Marks   // of the rows, one for each; may be empty
	People   []FoundPerson
	Pages    ui.Pages
	Found    string // "25 newest of about 400 that you may see"
	Trouble  string // the query cannot be read: what is wrong with it
	Why      ui.Why
	Hints    []ui.Link // searches to try when nothing was found
}

// Marks are the words of a row with what was looked for.
type Marks struct{ Subject, Person []Piece }

func (p Search) marks(i int) Marks {
	if i < len(p.Marks) {
		return p.Marks[i]
	}
	return Marks{}
}

// Piece is a run of words of a snippet.
type Piece struct {
	Text string
	Hit  bool // it is what was looked for
}

// FoundPerson is a person among the results.
type FoundPerson struct {
	Name  string
	About string
	Href  string
}
