package directory

import (
	"context"
	"errors"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// linkLife is how long a mailed sign-in link works.
const linkLife = 15 * time.Minute

const (
	linkJob     = "session.link"
	pathLink    = "/sign-in/link/"
	longestBack = 2000 // of an address to go back to; a longer one leads home
)

// LinkMailer mails a sign-in link. Package mail satisfies it; app lists it.
type LinkMailer interface {
	SendLink(ctx context.Context, person int64, path string) error
}

// linkAsked is the payload of the job that makes a link. The step that it names
// has the address, as a keyed hash; nothing here or there can be read.
type linkAsked struct {
	Step string `json:"step"`
}

// AskLink has a sign-in link mailed to whoever has a mail address. It looks
// nobody up, so that neither what it does nor how long it takes says whether
// somebody has it; the job does that, behind the answer.
func (d *Directory) AskLink(ctx context.Context, q *job.Queue, address, back string) error {
	if len(back) > longestBack {
		back = "/"
	}
	return d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		secret, err := d.newStep(ctx, tx, step{kind: stepLink, data: d.hash(Email, address), back: back})
		if err != nil {
			return err
		}
		return q.Enqueue(ctx, tx, linkJob, linkAsked{Step: secret}, "", tx.Now())
	})
}

// LinkJob makes and mails the links that were asked for. One that could not be
// made while its step lasted is not mailed any more: it has been asked for again.
func (d *Directory) LinkJob(m LinkMailer) job.Handler {
	return job.Handle(linkJob, 0, func(ctx context.Context, j linkAsked) error {
		person, secret, err := d.linkFor(ctx, j.Step)
		if err != nil || person == 0 {
			return err
		}
		return m.SendLink(ctx, person, pathLink+secret)
	})
}

// linkFor makes the sign-in link that a step asks for and returns the person and
// the secret. An address nobody has returns 0 and no error. So does one that was
// sent several links already and used none, and a step that is over.
func (d *Directory) linkFor(ctx context.Context, asked string) (person int64, secret string, err error) {
	err = d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		person, secret = 0, ""
		s, err := d.step(ctx, tx, stepLink, asked)
		if fault.Is(err, fault.KindUnauthenticated) {
			return nil
		}
		if err != nil {
			return err
		}
		found, err := d.lookup(ctx, tx, Email, s.data)
		if err != nil || len(found) == 0 || found[0].State != Active {
			return err
		}
		err = d.guessIn(ctx, tx, d.Vault.Hash("attempt.link", id.Text(found[0].ID)))
		if fault.Is(err, fault.KindBusy) {
			return nil // enough links are under way; somebody else may be asking for them
		}
		if err != nil {
			return err
		}
		person, secret = found[0].ID, id.Secret()
		proof, err := d.accountGrant(tx, found[0], "sign-in link made")
		if err != nil {
			return err
		}
		_, err = store.Exec(ctx, tx, proof, insertLink, tokenHash(secret), person, s.back, tx.Now().Add(linkLife).UnixMilli())
		return err
	})
	return person, secret, err
}

// TakeLink uses up a link and returns the person and where they were going.
func (d *Directory) TakeLink(ctx context.Context, secret string) (person int64, back string, err error) {
	err = d.DB.Write(ctx, system(), policy.Operate, func(tx *store.Tx) error {
		row, err := store.One[linkRow](ctx, tx, takeLink, tokenHash(secret))
		if errors.Is(err, store.ErrNone) || (err == nil && row.ends <= tx.Millis()) {
			return fault.Unauthenticated("link.used", "this link was used already or is older than 15 minutes; ask for a new one")
		}
		if err != nil {
			return err
		}
		person, back = row.person, row.back
		return d.guessed(ctx, tx, d.Vault.Hash("attempt.link", id.Text(person)))
	})
	return person, back, err
}
