package directory

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

const (
	tailDigits  = 4   // how many of the last digits of a telephone are looked up together
	tailsAtOnce = 200 // newest people with the same last digits who are looked at
)

// digits are those of a telephone as it was written.
func digits(v string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, v)
}

// tail is the keyed hash of the last digits of a telephone, nil when it has fewer.
func (d *Directory) tail(phone string) []byte {
	n := digits(phone)
	if len(n) < tailDigits {
		return nil
	}
	return d.Vault.Hash("person.phone.tail", n[len(n)-tailDigits:])
}

// tailOf is what a value keeps of itself to be found by its last digits.
func (d *Directory) tailOf(v Value) []byte {
	if v.Kind != Phone {
		return nil
	}
	if t := d.tail(v.Text); t != nil {
		return t
	}
	return []byte{} // looked at, and too short
}

// ending finds people by the digits in which their telephone ends, at least four, as
// they stand on a display: 4217, 231 4217, 0151 231 4217. It finds those whose card the
// actor may open and shows the number: whoever asks for each ending in turn learns
// what their cards say, and nothing else.
func (d *Directory) ending(ctx context.Context, tx *store.Tx, query string, limit int) ([]int64, error) {
	hash := d.tail(query)
	if hash == nil || strings.ContainsFunc(query, unicode.IsLetter) {
		return nil, nil
	}
	open, err := d.openly(ctx, tx, Phone)
	if err != nil {
		return nil, err
	}
	scope := policy.All(d.do.see.Scope(tx).SQL(), policy.In("p.controller_id", open))
	stmt, args := store.Splice(selectEnding, []any{hash, tailsAtOnce}, store.Part{Name: "scope", SQL: scope})
	rows, err := store.All[valueOfRow](ctx, tx, stmt, args...)
	if err != nil {
		return nil, err
	}
	var out []int64
	for _, r := range rows {
		phone, err := d.Vault.OpenText(ctx, seal.Place{Column: "person_value.value", Row: r.id}, r.value)
		if errors.Is(err, seal.ErrForgotten) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if endsIn(phone, query) && !slices.Contains(out, r.person) && len(out) < limit {
			out = append(out, r.person)
		}
	}
	return out, nil
}

// endsIn reports whether a telephone ends in some digits, which may have the 0 before
// them that is dialled within a country.
func endsIn(phone, typed string) bool {
	have, want := digits(phone), digits(typed)
	return strings.HasSuffix(have, want) || strings.HasPrefix(want, "0") && len(want) > tailDigits && strings.HasSuffix(have, want[1:])
}

// openly are the controllers of whose people staff see values of a kind as they are.
func (d *Directory) openly(ctx context.Context, tx *store.Tx, k Kind) ([]int64, error) {
	all, err := d.Controllers(ctx, tx)
	var out []int64
	for _, c := range all {
		if d.Holds(c.ID, k) && !d.hides(c.ID, k) {
			out = append(out, c.ID)
		}
	}
	return out, err
}

const tailsEach = 500 // telephones of a transaction of FillTails

// FillTails lets telephones be found by their last digits that were written before
// they could be.
func (d *Directory) FillTails(ctx context.Context) error {
	for {
		n := 0
		err := d.DB.Write(ctx, policy.System("index telephones"), policy.Operate, func(tx *store.Tx) error {
			rows, err := store.All[valueOfRow](ctx, tx, selectUntailed, tailsEach)
			for _, r := range rows {
				tail := []byte{} // forgotten: nothing to find
				phone, err := d.Vault.OpenText(ctx, seal.Place{Column: "person_value.value", Row: r.id}, r.value)
				switch {
				case err == nil:
					tail = d.tailOf(Value{Kind: Phone, Text: phone})
				case !errors.Is(err, seal.ErrForgotten):
					return err
				}
				if _, err := store.Keep(ctx, tx, updateTail, tail, r.id); err != nil {
					return err
				}
			}
			n = len(rows)
			return err
		})
		if err != nil || n < tailsEach {
			return err
		}
	}
}
