// Package thread decides where an incoming mail belongs: to a ticket, to a new
// one, to the record of what could not be delivered, nowhere, or before a human
// eye. It is pure; what it must know about the past it asks an [Index].
//
// A reply in the wrong ticket shows one person's affairs to another, so the
// package would rather open a ticket too many than guess. It trusts proofs, in
// this order:
//
//  1. a reply address that we signed: whoever writes to it was given it;
//  2. a Message-ID that we signed, repeated by the reply of somebody who takes
//     part in the ticket;
//  3. the Message-ID of a mail that we received, repeated likewise.
//
// It never looks at the subject, which anybody can type, and never at the
// display name of a sender.
//
// Words. A participant is somebody whose address the ticket knows; anybody else
// is a stranger. A stranger with a signed reply address is let in, and marked,
// because a copied-in manager who answers all is the common case; a stranger
// with nothing but references gets a ticket of their own, since references
// travel with every forwarded mail.
//
// Robots are never acknowledged, never reopen a closed ticket, and their
// absence notes open none. How often one sender may write in a day needs a
// memory and is the mail slice's part; who is not proven takes part in nothing
// (mail/proof).
package thread
