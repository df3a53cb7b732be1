package mail

import (
	"context"
	"fmt"
	"time"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// The kinds of outgoing mails.
const (
	KindAck    = "acknowledgement"
	KindReply  = "reply"
	KindState  = "state"
	KindGiven  = "assignment"
	KindNews   = "news"
	KindSignIn = "sign-in link"
)

// tell writes the mails of one event in one transaction. A ticket that was
// disposed of meanwhile has nobody to tell.
func (s *Service) tell(ctx context.Context, of int64, fn func(tx *store.Tx, t ticket.Ticket) error) error {
	return s.DB.Write(ctx, teller(), policy.ProgressMail, func(tx *store.Tx) error {
		if err := job.Done(ctx, tx); err != nil {
			return err
		}
		t, err := s.Tickets.Facts(ctx, tx, of)
		if fault.Is(err, fault.KindUnknown) || fault.Is(err, fault.KindGone) {
			return nil
		}
		if err != nil {
			return err
		}
		return fn(tx, t)
	})
}

// concerned are the people a ticket is about, each once.
func concerned(t ticket.Ticket) []int64 {
	if t.Reporter == t.Affected || t.Affected == 0 {
		return []int64{t.Reporter}
	}
	return []int64{t.Affected, t.Reporter}
}

// acksADay is how many mails of one person are acknowledged in a day. It ends a
// loop with a robot that does not say it is one, and what a forged sender can
// make us send to somebody (RFC 3834 §2).
const acksADay = 20

// fewAcks reports whether a person got less than that in the last day.
func (s *Service) fewAcks(ctx context.Context, tx *store.Tx, person int64) (bool, error) {
	row, err := store.One[store.Value[int64]](ctx, tx, acksSince, person, KindAck, tx.Now().Add(-24*time.Hour).UnixMilli(), acksADay)
	return row.V < acksADay, err
}

// onOpened acknowledges a new ticket to those concerned, once, unless a robot
// wrote (CHI-07: also to the person somebody else asked for), or too many came by
// mail today.
func (s *Service) onOpened(ctx context.Context, e ticket.Opened) error {
	return s.tell(ctx, e.Ticket, func(tx *store.Tx, t ticket.Ticket) error {
		for _, p := range concerned(t) {
			few, err := true, error(nil)
			if e.Channel == ticket.Mail {
				few, err = s.fewAcks(ctx, tx, p)
			}
			if err == nil && few {
				err = s.acknowledge(ctx, tx, t, p)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// acknowledge tells somebody concerned, once, that there is a ticket.
func (s *Service) acknowledge(ctx context.Context, tx *store.Tx, t ticket.Ticket, person int64) error {
	l := letter{kind: KindAck, ticket: t, person: person, key: "mail.ack", automatic: true, once: fmt.Sprintf("ack/%d/%d", t.ID, person)}
	if person != t.Reporter {
		l.key = "mail.ack.for"
	}
	return s.write(ctx, tx, l)
}

// onCorrected tells whoever did not know yet that a ticket is theirs.
func (s *Service) onCorrected(ctx context.Context, e ticket.Corrected) error {
	return s.tell(ctx, e.Ticket, func(tx *store.Tx, t ticket.Ticket) error {
		for _, p := range concerned(t) {
			if p == e.By {
				continue
			}
			if err := s.acknowledge(ctx, tx, t, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// onAnswered sends an agent's reply to those concerned.
func (s *Service) onAnswered(ctx context.Context, e ticket.Answered) error {
	return s.tell(ctx, e.Ticket, func(tx *store.Tx, t ticket.Ticket) error {
		entry, err := s.Tickets.EntryOf(ctx, tx, e.Entry)
		if err != nil {
			return err
		}
		for _, p := range e.To {
			if !t.Concerns(p) { // it was put right meanwhile whose ticket it is
				continue
			}
			err := s.write(ctx, tx, letter{kind: KindReply, ticket: t, entry: entry.ID, person: p, key: "mail.reply", text: entry.Body, author: entry.Author, once: fmt.Sprintf("reply/%d/%d", entry.ID, p)})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// onMoved tells those concerned of a state they should know: solved and closed.
// Their own doing is no news to them.
func (s *Service) onMoved(ctx context.Context, e ticket.Moved) error {
	return s.tell(ctx, e.Ticket, func(tx *store.Tx, t ticket.Ticket) error {
		for _, p := range concerned(t) {
			if p == e.By {
				continue
			}
			if err := s.write(ctx, tx, letter{kind: KindState, ticket: t, person: p, key: "mail.closed", automatic: true, once: fmt.Sprintf("closed/%d/%d/%d", t.ID, p, t.Version)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// onGiven tells an analyst that a ticket is theirs now, without a word of it:
// it may be somebody else's before they read this (LJMUH-09).
func (s *Service) onGiven(ctx context.Context, e ticket.Given) error {
	return s.tell(ctx, e.Ticket, func(tx *store.Tx, t ticket.Ticket) error {
		if t.Assignee != e.Assignee {
			return nil // moved on already
		}
		return s.write(ctx, tx, letter{kind: KindGiven, ticket: t, person: e.Assignee, key: "mail.given", automatic: true, staff: true, once: fmt.Sprintf("given/%d/%d/%d", t.ID, e.Assignee, t.Version)})
	})
}

// onWritten tells the analyst who works on a ticket that there is news.
func (s *Service) onWritten(ctx context.Context, e ticket.Written) error {
	return s.tell(ctx, e.Ticket, func(tx *store.Tx, t ticket.Ticket) error {
		if t.Assignee == 0 {
			return nil
		}
		return s.write(ctx, tx, letter{kind: KindNews, ticket: t, person: t.Assignee, key: "mail.news", automatic: true, staff: true, once: fmt.Sprintf("news/%d/%d", e.Entry, t.Assignee)})
	})
}

// SendLink implements directory.LinkMailer.
func (s *Service) SendLink(ctx context.Context, person int64, path string) error {
	return s.DB.Write(ctx, teller(), policy.ProgressMail, func(tx *store.Tx) error {
		if err := job.Done(ctx, tx); err != nil {
			return err
		}
		return s.write(ctx, tx, letter{kind: KindSignIn, person: person, key: "mail.link", automatic: true, link: s.BaseURL + path, once: "link/" + path})
	})
}

var _ directory.LinkMailer = (*Service)(nil)
