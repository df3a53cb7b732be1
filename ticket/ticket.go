package ticket

import "time"

// Kind is what sort of matter a ticket is (CHI-02).
type Kind string

// The kinds.
const (
	Incident Kind = "incident"
	Request  Kind = "request"
)

// Channel is how something reached the desk.
type Channel string

// The channels.
const (
	Portal  Channel = "portal"
	Mail    Channel = "mail"
	Phone   Channel = "phone"
	Counter Channel = "counter"
	API     Channel = "api"
	Desk    Channel = "desk" // an agent, at the desk
)

// EntryKind is what sort of thing an entry is.
type EntryKind string

// The kinds of entries.
const (
	Message EntryKind = "message" // from the people concerned
	Answer  EntryKind = "reply"   // from an agent to them
	Remark  EntryKind = "note"    // among agents
	Call    EntryKind = "call"    // what was said on the phone or at the counter
	Change  EntryKind = "change"  // what the system noted
)

// Class is the key by which notices say who may read an entry.
type Class string

// The classes of entries.
const (
	Summary        Class = "summary"
	Correspondence Class = "correspondence"
	Email          Class = "email"
	CallNote       Class = "call"
	Restricted     Class = "restricted"
	Internal       Class = "internal"
)

// Ticket is one matter.
type Ticket struct {
	ID         int64
	Controller int64
	Ref        string
	Kind       Kind
	Channel    Channel
	State      State
	Team       int64
	Assignee   int64
	Reporter   int64
	Affected   int64
	Subject    string
	Notice     string // policy and version in force when it was opened (TMU-01)
	Restricted bool
	Impact     Level
	Urgency    Level
	Priority   Priority
	Overridden bool  // the priority is not the table's
	Offering   int64 // of the desk's catalogue; 0 for none
	WaitsFor   WaitFor
	WaitsUntil time.Time // when it comes back by itself; zero for never
	Follows    int64     // the ticket it goes on from; 0 for none
	RespondDue time.Time // zero when nothing is promised, or nobody knows while it waits
	ResolveDue time.Time
	Due        time.Time // of the two, the one that comes next; zero when nothing is due
	wake       time.Time // when the house looks at it by itself
	Version    int64     // grows with each change of its facts
	Created    time.Time
	Updated    time.Time
	Answered   time.Time // first reply; zero before
	Resolved   time.Time // zero while unresolved
	key        int64
}

// WaitFor is who or what a waiting ticket waits for.
type WaitFor string

// What a ticket can wait for.
const (
	ForRequester WaitFor = "requester"
	ForThird     WaitFor = "third" // a supplier, another institution
	ForDate      WaitFor = "date"
)

// Open reports whether work on it is still expected.
func (t Ticket) Open() bool { return t.State != Resolved && t.State != Closed }

// Concerns reports whether the person reported it or is affected.
func (t Ticket) Concerns(person int64) bool {
	return person != 0 && (t.Reporter == person || t.Affected == person)
}

// Entry is one thing on a ticket's timeline.
type Entry struct {
	ID      int64
	Ticket  int64
	Kind    EntryKind
	Class   Class
	Channel Channel
	Author  int64 // 0 for the system
	Body    string
	HTML    string // sanitised; empty when the entry came as text
	Quoted  string // what a mail client repeated; folded, never lost
	SentTo  string // whom it was addressed to: a reply to names, a mail to addresses, separated by ", "
	// CopiedTo are the addresses that got a copy of a mail, as SentTo.
	CopiedTo string
	// From is the address that a mail gave as its sender's. Stranger marks one from
	// somebody who takes no part in the ticket and came by a signed address: nothing
	// proves who they are, so that it has no author. Doubted marks a mail, with Stranger,
	// whose sender the mail server in front could not prove.
	From     string
	Stranger bool
	Doubted  bool
	Change   string // catalogue key and arguments of a change, such as "assigned team=IT"
	KeptBy   int64  // the only team that reads it; 0 for all who may
	At       time.Time
	Files    []Attachment
}

// Attachment is a file on an entry.
type Attachment struct {
	ID        int64
	Entry     int64
	Ticket    int64
	Name      string
	MediaType string
	Size      int64
	blob      string
}

// Party is somebody with a part in a ticket besides those concerned.
type Party struct {
	Person int64
	Role   string // watcher, escalated, participant
}

// The roles of parties.
const (
	Watcher     = "watcher"
	Escalated   = "escalated"
	Participant = "participant"
)
