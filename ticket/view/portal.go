package view

import "heed/kernel/web/ui"

// PortalHome is what a requester sees first.
type PortalHome struct {
	Frame       ui.Frame
	SearchURL   string       // GET ?q= over services; empty hides the box
	Query       string       // what was looked for; Services are those found
	AskURL      string       // the form for a new request
	QueryAskURL string       // the same, with what was looked for as its subject
	Often       []ui.Link    // what is often asked for
	Requests    []RequestRow // open ones, newest event first; few
	AllURL      string       // all requests of the reader
	Found       []RequestRow // requests of the reader that a search found
	Services    []ServiceTile
	Status      []ServiceStatus // empty hides the section
	Looked      *Looked         // who looked at the reader's data; nil hides the section
}

// RequestRow is one request in the requester's lists.
type RequestRow struct {
	Subject string
	Ref     string
	Href    string
	Next    string  // what happens next, in one sentence: "Priya is working on it. You hear from us by ..."
	State   ui.Chip // "Waiting for you"
	Step    int     // 1 to Steps; 0 draws no line
	Steps   int
	StepSay string // "Step 2 of 4"
}

// ServiceTile leads to the request form of one service.
type ServiceTile struct {
	Icon ui.Icon
	Name string
	Text string // what falls under it
	Href string
}

// ServiceStatus is one line of how a service does right now.
type ServiceStatus struct {
	Tone ui.Tone // kept, soon, overdue or waiting; chooses the icon
	Name string
	Text string // "is slow since 09:40. Next news by 12:00."
}

// Looked says in a sentence who read the reader's data.
type Looked struct {
	Sentence string
	Href     string
}

// AskForHelp is the form for a new request: at most one screen, each question
// with the reason for asking. Posts subject, body, for, files, keep_file.
type AskForHelp struct {
	Known     *ui.Banner // what is wrong with the service already; nil for nothing
	Frame     ui.Frame
	Form      ui.Form
	BackURL   string
	Subject   ui.Input
	Body      ui.Input
	For       ui.Input     // user name of the person it is about, when it is for someone else
	Service   *ui.Choices  // which service, worded by the handler; nil hides the question
	About     *ServiceTile // the service it is about, when that is known; Href asks again
	FilesHint string       // "Up to 10 files of 25 MB each."
	FilesErr  string
	KeptFiles []ui.Option // files of an earlier try that are still held
	Trouble   string      // an error about the whole form: stale, too large; empty for none
	Hints     ui.Hints    // what was typed looks like a password or a card number
	Follows   *ui.Banner  // the request it goes on from; nil for none
	DraftURL  string      // POST subject, body, for; empty: no drafts
	DraftKept string
	Contact   ui.Clause  // the sentence of the notice behind the form
	Sender    string     // "You are Ana Ruiz, a.ruiz@example.ac.uk. We answer there": known, so not asked
	NoContact *ui.Banner // we hold no address, so nobody can write back; nil otherwise
}

// MyRequests lists the reader's own requests.
type MyRequests struct {
	Frame   ui.Frame
	AskURL  string
	Filters []ui.NavItem // open, closed, all; worded by the handler
	Rows    []RequestRow
	Pages   ui.Pages
}

// Request is one request, seen by the person it belongs to.
type Request struct {
	Frame   ui.Frame
	BackURL string
	Subject string
	Ref     string
	Sent    string // "sent by you on Friday 20 November"
	Steps   []ui.Step
	Next    ui.Banner // what happens next; Strong and Icon may be left empty
	Notices []ui.Banner
	Entries []ui.Entry
	Older   string // address of earlier entries; empty when all are shown

	Reply  *RequestReply // nil when nothing can be written
	Close  *ui.Button    // link to the confirming page; nil when it cannot be closed
	Reopen *RequestForm  // nil when it cannot be opened again
	Acts   []ui.Button   // other things the reader can do

	Sees    []Reader  // who can see this
	Clause  ui.Clause // the sentence behind it
	LookURL string    // who has looked; empty hides the link
	About   []ui.Fact // the person it is about, the service, ...; may be empty
}

// Reader is one line of who can see a request.
type Reader struct {
	Many bool   // several people: chooses the icon
	Text string // "6 people in Business Support, who deal with it"
}

// RequestReply is the requester's answer. Posts body, files, keep_file.
type RequestReply struct {
	Form      ui.Form
	To        string // "Write to Priya", "Write to Business Support"
	Button    string // "Send to Business Support"
	Body      ui.Input
	KeptFiles []ui.Option
	FilesHint string
	FilesErr  string
	DraftURL  string
	DraftKept string
	Trouble   string   // stale form, too large; nothing typed is lost
	Hints     ui.Hints // looks like a password or a card number
}

// RequestForm is a form of one button with a text.
type RequestForm struct {
	Form    ui.Form
	Why     ui.Input // posts body
	Trouble string
}
