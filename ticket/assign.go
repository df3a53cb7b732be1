package ticket

import (
	"context"
	"slices"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Handover is to whom a ticket is given.
type Handover struct {
	Team     int64
	Assignee int64 // 0: nobody yet
	Note     string
	Keep     []Class // of staff's entries so far that the next team is not to read: call, restricted, internal
	Version  int64   // of the ticket the person looked at; 0 when they did not
}

// Assign gives a ticket to a team and, if wanted, to one of its members. Who
// saw it only because their team held it stops seeing it at once (LJMUH-09).
func (s *Service) Assign(ctx context.Context, tx *store.Tx, name string, h Handover) error {
	t, _, g, err := s.granted(ctx, tx, s.do.assign, name)
	if err != nil {
		return err
	}
	if h, err = s.leavesBehind(ctx, tx, t, h); err != nil {
		return err
	}
	team, err := s.checkHandover(ctx, tx, t, h)
	if err != nil {
		return err
	}
	if err := s.keepBack(ctx, tx, g.Proof, t, h); err != nil {
		return err
	}
	if h.Note != "" {
		if _, err := s.append(ctx, tx, g.Proof, t, Entry{Kind: Remark, Class: Internal, Channel: Desk, Author: tx.Actor().PersonID()}, Text{Body: h.Note}); err != nil {
			return err
		}
	}
	_, err = s.step(ctx, tx, g.Proof, t, Assigned, h.Version, func(n *Ticket) { n.Team, n.Assignee = h.Team, h.Assignee })
	if err != nil {
		return err
	}
	if err := s.changed(ctx, tx, g.Proof, t, given(t, h, tx.Actor().PersonID(), team)); err != nil {
		return err
	}
	return s.Bus.Emit(ctx, tx, Given{Ticket: t.ID, Team: h.Team, Assignee: h.Assignee, By: tx.Actor().PersonID()})
}

// given is the line of a handover on the timeline. It names no person: who works on
// a ticket is a fact of its head.
func given(t Ticket, h Handover, by int64, team string) string {
	switch {
	case h.Team != t.Team:
		return "team " + team
	case h.Assignee == by && by != 0:
		return "taken"
	case h.Assignee == 0:
		return "left"
	default:
		return "given"
	}
}

// leavesBehind is the handover without an owner who does not go along: whoever
// changes the team and leaves the owner as it stood means the team.
func (s *Service) leavesBehind(ctx context.Context, tx *store.Tx, t Ticket, h Handover) (Handover, error) {
	if h.Team == t.Team || h.Assignee == 0 || h.Assignee != t.Assignee {
		return h, nil
	}
	members, err := s.People.Members(ctx, tx, h.Team)
	if !slices.Contains(members, h.Assignee) {
		h.Assignee = 0
	}
	return h, err
}

// keepBack closes entries of the classes chosen to all but the team that wrote
// them. The note for the next team comes after it and stays open.
func (s *Service) keepBack(ctx context.Context, tx *store.Tx, p policy.Proof, t Ticket, h Handover) error {
	if h.Team == t.Team {
		return nil
	}
	for _, c := range h.Keep {
		if c != CallNote && c != Restricted && c != Internal {
			return fault.Invalid("handover.keep", "only what was noted among the team can be kept from the next one").On("keep")
		}
		if _, err := store.Exec(ctx, tx, p, keepEntries, t.Team, t.ID, string(c)); err != nil {
			return err
		}
	}
	return nil
}

// checkHandover returns the code of the team.
func (s *Service) checkHandover(ctx context.Context, tx *store.Tx, t Ticket, h Handover) (string, error) {
	c, err := s.People.Controller(ctx, tx, t.Controller)
	if err != nil {
		return "", err
	}
	teams, err := s.People.Teams(ctx, tx)
	if err != nil {
		return "", err
	}
	code := ""
	for _, x := range teams {
		if x.ID == h.Team && x.Controller == c.DeskID {
			code = x.Code
		}
	}
	if code == "" {
		return "", fault.Invalid("ticket.team", "choose a team of this desk").On("team")
	}
	if h.Assignee == 0 {
		return code, nil
	}
	members, err := s.People.Members(ctx, tx, h.Team)
	switch {
	case err != nil || slices.Contains(members, h.Assignee):
	case h.Assignee == tx.Actor().PersonID():
		err = fault.Invalid("ticket.take", "you are not in the team that is to hold it; hand it over to a team of yours, and it can be yours").On("owner")
	default:
		err = fault.Invalid("ticket.assignee", "this person is not in that team; choose somebody who is, or nobody yet").On("owner")
	}
	return code, err
}

// Take gives a ticket to the actor, in the team that holds it.
func (s *Service) Take(ctx context.Context, tx *store.Tx, name string, version int64) error {
	t, _, err := s.look(ctx, tx, s.do.assign, name)
	if err != nil {
		return err
	}
	return s.Assign(ctx, tx, name, Handover{Team: t.Team, Assignee: tx.Actor().PersonID(), Version: version})
}
