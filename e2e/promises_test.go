package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heed/kernel/id"
	"heed/kernel/store"
)

func TestTMU13OnlyTheTeamThatHoldsATicketKnowsOfIt(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 8)
		ref := d.as("egagnon").ask("quokkaplan", "Mon wombatfichier ne s'ouvre pas.")
		holder, colleague := d.as("praman"), d.as("mtremblay") // CCS Help Desk and Networks, both CCS
		if page := holder.must("/desk/tickets/" + ref); !strings.Contains(page, "quokkaplan") {
			t.Error("the team that holds it does not see it")
		}
		d.unseen(colleague, ref, "quokkaplan", "wombatfichier")
	})
}

// unseen checks that nothing tells somebody of a ticket: not its page, any list,
// search, suggestion, count, nor the API.
func (d *desk) unseen(b *browser, ref, subject, word string) {
	d.t.Helper()
	status, page := b.get("/desk/tickets/" + ref)
	never, neverPage := b.get("/desk/tickets/" + strings.TrimRight(ref, "0123456789") + "9999999")
	if status != http.StatusNotFound || never != status {
		d.t.Errorf("the page of %s answers %d, an absent one %d", ref, status, never)
	}
	if strings.ReplaceAll(page, ref, "") != strings.ReplaceAll(neverPage, strings.TrimRight(ref, "0123456789")+"9999999", "") {
		d.t.Error("unseen and absent answer differently")
	}
	for _, path := range []string{"/desk", "/desk?view=all", "/desk?view=mine", "/desk/search?q=" + subject, "/desk/search?q=" + word, "/desk/search?q=" + ref, "/desk/find?q=" + subject, "/desk/find?q=" + word} {
		status, page := b.get(path)
		if status != http.StatusOK {
			d.t.Errorf("%s: %d", path, status)
		}
		page = strings.ReplaceAll(page, "q="+subject, "")
		for _, leak := range []string{">" + subject, subject + "<", ref + "<", "/tickets/" + ref} {
			if strings.Contains(page, leak) {
				d.t.Errorf("%s tells of the ticket (%q)", path, leak)
			}
		}
	}
	for _, path := range []string{"/requests/" + ref, "/desk/tickets/" + ref + "/assign", "/desk/tickets/" + ref + "/close"} {
		if status, _ := b.get(path); status != http.StatusNotFound {
			d.t.Errorf("%s answers %d", path, status)
		}
	}
	for _, path := range []string{"", "/assign", "/close", "/take", "/resolve"} {
		if status, _ := b.post("/desk/tickets/"+ref+path, url.Values{"body": {"x"}, "team": {"1"}}); status != http.StatusNotFound {
			d.t.Errorf("POST %s answers %d", path, status)
		}
	}
}

func TestLJMUH08AllOfITSeesTicketsAndOthersDoNot(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("ocelot", "The margay is slow.")
		if page := d.as("oachterberg").must("/desk/tickets/" + ref); !strings.Contains(page, "ocelot") {
			t.Error("IT does not see it")
		}
		d.unseen(d.as("lhaddad"), ref, "ocelot", "margay")
		d.unseen(d.as("mtan"), ref, "ocelot", "margay") // another university's analyst
	})
}

func TestLJMUH09SightEndsWithTheAssignment(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("pangolin", "The aardvark drive is gone.")
		it, bst := d.as("oachterberg"), d.as("lhaddad")
		d.unseen(bst, ref, "pangolin", "aardvark")
		give := func(team string) {
			t.Helper()
			if status, body := it.post("/desk/tickets/"+ref+"/assign", url.Values{"team": {id.Text(d.team(team).ID)}}); status != http.StatusSeeOther {
				t.Fatalf("hand over: %d %.200s", status, body)
			}
		}
		give("BST")
		if page := bst.must("/desk/tickets/" + ref); !strings.Contains(page, "aardvark") {
			t.Error("the team that holds it does not see it")
		}
		if page := bst.must("/desk/search?q=aardvark"); !strings.Contains(page, ref) {
			t.Error("the team that holds it cannot find it by a word")
		}
		give("IT")
		d.unseen(bst, ref, "pangolin", "aardvark")
	})
}

