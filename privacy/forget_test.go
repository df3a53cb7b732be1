package privacy

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/ticket"
)

// crowd is Ana, who is forgotten, Bob, who asked for her once, and an analyst.
func (w *world) crowd() (ana, bob, agent directory.Person) {
	w.t.Helper()
	ana = w.person("LJMU", "Anastasia Vexillaria", "avexil", directory.Value{Kind: directory.Phone, Text: "0151 496 7788", Source: "directory"})
	return ana, w.person("LJMU", "Bob Quagmire", "bquag"), w.analyst("LJMU", "Owen Tumbler", "otumbler")
}

func TestLJMUH18AForgottenPersonLeavesNoByteAndStaysForgotten(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, bob, agent := w.crowd()
		own := w.ask(ana, ana, "zyzzyva hinge", "the xylograph jams", "quincunx.txt", "what the quincunx says")
		w.receive("Anastasia Vexillaria <avexil@people.example>", "kumquat trouble", "a mail about marmalade")
		w.as(agent, policy.Resolve, func(tx *store.Tx) error {
			_, err := w.tickets.Note(t.Context(), tx, own.Ref, ticket.Text{Body: "ask the ombrometer"})
			return err
		})
		w.as(ana, policy.Own, func(tx *store.Tx) error {
			return w.tickets.SaveDraft(t.Context(), tx, "/ask", ticket.Draft{"body": "an unsent kerfuffle"})
		})
		w.as(ana, policy.Resolve, func(tx *store.Tx) error {
			_, err := w.tickets.SaveView(t.Context(), tx, ticket.SavedView{Name: "The nudibranch list", Query: "view=all&priority=P1"})
			return err
		})
		secret := must(w.people.OpenSession(t.Context(), ana.ID, "password", "borogove browser"))(t)
		shared := w.ask(bob, ana, "shared printer", "it prints in mauve", "", "")
		w.as(agent, policy.Resolve, func(tx *store.Tx) error {
			_, err := w.tickets.Reply(t.Context(), tx, shared.Ref, ticket.Text{Body: "try cyan"}, ticket.Replied)
			return err
		})
		words := []string{"vexillaria", "avexil", "4967788", "zyzzyva", "xylograph", "quincunx", "kumquat", "marmalade", "ombrometer", "kerfuffle", "nudibranch", "borogove"}
		if where := w.everywhere("zyzzyva"); len(where) == 0 {
			t.Fatal("the search finds nothing before: it proves nothing")
		}

		cert, err := w.forget.Person(t.Context(), "avexil", "asked for by the person")
		if err != nil {
			t.Fatal(err)
		}
		if cert.Tickets != 2 || cert.Kept != 1 || cert.Files != 1 || cert.Rows < 4 || cert.Keys < 6 {
			t.Errorf("the certificate says too little: %s", cert)
		}
		if where := w.everywhere(words...); len(where) > 0 {
			t.Errorf("still readable: %q", where)
		}
		if n := w.verified("person.erase", fmt.Sprintf("certificate %d:%%", cert.Number)); n != 1 {
			t.Errorf("%d records hold the certificate, want 1", n)
		}
		if _, _, err := w.people.ActorOf(t.Context(), secret); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("her session still opens: %v", err)
		}
		w.stays(shared, bob, ana)
		w.staysForgotten(ana)
		if n := must(w.forget.Replay(t.Context(), true))(t); n != 3 {
			t.Errorf("forgetting again: %d things, want two tickets and a person", n)
		}
	})
}

// stays checks that a ticket that concerns somebody else is still theirs, and
// no longer names who was forgotten.
func (w *world) stays(shared ticket.Ticket, bob, ana directory.Person) {
	w.t.Helper()
	w.as(bob, policy.Own, func(tx *store.Tx) error {
		t, _, err := w.tickets.Find(w.t.Context(), tx, shared.Ref)
		if err != nil {
			return err
		}
		entries, _, err := w.tickets.Entries(w.t.Context(), tx, t, ticket.Newest, 50)
		all := t.Subject
		for _, e := range entries {
			all += "\n" + e.Body + "\n" + e.SentTo
		}
		if !strings.Contains(all, "mauve") || !strings.Contains(all, "cyan") || strings.Contains(all, "Anastasia") {
			w.t.Errorf("what Bob still has: %q", all)
		}
		names, _ := w.people.Names(w.t.Context(), tx, ana.ID)
		if names[ana.ID] != "Former member" {
			w.t.Errorf("she is now called %q", names[ana.ID])
		}
		return err
	})
}

