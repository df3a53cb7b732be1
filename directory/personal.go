package directory

import (
	"context"
	"errors"
	"strings"
	"time"

	"heed/kernel/datamap"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Export hands over what the directory holds about who, as the data map sends it
// to their copy: their card with where each value came from, affiliations, teams,
// roles, devices and keys; of secrets only that they are there.
func (d *Directory) Export(ctx context.Context, who policy.Actor, emit func(datamap.Item) error) error {
	var items []datamap.Item
	err := d.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) error {
		items = nil
		for _, part := range []func(context.Context, *store.Tx) ([]datamap.Item, error){d.exportCard, d.exportPlaces, d.exportDevices} {
			found, err := part(ctx, tx)
			if err != nil {
				return err
			}
			items = append(items, found...)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, it := range items {
		if err := emit(it); err != nil {
			return err
		}
	}
	return nil
}

// exportCard is the person and their values, with provenance and date (CHI-17).
func (d *Directory) exportCard(ctx context.Context, tx *store.Tx) ([]datamap.Item, error) {
	person := tx.Actor().PersonID()
	p, err := d.Person(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	rows, err := store.All[valueRow](ctx, tx, selectValues, person)
	if err != nil {
		return nil, err
	}
	if err := d.complete(ctx, tx, &p); err != nil {
		return nil, err
	}
	dates, err := store.One[personDates](ctx, tx, selectDates, person)
	if err != nil {
		return nil, err
	}
	card := datamap.Item{Table: "person", ID: person}.With("name", p.Name).With("name_source", p.nameSource).
		When("name_at", moment(p.nameAt)).With("lang", p.Lang).With("state", string(p.State)).
		When("created_at", moment(dates.created)).When("closed_at", moment(dates.closed))
	out := []datamap.Item{card}
	for i, v := range p.Values {
		if v.Kind == Manager { // added by complete: it stands in the person's own row
			out[0] = out[0].With("manager_id", v.Text)
			continue
		}
		out = append(out, datamap.Item{Table: "person_value", ID: rows[i].id}.With("kind", string(v.Kind)).With("value", v.Text).
			With("source", v.Source).When("at", v.At))
	}
	apart, err := store.All[vettingRow](ctx, tx, selectVetting, person)
	for _, r := range apart {
		value, err := d.Vault.OpenText(ctx, vettingPlace(r.id), r.value)
		if err != nil {
			return nil, err
		}
		out = append(out, datamap.Item{Table: "vetting", ID: r.id}.With("kind", string(r.kind)).With("value", value).When("at", moment(r.at)))
	}
	return out, err
}

// exportPlaces is where the person belongs: affiliations, teams, roles.
func (d *Directory) exportPlaces(ctx context.Context, tx *store.Tx) (out []datamap.Item, err error) {
	person := tx.Actor().PersonID()
	affiliations, err := store.All[affiliationRow](ctx, tx, selectAffiliations, person)
	if err != nil {
		return nil, err
	}
	for _, a := range affiliations {
		out = append(out, datamap.Item{Table: "affiliation", ID: a.id}.With("kind", a.kind).When("from_at", moment(a.from)).When("to_at", moment(a.to)))
	}
	for _, place := range []struct{ table, column, q string }{{"membership", "team_id", exportTeams}, {"role_holder", "role", exportRoles}} {
		rows, err := store.All[placeRow](ctx, tx, place.q, person)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out = append(out, datamap.Item{Table: place.table, ID: r.id}.With(place.column, r.name).When("from_at", moment(r.from)).When("to_at", moment(r.to)))
		}
	}
	return out, nil
}

// exportDevices is what the person comes in by. The secrets themselves stay: a
// copy on a lost laptop must let nobody in.
func (d *Directory) exportDevices(ctx context.Context, tx *store.Tx) (out []datamap.Item, err error) {
	sessions, err := d.Sessions(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, s := range sessions {
		out = append(out, datamap.Item{Table: "session", ID: s.ID}.With("device", s.Device).With("method", s.Method).
			When("made_at", s.Made).When("seen_at", s.Seen).When("ends_at", s.Ends))
	}
	keys, err := d.Passkeys(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		out = append(out, datamap.Item{Table: "passkey", ID: k.ID}.With("name", k.Name).When("made_at", k.Added).When("used_at", k.Used))
	}
	tokens, err := store.All[tokenFacts](ctx, tx, exportTokens, tx.Actor().PersonID())
	for _, t := range tokens {
		out = append(out, datamap.Item{Table: "api_token", ID: t.id}.With("scopes", t.scopes).With("purpose", t.purpose).
			When("made_at", moment(t.made)).When("ends_at", moment(t.ends)))
	}
	return out, err
}

// moment reads a stored instant; 0 is the zero time.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// erasing is the verb of package privacy on a person. No notice gives it to
// anybody: it follows a decision, and the operator carries it out.
func (d *Directory) erasing() policy.Action[Subject] {
	return policy.NewAction("person.erase", d.People, policy.Operate)
}

// Erase removes what the directory holds about a person and returns the data key
// to destroy; package privacy destroys it, which makes the rest unreadable. The
// row itself stays without content, since tickets point to it ("Former member"),
// and tombstones stay of the feed's key and of the user name and addresses, so
// that no import and no late mail brings the person back (LJMUH-19). It may run
// again, also when the key is gone.
func (d *Directory) Erase(ctx context.Context, tx *store.Tx, person int64, detail string) (key int64, proof policy.Proof, err error) {
	r, err := store.One[personRow](ctx, tx, selectPerson, person)
	if errors.Is(err, store.ErrNone) {
		return 0, policy.Proof{}, unknown()
	}
	if err != nil {
		return 0, policy.Proof{}, err
	}
	g, err := d.erasing().Check(tx, Subject{ID: r.ID, Controller: r.Controller})
	if err != nil {
		return 0, policy.Proof{}, err
	}
	proof = g.With(detail)
	marks, err := d.Marks(ctx, tx, person)
	if err != nil {
		return 0, policy.Proof{}, err
	}
	if err := d.bury(ctx, tx, proof, marks); err != nil {
		return 0, policy.Proof{}, err
	}
	if err := d.shut(ctx, tx, proof, person); err != nil {
		return 0, policy.Proof{}, err
	}
	for _, q := range ofPerson() {
		if _, err := store.Exec(ctx, tx, proof, q, person); err != nil {
			return 0, policy.Proof{}, err
		}
	}
	if _, err := store.Keep(ctx, tx, deleteAttempt, d.guesser(person, "")); err != nil {
		return 0, policy.Proof{}, err
	}
	if _, err := store.Exec(ctx, tx, proof, forgetManager, person); err != nil {
		return 0, policy.Proof{}, err
	}
	if _, err := store.Exec(ctx, tx, proof, forgetPerson, []byte{}, person); err != nil {
		return 0, policy.Proof{}, err
	}
	return r.key, proof, d.indexName(ctx, tx, person, "")
}

// Marks are keyed hashes of what would bring a person back: the feed's key, the
// user name, the addresses. They tell nothing without the master key.
func (d *Directory) Marks(ctx context.Context, tx *store.Tx, person int64) ([][]byte, error) {
	rows, err := store.All[store.Value[[]byte]](ctx, tx, selectLookups, person)
	if err != nil {
		return nil, err
	}
	feedKey, err := store.One[store.Value[[]byte]](ctx, tx, selectFeedKey, person)
	if err != nil && !errors.Is(err, store.ErrNone) {
		return nil, err
	}
	var out [][]byte
	for _, h := range append(rows, feedKey) {
		if len(h.V) > 0 {
			out = append(out, h.V)
		}
	}
	return out, nil
}

// Mark is the mark that a value of somebody would leave.
func (d *Directory) Mark(k Kind, value string) []byte { return d.hash(k, value) }

// Bury keeps the marks of a person who is not here, after a restore from before
// they came: they are not to come a second time.
func (d *Directory) Bury(ctx context.Context, tx *store.Tx, person int64, marks [][]byte, detail string) error {
	g, err := d.erasing().Check(tx, Subject{ID: person})
	if err != nil {
		return err
	}
	return d.bury(ctx, tx, g.With(detail), marks)
}

func (d *Directory) bury(ctx context.Context, tx *store.Tx, proof policy.Proof, marks [][]byte) error {
	for _, m := range marks {
		if _, err := store.Exec(ctx, tx, proof, insertTombstone, m, tx.Millis()); err != nil {
			return err
		}
	}
	return nil
}

// Forgotten reports whether somebody with this user name or mail address was
// forgotten here. Whoever would add a person of their own accord asks first.
func (d *Directory) Forgotten(ctx context.Context, tx *store.Tx, k Kind, value string) (bool, error) {
	_, err := store.One[store.Value[[]byte]](ctx, tx, selectTombstone, d.hash(k, value))
	if errors.Is(err, store.ErrNone) {
		return false, nil
	}
	return err == nil, err
}

// Named finds the one person with a user name, a mail address or the number of
// their record, of open accounts first, for an operator who acts on them by name.
func (d *Directory) Named(ctx context.Context, tx *store.Tx, name string) (Person, error) {
	kind := UserName
	if strings.Contains(name, "@") {
		kind = Email
	}
	found, err := d.Lookup(ctx, tx, kind, name)
	if err != nil {
		return Person{}, err
	}
	if n, err := id.Parse(name); err == nil && len(found) == 0 {
		return d.Person(ctx, tx, n)
	}
	if len(found) == 0 {
		return Person{}, fault.Unknown("person.named", "nobody here has the user name or mail address %q; look at the spelling", name)
	}
	if len(found) == 1 || found[0].State != found[1].State {
		return found[0], nil
	}
	var each []string
	for _, p := range found {
		c, err := d.Controller(ctx, tx, p.Controller)
		if err != nil {
			return Person{}, err
		}
		each = append(each, id.Text(p.ID)+" ("+c.Code+")")
	}
	return Person{}, fault.Conflict("person.several", "%d people here have %q: %s; name the one by their number", len(found), name, strings.Join(each, ", "))
}