func TestCHI26AnalystsReadCallsAndCHI27OnlySupportRolesReadMails(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		d.mail("supportme@desk.example.org", "From: ceze@chi.example\nTo: supportme@desk.example.org\nSubject: tamarin\nMessage-ID: <1@chi.example>\n\nThe capuchin printer is jammed.\n")
		support, analyst := d.as("mtan"), d.as("hsorensen")
		page := support.must("/desk/search?q=tamarin")
		_, ref, ok := strings.Cut(page, "/desk/tickets/")
		if !ok {
			t.Fatal("the call is not found")
		}
		ref, _, _ = strings.Cut(ref, "?")
		if page := support.must("/desk/tickets/" + ref); !strings.Contains(page, "capuchin") {
			t.Error("a support role does not read the mail")
		}
		page = analyst.must("/desk/tickets/" + ref)
		if strings.Contains(page, "capuchin") || !strings.Contains(page, "1 e-mail hidden") || !strings.Contains(page, "tamarin") {
			t.Error("an analyst without a support role should see the call, and that a mail is hidden, and no word of it")
		}
		if strings.Contains(analyst.must("/desk/search?q=capuchin"), ref) {
			t.Error("a word of a mail finds its call for somebody who may not read the mail")
		}
		if !strings.Contains(support.must("/desk/search?q=capuchin"), ref) {
			t.Error("a support role does not find the call by a word of the mail")
		}
	})
}

func TestTMU01EveryTicketCarriesItsNotice(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		d.as("egagnon").ask("a", "by portal")
		d.mail("ccs@desk.example.org", "From: egagnon@tmu.example\nSubject: b\nMessage-ID: <2@tmu.example>\n\nby mail\n")
		d.read(func(tx *store.Tx) error {
			for row, err := range store.Each[store.Value[string]](t.Context(), tx, "SELECT notice FROM ticket") {
				if err != nil {
					return err
				}
				if row.V != "tmu-ccs-helpdesk@1" {
					t.Errorf("a ticket carries the notice %q", row.V)
				}
			}
			return nil
		})
		err := d.DB.Write(t.Context(), systemActor(), operate(), func(tx *store.Tx) error {
			_, err := store.Keep(t.Context(), tx, "UPDATE ticket SET notice = NULL")
			return err
		})
		if err == nil {
			t.Error("the database takes a ticket without a notice")
		}
	})
}

func TestTMU03OneTimelineForEveryChannel(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		student, agent := d.as("egagnon"), d.as("praman")
		ref := student.ask("numbat", "first, by portal")
		if status, _ := agent.post("/desk/tickets/"+ref, url.Values{"mode": {"note"}, "body": {"second, at the desk"}}); status != http.StatusSeeOther {
			t.Fatal(status)
		}
		reply := d.outgoing("acknowledgement", "Reply-To")
		d.mail(reply, "From: egagnon@tmu.example\nTo: "+reply+"\nSubject: Re\nMessage-ID: <3@tmu.example>\n\nthird, by mail\n")
		page := agent.must("/desk/tickets/" + ref)
		last := -1
		for _, want := range []string{"first, by portal", "second, at the desk", "third, by mail"} {
			at := strings.Index(page, want)
			if at <= last {
				t.Errorf("%q is missing or out of order", want)
			}
			last = at
		}
		for _, channel := range []string{"in the portal", "by mail"} {
			if !strings.Contains(page, channel) {
				t.Errorf("the timeline does not say %q", channel)
			}
		}
	})
}

func TestCHI07SomebodyElseIsToldAndSeesIt(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		status, to := d.as("mtan").post("/ask", url.Values{"subject": {"quoll"}, "body": {"for her"}, "for": {"ceze"}})
		if status != http.StatusSeeOther {
			t.Fatal(status, to)
		}
		d.settle()
		if page := d.as("ceze").must("/requests"); !strings.Contains(page, "quoll") {
			t.Error("the affected person does not see it")
		}
		if to := d.outgoingTo("ceze@chi.example"); !strings.Contains(to, "quoll") || !strings.Contains(to, "Mei-Ling Tan") {
			t.Errorf("the affected person is not told by whom: %q", to)
		}
	})
}

func TestLJMUH04TheNoticeIsLinkedWhereverDataIsTaken(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	for _, path := range []string{"/ask", "/", "/requests"} {
		if !strings.Contains(d.as("aruiz").must(path), `href="/notices/ljmu-helpdesk"`) {
			t.Errorf("%s does not link the notice", path)
		}
	}
	d.as("aruiz").ask("numbat", "x")
	d.settle()
	if mail := d.outgoingTo("aruiz@ljmu.example"); !strings.Contains(mail, "/notices/ljmu-helpdesk/1") {
		t.Errorf("the acknowledgement does not link the version of the notice: %s", mail)
	}
	stranger := d.as("")
	if page := stranger.must("/notices/ljmu-helpdesk/1"); !strings.Contains(page, "Liverpool John Moores University") || !strings.Contains(page, "DPO@ljmu.ac.uk") {
		t.Error("LJMUH-01, LJMUH-02: the published notice does not name controller and officer")
	}
}

