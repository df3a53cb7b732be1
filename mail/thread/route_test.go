package thread

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/mail/mime"
)

const (
	ticketOpen   int64 = 7_300_000_000_000_000_001
	ticketClosed int64 = 7_300_000_000_000_000_002
	ticketGone   int64 = 7_300_000_000_000_000_003
)

const (
	ana     = "ana@example.org"     // takes part in the tickets
	mallory = "mallory@example.net" // does not
)

// The key in use and the one before it, and one of somebody else.
func keys() [][]byte {
	return [][]byte{[]byte(strings.Repeat("k", 32)), []byte(strings.Repeat("o", 32))}
}
func theirKey() []byte { return []byte(strings.Repeat("x", 32)) }

func desk() Desk {
	return Desk{Keys: keys(), Addresses: []string{"help@desk.example.org", "library@desk.example.org"}}
}

// memory is an index of a few tickets.
type memory struct {
	seen map[string]bool
	fail error
}

func (m memory) TicketOf(id string) (int64, bool, error) {
	switch id {
	case "first@example.org":
		return ticketOpen, true, m.fail
	case "closed@example.org":
		return ticketClosed, true, m.fail
	default:
		return 0, false, m.fail
	}
}

func (m memory) Standing(ticket int64, address string) (Standing, error) {
	if ticket != ticketOpen && ticket != ticketClosed {
		return Standing{}, m.fail
	}
	return Standing{Exists: true, Closed: ticket == ticketClosed, Participant: address == ana}, m.fail
}

func (m memory) Seen(fingerprint string) (bool, error) { return m.seen[fingerprint], m.fail }

func parse(t testing.TB, raw string) mime.Message {
	t.Helper()
	m, err := mime.Parse([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func report(originalID string) string {
	return "From: MAILER-DAEMON@example.com\nReturn-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
		"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ana@example.org\nAction: failed\nStatus: 5.1.1\n\n" +
		"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" + originalID + ">\n--b--\n"
}

// incoming is one mail and where it must end.
type incoming struct {
	head string
	rcpt []string
	want Outcome
	ack  bool
}

func checkRoutes(t *testing.T, cases map[string]incoming) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := parse(t, c.head+"Date: Tue, 24 Nov 2026 14:10:05 +0000\n\nText\n")
			got, err := desk().Route(Mail{m, c.rcpt}, memory{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.Outcome); diff != "" || got.Acknowledge != c.ack {
				t.Errorf("acknowledge %v, want %v; outcome (-want +got):\n%s\ntrace: %v", got.Acknowledge, c.ack, diff, got.Trace)
			}
		})
	}
}

func reply(ticket int64) string { return ReplyAddress(keys()[0], "help@desk.example.org", ticket) }
func ourID(ticket int64) string { return NewMessageID(keys()[0], ticket, 99, "desk.example.org") }
func from(who string) string    { return "From: " + who + "\nTo: help@desk.example.org\n" }

