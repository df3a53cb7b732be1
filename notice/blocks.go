package notice

import (
	"fmt"
	"strings"

	"heed/notice/civil"
)

// decide stands where the published text leaves something open.
const decide = "decide"

// Text is a value that may still be open.
type Text string

// Open reports whether the value is still to be decided.
func (t Text) Open() bool { return t == decide }

// Day is a date that may still be open.
type Day struct {
	civil.Date
	Open bool
}

// UnmarshalText reads a date or decide.
func (d *Day) UnmarshalText(text []byte) error {
	if string(text) == decide {
		d.Open = true
		return nil
	}
	return d.Date.UnmarshalText(text)
}

// Span is a period that may still be open.
type Span struct {
	civil.Period
	Open bool
	Set  bool
}

// UnmarshalText reads a period or decide.
func (s *Span) UnmarshalText(text []byte) error {
	s.Set = true
	if string(text) == decide {
		s.Open = true
		return nil
	}
	return s.Period.UnmarshalText(text)
}

// Anchor is the event from which keeping is counted.
type Anchor string

// The anchors. A record whose anchor is unknown is shown as such and never
// kept for ever in silence.
const (
	Recorded         Anchor = "recorded"
	LastUsed         Anchor = "last_used" // the last declared use; looking at a list is none
	Created          Anchor = "created"
	Closed           Anchor = "closed"
	AccountClosed    Anchor = "account_closed"
	LeftDepartment   Anchor = "left_department"
	AssignmentEnded  Anchor = "assignment_ended"
	ConsentWithdrawn Anchor = "consent_withdrawn"
	FaultClosed      Anchor = "fault_closed"
	AssetReturned    Anchor = "asset_returned"
	ReportIssued     Anchor = "report_issued"
)

// Anchors returns all anchors, in a stable order.
func Anchors() []Anchor {
	return []Anchor{
		Recorded, LastUsed, Created, Closed, AccountClosed, LeftDepartment, AssignmentEnded,
		ConsentWithdrawn, FaultClosed, AssetReturned, ReportIssued,
	}
}

// Limit is one bound of keeping: a period after an anchor.
type Limit struct {
	Period     civil.Period
	Anchor     Anchor
	Open       bool         // the period is still to be decided
	NoMoreThan civil.Period // what the decision may not exceed; zero means nothing was said
}

// UnmarshalText reads "1y after recorded", "decide after closed" and
// "decide after account_closed, no more than 30d".
func (l *Limit) UnmarshalText(text []byte) error {
	head, most, capped := strings.Cut(string(text), ", no more than ")
	period, anchor, ok := strings.Cut(head, " after ")
	if !ok {
		return fmt.Errorf("%q is not a limit; write a period and what it is counted from, such as \"1y after recorded\"", text)
	}
	if err := known("anchor", anchor, words(Anchors())); err != nil {
		return err
	}
	l.Anchor, l.Open = Anchor(anchor), period == decide
	if capped {
		if err := l.NoMoreThan.UnmarshalText([]byte(most)); err != nil {
			return err
		}
	}
	if l.Open {
		return nil
	}
	if err := l.Period.UnmarshalText([]byte(period)); err != nil {
		return err
	}
	if order, sure := l.Period.Compare(l.NoMoreThan); capped && (order > 0 || !sure) {
		return fmt.Errorf("%s is longer than the %s it may not exceed; choose %s or less", l.Period, l.NoMoreThan, l.NoMoreThan)
	}
	return nil
}

// String is the limit as the file writes it.
func (l Limit) String() string {
	p := l.Period.String()
	if l.Open {
		p = decide
	}
	return p + " after " + string(l.Anchor)
}

// Keep says how long a class of data is kept and what happens then.
type Keep struct {
	Name       string         `yaml:",key"`
	Covers     []string       `yaml:"covers"` // data classes; the one of the same name when left out
	AtLeast    []Limit        `yaml:"at_least"`
	AtMost     []Limit        `yaml:"at_most"`
	PerPurpose []PurposeLimit `yaml:"per_purpose"`
	Rule       string         `yaml:"rule"`        // longest_live_purpose
	Line       Text           `yaml:"line"`        // the line of the institution's retention schedule
	StartEarly Span           `yaml:"start_early"` // how long before the limit disposal begins, beside the life of backups
	Then       string         `yaml:"then,required"`
	Authorise  string         `yaml:"authorise"`
	Says       string         `yaml:"says"`
	Clauses    []string       `yaml:"clauses"`
}

// PurposeLimit is how long one purpose needs a record.
type PurposeLimit struct {
	Purpose string  `yaml:",key"`
	Limits  []Limit `yaml:",list"`
}

