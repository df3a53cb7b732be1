// Package proof reads what the mail server in front found out about the sender of a
// mail, as it wrote it down in Authentication-Results (RFC 8601). It checks no
// signature itself: a desk's mail server has done so before, with the connection
// at hand.
//
// Words: a finding is what follows for the address in From: proven, unproven, or
// silent where the server says nothing of it. The server is known by its
// authserv-id, which the operator names.
//
// Invariants: a field of another server counts for nothing, however it is spelt;
// of fields of our server only those count that stand above the first server line
// (Received) below them, since what is further down came with the mail; a method
// counts as the topmost field that names it has it. What cannot be read proves
// nothing. So whoever writes a mail can add what they like and prove no more by it.
//
// What lives elsewhere: what becomes of a mail whose sender is not proven (package
// mail, decision 17). It is pure.
package proof
