package main

import (
	"context"
	"fmt"
	"time"

	"heed/directory"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// ticketsOfOne is how many tickets somebody has who is forgotten.
const ticketsOfOne = 100

// erasures forgets three people with a hundred tickets each.
func (b *bench) erasures(e store.Dialect, n int) error {
	var took []time.Duration
	for range 3 {
		user, err := b.busy(context.Background())
		if err != nil {
			return err
		}
		began := time.Now()
		cert, err := b.h.Forget.Person(context.Background(), user, "measured")
		if err != nil {
			return err
		}
		took = append(took, time.Since(began))
		if cert.Tickets != ticketsOfOne {
			return fmt.Errorf("%d tickets of %d were forgotten", cert.Tickets, ticketsOfOne)
		}
	}
	row(e, n, fmt.Sprintf("erase a person with %d tickets", ticketsOfOne), fmt.Sprintf("median %.0f ms of three, longest %.0f ms", ms(at(took, .5)), ms(at(took, 1))), "")
	return nil
}

// busy is the user name of somebody new with many tickets, on each of them a
// message and an answer.
func (b *bench) busy(ctx context.Context) (user string, err error) {
	model, err := b.person(ctx, "aruiz")
	if err != nil {
		return "", err
	}
	agent, err := b.person(ctx, "oachterberg")
	if err != nil {
		return "", err
	}
	user = "bench-" + id.Text(b.counter.Add(1))
	var p directory.Person
	err = b.h.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) (err error) {
		p, err = b.h.People.AddPerson(ctx, tx, directory.NewPerson{
			Controller: model.Controller, Organisation: model.Organisation, Name: "Somebody Busy", Source: "bench",
			Values: []directory.Value{{Kind: directory.UserName, Text: user}, {Kind: directory.Email, Text: user + "@ljmu.example"}},
		})
		return err
	})
	if err != nil {
		return "", err
	}
	return user, b.h.DB.Write(ctx, system(), policy.Resolve, func(tx *store.Tx) error {
		for range ticketsOfOne {
			t, err := b.h.Tickets.Open(ctx, tx, ticket.NewTicket{
				Channel: ticket.Portal, Reporter: p, Subject: "The projector hums", Silent: true,
				Text: ticket.Text{Body: "A semitone too low, in each lecture since Monday.", Author: p.ID},
			})
			if err != nil {
				return err
			}
			if _, err = b.h.Tickets.Note(ctx, tx, t.Ref, ticket.Text{Body: "The fan is on order.", Author: agent.ID}); err != nil {
				return err
			}
		}
		return nil
	})
}
