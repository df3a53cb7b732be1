package directory

import (
	"context"
	"errors"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// AddController writes a controller; its id is minted when 0.
func (d *Directory) AddController(ctx context.Context, tx *store.Tx, c Controller) (Controller, error) {
	if c.ID == 0 {
		c.ID = d.Mint.Next(tx.Now())
	}
	if c.DeskID == 0 {
		c.DeskID = c.ID
	}
	d.register.Changed(tx)
	_, err := store.Keep(ctx, tx, insertController, c.ID, c.Code, c.Name, c.DeskName, c.Notice, c.Zone, c.Lang, c.RefPrefix, c.MailLocal, c.Processor, c.DeskID)
	return c, err
}

// AddOrganisation writes an employer.
func (d *Directory) AddOrganisation(ctx context.Context, tx *store.Tx, o Organisation) (Organisation, error) {
	o.ID = d.Mint.Next(tx.Now())
	_, err := store.Keep(ctx, tx, insertOrganisation, o.ID, o.Code, o.Name, o.Controller)
	return o, err
}

// AddTeam writes a team.
func (d *Directory) AddTeam(ctx context.Context, tx *store.Tx, t Team) (Team, error) {
	t.ID = d.Mint.Next(tx.Now())
	d.register.Changed(tx)
	_, err := store.Keep(ctx, tx, insertTeam, t.ID, t.Controller, t.Code, t.Name, t.Parent, t.Desk)
	return t, err
}

// NewPerson is a person to be added.
type NewPerson struct {
	Controller   int64
	Organisation int64
	Name         string
	Lang         string
	Manager      int64
	Affiliations []string // staff, student, partner; from now on
	Values       []Value
	Source       string
	FeedKey      []byte // keyed hash of the feed's own key; nil for people who are in no feed
	FeedHash     []byte // keyed hash of the feed row
}

// AddPerson writes a person with their values and index entry.
func (d *Directory) AddPerson(ctx context.Context, tx *store.Tx, n NewPerson) (Person, error) {
	key, err := d.Vault.NewGroup(ctx)
	if err != nil {
		return Person{}, err
	}
	p := Person{ID: d.Mint.Next(tx.Now()), Controller: n.Controller, Organisation: n.Organisation, Name: n.Name, Lang: n.Lang, State: Active, Manager: n.Manager, key: key}
	g, err := d.do.change.Check(tx, Subject{ID: p.ID, Controller: p.Controller})
	if err != nil {
		return Person{}, err
	}
	name, err := d.Vault.SealText(ctx, key, seal.Place{Column: "person.name", Row: p.ID}, n.Name)
	if err != nil {
		return Person{}, err
	}
	var feedKey any
	if n.FeedKey != nil {
		feedKey = n.FeedKey
	}
	if n.FeedHash == nil {
		n.FeedHash = []byte{}
	}
	if _, err := store.Exec(ctx, tx, g.With("added from "+n.Source), insertPerson, p.ID, p.Controller, p.Organisation, key, name, n.Source,
		tx.Millis(), n.Manager, n.Lang, feedKey, n.FeedHash, tx.Millis()); err != nil {
		return Person{}, err
	}
	for _, v := range n.Values {
		if err := d.addValue(ctx, tx, g.Proof, p, v); err != nil {
			return Person{}, err
		}
	}
	for _, a := range n.Affiliations {
		if _, err := store.Exec(ctx, tx, g.With("affiliation"), insertAffiliation, d.Mint.Next(tx.Now()), p.ID, a, tx.Millis(), 0); err != nil {
			return Person{}, err
		}
	}
	p.Values = n.Values
	return p, d.indexName(ctx, tx, p.ID, words(n.Name, p.First(UserName)))
}

// addValue writes one value. An empty one is not written: "not recorded" is the
// absence of a row.
func (d *Directory) addValue(ctx context.Context, tx *store.Tx, proof policy.Proof, p Person, v Value) error {
	if v.Text == "" {
		return nil
	}
	vid := d.Mint.Next(tx.Now())
	sealed, err := d.Vault.SealText(ctx, p.key, seal.Place{Column: "person_value.value", Row: vid}, v.Text)
	if err != nil {
		return err
	}
	lookup := []byte{}
	if v.Kind.lookedUp() {
		lookup = d.hash(v.Kind, v.Text)
	}
	if v.At.IsZero() {
		v.At = tx.Now()
	}
	_, err = store.Exec(ctx, tx, proof, insertValue, vid, p.ID, string(v.Kind), sealed, lookup, v.Source, v.At.UnixMilli(), d.tailOf(v))
	return err
}

// indexName replaces a person's words in the name index; empty words remove them.
func (d *Directory) indexName(ctx context.Context, tx *store.Tx, person int64, words string) error {
	if _, err := store.Keep(ctx, tx, deleteWords, person); err != nil || words == "" {
		return err
	}
	q, w := insertWords, indexText(words)
	if tx.Dialect() == store.Postgres {
		q, w = insertVector, indexVector(words)
	}
	_, err := store.Keep(ctx, tx, q, person, w)
	return err
}

// Join makes a person a member of a team from now on.
func (d *Directory) Join(ctx context.Context, tx *store.Tx, person int64, t Team) error {
	g, err := d.do.change.Check(tx, Subject{ID: person, Controller: t.Controller})
	if err != nil {
		return err
	}
	_, err = store.Exec(ctx, tx, g.With("joined team "+t.Code), insertMembership, d.Mint.Next(tx.Now()), t.ID, person, tx.Millis(), 0)
	return err
}

// Leave ends a membership now; what it let the person see is gone with it.
func (d *Directory) Leave(ctx context.Context, tx *store.Tx, person int64, t Team) error {
	g, err := d.do.change.Check(tx, Subject{ID: person, Controller: t.Controller})
	if err != nil {
		return err
	}
	_, err = store.Exec(ctx, tx, g.With("left team "+t.Code), endMembership, tx.Millis(), person, t.ID)
	return err
}

// GiveRole lets a person hold a role for a controller's desk from now on.
func (d *Directory) GiveRole(ctx context.Context, tx *store.Tx, person, controller int64, role string) error {
	g, err := d.do.change.Check(tx, Subject{ID: person, Controller: controller})
	if err != nil {
		return err
	}
	_, err = store.Exec(ctx, tx, g.With("given role "+role), insertRole, d.Mint.Next(tx.Now()), controller, person, role, tx.Millis(), 0)
	return err
}

// TakeRole ends a role now.
func (d *Directory) TakeRole(ctx context.Context, tx *store.Tx, person, controller int64, role string) error {
	g, err := d.do.change.Check(tx, Subject{ID: person, Controller: controller})
	if err != nil {
		return err
	}
	_, err = store.Exec(ctx, tx, g.With("lost role "+role), endRole, tx.Millis(), person, controller, role)
	return err
}

// Organisation returns an employer by its code.
func (d *Directory) Organisation(ctx context.Context, tx *store.Tx, code string) (Organisation, error) {
	o, err := store.One[Organisation](ctx, tx, selectOrganisation, code)
	if errors.Is(err, store.ErrNone) {
		return o, fault.Unknown("organisation.unknown", "there is no organisation %q", code)
	}
	return o, err
}
