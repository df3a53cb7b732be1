package demo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// The shape of a large house, as the design measures it.
const (
	ticketsEach  = 2.5 // of each person
	notesEach    = 2   // beside the first entry of each ticket
	teamsInAll   = 100
	agentsEach   = 3 // of each team
	writers      = 8
	peopleAWrite = 100
)

// Filler adds plain tickets to a demo, for measuring: one institution of many teams,
// three entries each, nobody told. The ledger is left out: that of a million
// invented tickets proves nothing.
type Filler struct {
	DB      *store.DB
	People  *directory.Directory
	Tickets *ticket.Service
	owner   directory.Organisation
	front   directory.Team
}

// Fill adds tickets until there are want of them, have being there already.
// progress is told how many there are.
func (f *Filler) Fill(ctx context.Context, have, want int, progress func(int)) error {
	teams, err := f.teams(ctx)
	if err != nil {
		return err
	}
	first := int(float64(have) / ticketsEach)
	people, err := f.crowd(ctx, first, max(1, int(float64(want)/ticketsEach)-first))
	if err != nil {
		return err
	}
	done := atomic.Int64{}
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := have + w; i < want && errs[w] == nil; i += writers {
				errs[w] = f.plain(ctx, i, teams[i%len(teams)].ID, people[i%len(people)])
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
			Subject: fmt.Sprintf("Printer %d prints blank pages", i), Text: ticket.Text{Body: fmt.Sprintf("The printer hums and gives blank pages, %s.", PlainWord(i)), Author: p.ID},
		})
		for range notesEach {
			if err == nil {
				_, err = f.Tickets.Note(ctx, tx, t.Ref, ticket.Text{Body: "The drum is on order; somebody brings it today.", Author: p.ID})
			}
		}
		return err
	})
}

// teams finds the first team of the institution, adds the others, with who works in
// them, unless they are there, and returns all.
func (f *Filler) teams(ctx context.Context) (out []directory.Team, err error) {
	owner := liverpool().Employers[0].Code
	err = f.DB.Read(ctx, builder(), policy.Operate, func(tx *store.Tx) error {
		if f.owner, err = f.People.Organisation(ctx, tx, owner); err != nil {
			return err
		}
		all, err := f.People.Teams(ctx, tx)
		for _, t := range all {
			switch {
			case t.Controller == f.owner.Controller && t.Desk:
				f.front = t
			case t.Controller == f.owner.Controller && strings.HasPrefix(t.Code, plainTeam):
				out = append(out, t)
			}
		}
		return err
	})
	for n := len(out) + 1; err == nil && n < teamsInAll; n++ {
		err = f.DB.Write(ctx, builder(), policy.Operate, func(tx *store.Tx) error {
			t, err := f.team(ctx, tx, n)
			out = append(out, t)
			return err
		})
	}
	return append([]directory.Team{f.front}, out...), err
}

// plainTeam begins the codes of teams that are there for measuring.
const plainTeam = "PLAIN-"

// PlainAnalyst is the user name of somebody who sees the tickets of one such team.
const PlainAnalyst = "analyst50-1"

// PlainWord is a word that only plain ticket i has; i counts from 0.
func PlainWord(i int) string { return fmt.Sprintf("case%d", i) }

func (f *Filler) team(ctx context.Context, tx *store.Tx, n int) (directory.Team, error) {
	t, err := f.People.AddTeam(ctx, tx, directory.Team{Controller: f.owner.Controller, Code: fmt.Sprint(plainTeam, n), Name: fmt.Sprintf("Team %d", n)})
	for i := 1; err == nil && i <= agentsEach; i++ {
		var p directory.Person
		if p, err = f.person(ctx, tx, fmt.Sprintf("Analyst %d of Team%d", i, n), fmt.Sprintf("analyst%d-%d", n, i)); err != nil {
			break
		}
		if err = f.People.Join(ctx, tx, p.ID, t); err == nil {
			err = f.People.GiveRole(ctx, tx, p.ID, f.owner.Controller, policy.RoleAnalyst)
		}
	}
	return t, err
}

// crowd adds n people to whom tickets can belong, the first of them the one after have.
func (f *Filler) crowd(ctx context.Context, have, n int) (out []directory.Person, err error) {
	for err == nil && len(out) < n {
		err = f.DB.Write(ctx, builder(), policy.Operate, func(tx *store.Tx) error {
			for range min(peopleAWrite, n-len(out)) {
				k := have + len(out) + 1
				p, err := f.person(ctx, tx, fmt.Sprintf("Person Number%d", k), fmt.Sprintf("plain%d", k))
				if err != nil {
					return err
				}
				out = append(out, p)
			}
			return nil
		})
	}
	return out, err
}

func (f *Filler) person(ctx context.Context, tx *store.Tx, name, user string) (directory.Person, error) {
	return f.People.AddPerson(ctx, tx, directory.NewPerson{
		Controller: f.owner.Controller, Organisation: f.owner.ID, Name: name, Source: "directory",
		Values: []directory.Value{listed(directory.UserName, user), listed(directory.Email, user+"@"+liverpool().Domain)},
	})
}
