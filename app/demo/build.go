package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// Builder fills an empty installation.
type Builder struct {
	DB      *store.DB
	Clock   *clock.Manual
	People  *directory.Directory
	Tickets *ticket.Service
	// Reload puts the notices in force once the controllers exist.
	Reload func(context.Context) error
	// Settle runs waiting jobs, so that mails are made at their time.
	Settle func(context.Context) error
	// Discard throws waiting jobs away: of what is long past, no mails are made.
	Discard func(context.Context) error
	// Deliver takes in a raw mail for a mailbox of the demo's domain; nil leaves
	// mails out.
	Deliver func(ctx context.Context, mailbox string, raw []byte) error
	// Quick leaves out the passwords, which take most of the time; people can
	// still be signed in by the demo's button.
	Quick bool

	rng         *rand.Rand
	controllers map[string]directory.Controller
	teams       map[string]directory.Team
	crowd       map[string][]directory.Person
	agents      map[string][]directory.Person // by team
	actors      map[int64]policy.Actor
	offered     map[string]int64 // services, by institution and code
	diary       diary
	end         time.Time
}

// seed makes every demo the same.
const seed = 20261122

func builder() policy.Actor { return policy.System("build the demo") }

// Build writes the institutions, their people and n tickets.
func (b *Builder) Build(ctx context.Context, n int, progress func(string)) error {
	b.rng = rand.New(rand.NewPCG(seed, seed))
	b.controllers, b.teams = map[string]directory.Controller{}, map[string]directory.Team{}
	b.actors, b.offered = map[int64]policy.Actor{}, map[string]int64{}
	b.crowd, b.agents = map[string][]directory.Person{}, map[string][]directory.Person{}
	for _, in := range Institutions() {
		if err := b.institution(ctx, in); err != nil {
			return fmt.Errorf("%s: %w", in.Name, err)
		}
	}
	if err := b.Reload(ctx); err != nil { // the notices decide what is held about people
		return err
	}
	for _, in := range Institutions() {
		if err := b.cast(ctx, in); err != nil {
			return fmt.Errorf("people of %s: %w", in.Name, err)
		}
	}
	progress("institutions and people")
	if err := b.live(ctx, n); err != nil {
		return fmt.Errorf("tickets: %w", err)
	}
	if n > 0 {
		if err := b.vetting(ctx); err != nil {
			return fmt.Errorf("vetting: %w", err)
		}
	}
	progress(fmt.Sprintf("%d tickets", n))
	for _, in := range Institutions() {
		if err := b.write(ctx, func(tx *store.Tx) error { return b.rest(ctx, tx, in) }); err != nil {
			return fmt.Errorf("closed days of %s: %w", in.Name, err)
		}
	}
	return b.DB.Write(ctx, builder(), policy.Resolve, func(tx *store.Tx) error { return b.trouble(ctx, tx) })
}

func (b *Builder) write(ctx context.Context, fn func(*store.Tx) error) error {
	return b.DB.Write(ctx, builder(), policy.Operate, fn)
}

func (b *Builder) institution(ctx context.Context, in Institution) error {
	return b.write(ctx, func(tx *store.Tx) error {
		c, err := b.People.AddController(ctx, tx, directory.Controller{Code: in.Code, Name: in.Name, DeskName: in.Desk, Notice: in.Notice, Zone: in.Zone, Lang: in.Lang, RefPrefix: in.Prefix, MailLocal: in.Mailbox})
		if err != nil {
			return err
		}
		b.controllers[in.Code] = c
		for _, e := range in.Employers {
			owner := c
			if e.Controller != "" {
				owner, err = b.People.AddController(ctx, tx, directory.Controller{Code: e.Controller, Name: e.Name, DeskName: in.Desk, Notice: in.Notice, Zone: in.Zone, Lang: in.Lang, RefPrefix: in.Prefix, Processor: true, DeskID: c.ID})
				if err != nil {
					return err
				}
				b.controllers[e.Controller] = owner
			}
			if _, err := b.People.AddOrganisation(ctx, tx, directory.Organisation{Code: e.Code, Name: e.Name, Controller: owner.ID}); err != nil {
				return err
			}
		}
		for _, t := range in.Teams {
			team, err := b.People.AddTeam(ctx, tx, directory.Team{Controller: c.ID, Code: t.Code, Name: t.Name, Parent: b.teams[t.Parent].ID, Desk: t.Front})
			if err != nil {
				return err
			}
			b.teams[t.Code] = team
		}
		return b.services(ctx, tx, in)
	})
}

