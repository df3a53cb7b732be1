package main

import (
	"context"
	"fmt"
	"sync"

	"heed/app"
	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// fill opens tickets with three entries each until there are want of them.
func fill(ctx context.Context, c app.Config, have, want int) error {
	h, err := app.Open(ctx, c, app.Options{Unsafe: true})
	if err != nil {
		return err
	}
	defer func() { _ = h.Close() }()
	b, err := newBench(h)
	if err != nil {
		return err
	}
	var team int64
	if err := h.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		teams, err := h.People.Teams(ctx, tx)
		for _, t := range teams {
			if t.Code == "IT-DESK" {
				team = t.ID
			}
		}
		return err
	}); err != nil {
		return err
	}
	h.DB.SetRecorder(nil) // the ledger of a million invented tickets proves nothing
	people, err := b.crowd(ctx, (want-have)/ticketsEach+1)
	if err != nil {
		return err
	}
	const writers = 8
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := have + w; i < want && errs[w] == nil; i += writers {
				errs[w] = h.DB.Write(ctx, system(), policy.Resolve, func(tx *store.Tx) error {
					t, err := h.Tickets.Open(ctx, tx, ticket.NewTicket{
						Channel: ticket.Phone, Reporter: people[i%len(people)], Team: team, Silent: true,
						Subject: fmt.Sprintf("Printer %d prints blank pages", i), Text: ticket.Text{Body: fmt.Sprintf("The printer hums and gives blank pages, case%d.", i), Author: people[i%len(people)].ID},
					})
					if err != nil {
						return err
					}
					for range 2 {
						if _, err := h.Tickets.Note(ctx, tx, t.Ref, ticket.Text{Body: "The drum is on order; somebody brings it today.", Author: people[0].ID}); err != nil {
							return err
						}
					}
					return nil
				})
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return h.Tickets.FoldTally(ctx)
}

// ticketsEach is how many tickets a person of the bench has.
const ticketsEach = 10

// crowd adds people to whom tickets can belong.
func (b *bench) crowd(ctx context.Context, n int) ([]directory.Person, error) {
	owner, err := b.person(ctx, "aruiz")
	if err != nil {
		return nil, err
	}
	out := make([]directory.Person, 0, n)
	for len(out) < n {
		err := b.h.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
			for range min(100, n-len(out)) {
				k := b.counter.Add(1)
				p, err := b.h.People.AddPerson(ctx, tx, directory.NewPerson{
					Controller: owner.Controller, Organisation: owner.Organisation, Name: fmt.Sprintf("Person Number%d", k), Source: "bench",
					Values: []directory.Value{{Kind: directory.UserName, Text: fmt.Sprintf("bench%d", k), Source: "bench"}, {Kind: directory.Email, Text: fmt.Sprintf("bench%d@ljmu.example", k), Source: "bench"}},
				})
				if err != nil {
					return err
				}
				out = append(out, p)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
