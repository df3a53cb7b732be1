// Package view draws the pages of people: signing in, sessions, the person card
// and finding people.
//
// Every page is a struct with a Page method; the struct is the whole contract
// with the handler, which fills in values already decided, worded and
// formatted. Words come from Frame.T under "signin." (English and French, since
// requesters see them) and "people." (English), and stand in
// directory/messages.
//
// Invariants: pages are pure and fetch nothing; a wrong user name and a wrong
// password give the same sentence; a field that the notice masks arrives as a
// ui.Mask and its value is not in the page.
package view
