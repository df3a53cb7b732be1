package view

import "heed/kernel/web/ui"

// Notices lists the notices in force, for everybody.
type Notices struct {
	Frame ui.Frame
	Rows  []NoticeRow
}

// NoticeRow is one notice in force.
type NoticeRow struct {
	Title      string // "IT help desk"
	Controller string // "University of Chichester"
	Version    string // "version 3"
	Since      ui.When
	Href       string
}

// Notice is one version of one notice, as the public reads it. The sections
// come from the notice file; this page adds nothing to what they say.
type Notice struct {
	Frame      ui.Frame
	AllURL     string // the list of notices
	Title      string
	Controller string
	Version    string
	Since      ui.When
	Until      ui.When     // when it was replaced; zero while in force
	Reading    string      // says that it is a reading of a published notice and of what date
	Banners    []ui.Banner // replaced, review overdue, demo's choices
	Contacts   []ui.Fact   // controller, data protection officer, regulator
	Sections   []NoticeSection
	Versions   []NoticeVersion // newest first
	Format     []ui.Link       // the same as a file, as JSON
}

// NoticeSection is one heading of a notice. What is set is shown in this order.
type NoticeSection struct {
	ID       string // fragment: "purposes"
	Number   string // "2"
	Heading  string
	Lead     string
	Clauses  []NoticeClause
	Table    *ui.Table // purposes, kept until, recipients, who may see what
	Facts    []ui.Fact
	Sections []NoticeSection // one level down
}

// NoticeClause is one sentence with its number.
type NoticeClause struct {
	ID      string // fragment of its own: "c4.2"
	Ref     string // "4.2"
	Text    string
	Marks   []ui.Chip // "decided by the demo", "proved every night"
	Meaning string    // what the system does about it, in plain words; may be empty
}

// NoticeVersion is one version in the list beside a notice.
type NoticeVersion struct {
	Text    string // "Version 2"
	Since   ui.When
	Href    string
	DiffURL string // what changed against the one before, in words; empty for none
	Current bool   // the one that is shown
}

// Ledger is the explorer of reads and changes.
type Ledger struct {
	Frame     ui.Frame
	Action    string // GET with person, object, actor, purpose, from, to
	Person    string // filters as typed
	Object    string
	Actor     string
	Purpose   ui.Choices
	From      string // dates as typed
	To        string
	Trouble   string  // a filter cannot be read
	TroubleAt string  // which: from, to
	Chart     ui.Bars // records by day; zero for none
	Checks    LedgerState
	ReadURL   string // asks why, and shows the ticket the records are of; empty for none
	Rows      []LedgerRow
	Found     string // "50 newest of about 2,300"
	CSV       string // the same rows as a file; empty for none
	Pages     ui.Pages
	Why       ui.Why
}

// LedgerState says whether the tree verifies, and up to where.
type LedgerState struct {
	Tone ui.Tone // kept, broken or unproved
	Text string  // "Verified up to record 18,204, today 02:14."
	Root string  // the root hash, shortened; may be empty
	Href string  // the signed checkpoint; may be empty
}

// LedgerRow is one record.
type LedgerRow struct {
	Seq     string // number in the tree; empty while not sequenced
	When    ui.When
	Actor   string
	As      string // the relation under which they acted: "Agent, Business Support"
	ActorTo string // address of the same table for this actor; may be empty
	Action  string // "Read", "Replied", "Revealed date of birth"
	Object  string // "Ticket IT-204817"
	ObjTo   string
	Person  string // whose data
	PerTo   string
	Purpose string
	Rule    string    // English face of the rule that allowed it
	Clause  ui.Clause // the sentence behind the rule; zero for none
	Denied  bool
}

// WhoLooked shows the reader who read their own data, and why.
type WhoLooked struct {
	Frame   ui.Frame
	Show    []ui.NavItem // staff only, or the reader's own looks too
	BackURL string       // the request it is about; empty when it is about everything
	About   string       // "Request IT-204817"; empty when it is about everything
	Summary string       // "Last 30 days: 3 people, 9 times."
	Rows    []LookedRow
	Pages   ui.Pages
	AskURL  string // asks the privacy office; a page or a mail address
	Answer  string // "They answer within 5 working days."
}

// LookedRow is one reading.
type LookedRow struct {
	When ui.When
	Who  string
	As   string
	What string // "Opened your request"
	Ref  string // "IT-204817"; empty where it is no request, or gone
	Href string // of the request
	Why  string // "Resolving"
	Says Sentence
	Note string // the reason that was given; empty where none is asked
	// Times and Hours are how often the same was done that day, "4 times", and when;
	// empty for once.
	Times, Hours string
}