// staysForgotten checks the marks against feed, file and mail.
func (w *world) staysForgotten(ana directory.Person) {
	w.t.Helper()
	w.read(func(tx *store.Tx) error {
		for kind, value := range map[directory.Kind]string{directory.UserName: "AVexil", directory.Email: "avexil@people.example"} {
			if was, err := w.people.Forgotten(w.t.Context(), tx, kind, value); !was || err != nil {
				w.t.Errorf("%s would bring her back: %v", kind, err)
			}
		}
		return nil
	})
	// a restore from before she came: neither a row nor a tombstone is there
	db := w.data.Raw(w.t)
	for _, q := range []string{"DELETE FROM tombstone", "DELETE FROM person WHERE state = 'closed'"} {
		if _, err := db.ExecContext(w.t.Context(), q); err != nil {
			w.t.Fatal(err)
		}
	}
	if _, err := w.forget.Replay(w.t.Context(), true); err != nil {
		w.t.Fatal(err)
	}
	w.read(func(tx *store.Tx) error {
		if was, err := w.people.Forgotten(w.t.Context(), tx, directory.Email, "avexil@people.example"); !was || err != nil {
			w.t.Errorf("after a restore from before she came, a feed brings her back: %v", err)
		}
		return nil
	})
}

func TestAMailThatBecameNoTicketIsForgottenWithItsSender(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, bob, _ := w.crowd()
		for _, p := range []directory.Person{ana, bob} {
			w.write(func(tx *store.Tx) error { return w.people.CloseAccount(t.Context(), tx, p.ID) })
		}
		w.receive("avexil@people.example", "let me in", "I am parked")
		w.receive("bquag@people.example", "me too", "I am parked as well")
		if n := w.count("mail_in WHERE ticket_id = 0"); n != 2 {
			t.Fatalf("%d mails are parked, want 2", n)
		}
		cert := must(w.forget.Person(t.Context(), "avexil@people.example", "asked for by the person"))(t)
		if n := w.count("mail_in WHERE ticket_id = 0"); n != 1 || cert.Rows != 1 {
			t.Errorf("%d mails are left, want Bob's; %s", n, cert)
		}
	})
}

// Somebody who was forgotten answers an old mail, or a robot answers for them.
func TestALateMailBringsNobodyBack(t *testing.T) { // LJMUH-19
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.crowd()
		_ = must(w.forget.Person(t.Context(), "avexil@people.example", "asked for by the person"))(t)
		people := w.count("person")
		w.receive("avexil@people.example", "me again", "out of office")
		if n := w.count("person"); n != people {
			t.Errorf("%d people where there were %d: the mail made one", n, people)
		}
		if n := w.count("mail_in WHERE outcome = 'parked' AND reason LIKE '%forgotten%'"); n != 1 {
			t.Errorf("%d mails wait for an operator, want this one", n)
		}
	})
}

func TestAProcessThatDiesWhileForgettingLeavesNoKeyBehind(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, _, _ := w.crowd()
		asked := w.ask(ana, ana, "zyzzyva hinge", "the xylograph jams", "a.txt", "quincunx")
		w.files.fail = errors.New("the power is gone")
		if _, err := w.forget.Person(t.Context(), "avexil", "asked for by the person"); err == nil {
			t.Fatal("it did not fail")
		}
		if n := w.count("ticket WHERE id = $1", asked.ID); n != 1 {
			t.Error("the row went before the files that only it names")
		}
		w.files.fail = nil
		if n := must(w.forget.Replay(t.Context(), false))(t); n != 2 {
			t.Errorf("finished %d things at the next start, want a ticket and a person", n)
		}
		if n := w.count("ticket") + w.count("mail_out"); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		if n := must(w.forget.Replay(t.Context(), false))(t); n != 0 {
			t.Errorf("%d things are still unfinished", n)
		}
		if _, err := w.vault.Seal(t.Context(), asked.Key(), seal.Place{Column: "x"}, []byte("x")); !errors.Is(err, seal.ErrForgotten) {
			t.Errorf("the key of the ticket is still there: %v", err)
		}
	})
}

