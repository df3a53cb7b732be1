package directory

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// Directory is the slice. Fill the exported fields and call Prepare once.
type Directory struct {
	DB      *store.DB
	Vault   *seal.Vault
	Mint    *id.Mint
	Log     *slog.Logger
	Tickets Tickets // may be nil: then no ticket lets anybody see a person
	Notices Notices // may be nil: then values are hidden by their category alone

	People     *policy.Resource[Subject] // set by Prepare
	Identities *policy.Resource[Subject] // set by Prepare
	Vettings   *policy.Resource[Subject] // set by Prepare
	do         actions
	register   store.Memo[register]
	guard      chan struct{} // bounds how many passwords are checked at once
}

// Prepare builds what depends on the fields.
func (d *Directory) Prepare() *Directory {
	d.People = newPeople("person", d.Tickets)
	d.Identities = newPeople("person.identity", d.Tickets)
	d.Vettings = newPeople("person.vetting", d.Tickets)
	d.do = newActions(d.People, d.Identities, d.Vettings)
	d.guard = make(chan struct{}, 2) // argon2 takes 64 MiB each
	return d
}

// unknown is the one answer for people who are absent and people who are unseen.
func unknown() error {
	return fault.Unknown("person.unknown", "there is nobody here by that name whom you may see")
}

// Controller returns one controller.
func (d *Directory) Controller(ctx context.Context, tx *store.Tx, id int64) (Controller, error) {
	all, err := d.Controllers(ctx, tx)
	if err != nil {
		return Controller{}, err
	}
	for _, c := range all {
		if c.ID == id {
			return c, nil
		}
	}
	return Controller{}, fault.Unknown("controller.unknown", "there is no controller %d", id)
}

// ofSeveral is the name of a controller whose desk works for others too, "" of one that
// has its desk to itself.
func (d *Directory) ofSeveral(ctx context.Context, tx *store.Tx, id int64) (string, error) {
	all, err := d.Controllers(ctx, tx)
	if err != nil {
		return "", err
	}
	own := slices.IndexFunc(all, func(c Controller) bool { return c.ID == id })
	if own < 0 || !slices.ContainsFunc(all, func(c Controller) bool { return c.ID != id && c.DeskID == all[own].DeskID }) {
		return "", nil
	}
	return all[own].Name, nil
}

// Members returns who belongs to a team now, directly.
func (d *Directory) Members(ctx context.Context, tx *store.Tx, team int64) ([]int64, error) {
	return ids(store.All[store.Value[int64]](ctx, tx, selectMembers, team, tx.Millis()))
}

// Crews returns who is in each team of a controller's desk now, by team.
func (d *Directory) Crews(ctx context.Context, tx *store.Tx, controller int64) (map[int64][]int64, error) {
	rows, err := store.All[crewRow](ctx, tx, selectCrews, controller, tx.Millis())
	out := map[int64][]int64{}
	for _, r := range rows {
		out[r.team] = append(out[r.team], r.person)
	}
	return out, err
}

// Holders returns who holds a role for a controller's desk now.
func (d *Directory) Holders(ctx context.Context, tx *store.Tx, controller int64, role string) ([]int64, error) {
	return ids(store.All[store.Value[int64]](ctx, tx, selectHolders, controller, role, tx.Millis()))
}

func ids(rows []store.Value[int64], err error) ([]int64, error) {
	out := make([]int64, len(rows))
	for i, r := range rows {
		out[i] = r.V
	}
	return out, err
}

// open unseals the name.
func (d *Directory) open(ctx context.Context, r *personRow) error {
	name, err := d.Vault.OpenText(ctx, seal.Place{Column: "person.name", Row: r.ID}, r.name)
	if errors.Is(err, seal.ErrForgotten) {
		name, err = "Former member", nil // LJMUH-19: what remains of a person who was forgotten
	}
	r.Person.Name = name
	return err
}

