package ticket

import (
	"cmp"
	"context"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// Status is how a service does now.
type Status struct {
	Trouble   string // what is wrong with it, in a sentence that everybody may read; empty while it works
	TroubleFR string // for those who read French; empty: Trouble
	troubled  int64
	until     int64
}

// Troubled is since when something is wrong; zero while it works.
func (o Status) Troubled() time.Time { return instant(o.troubled) }

// Until is when it is expected to work again; zero when nobody can say.
func (o Status) Until() time.Time { return instant(o.until) }

// Ails is what is wrong with it now, in a language (BCP 47).
func (o Status) Ails(lang string) string {
	if !strings.HasPrefix(lang, "fr") {
		return o.Trouble
	}
	return cmp.Or(o.TroubleFR, o.Trouble)
}

// statusRule is the one sentence of the house about how services do. As deskRule it
// concerns no person.
const statusRule = "house/desk/status"

// tell is the verb of whoever works at a desk: to say how a service does.
func tell() policy.Action[deskSubject] {
	return policy.NewAction("desk.status", desks(), policy.Resolve)
}

// mayTell asks for the right to say how a desk's services do: who answers there hears
// it first.
func (s *Service) mayTell(ctx context.Context, tx *store.Tx, desk int64) (policy.Proof, error) {
	who := []policy.Term{{Atom: "role", Arg: directory.RoleOperator}, {Atom: "role", Arg: policy.RoleAnalyst}}
	teams, err := s.People.Teams(ctx, tx)
	if err != nil {
		return policy.Proof{}, err
	}
	for _, t := range teams {
		if t.Controller == desk {
			who = append(who, policy.Term{Atom: "team", Arg: t.Code})
		}
	}
	return byHouse(tx, desk, tell(), policy.Rule{
		ID: statusRule, What: "desk", Who: who, Purposes: []policy.Purpose{policy.Resolve},
		Says: "Whoever works at a desk says what does not work, for everybody to read.",
	})
}

// SetStatus says how a service of a desk does now: what is wrong with it and until when,
// if anybody can tell; the zero Status says that it works. While something is wrong the
// words may change, and since when stays. seen is the service's version as whoever says
// it saw it, 0 when they did not look.
func (s *Service) SetStatus(ctx context.Context, tx *store.Tx, o Offering, trouble, french string, until time.Time, seen int64) error {
	trouble, french = text.CleanLine(trouble, 200), text.CleanLine(french, 200)
	at, what := tx.Millis(), "service "+o.Code+" in trouble"
	switch {
	case trouble == "" && french != "":
		return fault.Invalid("status.words", "say what is wrong in the first language of the desk too").On("trouble")
	case trouble == "":
		at, until, what = 0, time.Time{}, "service "+o.Code+" works"
	case !until.IsZero() && !until.After(now(tx)):
		return fault.Invalid("status.past", "that time has passed; give a later one, or leave it empty when nobody can say").On("until")
	}
	proof, err := s.mayTell(ctx, tx, o.Controller)
	if err != nil {
		return err
	}
	return s.written(ctx, tx, proof, what, updateStatus, trouble, french, at, millis(until), o.ID, o.Controller, seen)
}
