package operate

import (
	"context"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/notice"
)

// Notices tells which notices are in force; package privacy satisfies it.
type Notices interface {
	All() []*notice.Notice
}

// Files tells whether attachments can be kept; kernel/blob satisfies it.
type Files interface {
	Check(ctx context.Context) error
}

// Room is the operator's room. Fill every field.
type Room struct {
	DB      *store.DB
	Vault   *seal.Vault
	Mint    *id.Mint
	Ledger  *ledger.Ledger
	Queue   *job.Queue
	People  *directory.Directory
	Notices Notices
	Files   Files
}

// Pages are the room's addresses. Version is the program's own.
type Pages struct {
	*Room
	Version string

	do actions
}

// The addresses that lead to each other.
const (
	pathHealth = "/operator"
	pathJobs   = "/operator/jobs"
	pathMail   = "/operator/mail" // of package mail
)

// Routes are the addresses of this room.
func (p *Pages) Routes() []web.Route {
	p.do = newActions()
	run := policy.Operate
	return []web.Route{
		{Pattern: "GET /operator", Action: "operate.look", Purpose: run, Handle: p.health},
		{Pattern: "POST /operator", Action: "operate.check", Purpose: run, Handle: p.checked},
		{Pattern: "GET /operator/jobs", Action: "job.look", Purpose: run, Handle: p.jobs},
		{Pattern: "POST /operator/jobs/{id}/retry", Action: "job.retry", Purpose: run, Handle: p.retry},
		{Pattern: "POST /operator/jobs/{id}/give-up", Action: "job.giveup", Purpose: run, Handle: p.giveUp},
	}
}

// view runs fn for an operator. Nobody's data is read, so it is the system that
// reads.
func (p *Pages) view(r *web.Request, fn func(*store.Tx, directory.Reader) (web.Reply, error)) (web.Reply, error) {
	if err := operators(r); err != nil {
		return web.Reply{}, err
	}
	var reply web.Reply
	err := p.read(r.Context(), func(tx *store.Tx) error {
		rd, err := p.People.Read(r.Context(), tx, r)
		if err != nil {
			return err
		}
		reply, err = fn(tx, rd)
		return err
	})
	return reply, err
}

func operators(r *web.Request) error {
	if r.Actor.HasRoleAnywhere(directory.RoleOperator) {
		return nil
	}
	return fault.Denied("operator.none", "this room is for those who run the system")
}

// Frame is that of a page of the room, with its place among the others: those
// here, and that of the mails.
func Frame(r *web.Request, rd directory.Reader, title, here string) ui.Frame {
	f := rd.Frame(r, title)
	for _, n := range []struct{ key, href string }{{"health", pathHealth}, {"jobs", pathJobs}, {"mail", pathMail}} {
		f.Nav = append(f.Nav, ui.NavItem{Text: rd.Lang.T("operate.nav." + n.key), Href: n.href, Current: n.href == here})
	}
	return f
}
