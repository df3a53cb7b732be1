package demo

import (
	"context"
	"strings"
	"time"

	"heed/kernel/clock"
	"heed/kernel/store"
	"heed/kernel/web/ui"
	"heed/ticket"
)

// offer is one service of a desk of the demo; team is the index of the team that
// takes it first, among the desk's own.
type offer struct {
	code, name, about string
	nameFR, aboutFR   string
	kind              ticket.Kind
	team              int
	icon              ui.Icon
	also              string
}

func offers() []offer {
	return []offer{
		{"ACCESS", "Accounts and access", "Passwords, shared drives, a change of name", "Comptes et accès", "Mots de passe, lecteurs partagés, changement de nom", ticket.Incident, 1, ui.IconKey, "login, log in, sign in, password, locked, MFA, authenticator, mot de passe, connexion"},
		{"NETWORK", "Wireless and network", "The wireless drops, a cable, access from home", "Réseau et sans-fil", "Le sans-fil coupe, un câble, l’accès de la maison", ticket.Incident, 2, ui.IconWifi, "wifi, wi-fi, eduroam, internet, VPN, ethernet, hotspot, sans fil"},
		{"DEVICES", "Computers and phones", "A new laptop, something broken, printing", "Ordinateurs et téléphones", "Un nouveau portable, une panne, l’impression", ticket.Request, 0, ui.IconLaptop, "PC, Mac, MacBook, tablet, printer, keyboard, monitor, imprimante, écran"},
		{"TEACHING", "Teaching rooms", "Projectors, screens and sound", "Salles de cours", "Projecteurs, écrans et son", ticket.Incident, 1, ui.IconScreen, "beamer, HDMI, microphone, lecture capture, auditorium"},
		{"SOFTWARE", "Software", "Licences and installation", "Logiciels", "Licences et installation", ticket.Request, 1, ui.IconApp, "app, program, Word, Excel, MATLAB, SPSS, update, logiciel"},
		{"MAIL", "Mail and calendars", "Mails that do not arrive, shared mailboxes, odd mails", "Courriel et agendas", "Courriels qui n’arrivent pas, boîtes partagées, courriels suspects", ticket.Incident, 1, ui.IconMail, "email, e-mail, Outlook, inbox, spam, phishing, calendar, boîte"},
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
	return nil
}

// mended is about how long it takes until what is wrong holds again.
const mended = 4 * time.Hour

// trouble is what goes wrong with a service while the demo begins.
func (b *Builder) trouble(ctx context.Context, tx *store.Tx) error {
	offers, err := b.Tickets.Offerings(ctx, tx, b.controllers["LJMU"].ID)
	for _, o := range offers {
		if o.Code == "NETWORK" && err == nil {
			err = b.Tickets.SetStatus(ctx, tx, o, "The wireless drops in the Media Lab. Somebody is there.", "", b.Clock.Now().Add(mended).Truncate(mended), 0)
		}
	}
	return err
}

// services writes the catalogue of a desk; in both languages where both are spoken.
func (b *Builder) services(ctx context.Context, tx *store.Tx, in Institution) error {
	desk, teams := b.controllers[in.Code].ID, in.serving()
	for _, o := range offers() {
		team := teams[min(o.team, len(teams)-1)]
		made := ticket.Offering{Controller: desk, Code: o.code, Name: o.name, About: o.about, Team: b.teams[team.Code].ID, Kind: o.kind, Icon: string(o.icon), Also: o.also}
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
