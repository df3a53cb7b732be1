package directory

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"heed/kernel/text"
)

// Controller is an organisation that is responsible for personal data.
type Controller struct {
	ID        int64
	Code      string // "LJMU"
	Name      string
	DeskName  string // "IT Helpdesk"
	Notice    string // id of the notice in force, "ljmu-helpdesk"
	Zone      string // IANA name: "Europe/London"
	Lang      string // BCP 47: "en-GB"
	RefPrefix string // of ticket references
	MailLocal string // local part of the desk's mail address
	Processor bool   // the desk only works for it: its rights and breaches go to the controller itself
	DeskID    int64  // the controller whose desk serves its people; itself unless Processor
}

// Team is a group of analysts that tickets are assigned to.
type Team struct {
	ID         int64
	Controller int64
	Code       string
	Name       string
	Parent     int64 // 0 at the top
	Desk       bool  // takes new tickets until somebody assigns them
}

// Kind is what a value says about a person.
type Kind string

// The kinds of values. With the name they are the nine that a feed may fill
// (CHI-12). A manager is kept as the number of that person, not as text.
const (
	UserName   Kind = "user_name"
	Email      Kind = "email"
	Phone      Kind = "phone"
	Office     Kind = "office"
	Department Kind = "department"
	JobTitle   Kind = "job_title"
	Number     Kind = "number" // student or staff number
	Manager    Kind = "manager"
)

// lookedUp reports whether values of the kind can be searched for exactly.
func (k Kind) lookedUp() bool {
	return k == UserName || k == Email || k == Phone || k == Number
}

// normal brings a value to the one form that is hashed.
func (k Kind) normal(v string) string {
	v = strings.TrimSpace(v)
	switch k {
	case Phone:
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == '+' {
				return r
			}
			return -1
		}, v)
	case Email, UserName, Number:
		return strings.ToLower(v)
	default:
		return v
	}
}

// FromMail is the source of people whom a desk knows from a mail only, and of what
// it has of them.
const FromMail = "mail"

// Value is one fact about a person, where it came from, and when it was last
// confirmed (CHI-17, LJMUH-25).
type Value struct {
	Kind   Kind
	Text   string
	Source string // "directory", FromMail, "demo"
	At     time.Time
	Hidden bool // Text is what is left of it for this reader; Reveal uncovers it
}

// State is whether a person's account is open.
type State string

// The two states of an account.
const (
	Active State = "active"
	Closed State = "closed"
)

// Person is somebody the desk knows.
type Person struct {
	ID           int64
	Controller   int64
	Organisation int64
	Name         string
	Lang         string
	State        State
	Manager      int64
	Department   string  // the controller's name, filled by Find where one desk works for several
	Values       []Value // filled by Person and Card; by Find with the user name, for those who may be told it
	nameSource   string
	nameAt       int64
	key          int64
}

// Key is the data key of a person, under which what hangs on them is sealed by
// whoever keeps it.
func (p Person) Key() int64 { return p.key }

// First returns the first value of a kind, "" when none is recorded.
func (p Person) First(k Kind) string {
	for _, v := range p.Values {
		if v.Kind == k {
			return v.Text
		}
	}
	return ""
}

// Beside is what tells somebody in a list from others of the name: as much of user name
// and department as the reader is told.
func (p Person) Beside() string {
	about := []string{p.First(UserName), cmp.Or(p.First(Department), p.Department)}
	return strings.Join(slices.DeleteFunc(about, func(w string) bool { return w == "" }), ", ")
}

// words is what the name index holds of a person.
func words(name, user string) string { return text.Fold(name + " " + user) }
