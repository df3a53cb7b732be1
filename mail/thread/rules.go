package thread

import (
	"slices"
	"strings"

	"heed/mail/mime"
)

// maxHops is how many servers may have touched a mail. RFC 5321 §6.3 asks for
// at least a hundred before a server gives up; no mail for a help desk comes
// that far unless it runs in circles.
const maxHops = 50

// ownMail: a mail that carries our signed Message-ID as its own is ours, sent
// back by a forwarder, a list or another desk. Answering it would be a loop.
func ownMail(w *walk) (Outcome, Reason, error) {
	if _, _, ok := w.ownID(w.mail.Message.MessageID); ok {
		return Ignore{ReasonOwnMail}, ReasonOwnMail, nil
	}
	return nil, ReasonNotOurs, nil
}

func seenBefore(w *walk) (Outcome, Reason, error) {
	seen, err := w.index.Seen(Fingerprint(w.mail.Message))
	if err != nil {
		return nil, "", err
	}
	if seen {
		return Ignore{ReasonSeen}, ReasonSeen, nil
	}
	return nil, ReasonNew, nil
}

func hops(w *walk) (Outcome, Reason, error) {
	if len(w.mail.Message.Header.All("Received")) > maxHops {
		return Park{ReasonHops}, ReasonHops, nil
	}
	return nil, ReasonFewHops, nil
}

// deliveryReport: a report counts only when it gives back a Message-ID that we
// signed. Others are backscatter or an attempt to have an address marked dead.
func deliveryReport(w *walk) (Outcome, Reason, error) {
	if w.mail.Message.Receipt() {
		return Ignore{ReasonReceipt}, ReasonReceipt, nil
	}
	report, ok := w.mail.Message.Bounce()
	if !ok {
		return nil, ReasonNoReport, nil
	}
	for _, id := range append([]string{report.OriginalID}, w.answered()...) {
		if ticket, mail, ok := w.ownID(id); ok {
			return Bounce{ticket, mail, report}, ReasonReport, nil
		}
	}
	return Ignore{ReasonForeignReport}, ReasonForeignReport, nil
}

func sender(w *walk) (Outcome, Reason, error) {
	if w.from == "" {
		return Park{ReasonNoSender}, ReasonNoSender, nil
	}
	return nil, ReasonSender, nil
}

// ownAddress: a mail from one of our mailboxes that we did not send (it has no
// Message-ID of ours) is another program using the mailbox, or a forger.
func ownAddress(w *walk) (Outcome, Reason, error) {
	for _, a := range w.mail.Message.From {
		if slices.Contains(w.desk.Addresses, withoutTag(a)) {
			return Park{ReasonOwnAddress}, ReasonOwnAddress, nil
		}
	}
	return nil, ReasonNotOurs, nil
}

// withoutTag returns an address in lower case without its subaddress.
func withoutTag(a mime.Address) string {
	local, _, _ := strings.Cut(a.Local(), "+")
	return strings.ToLower(local + "@" + a.Domain())
}

func replyAddress(w *walk) (Outcome, Reason, error) {
	var tickets []int64
	forged := false
	for _, address := range w.recipients() {
		ticket, ok := w.replyTicket(address)
		if _, _, tagged := cutTag(address); tagged && !ok {
			forged = true
		}
		if ok && !slices.Contains(tickets, ticket) {
			tickets = append(tickets, ticket)
		}
	}
	switch {
	case len(tickets) > 1:
		return Park{ReasonTwoTickets}, ReasonTwoTickets, nil
	case len(tickets) == 1:
		return w.append(tickets[0], ProofReplyAddress)
	case forged:
		return nil, ReasonForged, nil
	default:
		return nil, ReasonNoAddress, nil
	}
}

func (w *walk) replyTicket(address string) (int64, bool) {
	for _, key := range w.desk.Keys {
		if ticket, ok := VerifyReply(key, address); ok {
			return ticket, true
		}
	}
	return 0, false
}

func ourMessageID(w *walk) (Outcome, Reason, error) {
	for _, id := range w.answered() {
		if ticket, _, ok := w.ownID(id); ok {
			return w.append(ticket, ProofOurMail)
		}
	}
	return nil, ReasonNoReference, nil
}

func knownMessageID(w *walk) (Outcome, Reason, error) {
	for _, id := range w.answered() {
		ticket, ok, err := w.index.TicketOf(id)
		if err != nil {
			return nil, "", err
		}
		if ok {
			return w.append(ticket, ProofKnownMail)
		}
	}
	return nil, ReasonNoReference, nil
}

// append decides about a mail that is tied to a ticket by a proof.
func (w *walk) append(ticket int64, proof Proof) (Outcome, Reason, error) {
	standing, err := w.index.Standing(ticket, w.from)
	if err != nil {
		return nil, "", err
	}
	signed := proof == ProofReplyAddress
	switch {
	case !standing.Exists && (signed || proof == ProofOurMail):
		// It did exist, since we signed for it. What the mail quotes of it must
		// not come back by itself.
		return Park{ReasonTicketGone}, ReasonTicketGone, nil
	case !standing.Exists:
		return nil, ReasonNoReference, nil
	case !standing.Participant && !signed:
		if w.related == 0 {
			w.related = ticket
		}
		return nil, ReasonStranger, nil
	case w.robot && standing.Closed:
		return Ignore{ReasonRobotClosed}, ReasonRobotClosed, nil
	}
	reason := ReasonReply
	if signed {
		reason = ReasonAddressed
	}
	return Append{Ticket: ticket, Proof: proof, Stranger: !standing.Participant, Automatic: w.robot}, reason, nil
}

// strayNote: an absence note that answers nothing we know is of no use to
// anybody, yet it may be a sign of a loop; it waits where the operator sees it.
func strayNote(w *walk) (Outcome, Reason, error) {
	if w.robot && w.mail.Message.AutoReply() {
		return Park{ReasonStrayNote}, ReasonStrayNote, nil
	}
	return nil, ReasonFresh, nil
}

func openNew(w *walk) (Outcome, Reason, error) {
	reason := ReasonFresh
	switch {
	case w.related != 0:
		reason = ReasonStranger
	case w.robot:
		reason = ReasonRobotNews
	}
	return Open{Related: w.related, Reason: reason}, reason, nil
}
