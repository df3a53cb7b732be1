package mail

import (
	"context"

	"heed/kernel/store"
)

// Outcomes is how many mails ended one way: taken, parked, sent and so on.
type Outcomes struct {
	Outcome string
	N       int64
}

// Fields implements store.Row.
func (o *Outcomes) Fields() []any { return []any{&o.Outcome, &o.N} }

// Tallies counts the mails that came in and those that went out since a number was
// minted, by outcome; of each the first most are counted. It says nothing of
// anybody's mail.
func Tallies(ctx context.Context, tx *store.Tx, since int64, most int) (in, out []Outcomes, err error) {
	if in, err = store.All[Outcomes](ctx, tx, tallyIn, since, most); err != nil {
		return nil, nil, err
	}
	out, err = store.All[Outcomes](ctx, tx, tallyOut, since, most)
	return in, out, err
}
