package pack

import (
	"time"

	"heed/notice/civil"
)

// Pack is one regime's law from one day on.
type Pack struct {
	ID        string     `yaml:"id,required"`
	From      civil.Date `yaml:"from"`      // first day; zero where commencement is unknown
	Confirmed bool       `yaml:"confirmed"` // somebody answerable has checked date and content
	Needs     string     `yaml:"needs"`     // what is missing where it is not confirmed
	Clocks    Clocks     `yaml:"clocks,required"`
	Sources   []string   `yaml:"sources,required"`

	Regime *Regime `yaml:"-"`
}

// Clocks are the periods of a pack. A zero field means that the law names none.
type Clocks struct {
	RightsMonths    int  `yaml:"rights_months"`        // answer within so many months
	RightsDays      int  `yaml:"rights_days"`          // or so many days
	RightsWorkDays  int  `yaml:"rights_business_days"` // or so many business days
	ExtendMonths    int  `yaml:"extend_months"`        // a notice may add so many months
	StopClock       bool `yaml:"stop_clock"`           // asking what is sought stops the clock
	FeeStopsClock   bool `yaml:"fee_stops_clock"`      // asking for a deposit stops the clock
	ComplaintDays   int  `yaml:"complaint_days"`       // acknowledge a complaint within so many days
	BreachHours     int  `yaml:"breach_hours"`         // report a breach within so many hours
	BreachDuty      bool `yaml:"breach_duty"`          // report a breach, with or without hours
	BreachTarget    int  `yaml:"breach_target_hours"`  // an internal target in hours
	ProcessorTarget int  `yaml:"processor_target_hours"`
	CorrectDays     int  `yaml:"correct_days"`
}

// Regime is what does not change from pack to pack.
type Regime struct {
	Name          string      `yaml:"regime,required"`
	Title         string      `yaml:"title,required"`
	Zone          string      `yaml:"zone,required"`     // of the controller's calendar days
	Calendar      string      `yaml:"calendar,required"` // the default one
	Calendars     []string    `yaml:"calendars,required"`
	Regulators    []Regulator `yaml:"regulators,required"`
	MustState     []string    `yaml:"must_state,required"` // blocks a notice needs
	Bases         []string    `yaml:"bases"`
	Conditions    []string    `yaml:"conditions"`
	RightsByLaw   []string    `yaml:"rights_by_law,required"`
	TransferTools []Tool      `yaml:"transfer_tools"`
	Floors        []Floor     `yaml:"floors"`
	ComplaintFrom civil.Date  `yaml:"complaint_route_from"` // from when a notice must name a way to complain to the controller
	Packs         []Pack      `yaml:"packs,required"`
}

// Regulator is the authority that people may turn to.
type Regulator struct {
	ID    string `yaml:"id,required"`
	Name  string `yaml:"name,required"`
	Post  string `yaml:"post,required"`
	Phone string `yaml:"phone,required"`
	Web   string `yaml:"web,required"`
}

// Tool is a protection for data that is sent abroad, and when it is valid.
type Tool struct {
	ID    string     `yaml:"id,required"`
	Title string     `yaml:"title,required"`
	From  civil.Date `yaml:"from"`
	Until civil.Date `yaml:"until"`
	Note  string     `yaml:"note"`
}

// ValidOn reports whether the tool protects a transfer on that day.
func (t Tool) ValidOn(day civil.Date) bool {
	return (t.From.IsZero() || !day.Before(t.From)) && (t.Until.IsZero() || !day.After(t.Until))
}

// Floor is the least time the law keeps data.
type Floor struct {
	Anchor string       `yaml:"anchor,required"`
	Period civil.Period `yaml:"period,required"`
	Source string       `yaml:"source,required"`
}

// Location returns the time zone of the regime's calendar days.
func (r *Regime) Location() (*time.Location, error) { return time.LoadLocation(r.Zone) }

// Tool returns the protection of that id, whether valid or not.
func (r *Regime) Tool(id string) (Tool, bool) {
	for _, t := range r.TransferTools {
		if t.ID == id {
			return t, true
		}
	}
	return Tool{}, false
}

// Regulator returns the regulator of that id.
func (r *Regime) Regulator(id string) (Regulator, bool) {
	for _, g := range r.Regulators {
		if g.ID == id {
			return g, true
		}
	}
	return Regulator{}, false
}