// Names returns the names of people by id, for pages whose rows the reader was
// already let in to. Unknown ids are left out.
func (d *Directory) Names(ctx context.Context, tx *store.Tx, people ...int64) (map[int64]string, error) {
	rows, err := d.rows(ctx, tx, people)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]string, len(rows))
	for _, r := range rows {
		out[r.ID] = r.Person.Name
	}
	return out, nil
}

func (d *Directory) rows(ctx context.Context, tx *store.Tx, people []int64) ([]personRow, error) {
	var want []int64
	for _, p := range people {
		if p != 0 {
			want = append(want, p)
		}
	}
	if len(want) == 0 {
		return nil, nil
	}
	q, args := store.Splice(namedPersons, nil, store.Part{Name: "ids", SQL: policy.In("p.id", want)})
	rows, err := store.All[personRow](ctx, tx, q, args...)
	if err != nil {
		return nil, err
	}
	return rows, d.openAll(ctx, rows)
}

func (d *Directory) openAll(ctx context.Context, rows []personRow) error {
	sealed := make([][]byte, len(rows))
	for i := range rows {
		sealed[i] = rows[i].name
	}
	if err := d.Vault.Warm(ctx, sealed...); err != nil {
		return err
	}
	for i := range rows {
		if err := d.open(ctx, &rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// Person returns a person without any check or record, for verbs of the house
// that act on ids they were given by a granted row: whom to mail, whose ticket
// it is. Pages use Card.
func (d *Directory) Person(ctx context.Context, tx *store.Tx, person int64) (Person, error) {
	r, err := store.One[personRow](ctx, tx, selectPerson, person)
	if errors.Is(err, store.ErrNone) {
		return Person{}, unknown()
	}
	if err != nil {
		return Person{}, err
	}
	if err := d.open(ctx, &r); err != nil {
		return Person{}, err
	}
	r.Values, err = d.values(ctx, tx, &r)
	return r.Person, err
}

func (d *Directory) values(ctx context.Context, tx *store.Tx, r *personRow) ([]Value, error) {
	rows, err := store.All[valueRow](ctx, tx, selectValues, r.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Value, 0, len(rows))
	for _, v := range rows {
		t, err := d.Vault.OpenText(ctx, seal.Place{Column: "person_value.value", Row: v.id}, v.value)
		if errors.Is(err, seal.ErrForgotten) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("value of person %d: %w", r.ID, err)
		}
		out = append(out, Value{Kind: v.kind, Text: t, Source: v.source, At: time.UnixMilli(v.at).UTC()})
	}
	return out, nil
}

// Lookup finds people by the exact value of a kind, open accounts first. Like
// Person it is for verbs, not for pages: intake finds the sender of a mail.
func (d *Directory) Lookup(ctx context.Context, tx *store.Tx, k Kind, value string) ([]Person, error) {
	return d.lookup(ctx, tx, k, d.hash(k, value))
}

// lookup is Lookup by the hash of the value.
func (d *Directory) lookup(ctx context.Context, tx *store.Tx, k Kind, hash []byte) ([]Person, error) {
	rows, err := store.All[personRow](ctx, tx, lookupValue, hash, string(k))
	if err != nil {
		return nil, err
	}
	out := make([]Person, len(rows))
	for i := range rows {
		if err := d.open(ctx, &rows[i]); err != nil {
			return nil, err
		}
		out[i] = rows[i].Person
	}
	return out, nil
}

func (d *Directory) hash(k Kind, value string) []byte {
	return d.Vault.Hash("person."+string(k), k.normal(value))
}

// subject is what rules ask of a person.
func (d *Directory) subject(ctx context.Context, tx *store.Tx, p Person) (Subject, error) {
	s := Subject{ID: p.ID, Controller: p.Controller}
	if d.Tickets == nil {
		return s, nil
	}
	var err error
	s.Held, err = d.Tickets.Holds(ctx, tx, p.ID)
	return s, err
}

// matchTable is how the match names the index: FTS5 by the table itself.
func matchTable(d store.Dialect) string {
	if d == store.Postgres {
		return "w"
	}
	return "person_words"
}