func (b *Builder) cast(ctx context.Context, in Institution) error {
	for _, p := range in.Cast {
		person, err := b.person(ctx, in, p)
		if err != nil {
			return err
		}
		if !b.Quick {
			if err := b.People.SetPassword(ctx, person.ID, Password); err != nil {
				return err
			}
		}
		if len(p.Teams) == 0 && len(p.Roles) == 0 {
			b.crowd[in.Code] = append(b.crowd[in.Code], person)
		}
	}
	if err := b.colleagues(ctx, in); err != nil {
		return err
	}
	for i := range in.Crowd {
		g, f := given()[b.rng.IntN(len(given()))], family()[b.rng.IntN(len(family()))]
		p := Person{Name: g + " " + f, User: fmt.Sprintf("%s%02d", strings.ToLower(in.Code), i+1), Title: "Lecturer", Department: "Arts", Kind: "staff"}
		if i%2 == 0 {
			p.Kind, p.Title = "student", "Student"
		}
		p.Employer = in.Employers[i%len(in.Employers)].Code
		person, err := b.person(ctx, in, p)
		if err != nil {
			return err
		}
		b.crowd[in.Code] = append(b.crowd[in.Code], person)
	}
	return nil
}

// colleagues gives each team that has an analyst to sign in as two more, with
// the same roles.
func (b *Builder) colleagues(ctx context.Context, in Institution) error {
	for _, first := range in.Cast {
		for _, team := range first.Teams {
			for i := range 2 {
				name := pick(b, given()) + " " + pick(b, family())
				p := Person{Name: name, User: fmt.Sprintf("%s-%d", strings.ToLower(team), i+1), Title: first.Title, Department: first.Department, Employer: first.Employer, Kind: "staff", Teams: []string{team}, Roles: first.Roles}
				if _, err := b.person(ctx, in, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// listed is a value as the directory's feed gives it.
func listed(k directory.Kind, v string) directory.Value {
	return directory.Value{Kind: k, Text: v, Source: "directory"}
}

func (b *Builder) person(ctx context.Context, in Institution, p Person) (directory.Person, error) {
	if p.Employer == "" {
		p.Employer = in.Employers[0].Code
	}
	var out directory.Person
	err := b.write(ctx, func(tx *store.Tx) error {
		org, err := b.People.Organisation(ctx, tx, p.Employer)
		if err != nil {
			return err
		}
		vs := []directory.Value{
			listed(directory.UserName, p.User), listed(directory.Department, p.Department), listed(directory.JobTitle, p.Title),
			listed(directory.Phone, fmt.Sprintf("020 7946 0%03d", 100+b.rng.IntN(800))), listed(directory.Office, fmt.Sprintf("Room %d.%02d", 1+b.rng.IntN(4), 1+b.rng.IntN(30))),
		}
		if !p.NoMail {
			vs = append(vs, listed(directory.Email, p.User+"@"+in.Domain))
		}
		if p.Kind == "student" {
			vs = append(vs, listed(directory.Number, fmt.Sprintf("S%07d", 1000000+b.rng.IntN(8999999))))
		}
		vs = slices.DeleteFunc(vs, func(v directory.Value) bool { return !b.People.Holds(org.Controller, v.Kind) })
		out, err = b.People.AddPerson(ctx, tx, directory.NewPerson{Controller: org.Controller, Organisation: org.ID, Name: p.Name, Lang: p.Lang, Affiliations: []string{p.Kind}, Source: "directory", Values: vs})
		if err != nil {
			return err
		}
		for _, t := range p.Teams {
			if err := b.People.Join(ctx, tx, out.ID, b.teams[t]); err != nil {
				return err
			}
			b.agents[t] = append(b.agents[t], out)
		}
		for _, role := range p.Roles {
			if err := b.People.GiveRole(ctx, tx, out.ID, b.controllers[in.Code].ID, role); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}
