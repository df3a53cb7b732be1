package e2e

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"heed/kernel/policy"
	"heed/kernel/store"
)

func TestTMU06RequestsAreFollowedUpAndTheOverdueStandOut(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, clock := movable(t, e)
		ref := d.as("egagnon").ask("numbat", "x")
		agent := d.as("praman")
		due := func() string {
			_, row, found := strings.Cut(agent.must("/desk?view=due"), "/desk/tickets/"+ref)
			if !found {
				t.Fatal("the list of what is due next lacks the request")
			}
			row, _, _ = strings.Cut(row, "</li>")
			return row
		}
		if strings.Contains(due(), "Overdue") {
			t.Error("a request that came a moment ago is overdue")
		}
		d.later(clock, 60*24*time.Hour)
		agent = d.as("praman") // the session of two months ago has ended
		if !strings.Contains(due(), "Overdue") {
			t.Error("a request past its targets does not stand out")
		}
		agent.must("/desk/tickets/" + ref)
		d.sequence()
		d.read(func(tx *store.Tx) error {
			n, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM ledger_record WHERE action = 'ticket.read' AND purpose = 'resolve'")
			if err == nil && n.V == 0 {
				t.Error("that it was looked at in order to resolve it is not recorded")
			}
			return err
		})
	})
}

func TestLJMUH26WhoWithholdsTheirNameOrAddressIsHelpedWithinLimits(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		agent := d.as("oachterberg")
		call := url.Values{"kind": {"incident"}, "channel": {"phone"}, "subject": {"numbat"}, "body": {"The door of the lab beeps"}}
		if status, page := agent.post("/desk/call", call); status != http.StatusUnprocessableEntity || !strings.Contains(page, "The door of the lab beeps") {
			t.Errorf("a call with nobody chosen: %d, or its words are lost", status)
		}
		call.Set("caller", "nameless")
		status, to := agent.post("/desk/call", call)
		if status != http.StatusSeeOther {
			t.Fatalf("a caller without a name is refused: %d %.300s", status, to)
		}
		page := agent.must(to)
		if !strings.Contains(page, "Nobody knows whose this is.") || !strings.Contains(page, "The door of the lab beeps") {
			t.Error("the ticket does not say that nobody can be written to")
		}
		if strings.Contains(page, "Also open for this person") {
			t.Error("tickets of others are said to be of the same person")
		}
		if strings.Contains(page, `value="reply"`) {
			t.Error("a reply to nobody is offered")
		}
		d.settle()

		nobody := d.as("jwhitfield") // who has no address
		if page := nobody.must("/ask"); !strings.Contains(page, "Support is limited without a way to reach you") {
			t.Error("who has no address is not told what it means")
		}
		ref := nobody.ask("bilby", "x")
		if page := agent.must("/desk/tickets/" + ref); !strings.Contains(page, "Support is limited without a way to reach them") {
			t.Error("the desk is not told that they cannot be written to")
		}
		d.settle()
		d.read(func(tx *store.Tx) error {
			n, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM mail_out")
			if err == nil && n.V != 0 {
				t.Errorf("%d mails were written to people without an address", n.V)
			}
			return err
		})
	})
}

func TestCHI04OpenCallsAreUpdatedAndClosedOnesStay(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		const who = "ceze"
		ref := d.as(who).ask("numbat", "x")
		here := "/requests/" + ref
		if status, _ := d.as(who).post(here, url.Values{"body": {"one more dunnart"}}); status != http.StatusSeeOther {
			t.Errorf("an open call takes no words: %d", status)
		}
		if page := d.as(who).must(here); !strings.Contains(page, "one more dunnart") {
			t.Error("what was added does not show")
		}
		if status, page := d.as("mtan").post("/desk/tickets/"+ref+"/close", nil); status != http.StatusSeeOther {
			t.Fatalf("%d %.300s", status, page)
		}
		before := d.written()
		if status, page := d.as(who).post(here, url.Values{"body": {"one too many"}}); status != http.StatusConflict {
			t.Errorf("a closed call answers %d: %.300s", status, page)
		}
		r := d.program(t, who, policy.Own).send("/api/v1/tickets/"+ref+"/messages", "application/json", strings.NewReader(`{"text":"one too many"}`))
		if r.status != http.StatusConflict {
			t.Errorf("by the API a closed call answers %d", r.status)
		}
		if page := d.as(who).must(here); strings.Contains(page, "<p>one too many") || !strings.Contains(page, "one more dunnart") || d.written() != before {
			t.Error("a closed call changed, or cannot be followed any more")
		}
	})
}

