package operate

import (
	"time"

	"heed/app/operate/view"
	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// shownJobs is the most of each list; the figures beside it count all.
const shownJobs = 100

func (p *Pages) jobs(r *web.Request) (web.Reply, error) {
	return p.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		say := rd.Lang.T
		page := view.Jobs{Frame: Frame(r, rd, say("operate.jobs.title"), pathJobs)}
		dead, err := job.DeadJobs(r.Context(), tx, shownJobs)
		if err != nil {
			return web.Reply{}, err
		}
		for _, d := range dead {
			at := pathJobs + "/" + id.Text(d.ID)
			page.Dead = append(page.Dead, view.DeadJob{
				ID: id.Text(d.ID), Kind: d.Kind, Tries: say("operate.tries", "n", d.Attempts), Failed: rd.When(instant(d.Millis)), Reason: d.Error,
				Retry: ui.Form{Action: at + "/retry"}, GiveUp: ui.Form{Action: at + "/give-up"},
			})
		}
		waiting, err := job.WaitingJobs(r.Context(), tx, shownJobs)
		for _, w := range waiting {
			row := view.WaitingJob{ID: id.Text(w.ID), Kind: w.Kind, Tries: say("operate.tries", "n", w.Attempts), Next: rd.When(instant(w.Next)), Reason: w.Error}
			row.State = ui.Chip{Text: say("operate.state.waiting"), Icon: ui.IconClock, Tone: ui.ToneWaiting}
			if w.Running(tx.Millis()) {
				row.State = ui.Chip{Text: say("operate.state.running"), Icon: ui.IconReplay, Tone: ui.ToneKept}
			}
			page.Waiting = append(page.Waiting, row)
		}
		return web.Page(page.Page()), err
	})
}

func (p *Pages) retry(r *web.Request) (web.Reply, error) {
	return p.act(r, p.do.retry, func(tx *store.Tx, n int64) error { return p.Queue.Revive(r.Context(), tx, n) })
}

func (p *Pages) giveUp(r *web.Request) (web.Reply, error) {
	return p.act(r, p.do.giveUp, func(tx *store.Tx, n int64) error { return p.Queue.GiveUp(r.Context(), tx, n) })
}

// act does something to a dead job, in the name of who asked for it.
func (p *Pages) act(r *web.Request, a policy.Action[Subject], do func(*store.Tx, int64) error) (web.Reply, error) {
	if err := operators(r); err != nil {
		return web.Reply{}, err
	}
	n, err := id.Parse(r.Path("id"))
	if err != nil {
		return web.Reply{}, fault.Unknown("job.unknown", "there is no such job")
	}
	err = p.DB.Write(r.Context(), r.Actor, r.Purpose, func(tx *store.Tx) error {
		d, err := job.DeadJob(r.Context(), tx, n)
		if err != nil {
			return err
		}
		desks, err := p.People.Controllers(r.Context(), tx)
		if err != nil {
			return err
		}
		proof, err := may(tx, a, n, desks)
		if err != nil {
			return err
		}
		if err := do(tx, n); err != nil {
			return err
		}
		return tx.Note(proof.With(d.Kind))
	})
	return web.Redirect(pathJobs), err
}

func instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
