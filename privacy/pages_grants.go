package privacy

import (
	"time"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/privacy/view"
)

const pathGrants = "/privacy/grants"

// idleAfter is how long a grant may lie unused before it is asked whether it is
// still needed (LJMUH-13: access only where a role needs it).
const idleAfter = 90 * 24 * time.Hour

// grants lists who may see more than their own matters, and when they last did:
// what has not been used for a quarter comes first.
func (p *Pages) grants(r *web.Request) (web.Reply, error) {
	return p.viewLedger(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		mine := p.do.read.Scope(tx).Whole()
		if len(mine) == 0 {
			return web.Reply{}, fault.Denied("grants.denied", "no sentence of a notice lets you watch over who has access")
		}
		page := view.Grants{Frame: office(r, rd, rd.Lang.T("grants.title"), pathGrants)}
		for _, c := range mine {
			desk, err := p.grantsOf(r, tx, rd, c)
			if err != nil {
				return web.Reply{}, err
			}
			if len(desk.Idle)+len(desk.Used) > 0 {
				page.Desks = append(page.Desks, desk)
			}
			proof, err := p.do.read.Scope(tx).Proof(tx, policy.Object{Kind: "grants", Controller: c})
			if err != nil {
				return web.Reply{}, err
			}
			if err := tx.Note(proof); err != nil {
				return web.Reply{}, err
			}
		}
		return web.Page(page.Page()), nil
	})
}

func (p *Pages) grantsOf(r *web.Request, tx *store.Tx, rd directory.Reader, controller int64) (view.GrantDesk, error) {
	c, err := p.People.Controller(r.Context(), tx, controller)
	if err != nil {
		return view.GrantDesk{}, err
	}
	out := view.GrantDesk{ID: c.Code, Title: c.Name}
	found, err := p.People.Grants(r.Context(), tx, controller)
	if err != nil {
		return out, err
	}
	people := make([]int64, len(found))
	for i, g := range found {
		people[i] = g.Person
	}
	names, err := p.People.Names(r.Context(), tx, people...)
	if err != nil {
		return out, err
	}
	last, err := ledger.LastActs(r.Context(), tx, controller, people)
	if err != nil {
		return out, err
	}
	teams, err := p.People.Teams(r.Context(), tx)
	for _, g := range found {
		row := view.GrantRow{Who: names[g.Person], Href: pathLedger + "?actor=" + id.Text(g.Person), What: rd.Lang.T("grants.role", "role", g.Role), Since: rd.Day(g.Since)}
		for _, t := range teams {
			if t.ID == g.Team {
				row.What = rd.Lang.T("grants.team", "team", t.Name)
			}
		}
		at, used := last[g.Person]
		if used {
			when := rd.When(at)
			row.Last = &when
		}
		if begun := g.Since; tx.Now().Sub(begun) > idleAfter && (!used || tx.Now().Sub(at) > idleAfter) {
			out.Idle = append(out.Idle, row)
		} else {
			out.Used = append(out.Used, row)
		}
	}
	return out, err
}
