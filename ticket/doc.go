// Package ticket is the desk itself: one matter from its beginning to its end.
//
// Words: a ticket is one matter, of a kind (incident, request). Its reporter
// told the desk, its affected person is whom it is about; both are concerned. A
// team holds it; an assignee in it works on it. An entry is one thing on its
// timeline and has a class, which notices use to say who may read it: summary
// (states and facts), correspondence (portal), email, call, restricted,
// internal (notes).
//
// Invariants: every ticket has a reference, a controller, a notice version and
// one data key that seals all that was written on it; the state machine is the
// table in state.go; every way in (portal, mail, counter, phone, API) ends in
// the same verbs: Open, Write, Reply, Note, Call, Assign, Classify, Concern, Wait, Resume,
// Watch, Resolve, Close, Reopen, Continue, TakeBack. Each verb checks, changes and emits in the
// caller's transaction.
//
// Visibility is never stored: it is asked of the rules at each read, so it ends
// with the assignment that gave it (LJMUH-09). Who could see a ticket is told from
// the same rules (Sights). A team may keep its own notes from
// the next one; that narrows what the rules allow and never widens it.
//
// When something is due is computed from stored events (package ticket/target);
// the instants on the ticket are copies, for lists and for the duty that marks
// what was missed. A reply from the desk's page can be taken back until it leaves.
//
// Tables: ticket, entry, attachment, ticket_party, ticket_clock, reply_hold,
// service, desk_setting, desk_target, desk_closure, reference_block, ticket_tally,
// draft, form_use; index idx.ticket_words, on SQLite with its spelling. Rank 3: it imports
// the kernel, notice and directory.
//
// What lives elsewhere: how a mail becomes a message (package mail), templates
// (ticket/view), forgetting a ticket as a whole (package privacy, which calls
// Erase here).
package ticket
