package operate

import (
	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Subject is a job as the house's own rule sees it.
type Subject struct {
	Job        int64
	Controller int64 // whose operator asks
}

// rule is the one sentence of the house. No notice speaks of jobs, since they
// concern no person; who acts on them is recorded all the same.
const rule = "house/operate/jobs"

type actions struct {
	retry  policy.Action[Subject]
	giveUp policy.Action[Subject]
}

func newActions() actions {
	jobs := policy.NewResource(policy.Shape[Subject]{
		Name:             "job",
		Controller:       func(s Subject) int64 { return s.Controller },
		ControllerColumn: "controller_id",
		Identify:         func(s Subject) policy.Object { return policy.Object{Kind: "job", ID: s.Job} },
	})
	return actions{
		retry:  policy.NewAction("job.retry", jobs, policy.Operate),
		giveUp: policy.NewAction("job.giveup", jobs, policy.Operate),
	}
}

// asker is a transaction under the house's own rule instead of the notices'.
type asker struct {
	*store.Tx
	book *policy.Book
}

// Book implements policy.Asker.
func (a asker) Book() *policy.Book { return a.book }

// may asks for the right to act on a job, at the first desk that the actor
// operates.
func may(tx *store.Tx, a policy.Action[Subject], job int64, desks []directory.Controller) (policy.Proof, error) {
	sub := Subject{Job: job}
	rules := map[int64][]policy.Rule{}
	for _, c := range desks {
		if sub.Controller == 0 && tx.Actor().HasRole(c.ID, directory.RoleOperator) {
			sub.Controller = c.ID
		}
		rules[c.ID] = []policy.Rule{{
			ID: rule, What: "job", Who: []policy.Term{{Atom: "role", Arg: directory.RoleOperator}}, Purposes: []policy.Purpose{policy.Operate},
			Says: "Whoever runs the system looks after its queue.",
		}}
	}
	g, err := a.Check(asker{tx, policy.NewBook(rules)}, sub)
	return g.Proof, err
}
