package operate

import (
	"context"

	"heed/kernel/fault"
	"heed/kernel/job"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Check is one question about the installation.
type Check struct {
	Key      string // in the catalogue, behind "operate.check."
	Name     string // what holds when all is well, for a terminal
	Thorough bool   // writes, or reads a lot
	Run      func(context.Context) error
}

// Checks are all of them, in the order in which trouble spreads. heed doctor and
// the page ask the same ones.
func (o *Room) Checks() []Check {
	return []Check{
		{Key: "data", Name: "the data store answers", Run: o.answers},
		{Key: "keys", Name: "the key store answers and the master key fits", Thorough: true, Run: func(ctx context.Context) error {
			_, err := o.Vault.NewGroup(ctx)
			return err
		}},
		{Key: "files", Name: "files can be written", Thorough: true, Run: func(ctx context.Context) error { return o.Files.Check(ctx) }},
		{Key: "notice", Name: "a notice is in force", Run: o.noticeInForce},
		{Key: "jobs", Name: "no job is dead", Run: o.noDeadJob},
		{Key: "ledger", Name: "the ledger verifies", Thorough: true, Run: o.verifies},
	}
}

func inspector() policy.Actor { return policy.System("check the installation") }

func (o *Room) read(ctx context.Context, fn func(*store.Tx) error) error {
	return o.DB.Read(ctx, inspector(), policy.Operate, fn)
}

func (o *Room) answers(ctx context.Context) error {
	return o.read(ctx, func(tx *store.Tx) error {
		_, err := o.People.Controllers(ctx, tx)
		return err
	})
}

func (o *Room) noticeInForce(context.Context) error {
	if len(o.Notices.All()) == 0 {
		return fault.Conflict("doctor.notice", "no notice is in force, so nobody sees anything; check the files with heed notice check")
	}
	return nil
}

func (o *Room) noDeadJob(ctx context.Context) error {
	return o.read(ctx, func(tx *store.Tx) error {
		counts, err := job.Counts(ctx, tx)
		if dead := counts["dead"]; err == nil && dead > 0 {
			err = fault.Conflict("doctor.jobs", "there are dead jobs (%d); look at them in the operator's room", dead)
		}
		return err
	})
}

func (o *Room) verifies(ctx context.Context) error {
	rep, err := ledger.Verify(ctx, o.DB, o.Ledger.VerifierKey(), nil)
	if err == nil && !rep.OK() {
		err = fault.Conflict("verify.failed", "%d problems; run heed verify to see them", len(rep.Problems))
	}
	return err
}
