package ticket

import (
	"context"
	"slices"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Sight is one sentence of the notice that lets people see a ticket, and who they
// are now.
type Sight struct {
	policy.Why
	Who    []policy.Term // any of these lets in
	People []int64       // who that is at this moment
	// Purposes are those it serves, in the notice's order.
	Purposes []policy.Purpose
}

// Sights answers "who can see this?": each sentence of the controller's notice that
// could let somebody into a ticket that the actor found, with the people it lets in.
func (s *Service) Sights(ctx context.Context, tx *store.Tx, t Ticket) ([]Sight, error) {
	c, err := s.crowd(ctx, tx, t)
	if err != nil {
		return nil, err
	}
	return c.sights(ctx, tx)
}

func (c *crowd) sights(ctx context.Context, tx *store.Tx) (out []Sight, err error) {
	for _, rule := range tx.Book().Rules(c.t.Controller, c.s.do.read.Resource().Name()) {
		people, err := c.let(ctx, tx, rule)
		if err != nil {
			return nil, err
		}
		x := Sight{Why: policy.Why{Rule: rule.ID, Says: rule.Says, Clauses: rule.Clauses}, Who: rule.Who, People: people}
		x.Purposes = rule.Purposes
		out = append(out, x)
	}
	return out, nil
}

// NoteReaders are the colleagues who can read an internal note on a ticket that the
// actor found, for resolving it; the actor is one of them.
func (s *Service) NoteReaders(ctx context.Context, tx *store.Tx, t Ticket) ([]int64, error) {
	c, err := s.crowd(ctx, tx, t)
	if err != nil {
		return nil, err
	}
	return c.noteReaders(ctx, tx)
}

func (c *crowd) noteReaders(ctx context.Context, tx *store.Tx) ([]int64, error) {
	union := func(resource string, covers func(policy.Rule) bool) (out []int64, err error) {
		for _, rule := range tx.Book().Rules(c.t.Controller, resource) {
			if !slices.Contains(rule.Purposes, policy.Resolve) || !covers(rule) {
				continue
			}
			people, err := c.let(ctx, tx, rule)
			if err != nil {
				return nil, err
			}
			out = append(out, people...)
		}
		slices.Sort(out)
		return slices.Compact(out), nil
	}
	heads, err := union(c.s.do.read.Resource().Name(), func(policy.Rule) bool { return true })
	if err != nil {
		return nil, err
	}
	notes, err := union(c.s.do.entry.Resource().Name(), func(r policy.Rule) bool { return r.Covers(string(Internal)) })
	return slices.DeleteFunc(notes, func(p int64) bool { return !slices.Contains(heads, p) }), err
}

// crowd is who plays which part on a ticket and at its desk, read once.
type crowd struct {
	s       *Service
	t       Ticket
	parties []Party
	owner   directory.Controller // responsible for it
	teams   []directory.Team
	crews   map[int64][]int64
}

func (s *Service) crowd(ctx context.Context, tx *store.Tx, t Ticket) (*crowd, error) {
	owner, err := s.People.Controller(ctx, tx, t.Controller)
	if err != nil {
		return nil, err
	}
	sub, err := s.subject(ctx, tx, t)
	if err != nil {
		return nil, err
	}
	teams, err := s.People.Teams(ctx, tx)
	if err != nil {
		return nil, err
	}
	crews, err := s.People.Crews(ctx, tx, owner.DeskID)
	return &crowd{s: s, t: t, parties: sub.Parties, owner: owner, teams: teams, crews: crews}, err
}

// let are the people whom a rule lets in now.
func (c *crowd) let(ctx context.Context, tx *store.Tx, rule policy.Rule) ([]int64, error) {
	var in []int64
	for _, w := range rule.Who {
		people, err := c.who(ctx, tx, w)
		if err != nil {
			return nil, err
		}
		in = append(in, people...)
	}
	for _, w := range rule.When {
		people, err := c.who(ctx, tx, w)
		if err != nil {
			return nil, err
		}
		in = slices.DeleteFunc(in, func(p int64) bool { return !slices.Contains(people, p) })
	}
	slices.Sort(in)
	return slices.DeleteFunc(slices.Compact(in), func(p int64) bool { return p == 0 }), nil
}

// who are the people for whom an atom of the notice holds. The law that this says
// what the gate does is a test over every person of the demo.
func (c *crowd) who(ctx context.Context, tx *store.Tx, w policy.Term) ([]int64, error) {
	switch w.Atom {
	case "assigned_team", "while_assigned":
		return c.under(c.t.Team), nil
	case "assignee":
		if !slices.Contains(c.under(c.t.Team), c.t.Assignee) {
			return nil, nil
		}
		return []int64{c.t.Assignee}, nil
	case "reporter":
		return []int64{c.t.Reporter}, nil
	case "affected":
		return []int64{c.t.Affected}, nil
	case "concerned":
		return []int64{c.t.Affected, c.t.Reporter}, nil
	case "watcher_with_grant":
		return c.party(Watcher), nil
	case "escalated_to":
		return c.party(Escalated), nil
	case "participant":
		return c.party(Participant), nil
	case "team":
		for _, x := range c.teams {
			if x.Code == w.Arg && x.Controller == c.owner.DeskID {
				return c.under(x.ID), nil
			}
		}
	case "role":
		return c.s.People.Serving(ctx, tx, c.owner, w.Arg)
	case "analyst":
		return c.s.People.Serving(ctx, tx, c.owner, policy.RoleAnalyst)
	}
	return nil, nil
}

// under are the members of a team and of the teams below it.
func (c *crowd) under(team int64) []int64 {
	out := slices.Clone(c.crews[team])
	for _, x := range c.teams {
		if x.Parent == team && team != 0 {
			out = append(out, c.under(x.ID)...)
		}
	}
	return out
}

func (c *crowd) party(role string) (out []int64) {
	for _, p := range c.parties {
		if p.Role == role {
			out = append(out, p.Person)
		}
	}
	return out
}