func TestSignedReplyAddressesLeadToTheirTicket(t *testing.T) {
	t.Parallel()
	checkRoutes(t, map[string]incoming{
		"a reply to the signed address": {
			head: "From: " + ana + "\nTo: " + reply(ticketOpen) + "\n", want: Append{Ticket: ticketOpen, Proof: ProofReplyAddress},
		},
		"the address in capitals, in the envelope only": {
			head: from(ana), rcpt: []string{strings.ToUpper(reply(ticketOpen))}, want: Append{Ticket: ticketOpen, Proof: ProofReplyAddress},
		},
		"the address noted by a server on the way": {
			head: from(ana) + "Delivered-To: <" + reply(ticketOpen) + ">\n", want: Append{Ticket: ticketOpen, Proof: ProofReplyAddress},
		},
		"a manager in copy who answers all is let in and marked": {
			head: "From: " + mallory + "\nTo: " + ana + "\nCc: " + reply(ticketOpen) + "\n",
			want: Append{Ticket: ticketOpen, Proof: ProofReplyAddress, Stranger: true},
		},
		"an address signed with the key before": {
			head: "From: " + ana + "\nTo: " + ReplyAddress(keys()[1], "help@desk.example.org", ticketOpen) + "\n",
			want: Append{Ticket: ticketOpen, Proof: ProofReplyAddress},
		},
		"the signed address wins over the references": {
			head: "From: " + ana + "\nTo: " + reply(ticketOpen) + "\nIn-Reply-To: <closed@example.org>\n",
			want: Append{Ticket: ticketOpen, Proof: ProofReplyAddress},
		},
		"an address signed by somebody else": {
			head: "From: " + ana + "\nTo: " + ReplyAddress(theirKey(), "help@desk.example.org", ticketOpen) + "\n",
			want: Open{Reason: ReasonFresh}, ack: true,
		},
		"two tickets at once": {
			head: "From: " + ana + "\nTo: " + reply(ticketOpen) + ", " + reply(ticketClosed) + "\n", want: Park{ReasonTwoTickets},
		},
		"the same ticket twice is one": {
			head: "From: " + ana + "\nTo: " + reply(ticketOpen) + ", " + strings.Replace(reply(ticketOpen), "help", "library", 1) + "\n",
			want: Append{Ticket: ticketOpen, Proof: ProofReplyAddress},
		},
		"a ticket that was disposed of": {
			head: "From: " + ana + "\nTo: " + reply(ticketGone) + "\n", want: Park{ReasonTicketGone},
		},
	})
}

func TestReferencesAloneLetOnlyParticipantsIn(t *testing.T) {
	t.Parallel()
	checkRoutes(t, map[string]incoming{
		"a new matter": {
			head: from(mallory), want: Open{Reason: ReasonFresh}, ack: true,
		},
		"a subject with a reference proves nothing": {
			head: from(ana) + "Subject: Re: [HEED-12] printer\n", want: Open{Reason: ReasonFresh}, ack: true,
		},
		"a mail of ours about a ticket that was disposed of": {
			head: from(ana) + "In-Reply-To: <" + ourID(ticketGone) + ">\n", want: Park{ReasonTicketGone},
		},
		"an answer to a mail of ours": {
			head: from(ana) + "In-Reply-To: <" + ourID(ticketOpen) + ">\n", want: Append{Ticket: ticketOpen, Proof: ProofOurMail},
		},
		"an answer whose client only kept references": {
			head: from(ana) + "References: <x@example.org> <" + ourID(ticketOpen) + "> <y@example.org>\n", want: Append{Ticket: ticketOpen, Proof: ProofOurMail},
		},
		"a stranger who has a mail of ours": {
			head: from(mallory) + "In-Reply-To: <" + ourID(ticketOpen) + ">\n", want: Open{Related: ticketOpen, Reason: ReasonStranger}, ack: true,
		},
		"a message id with a wrong signature": {
			head: from(ana) + "In-Reply-To: <" + NewMessageID(theirKey(), ticketOpen, 1, "desk.example.org") + ">\n", want: Open{Reason: ReasonFresh}, ack: true,
		},
		"an answer to a mail that the ticket holds": {
			head: from(ana) + "In-Reply-To: <first@example.org>\n", want: Append{Ticket: ticketOpen, Proof: ProofKnownMail},
		},
		"the most direct reference counts": {
			head: from(ana) + "In-Reply-To: <first@example.org>\nReferences: <first@example.org> <closed@example.org>\n", want: Append{Ticket: ticketOpen, Proof: ProofKnownMail},
		},
		"a stranger with references": {
			head: from(mallory) + "References: <first@example.org>\n", want: Open{Related: ticketOpen, Reason: ReasonStranger}, ack: true,
		},
		"a name that looks like a participant is a stranger": {
			head: from(`"ana@example.org" <`+mallory+`>`) + "References: <first@example.org>\n", want: Open{Related: ticketOpen, Reason: ReasonStranger}, ack: true,
		},
	})
}

