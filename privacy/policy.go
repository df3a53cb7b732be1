package privacy

import (
	"time"

	"heed/kernel/ledger"
	"heed/kernel/policy"
)

// Subject is a record of the ledger as rules see it.
type Subject struct {
	Record     int64
	Controller int64
	Person     int64
}

// Resources returns the two faces of the ledger: "ledger" for those who watch
// over it, "ledger.own" for the person it is about.
func Resources() (all, own *policy.Resource[Subject]) {
	shape := policy.Shape[Subject]{
		Controller:       func(s Subject) int64 { return s.Controller },
		ControllerColumn: "controller_id",
		Identify:         func(s Subject) policy.Object { return policy.Object{Kind: "ledger", ID: s.Record, Person: s.Person} },
		Atoms: []policy.Atom[Subject]{{
			Name: "self", Phrase: "it is about you",
			Check: func(q policy.Ask, s Subject) bool { return s.Person != 0 && s.Person == q.Actor.PersonID() },
			SQL: func(q policy.Ask) policy.SQL {
				if q.Actor.PersonID() == 0 {
					return policy.Never()
				}
				return policy.Equal("person_id", q.Actor.PersonID())
			},
		}},
	}
	shape.Name = "ledger"
	all = policy.NewResource(shape)
	shape.Name = "ledger.own"
	return all, policy.NewResource(shape)
}

type actions struct {
	read policy.Action[Subject]
	own  policy.Action[Subject]
}

func newActions() actions {
	all, own := Resources()
	return actions{
		read: policy.NewAction("ledger.read", all, policy.Oversight),
		own:  policy.NewAction("ledger.own", own, policy.Own),
	}
}

func cpTime(c ledger.Checkpoint) time.Time { return time.UnixMilli(c.Millis).UTC() }
