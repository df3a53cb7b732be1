package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// "Who can see this?" is answered from the notice and the registers of teams and
// roles, and says of everybody what the gate does: of those who work somewhere, hold a
// role or asked, whatever the ticket's desk.
func TestWhoCanSeeThisNamesWhomTheGateLetsInAndNobodyElse(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		moved := d.as("ceze").ask("a laptop", "a new one")
		d.as("mtan").give(moved, "ESTATES", "")
		followed := d.as("aruiz").ask("a numbat", "in the lift")
		b := d.as("oachterberg")
		follow := b.form("/desk/tickets/"+followed+"/watch", "/desk/tickets/"+followed+"/watch").fill("who=lhaddad")
		if status, said := b.post(follow.action, follow.fields); status != http.StatusSeeOther {
			t.Fatalf("nobody follows: %d %s", status, said)
		}
		for _, ref := range []string{moved, followed, d.as("egagnon").ask("un hibou", "au grenier"), d.as("amehta").ask("a file", "of the department")} {
			d.noted(ref)
			for _, p := range d.workers() {
				d.sameSight(ref, p)
			}
			d.write(policy.Operate, func(tx *store.Tx) error { // only kept, it is seen by few
				_, err := store.Keep(t.Context(), tx, "UPDATE ticket SET restricted = TRUE WHERE ref = $1", ref)
				return err
			})
			for _, p := range d.workers() {
				d.sameSight(ref, p)
			}
		}
	})
}

// noted puts an internal note on a ticket, whoever holds it.
func (d *desk) noted(ref string) {
	d.t.Helper()
	d.read(func(tx *store.Tx) error {
		members, err := d.People.Members(d.t.Context(), tx, d.facts(ref).Team)
		if err != nil || len(members) == 0 {
			d.t.Fatalf("%s lies with a team of nobody: %v", ref, err)
		}
		who, err := d.People.Actor(d.t.Context(), tx, members[0], "session")
		if err != nil {
			return err
		}
		return d.DB.Write(d.t.Context(), who, policy.Resolve, func(tx *store.Tx) error {
			_, err := d.Tickets.Note(d.t.Context(), tx, ref, ticket.Text{Body: "among us"})
			return err
		})
	})
}

// workers are all who work in a team, hold a role or asked for something.
func (d *desk) workers() (out []int64) {
	d.t.Helper()
	d.read(func(tx *store.Tx) error {
		rows, err := store.All[store.Value[int64]](d.t.Context(), tx, `SELECT person_id FROM membership UNION SELECT person_id FROM role_holder UNION SELECT affected_id FROM ticket WHERE affected_id <> 0`)
		for _, r := range rows {
			out = append(out, r.V)
		}
		return err
	})
	if len(out) < 20 {
		d.t.Fatalf("only %d people work here", len(out))
	}
	return out
}

// sameSight compares what the page of a ticket says of somebody with what the gate does.
func (d *desk) sameSight(ref string, person int64) {
	d.t.Helper()
	said, notes := map[policy.Purpose]bool{}, false
	t := d.facts(ref)
	var who policy.Actor
	d.read(func(tx *store.Tx) (err error) {
		sights, err := d.Tickets.Sights(d.t.Context(), tx, t)
		for _, x := range sights {
			rule, _ := tx.Book().Find(x.Rule)
			for _, p := range rule.Purposes {
				said[p] = said[p] || (x.Everybody || slices.Contains(x.People, person)) && slices.Contains(x.Purposes, p)
			}
		}
		if err != nil {
			return err
		}
		readers, err := d.Tickets.NoteReaders(d.t.Context(), tx, t)
		if err != nil {
			return err
		}
		notes = slices.Contains(readers.People, person)
		who, err = d.People.Actor(d.t.Context(), tx, person, "session")
		return err
	})
	for _, p := range []policy.Purpose{policy.Resolve, policy.Own, policy.Oversight} {
		sees, reads := false, false
		_ = d.DB.Read(d.t.Context(), who, p, func(tx *store.Tx) error {
			tx.State("a test of who sees what")
			x, _, err := d.Tickets.Find(d.t.Context(), tx, ref)
			if sees = err == nil; sees {
				_, hidden, e := d.Tickets.Entries(d.t.Context(), tx, x, ticket.Newest, 20)
				reads = e == nil && hidden[ticket.Internal] == 0
			}
			return err
		})
		if sees != said[p] {
			d.t.Errorf("%s, %s, person %d: the page says %t, the gate %t", ref, p, person, said[p], sees)
		}
		if p == policy.Resolve && sees && reads != notes {
			d.t.Errorf("%s, note, person %d: the button counts them %t, the gate lets them %t", ref, person, notes, reads)
		}
	}
}

// Nobody has to know a user name by heart: a name finds its bearer, and of several the
// page asks which. Who may not be found is not found by it.
func TestWhoFollowsIsFoundByNameAndOfSeveralOneIsChosen(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		one := d.hire("LJMU", "Zenobia Quill", "zquill", nil)
		two := d.hire("LJMU", "Zenobia Quill", "zquill2", nil)
		d.hire("CHI", "Zenobia Farquill", "zfar", nil)
		d.hire("LJMU", "Tancred Only", "tonly", nil)
		ref := d.as("aruiz").ask("a numbat", "in the lift")
		b, here := d.as("oachterberg"), "/desk/tickets/"+ref+"/watch"
		follow := func(pairs ...string) (int, string) {
			f := b.form(here, here).fill(pairs...)
			return b.post(f.action, f.fields)
		}
		if status, to := follow("who=tancred"); status != http.StatusSeeOther {
			t.Errorf("the only Tancred is not found: %d %s", status, to)
		}
		if status, said := follow("who=farquill"); status != http.StatusUnprocessableEntity || strings.Contains(said, "zfar") || !strings.Contains(said, "among those whom you may find, nobody has that name") {
			t.Errorf("somebody of another institution: %d", status)
		}
		status, page := follow("who=quill zenobia")
		if status != http.StatusUnprocessableEntity || !strings.Contains(page, "choose which of them") || !strings.Contains(page, "Zenobia Quill, zquill2") {
			t.Fatalf("of two of a name it is not asked which: %d", status)
		}
		f := formIn(t, here, page, here).fill("who_is=" + id.Text(two.ID))
		if status, _ := b.post(f.action, f.fields); status != http.StatusSeeOther {
			t.Errorf("the one that was chosen does not follow: %d", status)
		}
		n := d.count("SELECT count(*) FROM ticket_party p JOIN ticket t ON t.id = p.ticket_id WHERE t.ref = $1 AND p.person_id IN ($2, $3)", ref, one.ID, two.ID)
		if m := d.count("SELECT count(*) FROM ticket_party p JOIN ticket t ON t.id = p.ticket_id WHERE t.ref = $1 AND p.person_id = $2", ref, two.ID); n != 1 || m != 1 {
			t.Errorf("%d of the two follow, the chosen one %d", n, m)
		}
		people := "/desk/tickets/" + ref + "/people"
		put := b.form(people, people).fill("affected=Tancred Only")
		if status, said := b.post(put.action, put.fields); status != http.StatusUnprocessableEntity && status != http.StatusSeeOther {
			t.Errorf("putting right whom it is about: %d %s", status, said)
		} else if status == http.StatusUnprocessableEntity && !strings.Contains(said, "wrote on it themselves") {
			t.Errorf("a name is not understood there: %s", said)
		}
	})
}
