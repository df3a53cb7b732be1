// Package policy is the gate: who may see or do what, for which purpose, by
// which sentence of a notice.
//
// The pieces:
//
//   - Actor: one person (or the system) with the facts that rules ask about.
//     Its fields are unexported and its zero value may do nothing. It is made
//     by sign-in, by a token, by an authenticated mail, or by System.
//   - Purpose: what a read or write is for; a closed list.
//   - Rule: one sentence of a notice, compiled: who, on what, under which
//     conditions, for which purposes. Rules come from package notice alone;
//     there is no second place where permissions are set.
//     Some want a reason, stated for the transaction: without it they let nobody
//     in, and the record carries it. Asked tells whether to ask for one.
//   - Atom: one ground to say yes, declared once by the slice that owns the data, with
//     three faces that a property test holds equal: a Go predicate, a total
//     SQL fragment, an English phrase. Where an index finds what it lets in, it
//     names the ways, so that who sees little need not look at everything.
//   - Resource: a kind of thing (ticket, entry, person) with its atoms.
//   - Action: a verb on a resource and the purposes it may serve.
//   - Grant and Scope: the proofs. Check turns an action and one value into a
//     Grant that carries the value; Scope turns an action into the condition of
//     a list. Writers take a Grant, lists take a Scope, and only this package
//     can make either, so a forgotten check does not compile.
//
// Invariants: default deny; the zero Actor, Grant and Scope allow nothing; a
// Forbid wins over every rule; Check and Scope never disagree; every SQL
// fragment is total (columns it names are NOT NULL), so NOT is safe.
//
// What lives elsewhere: the notice file and its compiler (package notice), the
// atoms (policy.go of each slice), the transaction that carries actor and
// purpose (kernel/store), the record of every use of a grant (kernel/ledger).
package policy
