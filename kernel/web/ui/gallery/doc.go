// Package gallery draws /style: every component of the design system in all
// its states, on one page, for development and for the browser tests.
//
// Invariants: it shows components only, never data of anybody; people, places
// and sentences in it are invented. A component that is not here does not
// exist for the tests of axe, reflow and forced colours.
//
// Pages with sample data, which need the view packages of the slices, are
// served by e2e/browser/gallery.
package gallery
