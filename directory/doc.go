// Package directory knows the people: who is responsible for their data, where
// they work, in which teams, and how they prove who they are.
//
// Words: a controller is the organisation legally responsible; every person has
// exactly one at any time, resolved by their employer (organisation). A desk is
// the controller that runs the service desk for another one that is only
// served by it (processor mode). A team belongs to a desk and may be nested; who
// belongs to a team belongs to the teams above it. A role is held for one desk.
// A value is one fact about a person (mail, phone, office …) with its source and
// the date it was last confirmed.
//
// Invariants: names and values are sealed under the person's own data key; exact
// look-ups go by keyed hash; a person whose account is closed can neither sign in
// nor be an actor; memberships and roles count only within their dates.
//
// Tables: controller, organisation, team, person, person_value, affiliation,
// membership, role_holder, credential, session, link_token, api_token; index
// idx.person_words. Rank 1: it imports the kernel and package notice only.
//
// What lives elsewhere: what a person asked for (package ticket), how long their
// data stays (package privacy), single sign-on (a further way into Session).
package directory
