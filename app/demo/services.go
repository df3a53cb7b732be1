package demo

import (
	"context"

	"heed/kernel/store"
	"heed/ticket"
)

// offer is one service of a desk of the demo; Team is the index of the team that
// takes it first, among the desk's own.
type offer struct {
	code, name, about string
	kind              ticket.Kind
	team              int
}

func offers() []offer {
	return []offer{
		{"ACCESS", "Accounts and access", "Passwords, shared drives, a change of name", ticket.Incident, 1},
		{"NETWORK", "Wireless and network", "The wireless drops, a cable, access from home", ticket.Incident, 2},
		{"DEVICES", "Computers and phones", "A new laptop, something broken, printing", ticket.Request, 0},
		{"TEACHING", "Teaching rooms", "Projectors, screens and sound", ticket.Incident, 1},
		{"SOFTWARE", "Software", "Licences and installation", ticket.Request, 1},
	}
}

// services writes the catalogue of a desk.
func (b *Builder) services(ctx context.Context, tx *store.Tx, in Institution) error {
	for _, o := range offers() {
		team := in.Teams[min(o.team, len(in.Teams)-1)]
		err := b.Tickets.SetOffering(ctx, tx, ticket.Offering{
			Controller: b.controllers[in.Code].ID, Code: o.code, Name: o.name, About: o.about, Team: b.teams[team.Code].ID, Kind: o.kind,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
