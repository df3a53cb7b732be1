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
	Who []policy.Term // any of these lets in
	Readers
	// Purposes are those for which it lets in now, in the notice's order.
	Purposes []policy.Purpose
}

// Readers are people whom a sentence lets in.
type Readers struct {
	People    []int64
	Everybody bool // all who are signed in, so that People says nothing
}

// Sights answers "who can see this?": each sentence of the controller's notice that
// lets somebody into a ticket that the actor found, with the people it lets in.
func (s *Service) Sights(ctx context.Context, tx *store.Tx, t Ticket) ([]Sight, error) {
	c, err := s.crowd(ctx, tx, t)
	if err != nil {
		return nil, err
	}
	return c.sights(ctx, tx)
}

func (c *crowd) sights(ctx context.Context, tx *store.Tx) (out []Sight, err error) {
	for _, rule := range tx.Book().Rules(c.t.Controller, c.s.do.read.Resource().Name()) {
		x := Sight{Why: policy.Why{Rule: rule.ID, Says: rule.Says, Clauses: rule.Clauses}, Who: rule.Who}
		if x.Purposes = c.serves(rule); len(x.Purposes) == 0 {
			continue
		}
		if x.Readers, err = c.let(ctx, tx, rule); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// NoteReaders are the colleagues who can read an internal note on a ticket that the
// actor found, for resolving it; the actor is one of them.
func (s *Service) NoteReaders(ctx context.Context, tx *store.Tx, t Ticket) (Readers, error) {
	c, err := s.crowd(ctx, tx, t)
	if err != nil {
		return Readers{}, err
	}
	return c.noteReaders(ctx, tx)
}

func (c *crowd) noteReaders(ctx context.Context, tx *store.Tx) (Readers, error) {
	union := func(resource string, covers func(policy.Rule) bool) (out Readers, err error) {
		for _, rule := range tx.Book().Rules(c.t.Controller, resource) {
			if !slices.Contains(c.serves(rule), policy.Resolve) || !covers(rule) {
				continue
			}
			in, err := c.let(ctx, tx, rule)
			if err != nil {
				return out, err
			}
			out = out.or(in)
		}
		return out, nil
	}
	heads, err := union(c.s.do.read.Resource().Name(), func(policy.Rule) bool { return true })
	if err != nil {
		return Readers{}, err
	}
	notes, err := union(c.s.do.entry.Resource().Name(), func(r policy.Rule) bool { return r.Covers(string(Internal)) })
	return heads.and(notes), err
}

// serves are the purposes for which a rule lets in now: a ticket that is only kept is
// seen for few.
func (c *crowd) serves(rule policy.Rule) []policy.Purpose {
	if !c.t.Restricted {
		return rule.Purposes
	}
	return slices.DeleteFunc(slices.Clone(rule.Purposes), func(p policy.Purpose) bool { return !slices.Contains(whileKept(), p) })
}

// or are those who are among either, each once.
func (r Readers) or(other Readers) Readers {
	people := slices.Sorted(slices.Values(slices.Concat(r.People, other.People)))
	return Readers{
		People:    slices.DeleteFunc(slices.Compact(people), func(p int64) bool { return p == 0 }), // nobody is no reader
		Everybody: r.Everybody || other.Everybody,
	}
}

// and are those who are among both.
func (r Readers) and(other Readers) Readers {
	switch {
	case other.Everybody:
		return r
	case r.Everybody:
		return other
	}
	return Readers{People: slices.DeleteFunc(slices.Clone(r.People), func(p int64) bool { return !slices.Contains(other.People, p) })}
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
func (c *crowd) let(ctx context.Context, tx *store.Tx, rule policy.Rule) (in Readers, err error) {
	for _, w := range rule.Who {
		some, _, err := c.who(ctx, tx, w)
		if err != nil {
			return in, err
		}
		in = in.or(some)
	}
	for _, w := range rule.When {
		some, _, err := c.who(ctx, tx, w)
		if err != nil {
			return in, err
		}
		in = in.and(some)
	}
	return in, nil
}

// who are the people for whom an atom of the notice holds; known is false for one that
// is not looked up here. Two laws are tested: every atom of a ticket is known, and what
// is said of people is what the gate does.
func (c *crowd) who(ctx context.Context, tx *store.Tx, w policy.Term) (r Readers, known bool, err error) {
	switch w.Atom {
	case "assigned_team", "while_assigned":
		r.People = c.under(c.t.Team)
	case "assignee":
		if slices.Contains(c.under(c.t.Team), c.t.Assignee) {
			r.People = []int64{c.t.Assignee}
		}
	case "reporter":
		r.People = []int64{c.t.Reporter}
	case "affected":
		r.People = []int64{c.t.Affected}
	case "concerned":
		r.People = []int64{c.t.Affected, c.t.Reporter}
	case "watcher_with_grant":
		r.People = c.party(Watcher)
	case "escalated_to":
		r.People = c.party(Escalated)
	case "participant":
		r.People = c.party(Participant)
	case "team":
		for _, x := range c.teams {
			if x.Code == w.Arg && x.Controller == c.owner.DeskID {
				r.People = c.under(x.ID)
			}
		}
	case "role":
		r.People, err = c.s.People.Serving(ctx, tx, c.owner, w.Arg)
	case "analyst":
		r.People, err = c.s.People.Serving(ctx, tx, c.owner, policy.RoleAnalyst)
	case "anyone_signed_in":
		r.Everybody = true
	default:
		return r, false, nil
	}
	return r, true, err
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
