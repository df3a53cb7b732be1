package directory

import (
	"context"
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
)

// Reason is why somebody uncovers a value.
type Reason string

// The closed list of reasons.
const (
	ToIdentify Reason = "identify" // to make sure who is calling
	ToReach    Reason = "reach"    // to get in touch
	ToCorrect  Reason = "correct"  // to set up or put right an account or a record
	ForRequest Reason = "request"  // the request itself is about it
	OtherNeed  Reason = "other"    // and the words say which
)

// Reasons returns the closed list, as a page offers it.
func Reasons() []Reason { return []Reason{ToIdentify, ToReach, ToCorrect, ForRequest, OtherNeed} }

// The least and the most that the words of a reason hold, in characters.
const (
	leastWords = 10
	mostWords  = 300
)

// Reveal is one value of somebody, uncovered for a reason.
type Reveal struct {
	Kind   Kind
	Reason Reason
	Words  string // needed for OtherNeed, welcome otherwise
	Person int64  // filled in by Revealed, with the rest
	Actor  int64
	At     time.Time
}

func (r *Reveal) check() error {
	r.Words = text.CleanLine(r.Words, mostWords)
	switch {
	case !slices.Contains(Reasons(), r.Reason):
		return fault.Invalid("reveal.reason", "choose what you need it for; the reason is recorded").On("reason")
	case r.Reason == OtherNeed && utf8.RuneCountInString(r.Words) < leastWords:
		return fault.Invalid("reveal.words", "say in a few words what you need it for; %d characters at least", leastWords).On("words")
	}
	return nil
}

// Reveal returns a card with the values of one kind uncovered. What was
// uncovered, for which reason and by which rule stands in the record; somebody
// whom no rule lets do it gets the answer for people who are absent.
func (d *Directory) Reveal(ctx context.Context, tx *store.Tx, person int64, in Reveal) (Person, policy.Why, error) {
	a := d.do.reveal
	if in.Kind.vetting() {
		a = d.do.vet
	}
	if err := d.askable(ctx, tx, a, person); err != nil {
		return Person{}, policy.Why{}, err
	}
	if err := in.check(); err != nil {
		return Person{}, policy.Why{}, err
	}
	tx.State(string(in.Reason))
	p, g, err := d.granted(ctx, tx, a, person)
	if err != nil {
		return Person{}, policy.Why{}, err
	}
	var apart []Value
	if in.Kind.vetting() {
		if apart, err = d.vettingOf(ctx, tx, p.ID, in.Kind); err != nil {
			return Person{}, policy.Why{}, err
		}
	}
	kept := p.First(in.Kind) != "" || slices.ContainsFunc(apart, func(v Value) bool { return v.Kind == in.Kind })
	if !kept || !in.Kind.vetting() && (!d.hides(p.Controller, in.Kind) || !d.Holds(p.Controller, in.Kind)) {
		return Person{}, policy.Why{}, fault.Invalid("reveal.nothing", "nothing of that kind is hidden here; go back to the card").On("kind")
	}
	row := d.Mint.Next(tx.Now())
	words := []byte{}
	if in.Words != "" {
		if words, err = d.Vault.SealText(ctx, p.key, revealPlace(row), in.Words); err != nil {
			return Person{}, policy.Why{}, err
		}
	}
	proof := g.With(string(in.Kind) + " uncovered, reason " + string(in.Reason) + ", no. " + id.Text(row))
	if _, err := store.Exec(ctx, tx, proof, insertReveal, row, p.ID, tx.Actor().PersonID(), string(in.Kind), string(in.Reason), words, tx.Millis()); err != nil {
		return Person{}, policy.Why{}, err
	}
	if err := d.complete(ctx, tx, &p); err != nil {
		return Person{}, policy.Why{}, err
	}
	d.mask(tx.Actor(), &p, in.Kind)
	p.Values = append(p.Values, apart...)
	return p, g.Why(), nil
}

func revealPlace(row int64) seal.Place { return seal.Place{Column: "reveal.words", Row: row} }

// Revealed returns why a value was uncovered, with the words that were given, for
// whoever may see the person: the record names the number. The reading is
// recorded.
func (d *Directory) Revealed(ctx context.Context, tx *store.Tx, number int64) (Reveal, error) {
	r, err := store.One[revealRow](ctx, tx, selectReveal, number)
	if errors.Is(err, store.ErrNone) {
		return Reveal{}, unknown()
	}
	if err != nil {
		return Reveal{}, err
	}
	if _, _, err := d.Card(ctx, tx, r.person); err != nil {
		return Reveal{}, err
	}
	out := Reveal{Kind: r.kind, Reason: r.reason, Person: r.person, Actor: r.actor, At: time.UnixMilli(r.at).UTC()}
	if len(r.words) > 0 {
		out.Words, err = d.Vault.OpenText(ctx, revealPlace(number), r.words)
	}
	return out, err
}
