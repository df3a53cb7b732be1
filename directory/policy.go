package directory

import (
	"context"
	"slices"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// Tickets is what the directory needs to know of tickets to answer whether
// somebody may see a person because of one. Package ticket satisfies it; app
// lists it. Without it nobody does.
type Tickets interface {
	// Holds returns which teams hold tickets of the person now.
	Holds(ctx context.Context, tx *store.Tx, person int64) ([]Held, error)
	// SharedSQL says that a team of the actor holds one, or one that is open, as a
	// condition on person.id, given as column.
	SharedSQL(a policy.Actor, column string, open bool) policy.SQL
}

// Held is by which team a ticket is held.
type Held struct {
	Team int64
	Open bool
}

// Subject is a person as rules see them.
type Subject struct {
	ID         int64
	Controller int64
	Held       []Held // their tickets, by the teams that hold them
}

// newPeople returns a resource on people: "person" is the whole card,
// "person.identity" only the name and user name, to find who is calling,
// "person.vetting" what lies apart from the card.
func newPeople(name string, tickets Tickets) *policy.Resource[Subject] {
	return policy.NewResource(policy.Shape[Subject]{
		Name:             name,
		Controller:       func(s Subject) int64 { return s.Controller },
		ControllerColumn: "p.controller_id",
		Identify:         func(s Subject) policy.Object { return policy.Object{Kind: "person", ID: s.ID, Person: s.ID} },
		Atoms: []policy.Atom[Subject]{
			{
				Name: "self", Phrase: "it is about you",
				Check: func(q policy.Ask, s Subject) bool { return s.ID != 0 && s.ID == q.Actor.PersonID() },
				SQL:   func(q policy.Ask) policy.SQL { return policy.Equal("p.id", q.Actor.PersonID()) },
			},
			{
				Name: "shares_ticket", Phrase: "you or your team hold a ticket of theirs",
				Check: func(q policy.Ask, s Subject) bool { return shares(q.Actor, s, false) },
				SQL:   sharing(tickets, false),
			},
			{
				Name: "ticket_linked", Phrase: "you or your team hold an open ticket of theirs",
				Check: func(q policy.Ask, s Subject) bool { return shares(q.Actor, s, true) },
				SQL:   sharing(tickets, true),
			},
		},
	})
}

func sharing(tickets Tickets, open bool) func(policy.Ask) policy.SQL {
	return func(q policy.Ask) policy.SQL {
		if tickets == nil {
			return policy.Never()
		}
		return tickets.SharedSQL(q.Actor, "p.id", open)
	}
}

func shares(a policy.Actor, s Subject, open bool) bool {
	return slices.ContainsFunc(s.Held, func(h Held) bool {
		return (h.Open || !open) && a.InGroup(h.Team)
	})
}

// actions are the verbs on a person.
type actions struct {
	see     policy.Action[Subject]
	find    policy.Action[Subject]
	reveal  policy.Action[Subject] // uncover a value that the card hides: by the rule that shows the card, for work on a person's matter
	vet     policy.Action[Subject] // record or uncover what lies apart from the card, for a request
	account policy.Action[Subject] // sign-in, sessions, tokens: by the system or by oneself
	change  policy.Action[Subject] // the feed and the operator
}

func newActions(people, identities, vettings *policy.Resource[Subject]) actions {
	return actions{
		see:     policy.NewAction("person.read", people),
		find:    policy.NewAction("person.find", identities),
		reveal:  policy.NewAction("person.reveal", people, policy.Resolve, policy.Contact, policy.Accounts, policy.Oversight),
		vet:     policy.NewAction("person.vet", vettings, policy.Resolve),
		account: policy.NewAction("person.account", people, policy.Operate, policy.Own),
		change:  policy.NewAction("person.change", people, policy.Operate, policy.Accounts),
	}
}
