// Package directory knows the people: who is responsible for their data, where
// they work, in which teams, and how they prove who they are.
//
// Words: a controller is the organisation legally responsible; every person has
// exactly one at any time, resolved by their employer (organisation). A desk is
// the controller that runs the service desk for another one that is only
// served by it (processor mode). A team belongs to a desk and may be nested; who
// belongs to a team belongs to the teams above it. A role is held for one desk.
// A value is one fact about a person (mail, phone, office …) with its source and
// the date it was last confirmed. A feed is a file of people from the central
// account system; what it brought is its own to change and to close. A step is
// something begun that a further request or a job ends, such as the second step of
// signing in. A hidden value is shown to staff by its last characters until they say what
// they need it for. A tombstone is a keyed hash that keeps a forgotten person from coming back.
//
// Invariants: names and values are sealed under the person's own data key; exact
// look-ups go by keyed hash, and so do the last digits of a telephone; a person whose account is closed can neither sign in
// nor be an actor; memberships and roles count only within their dates. A guess at
// a password or a code is counted before it is checked. What no notice of their
// controller names of people is not taken from a feed and not shown to staff; people
// see all that is held about themselves. A feed with one broken row
// changes nothing, and never opens what was closed by hand or forgotten.
//
// Tables: controller, organisation, team, person, person_value, affiliation,
// membership, role_holder, credential, session, link_token, api_token, attempt,
// recovery_code, passkey, step, reveal, tombstone, feed_run; index idx.person_words. Rank 1: it imports the kernel and package notice only.
//
// What lives elsewhere: reading a feed's file (directory/feed), the WebAuthn
// exchanges (directory/passkey), the pages' markup (directory/view); what a person
// asked for (package ticket), how long their data stays (package privacy). Single
// sign-on will be a further way to OpenSession.
package directory
