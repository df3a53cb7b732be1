package ui

import "github.com/a-h/templ"

// ButtonKind is how much a button weighs and what it means.
type ButtonKind string

// The kinds. A page has at most one primary, reply or note button in view.
const (
	ButtonPlain   ButtonKind = ""
	ButtonPrimary ButtonKind = "primary"
	ButtonReply   ButtonKind = "reply"
	ButtonNote    ButtonKind = "note"
	ButtonDanger  ButtonKind = "danger"
	ButtonQuiet   ButtonKind = "quiet"
)

// Button is a thing to press: a link when Href is set, else a submit button.
type Button struct {
	Text     string // says what happens
	Icon     Icon
	Kind     ButtonKind
	Href     string
	Name     string // submit: name and value that travel with the form
	Value    string
	Action   string // submit: posts to another address than the form's
	Form     string // submit: id of the form it belongs to, when it stands outside
	Key      string // the single key that presses it on the desk
	Small    bool
	IconOnly bool   // Text becomes the accessible name
	Confirm  bool   // link: leads to a confirming page, which script shows as a dialog
	Post     *Form  // a form of its own, sent by one press; nil for a link or a button of the form around it
	Disabled bool   // submit only; prefer saying why over disabling
	Novalid  bool   // submit: skips the browser's checks (switching, removing)
	State    string // gallery and tests: hover, active, focus, busy
}

// alone is the button inside a form of its own.
func (b Button) alone() Button {
	b.Post, b.Href = nil, ""
	return b
}

// File is one attachment.
type File struct {
	Name string
	Size string // "214 kB"
	Note string // "scanned", "quarantined"; may be empty
	Href string // empty: may not be opened now; Note says why
}

// EntryKind decides side, shape, colour and icon of an entry.
type EntryKind string

// The kinds of entry. In, Reply, Note and Call are the desk's; Mine and Team
// are the portal's, where the reader is the requester.
const (
	EntryIn     EntryKind = "in"
	EntryReply  EntryKind = "reply"
	EntryNote   EntryKind = "note"
	EntryCall   EntryKind = "call"
	EntryMine   EntryKind = "mine"
	EntryTeam   EntryKind = "team"
	EntryHidden EntryKind = "hidden" // exists, and the reader may not see its content
)

// icon is the mark of the kind; what came in needs none.
func (k EntryKind) icon() Icon {
	switch k {
	case EntryReply, EntryTeam:
		return IconReply
	case EntryNote:
		return IconLock
	case EntryCall:
		return IconPhone
	case EntryHidden:
		return IconShield
	default:
		return ""
	}
}

// Entry is one thing on a timeline. Exactly one of Day, Change and Message is set.
type Entry struct {
	Day     *When    // a day mark; Text is the day
	Change  *Change  // one quiet line
	Message *Message // something somebody wrote or said
}

// Change is one line of what happened: a state, an approval, a hand-over.
type Change struct {
	Icon Icon
	Text string
	When When // Text is the time of day, the day mark says the day
}

// Message is something somebody wrote or said.
type Message struct {
	ID       string // fragment of its own address, such as "e7"
	Kind     EntryKind
	Heading  string          // "Reply to Ana Ruiz", "Internal note", "Ana Ruiz"
	About    string          // quieter: "by mail, copied Tomasz Wilk"
	When     When            // Text only is shown; ISO for machines
	Body     templ.Component // sanitised by kernel/text, or Text(...)
	Files    []File
	Quoted   templ.Component // what the sender quoted, folded; nil for none
	Folded   string          // words of the fold: "9 quoted lines"
	Original Link            // the mail as it was sent, a page for a sandboxed frame; zero for none
	Chip     *Chip           // delivery state of a reply: sent, waiting, failed; nil for none
	Unsent   *Undo           // still to be undone; nil otherwise
}

// Undo takes back what was just done, by a form of its own.
type Undo struct {
	Form  Form
	Label string // "Undo (15 s)"
}

// Toast is news of what was just done, announced once.
type Toast struct {
	Text string
	Icon Icon
	Undo *Undo // nil: nothing to take back
}

// Banner is a consequence in words, never a colour alone.
type Banner struct {
	Tone   Tone // zero: the accent, for "what happens next"
	Icon   Icon
	Strong string // the state: "Resolve-only."
	Text   string // the consequence
	Full   bool   // edge to edge, below a head
	Link   Link   // zero for none
}

// Step is one of the four steps of a request.
type Step struct {
	Text    string // "Being worked on"
	Caption string // "Priya Raman, Business Support"
	Done    bool
	Current bool
	Skipped bool // it was passed over; Caption says so
}

// Why is the quiet line on every page with somebody's data.
type Why struct {
	Sentence string // "You see this because your team, Business Support, holds it. For: resolving. Seen by 4 roles."
	Rules    []WhyRule
	Readers  Link // who has read it, from the ledger; zero for none
}

// WhyRule is one rule that lets people in, with the sentence behind it.
type WhyRule struct {
	Text    string // "the team that holds the ticket"
	Clause  Clause
	People  string // "6 people"
	LetsYou bool   // this rule let the reader in
}

// Mask is a field shown as dots until somebody gives a reason.
type Mask struct {
	ID       string // unique on the page
	Label    string // what is masked, in lower case: "date of birth"
	Revealed string // the value, when it is revealed; empty otherwise
	Fades    When   // when the reveal ends; Text is "fades at 11:14"
	Form     Form   // posts reason=...
	Reasons  []Option
	Error    string // no reason was chosen
}

// Fact is one row of a person card or a summary.
type Fact struct {
	Label  string
	Value  string
	Href   string // makes the value a link: mailto:, tel:, a page
	Source string // "from the nightly feed, today 02:10"; may be empty
	Mask   *Mask  // shown instead of Value
}

// Person is a person in the side column or on a card.
type Person struct {
	Name  string
	Role  string // "Visiting researcher, Chemistry"
	Href  string // the card; empty on the card itself
	Facts []Fact
}

// Pages are the links of a list that goes on. Addresses hold a key, not a number.
type Pages struct {
	Newer string // empty at the newest
	Older string // empty at the oldest
	Text  string // "26 to 50 of about 1,200"
}

// Empty says that a list has nothing, why, and what to do.
type Empty struct {
	Icon   Icon
	Title  string
	Text   string
	Action Link // zero for none
}
