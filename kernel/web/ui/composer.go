package ui

// Mode is what is being written.
type Mode string

// The two modes. They differ by side, colour, shape, icon, heading, recipient
// line and the words on the button.
const (
	ModeReply Mode = "reply"
	ModeNote  Mode = "note"
)

// Composer writes a reply or a note. Both modes are one form with one text, and
// a pair of radio buttons named "mode" says which it is, so switching keeps the
// text with and without script. When mode is note the receiving side must
// ignore every recipient.
//
// Posts: form_token, mode, body, to (one per recipient left ticked), add (an
// address typed by hand), then (a state to go to), files, keep_file.
type Composer struct {
	Form     Form
	Mode     Mode
	CanReply bool
	CanNote  bool

	ReplyTo     string      // "Reply to Ana Ruiz"
	Recipients  []Recipient // of a reply
	AddLabel    string      // asks for one more recipient; empty hides the question
	Add         Input
	ReplySeen   Seen
	ReplyButton string // "Send to Ana Ruiz and 1 other"
	NoteFor     string // "Colleagues on this ticket, 4 people"
	NoteSeen    Seen
	NoteButton  string // "Add note (4 colleagues can see it)"
	Body        Input
	KeptFiles   []Option // files that came with an earlier try and are still held
	Then        []Option // what follows the sending, read after the button: "and leave it open", "and wait for Ana"; empty hides it
	DraftURL    string   // POST body, mode; script saves while typing; empty: no drafts
	DraftKept   string   // "Text kept, 11:10"; empty: no draft
	Presence    string   // "Kwame Mensah is typing a note"; empty for nobody
	Stale       *Banner  // the ticket changed since the page was made; nothing typed is lost
}

// Seen says who will see what is written, before it is sent.
type Seen struct {
	Strong string // "2 people get this:"
	Rest   string // "Ana Ruiz and Tomasz Wilk. 6 colleagues in Business Support can read it here."
}

// Recipient is one person a reply goes to. Unticking takes the person out.
type Recipient struct {
	ID      string
	Value   string
	Text    string // "Ana Ruiz", or "t.wilk@example.org, outside, new"
	Outside bool   // outside the institution, or new on this ticket: marked before sending
	Left    bool   // was unticked on an earlier try
}
