package notice

import (
	"heed/notice/civil"
	"heed/notice/strict"
)

// Notice is one version of one privacy notice. It is immutable once parsed.
type Notice struct {
	Policy        string          `yaml:"policy,required"` // its lasting name
	Version       int             `yaml:"version,required"`
	Effective     Day             `yaml:"effective,required"`
	ReviewBy      Day             `yaml:"review_by,required"`
	Regime        string          `yaml:"regime,required"` // the law pack family: uk, ca-on-fippa
	Language      string          `yaml:"language,required"`
	Title         string          `yaml:"title,required"`
	Summary       string          `yaml:"summary,required"`
	Reading       Reading         `yaml:"reading,required"`
	Controller    ControllerBlock `yaml:"controller,required"`
	Contact       Contact         `yaml:"contact,required"` // data protection officer or privacy office
	Authority     Text            `yaml:"authority"`        // FIPPA: under which power it is collected
	AppliesTo     AppliesTo       `yaml:"applies_to,required"`
	Data          []Data          `yaml:"data"`
	Purposes      []Purpose       `yaml:"purposes"`
	See           []See           `yaml:"see"`
	Share         Share           `yaml:"share"`
	Recipients    Recipients      `yaml:"recipients"`
	Keep          []Keep          `yaml:"keep"`
	Rights        []Right         `yaml:"rights"`
	Transfers     Transfers       `yaml:"transfers"`
	Automated     Automated       `yaml:"automated_decisions"`
	Security      Security        `yaml:"security"`
	Duties        Duties          `yaml:"duties"`
	IfNotProvided IfNotProvided   `yaml:"if_not_provided"`
	Complaints    Complaints      `yaml:"complaints"`
	Links         []Link          `yaml:"links"`
	Promises      []Promise       `yaml:"promises"`

	doc     *strict.Document // where every value stands
	source  []byte
	choices []Choice
}

// File is the name of the file the notice was read from.
func (n *Notice) File() string { return n.doc.File() }

// Source returns the bytes of the file, before any overlay.
func (n *Notice) Source() []byte { return append([]byte(nil), n.source...) }

// Pos is where the value at path stands in the file; see strict.Document.
func (n *Notice) Pos(path string) strict.Pos { return n.doc.Pos(path) }

// Choices returns what an overlay decided, in the order of the overlay.
func (n *Notice) Choices() []Choice { return append([]Choice(nil), n.choices...) }

// ChoiceAt returns the choice made for the value at path.
func (n *Notice) ChoiceAt(path string) (Choice, bool) {
	for _, c := range n.choices {
		if c.Path == path {
			return c, true
		}
	}
	return Choice{}, false
}

// Reading says where the file comes from: Heed's notices about real
// institutions are readings of what they published, made without them.
type Reading struct {
	Of      string   `yaml:"of,required"`    // what was read
	Dated   string   `yaml:"dated,required"` // as 2018, 2020-09 or 2018-12-17; none where the text bears no date
	Part    string   `yaml:"part,required"`  // that the institution has no part in Heed
	Choices []string `yaml:"choices"`        // where the text is silent and the file had to say something
}

// Contact is an office that people can write to. People are named by office
// only, never by name.
type Contact struct {
	Office string `yaml:"office"`
	Email  Text   `yaml:"email"`
	Phone  Text   `yaml:"phone"`
	Post   Text   `yaml:"post"`
}

// Stated reports whether the notice gives a way to reach the contact, or says
// that one is still to be decided.
func (c Contact) Stated() bool { return c.Email != "" || c.Phone != "" || c.Post != "" }

// AppliesTo is what and whom the notice covers.
type AppliesTo struct {
	Records           []string `yaml:"records,required"` // kinds of record this notice governs: ticket, phone_log
	Kinds             []string `yaml:"kinds"`            // kinds of ticket
	Affiliations      []string `yaml:"affiliations"`     // staff, student, partner
	CurrentOnly       bool     `yaml:"current_only"`
	GroupedBy         string   `yaml:"grouped_by"` // how agents are grouped: department
	ReportFor         bool     `yaml:"report_for"` // one person may report for another
	MaxClassification string   `yaml:"max_classification"`
	OnlyOpen          bool     `yaml:"update_only_open"` // people may add to their tickets while those are open
	Clauses           []string `yaml:"clauses"`
}

