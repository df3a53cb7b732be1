package ticket

import (
	"slices"

	"heed/kernel/policy"
)

// Subject is a ticket, or an entry of one, as rules see it.
type Subject struct {
	ID         int64
	Controller int64
	Team       int64
	Assignee   int64
	Reporter   int64
	Affected   int64
	Restricted bool
	Parties    []Party
	Entry      int64
	Class      Class // of the entry; empty for the ticket as a whole
	KeptBy     int64 // of the entry: the only team that reads it; 0 for all who may
}

func (s Subject) party(person int64, role string) bool {
	return person != 0 && slices.Contains(s.Parties, Party{person, role})
}

func (s Subject) concerns(person int64) bool {
	return person != 0 && (s.Reporter == person || s.Affected == person)
}

// atoms are the reasons a ticket or an entry can give. The SQL faces name the
// ticket t; its columns are NOT NULL, so every face is total.
func atoms() []policy.Atom[Subject] {
	return []policy.Atom[Subject]{
		{
			Name: "assigned_team", Phrase: "your team holds it",
			Check: func(q policy.Ask, s Subject) bool { return q.Actor.InGroup(s.Team) },
			SQL:   func(q policy.Ask) policy.SQL { return policy.In("t.team_id", q.Actor.GroupIDs()) },
			Ways:  byTeam,
		},
		{
			// Who works on a ticket does so in the team that holds it: it is no longer
			// theirs from the moment they leave that team.
			Name: "while_assigned", Phrase: "you or your team hold it now",
			Check: func(q policy.Ask, s Subject) bool { return q.Actor.InGroup(s.Team) },
			SQL:   func(q policy.Ask) policy.SQL { return policy.In("t.team_id", q.Actor.GroupIDs()) },
			Ways:  byTeam,
		},
		{
			Name: "assignee", Phrase: "you are working on it",
			Check: func(q policy.Ask, s Subject) bool { return isPerson(q, s.Assignee) && q.Actor.InGroup(s.Team) },
			SQL: func(q policy.Ask) policy.SQL {
				return policy.All(person(q, "t.assignee_id"), policy.In("t.team_id", q.Actor.GroupIDs()))
			},
			Ways: byPerson("t.assignee_id"),
		},
		{
			Name: "reporter", Phrase: "you reported it",
			Check: func(q policy.Ask, s Subject) bool { return isPerson(q, s.Reporter) },
			SQL:   func(q policy.Ask) policy.SQL { return person(q, "t.reporter_id") },
			Ways:  byPerson("t.reporter_id"),
		},
		{
			Name: "affected", Phrase: "it is about you",
			Check: func(q policy.Ask, s Subject) bool { return isPerson(q, s.Affected) },
			SQL:   func(q policy.Ask) policy.SQL { return person(q, "t.affected_id") },
			Ways:  byPerson("t.affected_id"),
		},
		{
			Name: "concerned", Phrase: "it is yours",
			Check: func(q policy.Ask, s Subject) bool { return s.concerns(q.Actor.PersonID()) },
			SQL: func(q policy.Ask) policy.SQL {
				return policy.Any(person(q, "t.reporter_id"), person(q, "t.affected_id"))
			},
			Ways: byPerson("t.reporter_id", "t.affected_id"),
		},
		partyAtom("watcher_with_grant", "the team that holds it brought you in", Watcher),
		partyAtom("escalated_to", "it was passed on to you", Escalated),
		partyAtom("participant", "you take part in it", Participant),
	}
}

func partyAtom(name, phrase, role string) policy.Atom[Subject] {
	return policy.Atom[Subject]{
		Name: name, Phrase: phrase,
		Check: func(q policy.Ask, s Subject) bool { return s.party(q.Actor.PersonID(), role) },
		SQL: func(q policy.Ask) policy.SQL {
			if q.Actor.PersonID() == 0 {
				return policy.Never()
			}
			return policy.SQL{Text: partySQL, Args: []any{q.Actor.PersonID(), role}}
		},
		Ways: func(q policy.Ask) []policy.SQL {
			return []policy.SQL{{Text: partyWay, Args: []any{q.Actor.PersonID(), role}}}
		},
	}
}

// indexed are the columns in the conditions of atoms that have an index.
func indexed() []string {
	return []string{"t.team_id", "t.assignee_id", "t.reporter_id", "t.affected_id"}
}

// byTeam are the ways to what each team of the actor holds.
func byTeam(q policy.Ask) (ways []policy.SQL) {
	for _, team := range q.Actor.GroupIDs() {
		ways = append(ways, policy.Equal("t.team_id", team))
	}
	return ways
}

// byPerson are the ways to what names the actor in one of the columns.
func byPerson(columns ...string) func(policy.Ask) []policy.SQL {
	return func(q policy.Ask) (ways []policy.SQL) {
		for _, c := range columns {
			ways = append(ways, person(q, c))
		}
		return ways
	}
}