func TestCHI19TheSameDataHangsOnACallByWhicheverWayItCame(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		const who = "ceze"
		refs := map[string]string{"in the portal": d.as(who).ask("numbat", "x")}
		for channel, word := range map[string]string{"phone": "by phone", "counter": "at the counter"} {
			status, to := d.as("mtan").post("/desk/call", url.Values{"caller": {d.person(who)}, "kind": {"incident"}, "channel": {channel}, "subject": {"numbat"}, "body": {"x"}})
			if status != http.StatusSeeOther {
				t.Fatalf("%s: %d %.300s", channel, status, to)
			}
			refs[word] = strings.TrimPrefix(to, "/desk/tickets/")
		}
		cards := map[string]string{}
		for word, ref := range refs {
			page := d.as("mtan").must("/desk/tickets/" + ref)
			if !strings.Contains(page, word) {
				t.Errorf("%s does not say that it came %s", ref, word)
			}
			_, card, _ := strings.Cut(page, `/desk/people/`+d.person(who))
			card, _, _ = strings.Cut(card, "</dl>")
			cards[regexp.MustCompile(`\s+`).ReplaceAllString(card, " ")] = word
		}
		if len(cards) != 1 {
			t.Errorf("the card differs by the way in: %q", cards)
		}
		card := d.as("mtan").must("/desk/people/" + d.person(who))
		for _, item := range []string{"User name", "Mail", "Phone", "Department", "Job title"} {
			if !strings.Contains(card, item) {
				t.Errorf("the card lacks %q", item)
			}
		}
	})
}

func TestCAB09ADateOfBirthAndAClearanceAreEncryptedAndShownForAReasonOnly(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("rokafor").ask("bilby", "a new laptop")
		officer, agent := d.as("sdevlin"), d.as("kmensah")
		values := "/desk/people/" + d.person("rokafor") + "/values"
		record := url.Values{"record": {"date_of_birth"}, "value": {"1977-07-07"}}
		if status, _ := officer.post("/desk/people/"+d.person("rokafor")+"/vetting", record); status != http.StatusNotFound {
			t.Errorf("without a request of theirs the officer is answered %d", status)
		}
		card := "/desk/people/" + d.person("rokafor")
		if strings.Contains(agent.must(card), values) {
			t.Error("an agent's card leads to what is kept for vetting")
		}
		agent.give(ref, "VETTING", "")
		if !strings.Contains(officer.must(card), values) {
			t.Error("the officer's card does not lead to what is kept for vetting")
		}
		if status, to := officer.post("/desk/people/"+d.person("rokafor")+"/vetting", record); status != http.StatusSeeOther || to != values {
			t.Fatalf("%d %.300s", status, to)
		}
		record.Set("record", "clearance")
		record.Set("value", "wombatcleared")
		officer.post("/desk/people/"+d.person("rokafor")+"/vetting", record)
		for _, word := range []string{"1977-07-07", "wombatcleared"} {
			if where := everyByte(t, d.Config, word); len(where) > 0 {
				t.Errorf("%s lies readable in %v", word, where)
			}
		}
		page := officer.must(values)
		if strings.Contains(page, "1977-07-07") || !strings.Contains(page, "Date of birth") || !strings.Contains(page, "••••") {
			t.Error("the officer's page does not hide what is kept")
		}
		if _, page := agent.get(values); strings.Contains(page, "Date of birth") {
			t.Error("an agent learns that a date of birth is kept")
		}
		show := url.Values{"kind": {"clearance"}}
		if status, page := officer.post(values, show); status != http.StatusUnprocessableEntity || strings.Contains(page, "wombatcleared") {
			t.Errorf("without a reason: %d", status)
		}
		show.Set("reason", "request")
		if status, page := officer.post(values, show); status != http.StatusOK || !strings.Contains(page, "wombatcleared") || strings.Contains(page, "1977-07-07") {
			t.Errorf("with a reason: %d", status)
		}
		if _, page := officer.get("/desk/search?q=wombatcleared"); strings.Contains(page, "Okafor") {
			t.Error("the search finds somebody by their clearance")
		}
		d.sequence()
		d.read(func(tx *store.Tx) error {
			n, err := store.One[store.Value[int64]](t.Context(), tx, "SELECT count(*) FROM ledger_record WHERE action = 'person.vet' AND person_id = $1", number(t, d.person("rokafor")))
			if err == nil && n.V != 3 {
				t.Errorf("%d records of recording twice and showing once", n.V)
			}
			return err
		})
		officer.give(ref, "DESK", "")
		if status, page := officer.post(values, show); status != http.StatusNotFound || strings.Contains(page, "wombatcleared") {
			t.Errorf("after the request has gone on: %d", status)
		}
	})
}
