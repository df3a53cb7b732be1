package app

import (
	"context"
	"fmt"

	"heed/app/demo"
	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// Demo is what a demo has besides a service: a first page, and sign-in by a
// button. It exists only on data that heed demo made.
type Demo struct{}

// demoMark is the file that says that a data folder holds invented people only.
const demoMark = "DEMO"

// A demo of at least plainFrom tickets is for measuring: beside the living ones
// it holds plain ones.
const (
	plainFrom     = 100_000
	livingTickets = 2000
)

// BuildDemo fills a new data folder, up to now by the clock of the options, and
// returns when it is ready to be served.
// quick leaves out what only people need; see demo.Builder.
func BuildDemo(ctx context.Context, c Config, o Options, tickets int, quick bool, progress func(string)) error {
	until := o.Clock
	if until == nil {
		until = clock.System()
	}
	manual := clock.NewManual(demo.Begin(until.Now(), tickets))
	o.Clock, o.Unsafe, o.Make = manual, true, true
	h, err := Open(ctx, c, o)
	if err != nil {
		return err
	}
	b := &demo.Builder{DB: h.DB, Clock: manual, People: h.People, Tickets: h.Tickets, Reload: h.loadNotices, Quick: quick, Discard: h.Queue.Discard, Deliver: func(ctx context.Context, mailbox string, raw []byte) error {
		return h.Mail.Receive(ctx, mailbox+"@"+c.MailDomain, raw)
	}, Settle: func(ctx context.Context) error {
		for {
			if n, err := h.Queue.RunDue(ctx); err != nil || n == 0 {
				return err
			}
		}
	}}
	plain := 0
	if tickets >= plainFrom {
		plain, tickets = tickets, livingTickets
	}
	if err = b.Build(ctx, tickets, progress); err == nil && plain > 0 {
		h.DB.SetRecorder(nil)
		f := demo.Filler{DB: h.DB, People: h.People, Tickets: h.Tickets}
		err = f.Fill(ctx, tickets, plain, func(n int) { progress(fmt.Sprintf("%d plain tickets", n)) })
		h.DB.SetRecorder(h.Ledger)
	}
	if err == nil {
		if _, err = h.Ledger.Sequence(ctx); err == nil {
			_, err = h.Ledger.Checkpoint(ctx)
		}
	}
	if e := h.Close(); err == nil {
		err = e
	}
	return err
}

// Routes are the demo's own addresses.
func (d *Demo) Routes(s *Site) []web.Route {
	return []web.Route{
		{Pattern: "GET /demo", Action: "demo.start", Purpose: policy.Own, Public: true, Handle: func(r *web.Request) (web.Reply, error) { return d.start(s, r) }},
		{Pattern: "POST /demo/sign-in", Action: "session.open", Purpose: policy.Own, Public: true, Handle: func(r *web.Request) (web.Reply, error) { return d.signIn(s, r) }},
	}
}

func (d *Demo) start(s *Site, r *web.Request) (web.Reply, error) {
	page := ui.StartPage{Title: "Heed, to try out", Lead: "Four institutions, invented people, one desk that keeps what its notices promise. Every password is “" + demo.Password + "”."}
	err := s.House.DB.Read(r.Context(), policy.System("show the demo's first page"), policy.Own, func(tx *store.Tx) error {
		rd, err := s.House.People.Read(r.Context(), tx, r)
		if err != nil {
			return err
		}
		page.Frame = rd.Frame(r, page.Title)
		page.Frame.Brand = ui.Brand{Name: "Heed", Sub: "demo", Href: "/demo"}
		return nil
	})
	for _, in := range demo.Institutions() {
		place := ui.StartPlace{Name: in.Name, Sub: in.About, Notice: ui.Link{Text: "Its notice", Href: "/notices/" + in.Notice}}
		for _, p := range in.Cast {
			place.People = append(place.People, ui.StartPerson{
				Name: p.Name, Role: p.Title + ", " + p.Department, Sees: p.Sees, User: p.User,
				Form: &ui.Form{Action: "/demo/sign-in", Hidden: []ui.Hidden{{Name: "user", Value: p.User}}},
			})
		}
		page.Places = append(page.Places, place)
	}
	page.Tries = tries(s.House.Config)
	page.Links = []ui.Link{{Text: "Outbox", Href: "/demo/outbox", Icon: ui.IconMail}, {Text: "Notices", Href: "/notices", Icon: ui.IconScales}, {Text: "Sign in with a password", Href: "/sign-in", Icon: ui.IconKey}}
	return web.Page(page.Page()), err
}

// tries are things to try, each of which shows one promise at work.
func tries(c Config) []ui.StartTry {
	return []ui.StartTry{
		{
			Title: "A mail becomes a ticket", Text: "Deliver a mail, then open the queue of the IT Helpdesk as Owen Achterberg.",
			Command: fmt.Sprintf("printf 'From: aruiz@ljmu.example\\nTo: helpdesk@%s\\nSubject: Cannot print\\nMessage-ID: <try-1@ljmu.example>\\n\\nThe printer on floor 3 is on fire.\\n' | bin/heed mail deliver --to helpdesk@%s", c.MailDomain, c.MailDomain),
		},
		{Title: "The answer leaves as a mail", Text: "Reply as Owen; the mail stands in the outbox a second later.", Link: ui.Link{Text: "Outbox", Href: "/demo/outbox"}},
		{Title: "Sight ends with the assignment", Text: "As Owen, hand a ticket to the Business Support Team. Leila Haddad sees it. Hand it back: for her it no longer exists."},
		{Title: "Mails for some, calls for all", Text: "Open the same call of Chichester as Mei-Ling Tan and as Henrik Sørensen: he reads “e-mail hidden”."},
		{Title: "Who looked", Text: "As Ana Ruiz, open Who looked: every reading of her data, with its purpose and the sentence that allowed it."},
		{Title: "The ledger verifies", Text: "Rebuild the tree from its records.", Command: "bin/heed verify --data " + c.Data},
		{Title: "Forget a ticket", Text: "No byte of it remains; the certificate stands in the ledger.", Command: "bin/heed erase --data " + c.Data + " --ticket LJMU-1000 --reason 'tried it out'"},
	}
}

// signIn signs a person of the cast in by a button.
func (d *Demo) signIn(s *Site, r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	var person int64
	desk := false
	err := s.House.DB.Read(r.Context(), policy.System("sign in to the demo"), policy.Operate, func(tx *store.Tx) error {
		found, err := s.House.People.Lookup(r.Context(), tx, directory.UserName, r.Value("user"))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.Unknown("demo.person", "the demo has nobody of that user name")
		}
		person = found[0].ID
		who, err := s.House.People.Actor(r.Context(), tx, person, "session")
		desk = len(who.GroupIDs()) > 0
		return err
	})
	if err != nil {
		return web.Reply{}, err
	}
	secret, err := s.House.People.OpenSession(r.Context(), person, "demo", "A browser")
	to := "/"
	if desk {
		to = "/desk"
	}
	return web.Redirect(to).With(s.server.SessionCookie(secret)), err
}
