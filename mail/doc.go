// Package mail brings mails in and sends them out.
//
// In: a mail is durable before it is acknowledged (Receive), then a job reads
// it: parse (mail/mime), decide where it belongs (mail/thread), and do what the
// portal would do, by the same verbs of package ticket, in one transaction with
// the note of the outcome. A mail has exactly one outcome, shown to the operator
// and replayable; nothing a sender can write stops the next mail.
//
// Out: package ticket says what happened, this package tells people: one row per
// person, sealed as it leaves, sent by a durable queue, with a log per recipient.
// Where no server is configured (the demo) mails are kept and shown.
//
// Invariants: a mail opens at the desk it was sent to, and a sender whom nothing
// proves has no author (decisions 16 and 17); an acknowledgement goes out once, never to a
// robot, and to nobody more than a few times a day; mails to
// staff hold no content, since whom they reach may lose sight of the ticket
// before reading (LJMUH-09); an address in a log is a bug.
//
// Tables: mail_in, mail_out, mail_log. Rank 4: it imports ticket and below.
//
// What lives elsewhere: parsing (mail/mime), threading (mail/thread), what the
// mail server in front says of senders (mail/proof), templates of pages (mail/view).
package mail
