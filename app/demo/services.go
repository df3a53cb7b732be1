package demo

import (
	"context"
	"strings"
	"time"

	"heed/kernel/clock"
	"heed/kernel/store"
	"heed/ticket"
)

// offer is one service of a desk of the demo; team is the index of the team that
// takes it first, among the desk's own.
type offer struct {
	code, name, about string
	nameFR, aboutFR   string
	kind              ticket.Kind
	team              int
}

func offers() []offer {
	return []offer{
		{"ACCESS", "Accounts and access", "Passwords, shared drives, a change of name", "Comptes et accès", "Mots de passe, lecteurs partagés, changement de nom", ticket.Incident, 1},
		{"NETWORK", "Wireless and network", "The wireless drops, a cable, access from home", "Réseau et sans-fil", "Le sans-fil coupe, un câble, l’accès de la maison", ticket.Incident, 2},
		{"DEVICES", "Computers and phones", "A new laptop, something broken, printing", "Ordinateurs et téléphones", "Un nouveau portable, une panne, l’impression", ticket.Request, 0},
		{"TEACHING", "Teaching rooms", "Projectors, screens and sound", "Salles de cours", "Projecteurs, écrans et son", ticket.Incident, 1},
		{"SOFTWARE", "Software", "Licences and installation", "Logiciels", "Licences et installation", ticket.Request, 1},
		{"MAIL", "Mail and calendars", "Mails that do not arrive, shared mailboxes, odd mails", "Courriel et agendas", "Courriels qui n’arrivent pas, boîtes partagées, courriels suspects", ticket.Incident, 1},
	}
}

// rest closes a desk between Christmas and New Year, and for an afternoon before.
func (b *Builder) rest(ctx context.Context, tx *store.Tx, in Institution) error {
	now := b.Clock.Now()
	year := now.In(b.zone(in)).Year()
	if now.After(time.Date(year, time.December, 18, 0, 0, 0, 0, b.zone(in))) {
		year++ // what has begun cannot be closed any more
	}
	for _, c := range []clock.Closure{
		{From: clock.Date{Year: year, Month: time.December, Day: 18}, To: clock.Date{Year: year, Month: time.December, Day: 18}, Hours: clock.Span{From: 13 * 60, To: 17 * 60}, Name: "Staff meeting"},
		{From: clock.Date{Year: year, Month: time.December, Day: 24}, To: clock.Date{Year: year + 1, Month: time.January, Day: 1}, Name: "Christmas closure"},
	} {
		if err := b.Tickets.AddClosure(ctx, tx, ticket.Closure{Controller: b.controllers[in.Code].ID, Closure: c}); err != nil {
			return err
		}
	}
	return b.trouble(ctx, tx, in)
}

// trouble is what goes wrong with a service while the demo begins.
func (b *Builder) trouble(ctx context.Context, tx *store.Tx, in Institution) error {
	if in.Code != "LJMU" {
		return nil
	}
	offers, err := b.Tickets.Offerings(ctx, tx, b.controllers[in.Code].ID)
	for _, o := range offers {
		if o.Code == "NETWORK" && err == nil {
			o.Trouble = "The wireless drops in the Media Lab. Somebody is there, and we expect it to hold again today."
			err = b.Tickets.SetOffering(ctx, tx, o)
		}
	}
	return err
}

// services writes the catalogue of a desk; in both languages where both are spoken.
func (b *Builder) services(ctx context.Context, tx *store.Tx, in Institution) error {
	desk, teams := b.controllers[in.Code].ID, in.serving()
	for _, o := range offers() {
		team := teams[min(o.team, len(teams)-1)]
		made := ticket.Offering{Controller: desk, Code: o.code, Name: o.name, About: o.about, Team: b.teams[team.Code].ID, Kind: o.kind}
		if strings.HasSuffix(in.Lang, "-CA") {
			made.NameFR, made.AboutFR = o.nameFR, o.aboutFR
		}
		if err := b.Tickets.SetOffering(ctx, tx, made); err != nil {
			return err
		}
	}
	made, err := b.Tickets.Offerings(ctx, tx, desk)
	for _, o := range made {
		b.offered[in.Code+" "+o.Code] = o.ID
	}
	return err
}
