package thread

import "heed/mail/mime"

// Outcome is where a mail belongs: exactly one of [Append], [Open], [Bounce],
// [Ignore] and [Park].
type Outcome interface {
	outcome()
	// String names the kind of outcome for logs and lists.
	String() string
}

// Append: the mail is a reply and becomes an entry of a ticket.
type Append struct {
	Ticket int64
	Proof  Proof
	// Stranger: the sender is no participant. The entry is shown with that mark
	// and does not make the sender one.
	Stranger bool
	// Automatic: a machine wrote it. It does not reopen the ticket, stop a
	// clock or count as an answer.
	Automatic bool
}

// Open: the mail becomes a new ticket.
type Open struct {
	// Related is a ticket that the mail refers to without proof, 0 for none. It
	// is for the agent's eye; the sender is told nothing about it.
	Related int64
	Reason  Reason
}

// Bounce: the mail reports on the delivery of one of ours.
type Bounce struct {
	Ticket int64
	Mail   int64 // the outgoing mail that the report is about
	Report mime.Bounce
}

// Ignore: nothing is done. The mail is kept on the list of received mails.
type Ignore struct{ Reason Reason }

// Park: the mail waits for an operator, who may replay it.
type Park struct{ Reason Reason }

func (Append) outcome() {}
func (Open) outcome()   {}
func (Bounce) outcome() {}
func (Ignore) outcome() {}
func (Park) outcome()   {}

// String returns "appended".
func (Append) String() string { return "appended" }

// String returns "opened".
func (Open) String() string { return "opened" }

// String returns "bounced".
func (Bounce) String() string { return "bounced" }

// String returns "ignored".
func (Ignore) String() string { return "ignored" }

// String returns "parked".
func (Park) String() string { return "parked" }

// Proof is what tied a mail to its ticket.
type Proof string

// The proofs, strongest first.
const (
	ProofReplyAddress Proof = "it was sent to the ticket's signed address"
	ProofOurMail      Proof = "a participant answers a mail that we sent"
	ProofKnownMail    Proof = "a participant answers a mail that the ticket holds"
)

// Reason says why a rule decided, or why it did not. It is one of a fixed set
// of sentences and holds nothing of the mail.
type Reason string

// The reasons.
const (
	ReasonOwnMail       Reason = "our own mail came back"
	ReasonNotOurs       Reason = "it is not a mail of ours"
	ReasonSeen          Reason = "the same mail came before"
	ReasonNew           Reason = "it did not come before"
	ReasonHops          Reason = "it passed through more servers than a mail should; something sends it in circles"
	ReasonFewHops       Reason = "it took an ordinary way"
	ReasonReport        Reason = "it reports on the delivery of a mail of ours"
	ReasonForeignReport Reason = "it reports on the delivery of a mail that we did not send"
	ReasonReceipt       Reason = "it only says that a mail was read"
	ReasonNoReport      Reason = "it is no report"
	ReasonNoSender      Reason = "it names no sender, so nobody could be answered"
	ReasonSender        Reason = "it names a sender"
	ReasonOwnAddress    Reason = "it comes from one of our own addresses"
	ReasonTwoTickets    Reason = "it is addressed to two tickets at once"
	ReasonForged        Reason = "a reply address in it carries a wrong signature"
	ReasonNoAddress     Reason = "no signed reply address is among its recipients"
	ReasonAddressed     Reason = "it was sent to a signed reply address"
	ReasonTicketGone    Reason = "the ticket it answers no longer exists"
	ReasonRobotClosed   Reason = "an automatic mail does not reopen a closed ticket"
	ReasonReply         Reason = "a participant answers"
	ReasonStranger      Reason = "it refers to a ticket whose participants the sender is not among"
	ReasonNoReference   Reason = "it refers to no mail that we know"
	ReasonStrayNote     Reason = "it is an automatic answer to nothing that we know"
	ReasonRobotNews     Reason = "a machine wrote it on its own account"
	ReasonFresh         Reason = "nothing ties it to a ticket"
)
