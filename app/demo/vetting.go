package demo

import (
	"context"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// vetting hands a request on to each team apart, which records for it what nobody
// else is shown (CAB-09).
func (b *Builder) vetting(ctx context.Context) error {
	for _, in := range Institutions() {
		for _, team := range in.Teams {
			if !team.Apart {
				continue
			}
			if err := b.vetted(ctx, in, team); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *Builder) vetted(ctx context.Context, in Institution, team Team) error {
	asker, officer, front := b.crowd[in.Code][0], b.agents[team.Code][0], b.agents[in.front().Code][0]
	var t ticket.Ticket
	err := b.act(ctx, asker, policy.Own, func(tx *store.Tx) (err error) {
		t, err = b.Tickets.Open(ctx, tx, ticket.NewTicket{
			Kind: ticket.Request, Channel: ticket.Portal, Reporter: asker, Affected: asker, Silent: true,
			Subject: "My clearance before the move", Text: ticket.Text{Body: "I move to another team next month, and its work needs my clearance renewed. What do you need from me?", Author: asker.ID},
		})
		return err
	})
	if err != nil {
		return err
	}
	err = b.act(ctx, front, policy.Resolve, func(tx *store.Tx) error {
		return b.Tickets.Assign(ctx, tx, t.Ref, ticket.Handover{Team: b.teams[team.Code].ID, Assignee: officer.ID})
	})
	if err != nil {
		return err
	}
	return b.act(ctx, officer, policy.Resolve, func(tx *store.Tx) error {
		if err := b.People.Vet(ctx, tx, asker.ID, directory.DateOfBirth, "1984-05-17"); err != nil {
			return err
		}
		return b.People.Vet(ctx, tx, asker.ID, directory.Clearance, "Renewed until March 2029")
	})
}

// front is the team that takes new tickets.
func (in Institution) front() Team {
	for _, t := range in.Teams {
		if t.Front {
			return t
		}
	}
	return in.Teams[0]
}
