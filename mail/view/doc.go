// Package view draws the operator's pages about mail: what went out, what came
// in and what became of it.
//
// Every page is a struct with a Page method; the struct is the whole contract
// with the handler. Words come from Frame.T under "mail." (English) and stand
// in mail/messages.
//
// Invariants: pages are pure and fetch nothing; a mail's own HTML is never part
// of a page, only an address that serves it alone under a policy of its own;
// the list shows outcomes, not contents.
package view