// UnmarshalText reads a single limit.
func (p *PurposeLimit) UnmarshalText(text []byte) error {
	p.Limits = make([]Limit, 1)
	return p.Limits[0].UnmarshalText(text)
}

// Share says what must happen before anything is shown to somebody outside.
type Share struct {
	Default   string   `yaml:"default,required"` // deny
	Gate      string   `yaml:"gate"`             // ask_privacy_contact_first
	AllowWith []string `yaml:"allow_with"`
	Says      string   `yaml:"says"`
	Clauses   []string `yaml:"clauses"`
}

// Recipients are the organisations outside that receive data.
type Recipients struct {
	None  bool        `yaml:"-"`
	Named []Recipient `yaml:",list"`
}

// UnmarshalText reads the single word none.
func (r *Recipients) UnmarshalText(text []byte) error {
	if string(text) != "none" {
		return fmt.Errorf("%q is not a list of recipients; write none, or a list with id, role and agreement", text)
	}
	r.None = true
	return nil
}

// Recipient is one organisation that receives data, and under which agreement.
type Recipient struct {
	ID        string    `yaml:"id,required"`
	Name      Text      `yaml:"name"`
	Role      string    `yaml:"role,required"` // processor, controller
	For       string    `yaml:"does,required"` // what they do for the controller
	Agreement Agreement `yaml:"agreement"`
	Location  Text      `yaml:"location"`
	Clauses   []string  `yaml:"clauses"`
}

// Agreement is the contract with a recipient and the last day it holds.
type Agreement struct {
	Ref   Text `yaml:"ref"`
	Until Day  `yaml:"until"`
}

// Right is something a person may ask for.
type Right struct {
	Name           string   `yaml:",key"`
	As             string   `yaml:"as"` // law or promise; law when left out
	Says           string   `yaml:"says,required"`
	Form           string   `yaml:"form"` // copy, portable, machine_readable
	For            []string `yaml:"for"`  // only for these purposes
	Statement      bool     `yaml:"statement"`
	Annotate       bool     `yaml:"annotate"` // facts are annotated, not rewritten
	TellRecipients Span     `yaml:"tell_recipients"`
	Channels       []string `yaml:"channels"`
	Route          string   `yaml:"route"` // contact, desk, complaints
	VerifyIdentity string   `yaml:"verify_identity"`
	Target         string   `yaml:"target"` // an internal target in words
	Clauses        []string `yaml:"clauses"`
}

// Transfers says whether data leaves the country, and under what protection.
type Transfers struct {
	Default    string   `yaml:"default,required"` // none, allowed
	Outside    string   `yaml:"outside"`          // uk, ca
	Exceptions []string `yaml:"exceptions"`
	Safeguards []string `yaml:"safeguards"`
	Says       string   `yaml:"says"`
	Clauses    []string `yaml:"clauses"`
}

// Automated says what computers may decide alone.
type Automated struct {
	Solely  string   `yaml:"solely"` // never, not_stated
	Says    string   `yaml:"says"`
	Clauses []string `yaml:"clauses"`
}

// Security lists the controls that are promised.
type Security struct {
	Controls []string `yaml:"controls"`
	SignOn   string   `yaml:"sign_on"` // sso_only
	Says     string   `yaml:"says"`
	Clauses  []string `yaml:"clauses"`
}

// Duties are what the people who work on tickets must do.
type Duties struct {
	RecordEvery []string `yaml:"record_every"` // access, use, share, keep
	Acknowledge string   `yaml:"acknowledge"`  // before_first_access
	OnMisuse    OnMisuse `yaml:"on_misuse"`
	Says        string   `yaml:"says"`
	Clauses     []string `yaml:"clauses"`
}

// OnMisuse says whom to tell of a misuse, and how soon.
type OnMisuse struct {
	Tell   []string `yaml:"tell"`
	Within string   `yaml:"within"`
}

// IfNotProvided says what happens to those who keep their data to themselves.
type IfNotProvided struct {
	Effect  string   `yaml:"effect"`
	Says    string   `yaml:"says"`
	Clauses []string `yaml:"clauses"`
}

// Complaints are the ways to complain.
type Complaints struct {
	Controller Contact  `yaml:"controller"`
	Regulator  string   `yaml:"regulator,required"` // looked up in the law pack
	Courts     bool     `yaml:"courts"`
	Says       string   `yaml:"says"`
	Clauses    []string `yaml:"clauses"`
}

// Link is a page elsewhere that belongs to the notice.
type Link struct {
	ID   string `yaml:"id,required"`
	Text string `yaml:"text,required"`
	URL  Text   `yaml:"url,required"`
}
