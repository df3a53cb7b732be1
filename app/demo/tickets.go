package demo

import (
	"context"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// matter writes one ticket and what became of it, moving the clock on by step.
func (b *Builder) matter(ctx context.Context, in Institution, step time.Duration) error {
	began := b.Clock.Now()
	m := matters()[b.rng.IntN(len(matters()))]
	fill := strings.NewReplacer("{thing}", pick(b, things()), "{place}", pick(b, places()), "{when}", pick(b, whens()))
	people := b.crowd[in.Code]
	reporter := people[b.rng.IntN(len(people))]
	affected := reporter
	if b.rng.IntN(8) == 0 { // on behalf of somebody else (CHI-07)
		affected = people[b.rng.IntN(len(people))]
	}
	t, err := b.open(ctx, in, m, fill, reporter, affected)
	if err != nil {
		return err
	}
	b.Clock.Advance(step / 8)
	if err := b.settle(ctx); err != nil {
		return err
	}
	if err := b.work(ctx, t, m, fill, reporter, step); err != nil {
		return err
	}
	b.Clock.Set(began.Add(step))
	return b.settle(ctx)
}

func (b *Builder) settle(ctx context.Context) error {
	if b.Settle == nil {
		return nil
	}
	return b.Settle(ctx)
}

func pick[T any](b *Builder, list []T) T { return list[b.rng.IntN(len(list))] }

func (b *Builder) open(ctx context.Context, in Institution, m matter, fill *strings.Replacer, reporter, affected directory.Person) (ticket.Ticket, error) {
	channel := pick(b, []ticket.Channel{ticket.Portal, ticket.Portal, ticket.Mail, ticket.Phone, ticket.Counter})
	kind := ticket.Incident
	if m.request {
		kind = ticket.Request
	}
	team := pick(b, in.Teams)
	who, purpose := b.as(ctx, reporter), policy.Own
	if channel == ticket.Phone || channel == ticket.Counter {
		who, purpose = builder(), policy.Resolve
	}
	author := reporter.ID
	if agents := b.agents[team.Code]; purpose == policy.Resolve && len(agents) > 0 {
		author = agents[0].ID // who took the call
	}
	var t ticket.Ticket
	err := b.DB.Write(ctx, who, purpose, func(tx *store.Tx) (err error) {
		t, err = b.Tickets.Open(ctx, tx, ticket.NewTicket{
			Kind: kind, Channel: channel, Reporter: reporter, Affected: affected, Team: b.teams[team.Code].ID,
			Subject: fill.Replace(m.subject), Text: ticket.Text{Body: fill.Replace(m.ask), Author: author},
		})
		return err
	})
	return t, err
}

// as is the actor of a person of the demo.
func (b *Builder) as(ctx context.Context, p directory.Person) policy.Actor {
	var who policy.Actor
	err := b.DB.Read(ctx, builder(), policy.Operate, func(tx *store.Tx) (err error) {
		who, err = b.People.Actor(ctx, tx, p.ID, "session")
		return err
	})
	if err != nil {
		return policy.Actor{}
	}
	return who
}

// agentOf is somebody of the team that holds a ticket, if the cast has one.
func (b *Builder) agentOf(t ticket.Ticket) (directory.Person, bool) {
	for code, team := range b.teams {
		if team.ID == t.Team && len(b.agents[code]) > 0 {
			return b.agents[code][0], true
		}
	}
	return directory.Person{}, false
}

// work lets an analyst answer, note and solve, as far as chance takes it.
func (b *Builder) work(ctx context.Context, t ticket.Ticket, m matter, fill *strings.Replacer, reporter directory.Person, step time.Duration) error {
	agent, ok := b.agentOf(t)
	progress := b.rng.IntN(10)
	if !ok || progress == 0 {
		return nil // still new
	}
	act := func(p directory.Person, purpose policy.Purpose, fn func(*store.Tx) error) error {
		b.Clock.Advance(step / 8)
		if err := b.DB.Write(ctx, b.as(ctx, p), purpose, fn); err != nil {
			return err
		}
		return b.settle(ctx)
	}
	if m.note != "" {
		if err := act(agent, policy.Resolve, func(tx *store.Tx) error {
			_, err := b.Tickets.Note(ctx, tx, t.Ref, ticket.Text{Body: fill.Replace(m.note)})
			return err
		}); err != nil {
			return err
		}
	}
	then := ticket.Replied
	if progress < 6 {
		then = ticket.Asked
	}
	if err := act(agent, policy.Resolve, func(tx *store.Tx) error {
		_, err := b.Tickets.Reply(ctx, tx, t.Ref, ticket.Text{Body: fill.Replace(m.answer)}, then)
		return err
	}); err != nil || progress < 4 {
		return err
	}
	if err := act(reporter, policy.Own, func(tx *store.Tx) error {
		_, err := b.Tickets.Write(ctx, tx, t.Ref, ticket.Portal, ticket.Text{Body: fill.Replace(m.again)})
		return err
	}); err != nil || progress < 6 {
		return err
	}
	return act(agent, policy.Resolve, func(tx *store.Tx) error {
		_, err := b.Tickets.Resolve(ctx, tx, t.Ref, ticket.Text{Body: fill.Replace(m.solution)})
		return err
	})
}
