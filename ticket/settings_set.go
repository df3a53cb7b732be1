package ticket

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/kernel/web/ui"
)

// deskRule is the one sentence of the house about settings. No notice speaks of
// them, since they concern no person; who changes them is recorded all the same.
const deskRule = "house/desk/settings"

// deskSubject is a desk as that sentence sees it.
type deskSubject struct{ Controller int64 }

// desks are the resource of that sentence and of the one about how services do.
func desks() *policy.Resource[deskSubject] {
	return policy.NewResource(policy.Shape[deskSubject]{
		Name:             "desk",
		Controller:       func(s deskSubject) int64 { return s.Controller },
		ControllerColumn: "controller_id",
		Identify:         func(s deskSubject) policy.Object { return policy.Object{Kind: "desk", ID: s.Controller} },
	})
}

// settle is the verb of whoever runs a desk: to set how it works.
func settle() policy.Action[deskSubject] {
	return policy.NewAction("desk.set", desks(), policy.Operate)
}

// houseRules is a transaction under the house's own rules instead of the notices'.
type houseRules struct {
	*store.Tx
	book *policy.Book
}

// Book implements policy.Asker.
func (h houseRules) Book() *policy.Book { return h.book }

// byHouse asks for the right to do something with a desk by one sentence of the house.
func byHouse(tx *store.Tx, desk int64, do policy.Action[deskSubject], rule policy.Rule) (policy.Proof, error) {
	g, err := do.Check(houseRules{tx, policy.NewBook(map[int64][]policy.Rule{desk: {rule}})}, deskSubject{desk})
	return g.Proof, err
}

// maySet asks for the right to set how a desk works: its operators have it.
func maySet(tx *store.Tx, desk int64) (policy.Proof, error) {
	return byHouse(tx, desk, settle(), policy.Rule{
		ID: deskRule, What: "desk", Who: []policy.Term{{Atom: "role", Arg: directory.RoleOperator}}, Purposes: []policy.Purpose{policy.Operate},
		Says: "Whoever runs a desk says what it offers, when it is open and what it promises.",
	})
}

// errSettled says that somebody else was faster.
var errSettled = fault.Conflict("desk.stale", "somebody changed this while you were looking at it; what you typed is kept below, beside what stands now: look, and save again")

// keep writes one setting of a desk as its actor saw it, for the ledger with a
// note of what it was.
func (s *Service) keep(ctx context.Context, tx *store.Tx, desk int64, what, q string, args ...any) error {
	proof, err := maySet(tx, desk)
	if err != nil {
		return err
	}
	return s.written(ctx, tx, proof, what, q, args...)
}

// written writes what belongs to a desk.
func (s *Service) written(ctx context.Context, tx *store.Tx, proof policy.Proof, what, q string, args ...any) error {
	s.set.read.Changed(tx)
	n, err := store.Exec(ctx, tx, proof.With(what), q, args...)
	if err == nil && n == 0 {
		err = errSettled
	}
	return err
}

// serviceCode is one word: it stands in searches and on timelines.
var serviceCode = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{0,19}$`)

// SetOffering adds an offering to a desk's catalogue, or changes the one that
// has its code there. A service is never deleted: tickets have it. Retire it.
func (s *Service) SetOffering(ctx context.Context, tx *store.Tx, o Offering) error {
	o.Code = strings.ToUpper(text.CleanLine(o.Code, 40))
	o.Name, o.NameFR, o.About, o.AboutFR = text.CleanLine(o.Name, 80), text.CleanLine(o.NameFR, 80), text.CleanLine(o.About, 200), text.CleanLine(o.AboutFR, 200)
	if !serviceCode.MatchString(o.Code) {
		return fault.Invalid("service.code", "give the service a short code of letters, digits and hyphens, such as WIFI; it stands in searches").On("code")
	}
	if o.Name == "" {
		return fault.Invalid("service.name", "give the service a name, in the words of those who ask for it").On("name")
	}
	if o.Kind != Request {
		o.Kind = Incident
	}
	if err := s.ownTeam(ctx, tx, o); err != nil {
		return err
	}
	o.Impact, o.Urgency = levelOr(o.Impact), levelOr(o.Urgency)
	what := "service " + o.Code
	if o.Retired {
		what += " retired"
	}
	o.Also = text.CleanLine(o.Also, 300)
	if !slices.Contains(Icons(), ui.Icon(o.Icon)) {
		o.Icon = ""
	}
	err := s.keep(ctx, tx, o.Controller, what, upsertService, s.Mint.Next(now(tx)), o.Controller, o.Code, o.Name, o.NameFR, o.About, o.AboutFR, o.Team, string(o.Kind),
		int64(o.Impact), int64(o.Urgency), o.Retired, o.Also, o.Icon, o.Version)
	if o.Version == unseen && fault.Is(err, fault.KindConflict) {
		return fault.Invalid("service.taken", "this desk has a service with the code %s already; take another code, or change that service", o.Code).On("code")
	}
	return err
}

// ownTeam refuses a service to a team that is not of its desk.
func (s *Service) ownTeam(ctx context.Context, tx *store.Tx, o Offering) error {
	if o.Team == 0 {
		return nil
	}
	teams, err := s.People.Teams(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range teams {
		if t.ID == o.Team && t.Controller == o.Controller {
			return nil
		}
	}
	return fault.Invalid("service.team", "choose a team of this desk, or its front desk").On("team")
}

// longestReopen is a year; who comes back later has a new matter.
const longestReopen = 366

// SetDesk sets a desk's opening hours, holidays and reopening window. Tickets
// that are open already are counted by them at once.
func (s *Service) SetDesk(ctx context.Context, tx *store.Tx, d Setting) error {
	if _, err := s.usually("UTC", d.Week, d.Holidays); err != nil {
		return err
	}
	if d.ReopenDays < 0 || d.ReopenDays > longestReopen {
		return fault.Invalid("desk.reopen", "give the days in which a solved ticket may be opened again as a number from 0 to %d", longestReopen).On("reopen")
	}
	what := fmt.Sprintf("hours %s, holidays %s, reopen %d", d.Week, d.Holidays, d.ReopenDays)
	if err := s.keep(ctx, tx, d.Controller, what, upsertSetting, d.Controller, d.Week, d.Holidays, d.ReopenDays, d.Version); err != nil {
		return err
	}
	return s.recount(ctx, tx, d.Controller)
}

// SetPromise sets what a desk promises for a priority. Clocks that run already
// keep what they were started with.
func (s *Service) SetPromise(ctx context.Context, tx *store.Tx, desk int64, p Priority, of Promise) error {
	if p < P1 || p > P4 || of.Response <= 0 || of.Resolution < of.Response {
		return fault.Invalid("desk.promise", "promise for P1 to P4 an answer after some time, and a solution not before it").On("resolution" + p.String())
	}
	what := fmt.Sprintf("target %s: answer %d min, solution %d min", p, int64(of.Response.Minutes()), int64(of.Resolution.Minutes()))
	return s.keep(ctx, tx, desk, what, upsertTarget, desk, int64(p), of.Response.Milliseconds(), of.Resolution.Milliseconds(), of.Version)
}
