package ticket

import (
	"context"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Watch adds somebody to those who follow a ticket, or takes them off. Whether a
// watcher sees anything is the notice's to say: this only writes down who asked
// whom in. Whoever another desk works for is nobody here.
func (s *Service) Watch(ctx context.Context, tx *store.Tx, name string, person int64, on bool) error {
	t, sub, g, err := s.granted(ctx, tx, s.do.watch, name)
	if err != nil {
		return err
	}
	if sub.party(person, Watcher) == on {
		return nil
	}
	if !on {
		if _, err := store.Exec(ctx, tx, g.With("watcher removed"), deleteParty, t.ID, person, Watcher); err != nil {
			return err
		}
		return s.changed(ctx, tx, g.Proof, t, "watch off")
	}
	p, err := s.People.Person(ctx, tx, person)
	if err != nil {
		return err
	}
	same, err := s.People.SameDesk(ctx, tx, t.Controller, p.Controller)
	if err != nil {
		return err
	}
	if !same {
		return nobodyToFollow()
	}
	if p.State != directory.Active {
		return fault.Invalid("watch.closed", "this account is closed; choose somebody else").On("who")
	}
	if _, err := store.Exec(ctx, tx, g.With("watcher added"), insertParty, s.Mint.Next(now(tx)), t.ID, person, Watcher, tx.Millis()); err != nil {
		return err
	}
	if err := s.changed(ctx, tx, g.Proof, t, "watch on"); err != nil {
		return err
	}
	return s.touched(ctx, tx, t)
}

// nobodyToFollow is the one answer for a user name that nobody has and for one of
// somebody of another desk.
func nobodyToFollow() error {
	return fault.Invalid("watch.who", "nobody here has that user name; check it").On("who")
}

// Watchers are those who follow a ticket that the actor found.
func (s *Service) Watchers(ctx context.Context, tx *store.Tx, t Ticket) ([]int64, error) {
	parties, err := store.All[Party](ctx, tx, selectParties, t.ID)
	var out []int64
	for _, p := range parties {
		if p.Role == Watcher {
			out = append(out, p.Person)
		}
	}
	return out, err
}

// WatchersSee reports whether a sentence of the controller's notice lets
// watchers see tickets at all.
func (s *Service) WatchersSee(b *policy.Book, controller int64) bool {
	for _, r := range b.Rules(controller, s.do.read.Resource().Name()) {
		for _, w := range r.Who {
			if w.Atom == "watcher_with_grant" {
				return true
			}
		}
	}
	return false
}
