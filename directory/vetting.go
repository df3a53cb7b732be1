package directory

import (
	"context"
	"slices"
	"time"

	"heed/kernel/fault"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
)

// What a vetting office knows of somebody. It is no part of the card (CAB-09).
const (
	DateOfBirth Kind = "date_of_birth"
	Clearance   Kind = "clearance"
)

// vettingKinds are the kinds that lie apart from the card.
func vettingKinds() []Kind { return []Kind{DateOfBirth, Clearance} }

func (k Kind) vetting() bool { return slices.Contains(vettingKinds(), k) }

const mostVetting = 60 // characters of a value

func vettingPlace(row int64) seal.Place { return seal.Place{Column: "vetting.value", Row: row} }

// Vetting returns what kinds of vetting data are kept of a person, without the
// values, for those whom a sentence lets uncover them (CAB-09); for everybody else
// there is nothing, not even that something is kept. may reports which of both.
func (d *Directory) Vetting(ctx context.Context, tx *store.Tx, person int64) (kept []Value, may bool, err error) {
	err = d.askable(ctx, tx, d.do.vet, person)
	if fault.Is(err, fault.KindUnknown) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	kept, err = d.vettingOf(ctx, tx, person)
	return kept, true, err
}

// Vet records a date of birth or a clearance that a person gave for a request,
// replaces it, or with an empty text removes it. The notice of the person's
// controller has to speak of it; else it is refused and not kept.
func (d *Directory) Vet(ctx context.Context, tx *store.Tx, person int64, k Kind, value string) error {
	tx.State("given by the person for a request")
	p, g, err := d.granted(ctx, tx, d.do.vet, person)
	if err != nil {
		return err
	}
	value = text.CleanLine(value, mostVetting)
	switch {
	case !k.vetting():
		return fault.Invalid("vetting.kind", "choose a date of birth or a clearance").On("record")
	case !d.speaksOf(p.Controller, k):
		return fault.Invalid("vetting.none", "the notice does not say that this is kept, so it is not").On("record")
	case value == "":
		_, err := store.Exec(ctx, tx, g.With(string(k)+" removed"), deleteVetting, p.ID, string(k))
		return err
	}
	if k == DateOfBirth {
		if born, err := time.Parse(time.DateOnly, value); err != nil || born.After(tx.Now()) {
			return fault.Invalid("vetting.date", "write the date like this: 1984-05-17").On("value")
		}
	}
	row := d.Mint.Next(tx.Now())
	sealed, err := d.Vault.SealText(ctx, p.key, vettingPlace(row), value)
	if err != nil {
		return err
	}
	_, err = store.Exec(ctx, tx, g.With(string(k)+" recorded"), upsertVetting, row, p.ID, string(k), sealed, tx.Millis())
	return err
}

// speaksOf reports whether the notice of a controller lets values of a kind be
// kept as vetting data.
func (d *Directory) speaksOf(controller int64, k Kind) bool {
	if d.Notices == nil {
		return false
	}
	for _, block := range d.Notices.Data(controller) {
		if block.Class == "vetting" && slices.ContainsFunc(k.items(), func(item string) bool { return slices.Contains(block.Items, item) }) {
			return true
		}
	}
	return false
}

// vettingOf is what is kept of a person, with the value of one kind or of none.
func (d *Directory) vettingOf(ctx context.Context, tx *store.Tx, person int64, but ...Kind) ([]Value, error) {
	rows, err := store.All[vettingRow](ctx, tx, selectVetting, person)
	out := make([]Value, 0, len(rows))
	for _, r := range rows {
		v := Value{Kind: r.kind, Text: masked(""), At: time.UnixMilli(r.at).UTC(), Hidden: true}
		if slices.Contains(but, r.kind) {
			v.Hidden = false
			if v.Text, err = d.Vault.OpenText(ctx, vettingPlace(r.id), r.value); err != nil {
				return nil, err
			}
		}
		out = append(out, v)
	}
	return out, err
}