func TestLJMUH06TheFormAsksForNothingMore(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	page := d.as("aruiz").must("/ask")
	for _, field := range []string{"phone", "email", "mail", "address", "birth", "office", "name"} {
		if strings.Contains(page, `name="`+field+`"`) {
			t.Errorf("the form asks for %s, which the directory knows or nobody needs", field)
		}
	}
	for _, field := range []string{"subject", "body", "for"} {
		if !strings.Contains(page, `name="`+field+`"`) {
			t.Errorf("the form lacks %s", field)
		}
	}
}

func TestCAB29AnotherDepartmentIsTheControllerAndOurOfficerDoesNotSeeItsLedger(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("amehta").ask("bilby", "from the museum")
		page := d.as("kmensah").must("/desk/tickets/" + ref)
		if !strings.Contains(page, "Department for Culture, Media and Sport is the controller") {
			t.Error("the desk is not told whose data this is")
		}
		ours := d.as("rokafor").ask("dunnart", "from our own")
		if strings.Contains(d.as("kmensah").must("/desk/tickets/"+ours), "is the controller.") {
			t.Error("CAB-28: a body led by the Cabinet Office has the Cabinet Office as its controller")
		}
		ledger := d.as("tbrandt").must("/privacy/ledger")
		if strings.Contains(ledger, "Arjun Mehta") {
			t.Error("the desk's privacy officer reads the ledger of another controller")
		}
		if !strings.Contains(ledger, "Rosalind Okafor") {
			t.Error("the privacy officer does not see the ledger of their own controller")
		}
	})
}

func TestTMU12EveryVerbIsRecordedWithActorPurposeAndObject(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		agent := d.as("praman")
		ref := d.as("egagnon").ask("kowari", "x")
		agent.must("/desk/tickets/" + ref)
		for _, form := range []url.Values{{"mode": {"note"}, "body": {"n"}}, {"body": {"r"}, "to": {d.person("egagnon")}}} {
			if status, body := agent.post("/desk/tickets/"+ref, form); status != http.StatusSeeOther {
				t.Fatalf("%d %.300s", status, body)
			}
		}
		d.sequence()
		d.read(func(tx *store.Tx) error {
			for _, action := range []string{"ticket.open", "ticket.read", "ticket.note", "ticket.reply"} {
				n, err := store.One[store.Value[int64]](t.Context(), tx,
					"SELECT count(*) FROM ledger_record WHERE action = $1 AND actor_id <> 0 AND purpose IN ('own', 'resolve') AND object_id <> 0 AND person_id <> 0 AND rule LIKE 'tmu-ccs-helpdesk/see/%'", action)
				if err != nil {
					return err
				}
				if n.V == 0 {
					t.Errorf("%s was not recorded with actor, purpose, object and rule", action)
				}
			}
			return nil
		})
		if page := d.as("egagnon").must("/looked"); !strings.Contains(page, "CCS") {
			t.Error("the person does not see who looked and by which sentence")
		}
	})
}

func TestCHI21EveryRecordResolvesToARule(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 12)
	book := d.Notices.Shelf.Book()
	d.sequence()
	d.read(func(tx *store.Tx) error {
		n := 0
		for row, err := range store.Each[store.Value[string]](t.Context(), tx, "SELECT DISTINCT rule FROM ledger_record") {
			if err != nil {
				return err
			}
			for rule := range strings.FieldsSeq(row.V) {
				n++
				if _, ok := book.Find(rule); !ok && rule != "system" {
					t.Errorf("a record names the rule %q, which no notice has", rule)
				}
			}
		}
		if n < 4 {
			t.Errorf("only %d rules were used", n)
		}
		return nil
	})
}

func TestTMU28TheContactComesFromTheNotice(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	n, _ := d.Notices.Find("tmu-ccs-helpdesk", 0)
	if n == nil {
		t.Fatal("no notice")
	}
	if page := d.as("").must("/notices/tmu-ccs-helpdesk"); !strings.Contains(page, n.Contact.Office) {
		t.Errorf("the page does not name %q", n.Contact.Office)
	}
}
