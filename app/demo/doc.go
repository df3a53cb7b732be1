// Package demo invents four institutions with people, teams and tickets, from a
// fixed seed, so that everything can be tried a minute after the download.
//
// Nobody in it exists. Names are made up, addresses end in reserved domains
// (RFC 2606) and telephone numbers are those set aside for fiction. What it
// writes goes through the same verbs as everything else, on a clock of its own
// that ends where the real one begins.
//
// What lives elsewhere: the pages of the demo (package app), the notices and
// the choices made for them (package notices).
package demo