func TestGuardsAgainstLoopsAndRobots(t *testing.T) {
	t.Parallel()
	checkRoutes(t, map[string]incoming{
		"our own mail coming back": {
			head: from(mallory) + "Message-ID: <" + ourID(ticketOpen) + ">\nTo: " + reply(ticketOpen) + "\n", want: Ignore{ReasonOwnMail},
		},
		"one of our mailboxes writes": {
			head: "From: Library <Library+x@desk.example.org>\nTo: help@desk.example.org\n", want: Park{ReasonOwnAddress},
		},
		"nobody writes": {
			head: "To: help@desk.example.org\n", want: Park{ReasonNoSender},
		},
		"a mail that runs in circles": {
			head: from(mallory) + strings.Repeat("Received: from a by b\n", maxHops+1), want: Park{ReasonHops},
		},
		"an absence note to an open ticket": {
			head: "From: " + ana + "\nTo: " + reply(ticketOpen) + "\n" + "Auto-Submitted: auto-replied\n", want: Append{Ticket: ticketOpen, Proof: ProofReplyAddress, Automatic: true},
		},
		"an absence note to a closed ticket": {
			head: "From: " + ana + "\nTo: " + reply(ticketClosed) + "\n" + "Auto-Submitted: auto-replied\n", want: Ignore{ReasonRobotClosed},
		},
		"a person may answer a closed ticket": {
			head: "From: " + ana + "\nTo: " + reply(ticketClosed) + "\n", want: Append{Ticket: ticketClosed, Proof: ProofReplyAddress},
		},
		"an absence note to nothing": {
			head: from(mallory) + "Auto-Submitted: auto-replied\n", want: Park{ReasonStrayNote},
		},
		"an alarm opens a ticket without acknowledgement": {
			head: from(mallory) + "Auto-Submitted: auto-generated\n", want: Open{Reason: ReasonRobotNews},
		},
		"a newsletter gets no acknowledgement": {
			head: from(mallory) + "List-Id: <x.example.org>\n", want: Open{Reason: ReasonRobotNews},
		},
		"a robot with references gets no acknowledgement either": {
			head: from(mallory) + "Precedence: bulk\nReferences: <first@example.org>\n", want: Open{Related: ticketOpen, Reason: ReasonStranger},
		},
		"a read receipt": {
			head: from(ana) + "In-Reply-To: <" + ourID(ticketOpen) + ">\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n",
			want: Ignore{ReasonReceipt},
		},
	})
}

func TestReportsCountOnlyForMailsOfOurs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id   string
		want string
		mail int64
	}{
		"ours":            {NewMessageID(keys()[0], ticketOpen, 99, "desk.example.org"), "bounced", 99},
		"somebody else's": {"other@example.com", "ignored", 0},
		"forged":          {NewMessageID(theirKey(), ticketOpen, 99, "desk.example.org"), "ignored", 0},
	} {
		got, err := desk().Route(Mail{Message: parse(t, report(c.id))}, memory{})
		if err != nil {
			t.Fatal(err)
		}
		if got.Outcome.String() != c.want || got.Acknowledge {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
		if b, ok := got.Outcome.(Bounce); ok && (b.Ticket != ticketOpen || b.Mail != c.mail || len(b.Report.Recipients) != 1) {
			t.Errorf("%s: %+v", name, b)
		}
	}
}

func TestTheSameMailByAnotherWayIsIgnored(t *testing.T) {
	t.Parallel()
	first := parse(t, "Received: from a\nFrom: ana@example.org\nDate: Tue, 24 Nov 2026 14:10:05 +0000\nSubject: x\n\nText\n")
	again := parse(t, "Received: from b\nX-Spam: no\nFrom: ana@example.org\nDate: Tue, 24 Nov 2026 14:10:05 +0000\nSubject: x\n\nText\n")
	other := parse(t, "From: ana@example.org\nDate: Tue, 24 Nov 2026 14:10:05 +0000\nSubject: x\n\nText!\n")
	index := memory{seen: map[string]bool{Fingerprint(first): true}}
	for m, want := range map[*mime.Message]string{&again: "ignored", &other: "opened"} {
		got, err := desk().Route(Mail{Message: *m}, index)
		if err != nil || got.Outcome.String() != want {
			t.Errorf("%q: %v, %v; want %s", m.Text, got, err, want)
		}
	}
}

