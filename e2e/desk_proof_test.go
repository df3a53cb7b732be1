package e2e

import (
	"strings"
	"testing"

	"heed/kernel/store"
)

// newDeskBehind is newDesk behind a mail server whose word about senders is taken.
func newDeskBehind(t *testing.T, e store.Dialect, server string) *desk {
	t.Helper()
	c := config(t, e)
	buildDemo(t, c, 0)
	c.Mail.TrustedAuthserv = server
	return openDesk(t, c)
}

// ref is a reference that a statement reads.
func (d *desk) ref(q string) (ref string) {
	d.t.Helper()
	d.read(func(tx *store.Tx) error {
		row, err := store.One[store.Value[string]](d.t.Context(), tx, q)
		ref = row.V
		return err
	})
	return ref
}

func TestAMailThatTheMailServerCouldNotProveOpensATicketOfNobodys(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		const server, from = "mx.ljmu.example", "From: Ana Ruiz <aruiz@ljmu.example>\nTo: helpdesk@desk.example.org\n"
		d := newDeskBehind(t, e, server)
		people, acks := d.count("SELECT count(*) FROM person"), len(d.sent("acknowledgement"))
		d.mail("helpdesk@desk.example.org", "Authentication-Results: "+server+"; dmarc=fail header.from=ljmu.example\n"+from+"Subject: a wombat\nMessage-ID: <1@evil.example>\n\nPlease reset my password.\n")
		if got := len(d.sent("acknowledgement")); got != acks || d.count("SELECT count(*) FROM person") != people {
			t.Errorf("%d acknowledgements went out, %d people are new", got-acks, d.count("SELECT count(*) FROM person")-people)
		}
		if n := d.count("SELECT count(*) FROM ticket WHERE reporter_id = 0 AND affected_id = 0 AND channel = 'mail'"); n != 1 {
			t.Fatalf("%d tickets are nobody's, want the one", n)
		}
		if page := d.as("aruiz").must("/requests"); strings.Contains(page, "a wombat") {
			t.Error("whom it names has it among their requests")
		}
		lone := d.ref("SELECT ref FROM ticket WHERE reporter_id = 0")
		page := d.as("oachterberg").must("/desk/tickets/" + lone)
		for _, want := range []string{"Your mail server could not prove that this came from this address.", "aruiz@ljmu.example", "Sender not verified", "Nobody knows whose this is.", "Please reset my password."} {
			if !strings.Contains(page, want) {
				t.Errorf("the agent does not read %q", want)
			}
		}
		if strings.Contains(page, "Ana Ruiz") {
			t.Error("the ticket names whom the mail claims to be from")
		}

		d.mail("helpdesk@desk.example.org", "Authentication-Results: "+server+"; dmarc=pass header.from=ljmu.example\n"+from+"Subject: a second wombat\nMessage-ID: <2@ljmu.example>\n\nIt is in the lift.\n")
		if got := len(d.sent("acknowledgement")); got != acks+1 {
			t.Errorf("a proven mail is acknowledged %d times", got-acks)
		}
		to := d.outgoing("acknowledgement", "Reply-To")
		own := d.ref("SELECT ref FROM ticket WHERE reporter_id <> 0 ORDER BY id DESC LIMIT 1")
		before := d.count("SELECT count(*) FROM ticket")
		d.mail(to, "Authentication-Results: "+server+"; spf=fail smtp.mailfrom=evil.example; dkim=none\nFrom: aruiz@ljmu.example\nTo: "+to+"\nSubject: Re\nMessage-ID: <3@evil.example>\n\nSend it to my other address.\n")
		d.mail("helpdesk@desk.example.org", "Authentication-Results: "+server+"; dmarc=fail\n"+from+"In-Reply-To: <2@ljmu.example>\nSubject: Re\nMessage-ID: <4@evil.example>\n\nBy reference.\n")
		if got := d.count("SELECT count(*) FROM ticket"); got != before+1 {
			t.Errorf("%d tickets are new; want one, of the mail with references alone", got-before)
		}
		page = d.as("oachterberg").must("/desk/tickets/" + own)
		_, entry, _ := strings.Cut(page, "Sender not verified")
		if !strings.Contains(page, "Send it to my other address.") || strings.Contains(page, "By reference.") || entry == "" {
			t.Error("an answer by the signed address stands there unmarked, or not at all")
		}
		if page = d.as("aruiz").must("/requests/" + own); !strings.Contains(page, "Our mail server could not prove that this came from this address.") {
			t.Error("whose request it is does not read that the answer is not proven")
		}
	})
}

func TestWithoutATrustedServerSendersAreTakenAtTheirWord(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		d.mail("helpdesk@desk.example.org", "Authentication-Results: mx.ljmu.example; dmarc=fail\nFrom: aruiz@ljmu.example\nTo: helpdesk@desk.example.org\nSubject: a wombat\nMessage-ID: <1@ljmu.example>\n\nHello.\n")
		if n := d.count("SELECT count(*) FROM ticket WHERE reporter_id = 0"); n != 0 {
			t.Error("a line of a server that nobody named is believed")
		}
	})
}
