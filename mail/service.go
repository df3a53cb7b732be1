package mail

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/event"
	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/mail/thread"
	"heed/ticket"
)

// Sender hands a mail to the next server. An error of kind Invalid is final;
// any other is tried again.
type Sender interface {
	Send(ctx context.Context, from, to string, raw []byte) error
}

// Service is the slice. Fill the fields and call Prepare once.
type Service struct {
	DB      *store.DB
	Vault   *seal.Vault
	Mint    *id.Mint
	Queue   *job.Queue
	Bus     *event.Bus
	Log     *slog.Logger
	Tickets *ticket.Service
	People  *directory.Directory
	Files   ticket.Files
	Bundle  *i18n.Bundle
	Sender  Sender // nil keeps mails in the outbox (the demo)
	Domain  string // of our mailboxes: "desk.example.org"
	BaseURL string // of links in mails: "https://desk.example.org"
	// TrustedServer is the authserv-id of the mail server in front, whose word about
	// senders is taken (package mail/proof); empty for none: From is believed.
	TrustedServer string

	key []byte // signs reply addresses and Message-IDs
	do  actions
}

// Prepare builds what depends on the fields and registers jobs and listeners.
func (s *Service) Prepare() error {
	s.key = s.Vault.Derive("mail")
	s.do = newActions()
	if err := s.Queue.Register(job.Handle("mail.read", 0, s.read), job.Handle("mail.send", 0, s.send)); err != nil {
		return err
	}
	for _, err := range []error{
		event.On(s.Bus, "mail", func(e ticket.Opened) bool { return !e.Silent }, s.onOpened),
		event.On(s.Bus, "mail", nil, s.onAnswered),
		event.On(s.Bus, "mail", nil, s.onCorrected),
		event.On(s.Bus, "mail", func(e ticket.Given) bool { return e.Assignee != 0 && e.Assignee != e.By }, s.onGiven),
		// a solution is told by the reply that carries it
		event.On(s.Bus, "mail", func(e ticket.Moved) bool { return e.To == ticket.Closed }, s.onMoved),
		event.On(s.Bus, "mail", nil, s.onWritten),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// intake is the actor that receives mails, before anybody knows who wrote.
func intake() policy.Actor { return policy.System("receive mail") }

// teller is the actor that tells people what happened.
func teller() policy.Actor { return policy.System("tell people by mail") }

// subject is a mail as rules see it: the house's own until it is a ticket's.
type subject struct{ id, ticket, person int64 }

type actions struct {
	receive policy.Action[subject]
	send    policy.Action[subject]
	look    policy.Action[subject]
}

// newActions declares the verbs. No notice lets a person into the mail queues:
// an operator sees outcomes, never content.
func newActions() actions {
	mails := policy.NewResource(policy.Shape[subject]{
		Name: "mail", Controller: func(subject) int64 { return 0 }, ControllerColumn: "0",
		Identify: func(s subject) policy.Object { return policy.Object{Kind: "mail", ID: s.id, Person: s.person} },
	})
	return actions{
		receive: policy.NewAction("mail.receive", mails, policy.Operate),
		send:    policy.NewAction("mail.send", mails, policy.ProgressMail),
		look:    policy.NewAction("mail.look", mails, policy.Operate),
	}
}

// mailbox is the address of a controller's desk.
func (s *Service) mailbox(c directory.Controller) string {
	return strings.ToLower(c.MailLocal) + "@" + s.Domain
}

// deskOf returns the controller whose desk an address of ours belongs to; a
// subaddress does not matter. An address that is not ours is Unknown.
func (s *Service) deskOf(ctx context.Context, tx *store.Tx, address string) (directory.Controller, error) {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return directory.Controller{}, errNoMailbox
	}
	local, _, _ := strings.Cut(strings.ToLower(address[:at]), "+")
	cs, err := s.People.Controllers(ctx, tx)
	if err != nil {
		return directory.Controller{}, err
	}
	i := slices.IndexFunc(cs, func(c directory.Controller) bool {
		return c.MailLocal != "" && strings.EqualFold(c.MailLocal, local) && strings.EqualFold(address[at+1:], s.Domain)
	})
	if i < 0 {
		return directory.Controller{}, errNoMailbox
	}
	return cs[i], nil
}

var errNoMailbox = fault.Unknown("mail.mailbox", "there is no such mailbox here")

// desk is what threading knows of this service.
func (s *Service) desk(cs []directory.Controller) thread.Desk {
	d := thread.Desk{Keys: [][]byte{s.key}}
	for _, c := range cs {
		if c.MailLocal != "" {
			d.Addresses = append(d.Addresses, s.mailbox(c))
		}
	}
	return d
}

// EraseTicket implements privacy.Holder.
func (s *Service) EraseTicket(ctx context.Context, tx *store.Tx, p policy.Proof, ticket int64) (keys []int64, rows int64, err error) {
	for _, q := range []string{inKeys, outKeys} {
		found, err := store.All[store.Value[int64]](ctx, tx, q, ticket)
		if err != nil {
			return nil, 0, err
		}
		for _, f := range found {
			keys = append(keys, f.V)
		}
	}
	for _, q := range []string{deleteLogs, deleteOut, deleteIn} {
		n, err := store.Exec(ctx, tx, p, q, ticket)
		if err != nil {
			return nil, 0, fmt.Errorf("mails of ticket %d: %w", ticket, err)
		}
		rows += n
	}
	return keys, rows, nil
}
