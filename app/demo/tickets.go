package demo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"mime"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// How far back the tickets of a demo reach: a demo of many has a past.
const (
	shortSpan = 45 * 24 * time.Hour
	longSpan  = 548 * 24 * time.Hour
	many      = 1000
)

func span(tickets int) time.Duration {
	if tickets >= many {
		return longSpan
	}
	return shortSpan
}

// Begin is the instant to start the builder's clock at, to end at now.
func Begin(now time.Time, tickets int) time.Time { return now.Add(-span(tickets)) }

// recent is how far back mails are made; a demo of many leaves those of its past
// out.
const (
	recent   = 50 * 24 * time.Hour
	bundled  = 200
	mailsNew = 2 // how many raw mails of the last days each institution has
	// growth below one makes tickets come closer together towards the end.
	growth = 0.35
	// calm is how many matters there are to one outage.
	calm = 61
	// overlooked is how long a ticket may lie before somebody finds it.
	overlooked = 8 * 24 * time.Hour
)

// live lets n tickets happen between now and the end.
func (b *Builder) live(ctx context.Context, n int) error {
	begin := b.Clock.Now()
	end := begin.Add(span(n))
	b.end = end
	for i := range n {
		in := Institutions()[i%len(Institutions())]
		dice := rand.New(rand.NewPCG(seed, uint64(i+1)))
		at := begin.Add(time.Duration(float64(span(n)) * math.Pow(float64(i+1)/float64(n+1), growth)))
		b.diary.plan(workingTime(at, b.zone(in), dice.IntN(90)), func(ctx context.Context) error {
			b.rng = dice
			return b.matter(ctx, in, i+1)
		})
	}
	if n > 0 && b.Deliver != nil {
		for i, in := range Institutions() {
			for k := range mailsNew {
				at := workingTime(end.Add(-time.Duration(72-20*k-i)*time.Hour), b.zone(in), 10)
				b.diary.plan(at, func(ctx context.Context) error { return b.letter(ctx, in, k) })
			}
		}
	}
	for count := 0; ; count++ {
		d, ok := b.diary.next(end)
		if !ok {
			b.Clock.Set(end)
			return b.settle(ctx)
		}
		if d.at.After(b.Clock.Now()) {
			b.Clock.Set(d.at)
		}
		err := d.does(ctx)
		if err != nil {
			return err
		}
		if end.Sub(d.at) < recent {
			err = b.settle(ctx)
		} else if count%bundled == 0 {
			err = b.Discard(ctx)
		}
		if err != nil {
			return err
		}
	}
}

// past reports whether it is so long ago that a shorter story will do.
func (b *Builder) past() bool { return b.end.Sub(b.Clock.Now()) > recent }

func (b *Builder) zone(in Institution) *time.Location {
	zone, err := time.LoadLocation(in.Zone)
	if err != nil {
		return time.UTC // the notices name the same zones, and are checked
	}
	return zone
}

// course is one ticket on its way.
type course struct {
	in       Institution
	t        ticket.Ticket
	m        matter
	fill     *strings.Replacer
	reporter directory.Person
	agent    directory.Person
}

// matter opens the nth ticket and plans what becomes of it.
func (b *Builder) matter(ctx context.Context, in Institution, nth int) error {
	c := course{in: in, m: pick(b, matters())}
	if nth%calm == 0 {
		c.m = outages()[nth/calm%len(outages())]
	}
	thing, place, at := pick(b, things()), pick(b, places()), pick(b, moments())
	c.fill = strings.NewReplacer("{thing}", thing, "{place}", place, "{when}", at.since, "{day}", at.day)
	c.reporter = pick(b, b.crowd[in.Code])
	affected := c.reporter
	if b.rng.IntN(8) == 0 { // on behalf of somebody else (CHI-07)
		affected = pick(b, b.crowd[in.Code])
	}
	team := b.staffed(in)
	c.agent = pick(b, b.agents[team.Code])
	if err := b.open(ctx, &c, affected, team); err != nil {
		return err
	}
	wait := b.between(10, 240)
	if b.rng.IntN(15) == 0 {
		wait = overlooked
	}
	b.then(&c, wait, b.looked)
	return nil
}

// staffed is a team that has somebody to work: mostly the front desk.
func (b *Builder) staffed(in Institution) Team {
	for _, t := range in.Teams {
		if t.Front && b.rng.IntN(10) < 7 {
			return t
		}
	}
	for {
		if t := pick(b, in.serving()); len(b.agents[t.Code]) > 0 {
			return t
		}
	}
}

// between is a number of minutes of the clock.
func (b *Builder) between(least, most int) time.Duration {
	return time.Duration(least+b.rng.IntN(most-least)) * time.Minute
}

// then plans the next deed of a ticket, in the desk's hours. It goes on with the
// ticket's own dice: which of two tickets comes first depends on the day a demo is
// made, and what is in them must not.
func (b *Builder) then(c *course, wait time.Duration, does func(context.Context, *course) error) {
	next, dice := *c, b.rng
	b.diary.plan(workingTime(b.Clock.Now().Add(wait), b.zone(c.in), dice.IntN(90)), func(ctx context.Context) error {
		b.rng = dice
		return does(ctx, &next)
	})
}

func (b *Builder) settle(ctx context.Context) error {
	if b.Settle == nil {
		return nil
	}
	return b.Settle(ctx)
}

func pick[T any](b *Builder, list []T) T { return list[b.rng.IntN(len(list))] }

