package ticket

import (
	"context"
	"strings"
	"unicode/utf8"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
)

// Sorting is what a ticket is and how much it matters. Take a ticket's own by
// Sorting, change it, and give it to Classify.
type Sorting struct {
	Subject  string
	Kind     Kind
	Channel  Channel
	Offering int64 // 0 for none
	Impact   Level
	Urgency  Level
	Priority Priority // other than the table's, by right of ticket.override; 0 for the table's
	Version  int64    // of the ticket the person looked at; 0 when they did not
}

// Sorting is how the ticket is sorted now.
func (t Ticket) Sorting() Sorting {
	c := Sorting{Subject: t.Subject, Kind: t.Kind, Channel: t.Channel, Offering: t.Offering, Impact: t.Impact, Urgency: t.Urgency}
	if t.Overridden {
		c.Priority = t.Priority
	}
	return c
}

func (c Sorting) check() error {
	switch {
	case text.CleanLine(c.Subject, 0) == "":
		return fault.Invalid("ticket.subject", "say in a few words what it is about").On("subject")
	case utf8.RuneCountInString(text.CleanLine(c.Subject, 0)) > maxSubject:
		return fault.Invalid("ticket.subject.long", "a subject has up to %d characters; write the rest in a note", maxSubject).On("subject")
	case c.Kind != Incident && c.Kind != Request:
		return fault.Invalid("ticket.kind", "choose an incident or a request").On("kind")
	case levelOr(c.Impact) != c.Impact:
		return fault.Invalid("ticket.impact", "choose how many it touches: high, medium or low").On("impact")
	case levelOr(c.Urgency) != c.Urgency:
		return fault.Invalid("ticket.urgency", "choose how soon it hurts: high, medium or low").On("urgency")
	case c.Priority < 0 || c.Priority > P4:
		return fault.Invalid("ticket.priority", "choose a priority from P1 to P4, or leave it to the table").On("priority")
	}
	switch c.Channel {
	case Portal, Mail, Phone, Counter, API, Desk:
		return nil
	}
	return fault.Invalid("ticket.channel", "choose how it reached the desk").On("channel")
}

// Classify says what a ticket is and how much it matters; its targets follow. It
// writes one line on the timeline with what is different.
func (s *Service) Classify(ctx context.Context, tx *store.Tx, name string, c Sorting) error {
	if err := c.check(); err != nil {
		return err
	}
	t, sub, g, err := s.granted(ctx, tx, s.do.classify, name)
	if err != nil {
		return err
	}
	desk, err := s.deskOf(ctx, tx, t.Controller)
	if err != nil {
		return err
	}
	o, err := s.offering(ctx, tx, desk.ID, c.Offering, t.Offering)
	if err != nil {
		return err
	}
	n := t
	n.Subject = text.CleanLine(c.Subject, 0)
	n.Kind, n.Channel, n.Offering, n.Impact, n.Urgency = c.Kind, c.Channel, c.Offering, c.Impact, c.Urgency
	n.Priority, n.Overridden = PriorityOf(c.Impact, c.Urgency), false
	if c.Priority != 0 && c.Priority != n.Priority {
		if n.Priority, n.Overridden = c.Priority, true; n.Priority != t.Priority || !t.Overridden {
			if g, err = s.do.override.Check(tx, sub); err != nil {
				return err
			}
		}
	}
	line := sortedLine(t, n, o.Code)
	if line == "" {
		return nil
	}
	if n, err = s.change(ctx, tx, g.Proof, t, n, c.Version); err != nil {
		return err
	}
	if err := s.rename(ctx, tx, g.Proof, t, n); err != nil {
		return err
	}
	if err := s.changed(ctx, tx, g.Proof, n, line); err != nil {
		return err
	}
	return s.touched(ctx, tx, n)
}

// rename writes a subject that was put right. What it said before is not kept: a
// subject is often put right because it says too much, and what its writer sent
// stays as it came.
func (s *Service) rename(ctx context.Context, tx *store.Tx, p policy.Proof, old, t Ticket) error {
	if t.Subject == old.Subject {
		return nil
	}
	if err := s.WithinCeiling(t.Controller, t.Subject); err != nil {
		return err
	}
	sealed, err := s.Vault.SealText(ctx, t.key, seal.Place{Column: "ticket.subject", Row: t.ID}, t.Subject)
	if err != nil {
		return err
	}
	if _, err := store.Exec(ctx, tx, p, updateSubject, sealed, t.ID); err != nil {
		return err
	}
	if err := s.unindex(ctx, tx, t.ID); err != nil {
		return err
	}
	return s.index(ctx, tx, t.ID, t.Subject+" "+t.Ref)
}

// sortedLine is the change in words for the timeline: "sorted priority=P2
// service=WIFI"; empty when nothing is different.
func sortedLine(old, n Ticket, service string) string {
	var parts []string
	add := func(differs bool, key, value string) {
		if differs {
			parts = append(parts, key+"="+value)
		}
	}
	add(n.Subject != old.Subject, "subject", "corrected")
	add(n.Priority != old.Priority || n.Overridden != old.Overridden, "priority", n.Priority.String())
	add(n.Offering != old.Offering, "service", service)
	add(n.Kind != old.Kind, "kind", string(n.Kind))
	add(n.Channel != old.Channel, "channel", string(n.Channel))
	add(n.Impact != old.Impact, "impact", n.Impact.String())
	add(n.Urgency != old.Urgency, "urgency", n.Urgency.String())
	if len(parts) == 0 {
		return ""
	}
	return "sorted " + strings.Join(parts, " ")
}