func isPerson(q policy.Ask, id int64) bool { return id != 0 && id == q.Actor.PersonID() }

// person is the condition that a column names the actor; the system is nobody.
func person(q policy.Ask, column string) policy.SQL {
	if q.Actor.PersonID() == 0 {
		return policy.Never()
	}
	return policy.Equal(column, q.Actor.PersonID())
}

// restriction is what wins over every rule: a restricted ticket is only kept
// (CAB-22), seen by those concerned and the privacy office.
func restriction() []policy.Forbid[Subject] {
	return []policy.Forbid[Subject]{{
		Atom: policy.Atom[Subject]{
			Name:  "restricted",
			Check: func(_ policy.Ask, s Subject) bool { return s.Restricted },
			SQL:   func(policy.Ask) policy.SQL { return policy.Equal("t.restricted", true) },
		},
		Spares: whileKept(),
	}}
}

// whileKept are the purposes for which a ticket is seen that is only kept.
func whileKept() []policy.Purpose { return []policy.Purpose{policy.Own, policy.Oversight} }

// keeping holds back an entry that a team kept to itself when it handed the
// ticket on. It narrows only; those concerned and the privacy office are spared.
func keeping() policy.Forbid[Subject] {
	return policy.Forbid[Subject]{
		Atom: policy.Atom[Subject]{
			Name:  "kept_by_another_team",
			Check: func(q policy.Ask, s Subject) bool { return s.KeptBy != 0 && !q.Actor.InGroup(s.KeptBy) },
			SQL: func(q policy.Ask) policy.SQL {
				return policy.All(policy.Not(policy.Equal("e.kept_by", 0)), policy.Not(policy.In("e.kept_by", q.Actor.GroupIDs())))
			},
		},
		Spares: []policy.Purpose{policy.Own, policy.Oversight},
	}
}

// Resources returns the two resources of this slice, for validation of the
// notices and for property tests.
func Resources() (tickets, entries *policy.Resource[Subject]) {
	tickets = policy.NewResource(policy.Shape[Subject]{
		Name:             "ticket",
		Controller:       func(s Subject) int64 { return s.Controller },
		ControllerColumn: "t.controller_id",
		Indexed:          indexed(),
		Identify: func(s Subject) policy.Object {
			return policy.Object{Kind: "ticket", ID: s.ID, Person: s.Affected}
		},
		Atoms:   atoms(),
		Forbids: restriction(),
	})
	entries = policy.NewResource(policy.Shape[Subject]{
		Name:             "entry",
		Controller:       func(s Subject) int64 { return s.Controller },
		ControllerColumn: "t.controller_id",
		Indexed:          indexed(),
		Class:            func(s Subject) string { return string(s.Class) },
		ClassColumn:      "e.class",
		Identify: func(s Subject) policy.Object {
			return policy.Object{Kind: "entry", ID: s.Entry, Person: s.Affected}
		},
		Atoms:   atoms(),
		Forbids: append(restriction(), keeping()),
	})
	return tickets, entries
}

// actions are the verbs, each with the purposes it may serve: to be let in to
// read for oversight does not let anybody change a thing.
type actions struct {
	read     policy.Action[Subject]
	list     policy.Action[Subject]
	entry    policy.Action[Subject]
	open     policy.Action[Subject]
	write    policy.Action[Subject]
	reply    policy.Action[Subject]
	note     policy.Action[Subject]
	assign   policy.Action[Subject]
	classify policy.Action[Subject]
	override policy.Action[Subject] // a priority other than the table's
	watch    policy.Action[Subject]
	state    policy.Action[Subject]
	end      policy.Action[Subject]
	erase    policy.Action[Subject]
}

func newActions() actions {
	t, e := Resources()
	return actions{
		read:     policy.NewAction("ticket.read", t),
		list:     policy.NewAction("ticket.list", t),
		entry:    policy.NewAction("entry.read", e),
		open:     policy.NewAction("ticket.open", t, policy.Own, policy.Resolve),
		write:    policy.NewAction("ticket.write", t, policy.Own),
		reply:    policy.NewAction("ticket.reply", t, policy.Resolve),
		note:     policy.NewAction("ticket.note", t, policy.Resolve),
		assign:   policy.NewAction("ticket.assign", t, policy.Resolve),
		classify: policy.NewAction("ticket.classify", t, policy.Resolve),
		override: policy.NewAction("ticket.override", t, policy.Resolve),
		watch:    policy.NewAction("ticket.follow", t, policy.Resolve),
		state:    policy.NewAction("ticket.state", t, policy.Resolve),
		end:      policy.NewAction("ticket.end", t, policy.Own, policy.Resolve),
		erase:    policy.NewAction("ticket.erase", t, policy.Operate),
	}
}
