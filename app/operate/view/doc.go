// Package view draws the operator's room: health and jobs.
//
// Every page is a struct with a Page method; the struct is the whole contract
// with the handler. Words come from Frame.T under "operate." (English) and stand
// in app/operate/messages.
//
// Invariants: pages are pure and fetch nothing; a state is never a colour alone;
// whatever changes something is a form.
package view
