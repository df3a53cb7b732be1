package ui

import (
	"strconv"
	"strings"
)

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
// Posts: form_token, mode, body, to (one per recipient left ticked), then (a state to
// go to), files, keep_file.
type Composer struct {
	Form     Form
	Mode     Mode
	CanReply bool
	CanNote  bool

	ReplyTo     string      // "Reply to Ana Ruiz"
	Recipients  []Recipient // of a reply
	ReplySeen   Seen
	ReplyButton string // "Send to Ana Ruiz and 1 other"
	ReplyWords  SendWords
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

// SendWords are the words of button and line for any choice of recipients, for the
// script that keeps both true while somebody ticks. {name} stands for the first of
// them, {n} for how many more there are, {names} for those whom a mail reaches.
type SendWords struct {
	None, One, Two, More string // of the button: "Send to {name} and {n} others"
	Mail, NoMail, Nobody string // of the line
}

// Words are the words of button and line for recipients.
func (w SendWords) Words(to []Recipient) (button, line string) {
	var all, reached []string
	for _, r := range to {
		if r.Left {
			continue
		}
		all = append(all, r.Text)
		if r.Mail {
			reached = append(reached, r.Text)
		}
	}
	line = w.NoMail
	if len(reached) > 0 {
		line = strings.ReplaceAll(w.Mail, "{names}", strings.Join(reached, ", "))
	}
	switch len(all) {
	case 0:
		return w.None, w.Nobody
	case 1:
		button = w.One
	case 2:
		button = w.Two
	default:
		button = strings.ReplaceAll(w.More, "{n}", strconv.Itoa(len(all)-1))
	}
	return strings.ReplaceAll(button, "{name}", all[0]), line
}

// Recipient is one person a reply goes to. Unticking takes the person out.
type Recipient struct {
	ID    string
	Value string
	Text  string // "Ana Ruiz"
	Mail  bool   // a mail reaches them
	Left  bool   // was unticked on an earlier try
}
