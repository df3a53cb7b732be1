package demo

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// The shape of a large house, as the design measures it.
const (
	ticketsEach = 10 // of each person
	notesEach   = 2  // beside the first entry of each ticket
	writers     = 8
)

// Filler adds plain tickets to a demo, for measuring: one institution, one team,
// three entries each, nobody told. The ledger is left out: that of a million
// invented tickets proves nothing.
type Filler struct {
	DB      *store.DB
	People  *directory.Directory
	Tickets *ticket.Service
	number  atomic.Int64
}

// Fill adds tickets until there are want of them, have being there already.
// progress is told how many there are.
func (f *Filler) Fill(ctx context.Context, have, want int, progress func(int)) error {
	team, people, err := f.crowd(ctx, have, (want-have)/ticketsEach+1)
	if err != nil {
		return err
	}
	done := atomic.Int64{}
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := have + w; i < want && errs[w] == nil; i += writers {
				errs[w] = f.plain(ctx, i, team, people[i%len(people)])
				if n := done.Add(1); n%10_000 == 0 {
					progress(have + int(n))
				}
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return f.Tickets.FoldTally(ctx)
}

// plain is one ticket, with words that every other one has and one of its own.
func (f *Filler) plain(ctx context.Context, i int, team int64, p directory.Person) error {
	return f.DB.Write(ctx, builder(), policy.Resolve, func(tx *store.Tx) error {
		t, err := f.Tickets.Open(ctx, tx, ticket.NewTicket{
			Channel: ticket.Phone, Reporter: p, Team: team, Silent: true,
			Subject: fmt.Sprintf("Printer %d prints blank pages", i), Text: ticket.Text{Body: fmt.Sprintf("The printer hums and gives blank pages, case%d.", i), Author: p.ID},
		})
		for range notesEach {
			if err == nil {
				_, err = f.Tickets.Note(ctx, tx, t.Ref, ticket.Text{Body: "The drum is on order; somebody brings it today.", Author: p.ID})
			}
		}
		return err
	})
}

// crowd adds people to whom tickets can belong, and finds the team.
func (f *Filler) crowd(ctx context.Context, have, n int) (team int64, out []directory.Person, err error) {
	in := liverpool()
	var owner directory.Organisation
	err = f.DB.Read(ctx, builder(), policy.Operate, func(tx *store.Tx) error {
		if owner, err = f.People.Organisation(ctx, tx, in.Employers[0].Code); err != nil {
			return err
		}
		teams, err := f.People.Teams(ctx, tx)
		for _, t := range teams {
			if t.Desk && t.Controller == owner.Controller {
				team = t.ID
			}
		}
		return err
	})
	f.number.Store(int64(have))
	for err == nil && len(out) < n {
		err = f.DB.Write(ctx, builder(), policy.Operate, func(tx *store.Tx) error {
			for range min(100, n-len(out)) {
				k := f.number.Add(1)
				p, err := f.People.AddPerson(ctx, tx, directory.NewPerson{
					Controller: owner.Controller, Organisation: owner.ID, Name: fmt.Sprintf("Person Number%d", k), Source: "directory",
					Values: []directory.Value{{Kind: directory.UserName, Text: fmt.Sprintf("plain%d", k), Source: "directory"}, {Kind: directory.Email, Text: fmt.Sprintf("plain%d@%s", k, in.Domain), Source: "directory"}},
				})
				if err != nil {
					return err
				}
				out = append(out, p)
			}
			return nil
		})
	}
	return team, out, err
}
