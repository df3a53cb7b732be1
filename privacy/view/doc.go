// Package view draws the public notices, the ledger explorer and, for the
// person themselves, who looked at their data; for the privacy office, what its
// notices promise and how they changed.
//
// Every page is a struct with a Page method; the struct is the whole contract
// with the handler. Words come from Frame.T under "notice." and "looked."
// (English and French, since the public and requesters read them) and
// "ledger.", "promises." and "diff." (English), and stand in privacy/messages.
//
// Invariants: pages are pure and fetch nothing; a sentence of a notice is always
// a ui.Clause and so always in serif with its number; a figure is a link to
// what it counts wherever the handler gives an address.
package view
