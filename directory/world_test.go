package directory

import (
	"strings"
	"testing"
	"time"

	"heed/kernel/id"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// world is two desks: LJMU, and CO, which also works for DCMS as a processor.
type world struct {
	*storetest.Env
	*Directory
	t        testing.TB
	code     map[string]Controller
	org      map[string]Organisation
	team     map[string]Team
	recorded *ledger.Ledger
}

func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, []store.Module{ledger.Module(), Module()}, func(t *testing.T, e *storetest.Env) { fn(t, newWorld(t, e, nil)) })
}

func newWorld(t testing.TB, e *storetest.Env, tickets Tickets) *world {
	t.Helper()
	keys := storetest.Open(t, store.SQLite, []store.Module{seal.Module()})
	mint := id.NewMint(1)
	vault, err := seal.Open(t.Context(), keys.DB, seal.NewMaster(), mint)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		Env: e, t: t, code: map[string]Controller{}, org: map[string]Organisation{}, team: map[string]Team{},
		Directory: (&Directory{DB: e.DB, Vault: vault, Mint: mint, Tickets: tickets}).Prepare(),
	}
	if w.recorded, err = ledger.New(e.DB, mint, vault.Derive("ledger"), nil); err != nil {
		t.Fatal(err)
	}
	e.DB.SetRecorder(w.recorded)
	w.write(func(tx *store.Tx) error {
		for _, c := range []Controller{{Code: "LJMU", Zone: "Europe/London", Notice: "l"}, {Code: "CO", Zone: "Europe/London", Notice: "c"}, {Code: "DCMS", Zone: "Europe/London", Notice: "c", Processor: true}} {
			if c.Processor {
				c.DeskID = w.code["CO"].ID
			}
			c.Name = c.Code
			made, err := w.AddController(t.Context(), tx, c)
			if err != nil {
				return err
			}
			w.code[c.Code] = made
			if w.org[c.Code], err = w.AddOrganisation(t.Context(), tx, Organisation{Code: c.Code, Name: c.Code, Controller: made.ID}); err != nil {
				return err
			}
		}
		for _, x := range []Team{{Code: "IT", Controller: w.code["LJMU"].ID}, {Code: "IT-DESK", Controller: w.code["LJMU"].ID}, {Code: "DESK", Controller: w.code["CO"].ID}} {
			if x.Code == "IT-DESK" {
				x.Parent = w.team["IT"].ID
			}
			x.Name = x.Code
			made, err := w.AddTeam(t.Context(), tx, x)
			if err != nil {
				return err
			}
			w.team[x.Code] = made
		}
		return nil
	})
	return w
}

func tester() policy.Actor { return policy.System("test") }

func (w *world) write(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.Env.DB.Write(w.t.Context(), tester(), policy.Accounts, fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.Env.DB.Read(w.t.Context(), tester(), policy.Accounts, fn); err != nil {
		w.t.Fatal(err)
	}
}

// person adds somebody of a controller with a user name, and a mail address made of it.
func (w *world) person(controller, name, user string, affiliations ...string) Person {
	w.t.Helper()
	var p Person
	w.write(func(tx *store.Tx) (err error) {
		p, err = w.AddPerson(w.t.Context(), tx, NewPerson{
			Controller: w.code[controller].ID, Organisation: w.org[controller].ID, Name: name, Affiliations: affiliations, Source: "hand",
			Values: []Value{{Kind: UserName, Text: user, Source: "hand"}, {Kind: Email, Text: user + "@example.org", Source: "hand"}, {Kind: Phone, Text: "0151 496 " + user, Source: "hand"}},
		})
		return err
	})
	return p
}

// erase forgets a person, as package privacy does, and returns the key to destroy.
func (w *world) erase(person int64) (key int64) {
	w.t.Helper()
	err := w.Env.DB.Write(w.t.Context(), tester(), policy.Operate, func(tx *store.Tx) (err error) {
		key, _, err = w.Erase(w.t.Context(), tx, person, "certificate 1")
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return key
}

// who returns the person with a user name, or the zero Person.
func (w *world) who(user string) Person {
	w.t.Helper()
	var p Person
	w.read(func(tx *store.Tx) error {
		found, err := w.Lookup(w.t.Context(), tx, UserName, user)
		if err == nil && len(found) > 0 {
			p, err = w.Person(w.t.Context(), tx, found[0].ID)
		}
		return err
	})
	return p
}

// count is the number of rows of a table that a condition holds for.
func (w *world) count(q string, args ...any) int64 {
	w.t.Helper()
	var n int64
	w.read(func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](w.t.Context(), tx, "SELECT count(*) FROM "+q, args...)
		n = row.V
		return err
	})
	return n
}

// records are the details of the ledger's records about a person.
func (w *world) records(person int64) string {
	w.t.Helper()
	var out []string
	w.read(func(tx *store.Tx) error {
		rs, err := ledger.Page(w.t.Context(), tx, policy.If(true), ledger.Filter{Person: person}, 1<<62, 500)
		for _, r := range rs {
			out = append(out, r.Action+": "+r.Detail)
		}
		return err
	})
	return strings.Join(out, "\n")
}

// as runs fn as a person who came in by a session.
func (w *world) as(person int64, purpose policy.Purpose, fn func(*store.Tx) error) error {
	w.t.Helper()
	var who policy.Actor
	w.read(func(tx *store.Tx) (err error) {
		who, err = w.Actor(w.t.Context(), tx, person, "session")
		return err
	})
	return w.Env.DB.Read(w.t.Context(), who, purpose, fn)
}

// let puts rules of one controller in force.
func (w *world) let(controller string, rules ...policy.Rule) {
	w.Shelf.Put(policy.NewBook(map[int64][]policy.Rule{w.code[controller].ID: rules}))
}

// days is a number of days.
func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