// Two who ask for the same at once leave two notes of it, which a restart carries out in
// one go.
func TestATicketThatIsForgottenTwiceAtOnceCountsOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, bob, _ := w.crowd()
		asked := w.ask(ana, ana, "zyzzyva hinge", "the xylograph jams", "", "")
		w.ask(bob, bob, "another", "which stays", "", "")
		for range 2 {
			e := Erasure{ID: w.forget.Mint.Next(w.data.Clock.Now()), Kind: kindTicket, Object: asked.ID, Ref: asked.Ref, Detail: "asked for"}
			if err := w.forget.note(t.Context(), nil, e); err != nil {
				t.Fatal(err)
			}
		}
		if n := must(w.forget.Replay(t.Context(), false))(t); n != 2 || w.count("ticket") != 1 {
			t.Errorf("%d were carried out, and %d tickets are left", n, w.count("ticket"))
		}
		var counted int64
		w.read(func(tx *store.Tx) error {
			row, err := store.One[store.Value[int64]](t.Context(), tx, `SELECT CAST(sum(n) AS BIGINT) FROM ticket_tally`)
			counted = row.V
			return err
		})
		if counted != 1 {
			t.Errorf("%d tickets are counted, want the one that is left", counted)
		}
	})
}

func TestWhatTheNoticeKeepsForAWhileIsRefusedWithItsDay(t *testing.T) { // TMU-21
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		eve := w.person("TMU", "Eve Portmanteau", "eport")
		asked := w.ask(eve, eve, "a login", "it says no", "", "")
		_, err := w.forget.Person(t.Context(), "eport", "asked for by the person")
		if !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), asked.Ref) || !strings.Contains(err.Error(), "2027-11-23") {
			t.Errorf("got %v", err)
		}
		if _, err := w.forget.Ticket(t.Context(), asked.Ref, "asked for by the person"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("the ticket alone: %v", err)
		}
		if n := must(w.forget.Replay(t.Context(), true))(t); n != 0 || w.count("ticket") != 1 {
			t.Errorf("%d erasures were noted all the same", n)
		}
		w.data.Clock.Set(w.data.Clock.Now().AddDate(1, 0, 1))
		if cert := must(w.forget.Person(t.Context(), "eport", "asked for by the person"))(t); cert.Tickets != 1 || w.count("ticket") != 0 {
			t.Errorf("a year and a day later: %s", cert)
		}
	})
}

func TestForgettingAsksForAReasonAndOnePerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.SQLite)
	w.crowd()
	for name, c := range map[string]struct {
		person, reason string
		want           fault.Kind
	}{
		"no reason":     {"avexil", " ", fault.KindInvalid},
		"nobody's name": {"nobody", "asked for", fault.KindUnknown},
	} {
		if _, err := w.forget.Person(t.Context(), c.person, c.reason); !fault.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.person("LJMU", "A twin", "twin", directory.Value{Kind: directory.Email, Text: "avexil@people.example", Source: "hand"})
	if _, err := w.forget.Person(t.Context(), "avexil@people.example", "asked for"); !fault.Is(err, fault.KindConflict) {
		t.Errorf("two people with one address: %v", err)
	}
}

// BenchmarkForgetAPersonWithAHundredTickets measures the line: under two
// seconds, with the certificate.
func BenchmarkForgetAPersonWithAHundredTickets(b *testing.B) {
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		b.Run(d.String(), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := newWorld(b, d)
				ana, _, _ := w.crowd()
				for i := range 100 {
					w.ask(ana, ana, fmt.Sprintf("matter %d", i), "it does not work", "a.txt", "a file")
				}
				b.StartTimer()
				if _, err := w.forget.Person(b.Context(), "avexil", "asked for by the person"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