func TestAnIndexThatFailsLeavesNoOutcome(t *testing.T) {
	t.Parallel()
	broken := errors.New("the index cannot be read")
	got, err := desk().Route(Mail{Message: parse(t, "From: ana@example.org\n\nx\n")}, memory{fail: broken})
	if !errors.Is(err, broken) || got.Outcome != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestTheTraceTellsWhatEachRuleSaid(t *testing.T) {
	t.Parallel()
	forged := ReplyAddress(theirKey(), "help@desk.example.org", ticketOpen)
	got, err := desk().Route(Mail{Message: parse(t, "From: mallory@example.net\nTo: "+forged+"\nReferences: <first@example.org>\n\nx\n")}, memory{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Step{
		{"own mail", ReasonNotOurs},
		{"seen before", ReasonNew},
		{"hops", ReasonFewHops},
		{"report", ReasonNoReport},
		{"sender", ReasonSender},
		{"own address", ReasonNotOurs},
		{"reply address", ReasonForged},
		{"our message id", ReasonNoReference},
		{"known message id", ReasonStranger},
		{"stray note", ReasonFresh},
		{"new", ReasonStranger},
	}
	if diff := cmp.Diff(want, got.Trace); diff != "" {
		t.Errorf("trace (-want +got):\n%s", diff)
	}
}

// FuzzRoute holds the laws that no mail may break, whoever wrote it.
func FuzzRoute(f *testing.F) {
	key := keys()[0]
	f.Add("From: a@example.org\nTo: " + ReplyAddress(theirKey(), "help@desk.example.org", ticketOpen) + "\n\nx")
	f.Add("From: ana@example.org\nIn-Reply-To: <first@example.org>\n\nx")
	f.Add("From: ana@example.org\nAuto-Submitted: auto-replied\nReferences: <closed@example.org>\n\nx")
	f.Add(report("x@example.org"))
	f.Fuzz(func(t *testing.T, raw string) {
		if raw == "" {
			return
		}
		m := parse(t, raw)
		got, err := desk().Route(Mail{Message: m}, memory{})
		if err != nil || got.Outcome == nil || len(got.Trace) == 0 {
			t.Fatalf("no outcome: %v, %v", got, err)
		}
		if robot, _ := m.Robot(); robot && got.Acknowledge {
			t.Fatalf("a robot would be acknowledged")
		}
		a, appended := got.Outcome.(Append)
		if !appended {
			return
		}
		// Nobody can guess a signature, and the fuzzer was given none.
		if a.Proof != ProofKnownMail || a.Stranger || m.From[0].Address != ana {
			t.Fatalf("appended without proof: %+v from %v", a, m.From)
		}
		if _, ok := VerifyReply(key, m.From[0].Address); ok {
			t.Fatalf("a guessed signature")
		}
	})
}

func ExampleDesk_Route() {
	d := Desk{Keys: keys(), Addresses: []string{"help@desk.example.org"}}
	m, err := mime.Parse([]byte("From: ana@example.org\nTo: " + ReplyAddress(d.Keys[0], "help@desk.example.org", ticketOpen) + "\n\nIt works now.\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	decision, err := d.Route(Mail{Message: m}, memory{})
	if err != nil {
		fmt.Println(err)
		return
	}
	switch o := decision.Outcome.(type) {
	case Append:
		fmt.Println(o, "because", o.Proof)
	default:
		fmt.Println(o)
	}
	// Output: appended because it was sent to the ticket's signed address
}
