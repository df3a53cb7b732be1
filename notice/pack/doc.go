// Package pack holds what the law asks, as data with a date: which clocks run,
// which holidays stop them, what a notice must state, which protections are
// valid for sending data abroad, and whom people may complain to.
//
// Words: a regime is a body of law (uk, ca-on-fippa). A Pack is that law as it
// stands from a day on, with an id such as uk@2026-06-19. A case keeps the pack
// that was in force when it was received, whatever is changed later; store its
// id. A Calendar knows the holidays of a country or province. KnownUntil is the
// last day for which the calendar was compared with the official list; behind
// it, it still computes, and the validator says so (E33).
//
// Invariants: law is never code here, so that a change of law is a change of
// data; a pack that is not confirmed is never in force, however past its day;
// packs of one regime do not overlap.
//
// What lives elsewhere: how a clock is counted is notice/deadline. Nothing here
// is legal advice; each pack names its sources.
package pack
