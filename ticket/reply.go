package ticket

import (
	"context"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/store"
)

// Reply sends an agent's answer to the people concerned. It leaves as a mail
// where they can be reached by one. A closed ticket refuses it until somebody
// opens it again, and so does a notice that does not let the agent read replies.
func (s *Service) Reply(ctx context.Context, tx *store.Tx, name string, in Text, then Event) (Entry, error) {
	if blank(in) {
		return Entry{}, fault.Invalid("entry.empty", "write something, or add a file").On("body")
	}
	t, sub, g, err := s.granted(ctx, tx, s.do.reply, name)
	if err != nil {
		return Entry{}, err
	}
	if err := s.readsReply(tx, sub); err != nil {
		return Entry{}, err
	}
	if in.To, err = addressees(t, in.To); err != nil {
		return Entry{}, err
	}
	if in.SentTo, err = s.sentTo(ctx, tx, in.To); err != nil {
		return Entry{}, err
	}
	e, err := s.append(ctx, tx, g.Proof, t, Entry{Kind: Answer, Class: replyClass, Channel: Desk, Author: tx.Actor().PersonID()}, in)
	if err != nil {
		return Entry{}, err
	}
	if then != Asked && then != Solved {
		then = Replied
	}
	n, err := s.step(ctx, tx, g.Proof, t, then, in.Version, func(n *Ticket) {
		if n.Answered.IsZero() {
			n.Answered = now(tx)
		}
		if n.Assignee == 0 && tx.Actor().InGroup(n.Team) {
			n.Assignee = tx.Actor().PersonID() // who answers first works on it
		}
	})
	if err != nil {
		return Entry{}, err
	}
	sent := Answered{Ticket: t.ID, Entry: e.ID, To: in.To, By: tx.Actor().PersonID()}
	if in.Hold > 0 {
		return e, s.hold(ctx, tx, t, n, sent, in.Hold)
	}
	return e, s.Bus.Emit(ctx, tx, sent)
}

// replyClass is the class of every reply: it leaves as a mail where it can.
const replyClass = Email

// readsReply refuses whoever could not read what they send: nobody answers for a
// desk and then sees "e-mail hidden" in place of their own words (CHI-27).
func (s *Service) readsReply(tx *store.Tx, ticket Subject) error {
	ticket.Class = replyClass
	if _, err := s.do.entry.Check(tx, ticket); err != nil {
		return fault.Denied("reply.unread", "a reply is an e-mail, and no sentence of this notice lets you read e-mails, so you could not read your own; write a note, and a colleague who may read them can reply")
	}
	return nil
}

// mailReaches reports whether somebody is written to by mail: package mail
// leaves out those without an address and those whose account is closed.
func (s *Service) mailReaches(ctx context.Context, tx *store.Tx, person int64) (bool, error) {
	p, err := s.People.Person(ctx, tx, person)
	return p.State == directory.Active && p.First(directory.Email) != "", err
}

// addressees are those of the people concerned who get a reply: those chosen,
// or all. Nobody else can be written to from a ticket (LJMUH-15, TMU-14).
func addressees(t Ticket, chosen []int64) ([]int64, error) {
	all := []int64{t.Affected}
	if t.Reporter != t.Affected && t.Reporter != 0 {
		all = append(all, t.Reporter)
	}
	if chosen == nil {
		return all, nil
	}
	var out []int64
	for _, p := range all {
		if slices.Contains(chosen, p) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil, fault.Invalid("reply.nobody", "choose at least one person who gets this, or write a note instead").On("to")
	}
	return out, nil
}

// sentTo names whom a reply went to, as its entry keeps it.
func (s *Service) sentTo(ctx context.Context, tx *store.Tx, to []int64) (string, error) {
	names, err := s.People.Names(ctx, tx, to...)
	var list []string
	for _, p := range to {
		if names[p] != "" {
			list = append(list, names[p])
		}
	}
	return strings.Join(list, ", "), err
}
