package ticket

import (
	"context"
	"errors"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/store"
)

// Concerned are the people of a ticket, by the numbers of their records.
type Concerned struct {
	Reporter int64
	Affected int64
	Version  int64 // of the ticket that was looked at; 0 when nobody looked
}

// Concern puts right who reported a ticket and whom it is about. Both are people of
// its desk, and the controller stays: a ticket of one controller does not become
// another's (CAB-28). Whoever is not concerned any more loses sight of it with the
// change, and whoever is now sees it; so nobody is taken off a ticket on which they
// wrote themselves.
func (s *Service) Concern(ctx context.Context, tx *store.Tx, name string, c Concerned) error {
	t, _, g, err := s.granted(ctx, tx, s.do.classify, name)
	if err != nil {
		return err
	}
	if c.Version != 0 && c.Version != t.Version {
		return errStale
	}
	if c.Reporter == t.Reporter && c.Affected == t.Affected {
		return nil
	}
	for _, x := range []struct {
		field      string
		now, stood int64
	}{{"reporter", c.Reporter, t.Reporter}, {"affected", c.Affected, t.Affected}} {
		if x.now != x.stood {
			if err := s.mayConcern(ctx, tx, t, x.field, x.now); err != nil {
				return err
			}
		}
	}
	for _, stood := range []int64{t.Reporter, t.Affected} {
		if stood != 0 && stood != c.Reporter && stood != c.Affected {
			if err := s.wroteNothing(ctx, tx, t, stood); err != nil {
				return err
			}
		}
	}
	changed, err := store.Exec(ctx, tx, g.With("people put right"), updateConcerned, c.Reporter, c.Affected, tx.Millis(), t.ID, t.Version)
	if err == nil && changed == 0 {
		err = errStale
	}
	if err != nil {
		return err
	}
	if err := s.changed(ctx, tx, g.Proof, t, "people"); err != nil {
		return err
	}
	if err := s.touched(ctx, tx, t); err != nil {
		return err
	}
	return s.Bus.Emit(ctx, tx, Corrected{Ticket: t.ID, By: tx.Actor().PersonID()})
}

// concernedBy reads names out of two fields; find says who somebody is. An empty one
// leaves who stands there: not everybody has a user name.
func concernedBy(t Ticket, names map[string]string, find func(field, name string) (directory.Person, error)) (Concerned, error) {
	c := Concerned{Reporter: t.Reporter, Affected: t.Affected}
	for _, x := range []struct {
		field string
		to    *int64
	}{{"reporter", &c.Reporter}, {"affected", &c.Affected}} {
		name := strings.TrimSpace(names[x.field])
		if name == "" {
			continue
		}
		p, err := find(x.field, name)
		if err != nil {
			return c, err
		}
		*x.to = p.ID
	}
	return c, nil
}

// served is the one person of a desk with a user name that was typed in a field.
func (s *Service) served(ctx context.Context, tx *store.Tx, controller int64, field, user string) (directory.Person, error) {
	p, found, err := s.People.Served(ctx, tx, controller, directory.UserName, user)
	if err == nil && !found {
		err = nobodyHere(field)
	}
	return p, err
}

// mayConcern refuses whom a ticket cannot be of.
func (s *Service) mayConcern(ctx context.Context, tx *store.Tx, t Ticket, field string, person int64) error {
	if person == 0 {
		return nobodyHere(field)
	}
	p, err := s.People.Person(ctx, tx, person)
	if fault.Is(err, fault.KindUnknown) {
		return nobodyHere(field)
	}
	if err != nil {
		return err
	}
	same, err := s.People.SameDesk(ctx, tx, t.Controller, p.Controller)
	switch {
	case err != nil:
		return err
	case !same || p.State != directory.Active:
		return nobodyHere(field)
	case field == "affected" && p.Controller != t.Controller:
		return fault.Invalid("concern.controller", "another organisation is responsible for this person's data; open a new ticket for them and close this one").On(field)
	}
	return nil
}

// wroteNothing refuses to take a ticket from somebody who wrote on it themselves:
// their words are theirs, and would be read by whom it is given to.
func (s *Service) wroteNothing(ctx context.Context, tx *store.Tx, t Ticket, person int64) error {
	_, err := store.One[store.Value[int64]](ctx, tx, selectWrote, t.ID, person, string(Message))
	switch {
	case errors.Is(err, store.ErrNone):
		return nil
	case err != nil:
		return err
	}
	return fault.Invalid("concern.wrote", "somebody whom you would take off this ticket wrote on it themselves; leave them as who reported it, or open a new ticket for the other person").On("reporter")
}

// nobodyHere is the one answer for a user name that nobody has, of somebody of
// another desk, and of a closed account.
func nobodyHere(field string) error {
	return fault.Invalid("concern.who", "nobody here has that user name; check it").On(field)
}
