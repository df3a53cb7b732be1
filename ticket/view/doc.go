// Package view draws the pages of tickets: the portal's for requesters and the
// desk's for agents.
//
// Every page is a struct with a Page method. The struct is the whole contract:
// handlers fill it with values that are already decided, worded by the domain
// and formatted for the reader; the method only lays them out. Words that never
// change from ticket to ticket come from the catalogue through Frame.T, under
// "portal." (English and French) and "desk." (English).
//
// Invariants: pages are pure and fetch nothing; addresses are given, never
// built here; every form carries a ui.Form with its own Action and form_token;
// what was typed comes back with its errors.
//
// The components and their styles live in kernel/web/ui, the words in
// ticket/messages, the meaning of states in package ticket.
package view
