package ticket

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
)

// SavedView is a narrowed list under a name of somebody's own. It gives nobody
// a right: who opens it sees of its list what the rules let them see.
type SavedView struct {
	ID    int64
	Owner int64
	Team  int64 // whose members all have it; 0: its owner alone
	Name  string
	Query string // of the list's address, such as "priority=P1&view=all"
}

const (
	viewsMost = 30 // that somebody has in sight, so that a rail stays one
	viewName  = 60 // characters
)

// viewParts are the parameters of a list's address that a view keeps; the first is
// the list, the others narrow or order it.
func viewParts() []string {
	return slices.Concat([]string{"view", "priority"}, narrowings(), []string{"sort"})
}

// SavedViews returns the views of the actor and of their teams, oldest first.
func (s *Service) SavedViews(ctx context.Context, tx *store.Tx) ([]SavedView, error) {
	me := tx.Actor().PersonID()
	if me == 0 {
		return nil, nil
	}
	var teams []int64
	for _, g := range tx.Actor().Groups() {
		teams = append(teams, g.ID)
	}
	whose := policy.All(policy.Equal("person_id", me), policy.Equal("team_id", 0))
	if len(teams) > 0 {
		whose = policy.Any(whose, policy.In("team_id", teams))
	}
	q, args := store.Splice(savedViews, nil, store.Part{Name: "whose", SQL: whose})
	rows, err := store.All[viewRow](ctx, tx, q, args...)
	out := make([]SavedView, 0, len(rows))
	for _, r := range rows {
		r.Name, err = s.Vault.OpenText(ctx, viewPlace(r.ID), r.name)
		if errors.Is(err, seal.ErrForgotten) { // its author is being forgotten
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, r.SavedView)
	}
	return out, err
}

func viewPlace(row int64) seal.Place { return seal.Place{Column: "saved_view.name", Row: row} }

// SaveView keeps a list's address under a name, for the actor or for a team of
// theirs. What is not part of a list's address is left out.
func (s *Service) SaveView(ctx context.Context, tx *store.Tx, in SavedView) (SavedView, error) {
	in.Name, in.Owner = text.CleanLine(in.Name, viewName), tx.Actor().PersonID()
	have, err := s.SavedViews(ctx, tx)
	switch {
	case err != nil:
		return in, err
	case in.Owner == 0:
		return in, unknown()
	case in.Name == "":
		return in, fault.Invalid("view.name", "give the view a name, so that you find it again").On("name")
	case in.Team != 0 && !tx.Actor().InGroup(in.Team):
		return in, fault.Invalid("view.team", "choose a team of yours, or keep the view for yourself").On("team")
	case slices.ContainsFunc(have, func(v SavedView) bool { return v.Name == in.Name && v.Team == in.Team }):
		return in, fault.Conflict("view.same", "there is a view with this name already; choose another name, or remove that one first").On("name")
	case len(have) >= viewsMost:
		return in, fault.Conflict("view.many", "you have %d views in sight, and a rail of more helps nobody; remove one first", viewsMost)
	}
	asked, err := url.ParseQuery(in.Query)
	if err != nil {
		return in, fault.Invalid("view.query", "this is not the address of a list; open the list and save it there")
	}
	kept := url.Values{}
	for _, part := range viewParts() {
		if v := asked.Get(part); v != "" {
			kept.Set(part, v)
		}
	}
	in.Query = kept.Encode()
	me, err := s.People.Person(ctx, tx, in.Owner)
	if err != nil {
		return in, err
	}
	in.ID = s.Mint.Next(now(tx))
	name, err := s.Vault.SealText(ctx, me.Key(), viewPlace(in.ID), in.Name)
	if err != nil {
		return in, err
	}
	_, err = store.Keep(ctx, tx, insertView, in.ID, in.Owner, in.Team, name, in.Query, tx.Millis())
	return in, err
}

// DropView removes a view of the actor, or of a team of theirs, and returns it.
func (s *Service) DropView(ctx context.Context, tx *store.Tx, view int64) (SavedView, error) {
	have, err := s.SavedViews(ctx, tx)
	if err != nil {
		return SavedView{}, err
	}
	for _, v := range have {
		if v.ID == view {
			_, err := store.Keep(ctx, tx, deleteView, view)
			return v, err
		}
	}
	return SavedView{}, unknown()
}