// Data is one class of data the service holds.
type Data struct {
	Name       string   `yaml:",key"`
	Items      []string `yaml:"items,required"`
	Says       string   `yaml:"says"`
	Class      string   `yaml:"class"`  // ordinary, restricted, vetting, special, secret
	Source     string   `yaml:"source"` // given, directory, identity_feed, generated
	For        []string `yaml:"for"`    // purposes of this notice
	Rule       string   `yaml:"rule"`   // forbidden, never_automatic
	OnDetect   []string `yaml:"on_detect"`
	Required   []string `yaml:"required"` // items without which there is no ticket
	Optional   bool     `yaml:"optional"`
	Voluntary  bool     `yaml:"voluntary"`
	Mode       string   `yaml:"mode"`    // just_in_time: looked up when needed, not copied
	Refresh    string   `yaml:"refresh"` // nightly
	AskedWith  string   `yaml:"asked_with"`
	Scope      string   `yaml:"scope"` // ticket: not copied to the person
	OnlyIf     string   `yaml:"only_if"`
	IfGiven    string   `yaml:"if_given"`        // resolve_only
	Condition  string   `yaml:"condition"`       // the law's extra condition for special data
	Document   Text     `yaml:"policy_document"` // that the condition asks for
	Store      string   `yaml:"store"`
	Show       string   `yaml:"show"`
	Reveal     string   `yaml:"reveal"`
	Key        string   `yaml:"key"`     // pseudonym
	Content    string   `yaml:"content"` // forbidden: facts about calls, never what was said
	Announce   string   `yaml:"announce"`
	OptOut     []string `yaml:"opt_out"`
	Monitoring bool     `yaml:"monitoring"` // it watches people at work
	Screening  Text     `yaml:"screening"`  // the impact assessment that looked at it
	Clauses    []string `yaml:"clauses"`
}

// Purpose is what a notice uses data for, in its own words.
type Purpose struct {
	Name       string     `yaml:",key"`
	Serves     []string   `yaml:"serves,required"` // purposes of the product's closed list
	Says       string     `yaml:"says,required"`
	Basis      string     `yaml:"basis"` // uk.6.1.b
	Assessment Assessment `yaml:"assessment"`
	Output     string     `yaml:"output"` // aggregate, excerpt
	MinCell    int        `yaml:"min_cell"`
	Requires   string     `yaml:"requires"` // personal_data_removed
	Receipt    string     `yaml:"receipt"`  // how consent is recorded
	Clauses    []string   `yaml:"clauses"`
}

// Assessment is a written balancing of interests, with the day it is due for review.
type Assessment struct {
	Ref      Text `yaml:"ref"`
	ReviewBy Day  `yaml:"review_by"`
}

// See is one sentence about who may read what.
type See struct {
	ID       string   `yaml:"id,required"`
	Who      []string `yaml:"who,required"`  // any of these lets in
	What     []string `yaml:"what,required"` // of these things
	Except   []string `yaml:"except"`        // without entries of these classes
	When     []string `yaml:"when"`          // while all of these hold
	For      []string `yaml:"for,required"`  // purposes of this notice, or of the product
	Evidence string   `yaml:"evidence"`      // required: the reason must point at something
	Reason   string   `yaml:"reason"`        // required: a reason must be given
	Reasons  []string `yaml:"reasons"`       // the only reasons there are
	Hours    int      `yaml:"hours"`         // how long one grant lasts
	Clauses  []string `yaml:"clauses"`
	Says     string   `yaml:"says,required"`
}

// Promise says how one clause of the published text is kept.
type Promise struct {
	ID     string   `yaml:",key"`
	KeptBy []string `yaml:"kept_by"` // paths of this file
	Attest *Attest  `yaml:"attest"`  // a person answers for it
	NotYet string   `yaml:"not_yet"` // why nothing keeps it yet
}

// Attest names who answers, by office, for what no software can see, and how
// often.
type Attest struct {
	By    string       `yaml:"by,required"`
	What  string       `yaml:"what,required"`
	Every civil.Period `yaml:"every,required"`
}

// Choice is a value that an overlay put in place of a decide.
type Choice struct {
	Path  string `yaml:"key,required"`
	Value string `yaml:"value,required"`
	Why   string `yaml:"why,required"`
	By    string `yaml:"-"` // whose choice it is, for the mark on the page
}
