package view

import "heed/kernel/web/ui"

// Outbox lists outgoing mails. In the demo they go nowhere else.
type Outbox struct {
	Frame   ui.Frame
	Demo    bool // says that nothing leaves this machine
	Filters []ui.NavItem
	Rows    []OutRow
	Pages   ui.Pages
	Why     ui.Why
}

// OutRow is one outgoing mail to one person.
type OutRow struct {
	Subject string
	Href    string
	To      string
	Kind    string // "Reply", "Acknowledgement", "Sign-in link"
	When    ui.When
	State   ui.Chip // sent, waiting, failed
	Ref     ui.Link // the ticket; zero for none
}

// OutMail is one outgoing mail as it was sent.
type OutMail struct {
	Frame   ui.Frame
	Back    ui.Link
	Subject string
	State   ui.Chip
	Head    []ui.Fact // From, To, Date, Message-ID, Reply-To
	Text    string    // the plain text part
	Links   []ui.Link // links that stand in the text, to press in the demo
	HTML    ui.Link   // the HTML part in its own sandboxed page; zero for none
	Raw     ui.Link   // the bytes as sent; zero for none
	Files   []ui.File
	Log     []LogLine // what the send log says about this recipient
	Again   *ui.Form  // sends again; nil when there is nothing to repeat
	Why     ui.Why
}

// LogLine is one line of the send log.
type LogLine struct {
	When ui.When
	Text string // "Accepted by the next server"
	Tone ui.Tone
}

// Inbound lists received mails with their one outcome each.
type Inbound struct {
	Frame   ui.Frame
	Filters []ui.NavItem // all, parked, bounced, failed
	Rows    []InRow
	Pages   ui.Pages
	Why     ui.Why
	Trouble string // the last replay did not work
}

// InRow is one received mail.
type InRow struct {
	ID      string // the delivery's own number
	When    ui.When
	To      string // the address of ours
	Size    string
	Outcome ui.Chip // appended, opened, bounced, ignored, parked, not yet read
	Reason  string  // in words
	Ref     ui.Link // the ticket it became part of; zero for none
	Raw     ui.Link // the bytes as received; zero when the reader may not
	Replay  *ui.Form
}
