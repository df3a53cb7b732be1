package directory

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"heed/directory/feed"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// write carries out some rows. They are compared once more in the transaction
// that writes, so that nothing that happened since is overwritten unseen.
func (r *importRun) write(ctx context.Context, tx *store.Tx, recs []feed.Record) error {
	plans, err := r.plans(ctx, tx, recs)
	if err != nil {
		return err
	}
	for _, p := range plans {
		switch {
		case !p.writes():
			continue
		case p.what == added:
			err = r.add(ctx, tx, p)
		case p.what == closing:
			err = r.closeAll(ctx, tx, []int64{p.person})
		default:
			err = r.update(ctx, tx, p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *importRun) add(ctx context.Context, tx *store.Tx, p plan) error {
	n := NewPerson{Controller: p.org.Controller, Organisation: p.org.ID, Name: p.rec.Name, Source: r.in.Map.Source, FeedKey: p.key[:], FeedHash: p.hash}
	for _, it := range p.rec.Items {
		n.Values = append(n.Values, Value{Kind: Kind(it.Kind), Text: it.Text, Source: r.in.Map.Source, At: tx.Now()})
	}
	person, err := r.d.AddPerson(ctx, tx, n)
	if err != nil {
		return err
	}
	g, err := r.d.do.change.Check(tx, Subject{ID: person.ID, Controller: person.Controller})
	if err != nil {
		return err
	}
	proof := g.With("added from " + n.Source)
	diff := r.affiliations(tx.Millis(), p.rec, nil)
	if err := r.affiliate(ctx, tx, proof, person.ID, diff); err != nil {
		return err
	}
	if p.rec.Manager != "" {
		if err := r.settle(ctx, tx, proof, p, person.ID); err != nil {
			return err
		}
	}
	_, err = store.Exec(ctx, tx, proof, updateLed, person.ID, p.key[:])
	return err
}

// settle writes what stands in the person's own row: who is responsible, who
// leads them, and the hash of the feed's row. The manager may come later in the
// file or in a later file; then updateLed fills in the number.
func (r *importRun) settle(ctx context.Context, tx *store.Tx, proof policy.Proof, p plan, person int64) error {
	manager, key := int64(0), any(nil)
	if p.rec.Manager != "" {
		hash := r.feedKey(p.rec.Manager)
		row, err := store.One[store.Value[int64]](ctx, tx, idOfFeedKey, hash)
		if err != nil && !errors.Is(err, store.ErrNone) {
			return err
		}
		manager, key = row.V, hash
	}
	_, err := store.Exec(ctx, tx, proof, updateFed, p.org.Controller, p.org.ID, manager, key, p.hash, person)
	return err
}

func (r *importRun) update(ctx context.Context, tx *store.Tx, p plan) error {
	row, diff, err := r.diff(ctx, tx, p)
	if err != nil {
		return err
	}
	g, err := r.d.do.change.Check(tx, Subject{ID: row.ID, Controller: row.Controller})
	if err != nil {
		return err
	}
	p.org = r.employs(p, row)
	proof := g.With("changed by feed " + r.in.Map.Source + ": " + diff.String())
	if p.what == reopened {
		proof = g.With("reopened by feed " + r.in.Map.Source)
		_, err = store.Exec(ctx, tx, proof, reopenPerson, row.ID)
	}
	if p.what == adopted {
		proof = g.With("taken over by feed " + r.in.Map.Source)
		if _, err = store.Exec(ctx, tx, proof, adoptPerson, p.key[:], row.ID); err == nil {
			_, err = store.Exec(ctx, tx, proof, updateLed, row.ID, p.key[:])
		}
	}
	if err != nil {
		return err
	}
	if err := r.settle(ctx, tx, proof, p, row.ID); err != nil {
		return err
	}
	if err := r.rewrite(ctx, tx, proof, row, diff, p.rec); err != nil {
		return err
	}
	return r.affiliate(ctx, tx, proof, row.ID, diff)
}

// employs is who employs somebody from now on. A feed that does not know leaves
// it, and with it the controller, as it was.
func (r *importRun) employs(p plan, row personRow) Organisation {
	if r.in.Map.Columns.Employer == "" {
		return Organisation{ID: row.Organisation, Controller: row.Controller}
	}
	return p.org
}

// rewrite replaces the name and the values that differ.
func (r *importRun) rewrite(ctx context.Context, tx *store.Tx, proof policy.Proof, row personRow, diff difference, rec feed.Record) error {
	if diff.name {
		name, err := r.d.Vault.SealText(ctx, row.key, seal.Place{Column: "person.name", Row: row.ID}, rec.Name)
		if err != nil {
			return err
		}
		if _, err := store.Exec(ctx, tx, proof, updateName, name, r.in.Map.Source, tx.Millis(), row.ID); err != nil {
			return err
		}
	}
	for _, gone := range diff.drop {
		if _, err := store.Exec(ctx, tx, proof, deleteValue, gone); err != nil {
			return err
		}
	}
	for _, v := range diff.add {
		if err := r.d.addValue(ctx, tx, proof, row.Person, v); err != nil {
			return err
		}
	}
	if diff.name || diff.user {
		return r.d.indexName(ctx, tx, row.ID, words(rec.Name, rec.Item(feed.UserName)))
	}
	return nil
}

// affiliate ends and begins affiliations.
func (r *importRun) affiliate(ctx context.Context, tx *store.Tx, proof policy.Proof, person int64, diff difference) error {
	for _, a := range diff.end {
		if _, err := store.Exec(ctx, tx, proof, endAffiliation, a.to, a.id); err != nil {
			return err
		}
	}
	for _, a := range diff.begin {
		if _, err := store.Exec(ctx, tx, proof, insertAffiliation, r.d.Mint.Next(tx.Now()), person, a.kind, a.from, a.to); err != nil {
			return err
		}
	}
	return nil
}

// difference is what a row says otherwise than the directory.
type difference struct {
	words []string // which items, for the report and the ledger
	name  bool
	user  bool    // the user name
	drop  []int64 // rows of values
	add   []Value
	end   []affiliationRow
	begin []affiliationRow
}

// String names the items that differ.
func (d difference) String() string {
	if len(d.words) == 0 {
		return "nothing that is shown"
	}
	return strings.Join(d.words, ", ")
}

func (d *difference) word(w string) {
	d.user = d.user || w == feed.UserName
	w = strings.ReplaceAll(w, "_", " ")
	if !slices.Contains(d.words, w) {
		d.words = append(d.words, w)
	}
}

// diff compares a row with the person.
func (r *importRun) diff(ctx context.Context, tx *store.Tx, p plan) (personRow, difference, error) {
	var diff difference
	row, err := store.One[personRow](ctx, tx, selectPerson, p.person)
	if err != nil {
		return row, diff, err
	}
	if err := r.d.open(ctx, &row); err != nil {
		return row, diff, err
	}
	if row.Person.Name != p.rec.Name || row.nameSource != r.in.Map.Source {
		diff.name = true
		diff.word("name")
	}
	if org := r.employs(p, row); row.Organisation != org.ID || row.Controller != org.Controller {
		diff.word("employer")
	}
	values, err := store.All[valueRow](ctx, tx, selectValues, row.ID)
	if err != nil {
		return row, diff, err
	}
	if err := r.values(ctx, tx.Now(), p.rec, values, &diff); err != nil {
		return row, diff, err
	}
	affil, err := store.All[affiliationRow](ctx, tx, selectAffiliations, row.ID)
	if err != nil {
		return row, diff, err
	}
	a := r.affiliations(tx.Millis(), p.rec, affil)
	if diff.end, diff.begin = a.end, a.begin; len(a.end)+len(a.begin) > 0 {
		diff.word("affiliation")
	}
	return row, diff, nil
}

// values compares values. The feed owns what came from it, and takes over what
// somebody else recorded in the same words; the rest is not its business.
func (r *importRun) values(ctx context.Context, now time.Time, rec feed.Record, have []valueRow, diff *difference) error {
	kept := map[Kind]bool{}
	for _, v := range have {
		text, err := r.d.Vault.OpenText(ctx, seal.Place{Column: "person_value.value", Row: v.id}, v.value)
		if err != nil {
			return err
		}
		want, own := rec.Item(string(v.kind)), v.source == r.in.Map.Source
		switch {
		case own && text == want && !kept[v.kind]:
			kept[v.kind] = true
		case own || v.kind.normal(text) == v.kind.normal(want): // "A.B@c" is "a.b@c", written by somebody else
			diff.drop = append(diff.drop, v.id)
			diff.word(string(v.kind))
		}
	}
	for _, it := range rec.Items {
		if k := Kind(it.Kind); !kept[k] {
			diff.add = append(diff.add, Value{Kind: k, Text: it.Text, Source: r.in.Map.Source, At: now})
			diff.word(it.Kind)
		}
	}
	return nil
}

// affiliations compares affiliations and their last day; where the map names no
// such column it leaves them alone.
func (r *importRun) affiliations(now int64, rec feed.Record, have []affiliationRow) difference {
	var diff difference
	if r.in.Map.Columns.Affiliation == "" {
		return diff
	}
	until := int64(0)
	if rec.Until != "" {
		day, _ := time.ParseInLocation(time.DateOnly, rec.Until, r.zone) // the feed has checked it
		until = day.AddDate(0, 0, 1).UnixMilli()
	}
	settled := map[string]bool{}
	for _, a := range have {
		wanted := slices.Contains(rec.Affiliations, a.kind)
		switch {
		case wanted && a.to == until && !settled[a.kind]:
			settled[a.kind] = true
		case a.to != 0 && a.to <= now: // ended long ago: history
		case wanted && !settled[a.kind]:
			settled[a.kind] = true
			diff.end = append(diff.end, affiliationRow{id: a.id, to: until})
		default:
			diff.end = append(diff.end, affiliationRow{id: a.id, to: now})
		}
	}
	for _, kind := range rec.Affiliations {
		if !settled[kind] {
			from := now
			if until != 0 {
				from = min(now, until)
			}
			diff.begin = append(diff.begin, affiliationRow{kind: kind, from: from, to: until})
		}
	}
	return diff
}
