package directory

import (
	"context"
	"errors"
	"slices"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Actor returns the actor of a person whose identity was established, with the
// teams and roles they hold at this instant. A closed account is refused.
func (d *Directory) Actor(ctx context.Context, tx *store.Tx, person int64, via string) (policy.Actor, error) {
	f, err := d.facts(ctx, tx, person, via)
	return policy.Person(f), err
}

func (d *Directory) facts(ctx context.Context, tx *store.Tx, person int64, via string) (policy.Facts, error) {
	p, err := store.One[personRow](ctx, tx, selectPerson, person)
	if errors.Is(err, store.ErrNone) || (err == nil && p.State != Active) {
		return policy.Facts{}, errSignIn
	}
	if err != nil {
		return policy.Facts{}, err
	}
	teams, err := store.All[Team](ctx, tx, selectGroups, person, tx.Millis())
	if err != nil {
		return policy.Facts{}, err
	}
	roles, err := store.All[roleRow](ctx, tx, selectRoles, person, tx.Millis())
	if err != nil {
		return policy.Facts{}, err
	}
	f := policy.Facts{Person: person, Via: via}
	for _, t := range teams {
		f.Groups = append(f.Groups, policy.Group{ID: t.ID, Controller: t.Controller, Code: t.Code, Name: t.Name})
	}
	for _, r := range roles {
		f.Roles = append(f.Roles, policy.Role{Controller: r.controller, Name: r.role})
	}
	return d.processed(ctx, tx, f)
}

// processed extends roles and teams of a desk to the controllers it works for:
// an analyst of the desk is an analyst for those whose processor it is (CAB-29).
func (d *Directory) processed(ctx context.Context, tx *store.Tx, f policy.Facts) (policy.Facts, error) {
	if len(f.Groups) == 0 && len(f.Roles) == 0 {
		return f, nil
	}
	cs, err := d.Controllers(ctx, tx)
	if err != nil {
		return policy.Facts{}, err
	}
	groups, roles := f.Groups, f.Roles
	for _, c := range cs {
		if !c.Processor {
			continue
		}
		for _, g := range groups {
			if g.Controller == c.DeskID {
				g.Controller = c.ID
				f.Groups = append(f.Groups, g)
			}
		}
		for _, r := range roles {
			if r.Controller == c.DeskID && extends(r.Name) {
				f.Roles = append(f.Roles, policy.Role{Controller: c.ID, Name: r.Name})
			}
		}
	}
	return f, nil
}

// extends reports whether a role at a desk goes along to the controllers it works for:
// the privacy officer of the desk decides nothing for another controller (CAB-29).
func extends(role string) bool { return role != RolePrivacyOfficer }

// Serving returns who has a role for a controller now: who holds it there, and who
// holds it at the desk that is its processor.
func (d *Directory) Serving(ctx context.Context, tx *store.Tx, c Controller, role string) ([]int64, error) {
	out, err := d.Holders(ctx, tx, c.ID, role)
	if err != nil || !c.Processor || !extends(role) {
		return out, err
	}
	more, err := d.Holders(ctx, tx, c.DeskID, role)
	return append(out, more...), err
}

// The roles that pages of this product ask about; notices may name others.
const (
	RolePrivacyOfficer = "privacy_officer"
	RoleOperator       = "operator"
)

var errEnded = fault.Unauthenticated("account.ended", "you are no longer a member of staff, a student or a partner here, so you cannot sign in; write to the service desk if this is wrong")

// present is Actor for those who come in by themselves. Somebody all of whose
// affiliations have ended comes in no more, from that instant on (CHI-05), unless
// they hold a role or belong to a team. Whoever never had one is judged by their
// account alone.
func (d *Directory) present(ctx context.Context, tx *store.Tx, person int64, via string) (policy.Actor, error) {
	f, err := d.facts(ctx, tx, person, via)
	if err != nil || len(f.Groups)+len(f.Roles) > 0 {
		return policy.Person(f), err
	}
	rows, err := store.All[affiliationRow](ctx, tx, selectAffiliations, person)
	if err != nil {
		return policy.Actor{}, err
	}
	if len(rows) > 0 && !slices.ContainsFunc(rows, func(a affiliationRow) bool { return a.holds(tx.Millis()) }) {
		return policy.Actor{}, errEnded
	}
	return policy.Person(f), nil
}