func (b *Builder) open(ctx context.Context, c *course, affected directory.Person, team Team) error {
	channel := pick(b, []ticket.Channel{ticket.Portal, ticket.Portal, ticket.Mail, ticket.Phone, ticket.Counter})
	kind := ticket.Incident
	if c.m.request {
		kind = ticket.Request
	}
	who, purpose, author := b.as(ctx, c.reporter), policy.Own, c.reporter.ID
	if channel == ticket.Phone || channel == ticket.Counter {
		who, purpose, author = builder(), policy.Resolve, c.agent.ID // who took the call
	}
	return b.DB.Write(ctx, who, purpose, func(tx *store.Tx) (err error) {
		c.t, err = b.Tickets.Open(ctx, tx, ticket.NewTicket{
			Kind: kind, Channel: channel, Reporter: c.reporter, Affected: affected, Team: b.teams[team.Code].ID,
			Impact: c.m.impact, Urgency: c.m.urgency, Offering: b.offered[c.in.Code+" "+c.m.service],
			Subject: c.fill.Replace(c.m.subject), Text: ticket.Text{Body: c.fill.Replace(c.m.ask), Author: author},
			Silent: b.past(),
		})
		return err
	})
}

// as is the actor of a person of the demo.
func (b *Builder) as(ctx context.Context, p directory.Person) policy.Actor {
	if who, ok := b.actors[p.ID]; ok {
		return who
	}
	var who policy.Actor
	err := b.DB.Read(ctx, builder(), policy.Operate, func(tx *store.Tx) (err error) {
		who, err = b.People.Actor(ctx, tx, p.ID, "session")
		return err
	})
	if err != nil {
		return policy.Actor{}
	}
	b.actors[p.ID] = who
	return who
}

func (b *Builder) act(ctx context.Context, p directory.Person, purpose policy.Purpose, fn func(*store.Tx) error) error {
	return b.DB.Write(ctx, b.as(ctx, p), purpose, fn)
}

// looked notes what an analyst found, if anything, and plans the answer.
func (b *Builder) looked(ctx context.Context, c *course) error {
	if c.m.note != "" && (!b.past() || b.rng.IntN(3) == 0) {
		if err := b.act(ctx, c.agent, policy.Resolve, func(tx *store.Tx) error {
			_, err := b.Tickets.Note(ctx, tx, c.t.Ref, ticket.Text{Body: c.fill.Replace(c.m.note)})
			return err
		}); err != nil {
			return err
		}
	}
	b.then(c, b.between(5, 1200), b.answered)
	return nil
}

// answered asks back or tells; one in ten never writes again, and after a while
// the ticket is taken for solved.
func (b *Builder) answered(ctx context.Context, c *course) error {
	then, chance := ticket.Replied, b.rng.IntN(10)
	if chance < 7 {
		then = ticket.Asked
	}
	if b.past() && chance > 3 {
		b.then(c, b.between(60, 6*24*60), b.solved)
	} else if chance > 0 {
		b.then(c, b.between(40, 7*24*60), b.wrote)
	} else {
		b.then(c, 3*overlooked, b.solved)
	}
	return b.tells(ctx, c, func(tx *store.Tx) error {
		_, err := b.Tickets.Reply(ctx, tx, c.t.Ref, ticket.Text{Body: c.fill.Replace(c.m.answer)}, then)
		return err
	})
}

// tells writes to the people concerned. Where the notice keeps mails from the agent
// (CHI-27), the front desk writes in their place.
func (b *Builder) tells(ctx context.Context, c *course, verb func(*store.Tx) error) error {
	err := b.act(ctx, c.agent, policy.Resolve, verb)
	if !fault.Is(err, fault.KindDenied) {
		return err
	}
	return b.act(ctx, b.agents[c.in.front().Code][0], policy.Resolve, verb)
}

func (b *Builder) wrote(ctx context.Context, c *course) error {
	b.then(c, b.between(60, 6*24*60), b.solved)
	return b.act(ctx, c.reporter, policy.Own, func(tx *store.Tx) error {
		_, err := b.Tickets.Write(ctx, tx, c.t.Ref, ticket.Portal, ticket.Text{Body: c.fill.Replace(c.m.again)})
		return err
	})
}

func (b *Builder) solved(ctx context.Context, c *course) error {
	b.then(c, 10*24*time.Hour, b.ended)
	return b.tells(ctx, c, func(tx *store.Tx) error {
		_, err := b.Tickets.Resolve(ctx, tx, c.t.Ref, ticket.Text{Body: c.fill.Replace(c.m.solution)})
		return err
	})
}

func (b *Builder) ended(ctx context.Context, c *course) error {
	return b.act(ctx, c.agent, policy.Resolve, func(tx *store.Tx) error { return b.Tickets.Close(ctx, tx, c.t.Ref, 0) })
}

// letter is a raw mail of the last days, with a part to read and a file.
func (b *Builder) letter(ctx context.Context, in Institution, k int) error {
	named := 0 // the cast comes first in the crowd
	for _, p := range in.Cast {
		if len(p.Teams) == 0 && len(p.Roles) == 0 {
			named++
		}
	}
	address := fmt.Sprintf("%s%02d@%s", strings.ToLower(in.Code), k+1, in.Domain)
	raw := strings.NewReplacer(
		"{from}", mime.QEncoding.Encode("utf-8", b.crowd[in.Code][named+k].Name), "{address}", address, "{to}", in.Mailbox,
		"{id}", fmt.Sprintf("%s-%d", strings.ToLower(in.Code), k), "{date}", b.Clock.Now().Format(time.RFC1123Z), "\n", "\r\n",
	).Replace(letters()[k%len(letters())])
	return b.Deliver(ctx, in.Mailbox, []byte(raw))
}
