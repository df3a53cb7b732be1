package promise

import "slices"

// Kind is the sort of a clause.
type Kind string

// The kinds.
const (
	Promise Kind = "promise" // what the institution says it will do
	Duty    Kind = "duty"    // what its staff must do
	Right   Kind = "right"   // what a person may ask for
	Fact    Kind = "fact"    // what shapes the behaviour of the service
)

// Clause is one entry of the catalogue.
type Clause struct {
	ID      string
	Policy  string // the notice it belongs to
	Kind    Kind
	Meaning string
}

// All returns the whole catalogue, notice by notice, in order.
func All() []Clause {
	return slices.Concat(tmu(), ljmuHelpdesk(), chichester(), ljmuTelephone(), cabinetOffice())
}

// Of returns the clauses of one notice, empty for a notice that nobody has
// catalogued.
func Of(policy string) []Clause {
	return slices.DeleteFunc(All(), func(c Clause) bool { return c.Policy != policy })
}

// Find returns the clause of that ID.
func Find(id string) (Clause, bool) {
	all := All()
	if i := slices.IndexFunc(all, func(c Clause) bool { return c.ID == id }); i >= 0 {
		return all[i], true
	}
	return Clause{}, false
}
