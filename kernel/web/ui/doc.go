// Package ui is the design system: the shells and components that every page is
// made of, with their styles (styles/) and scripts (scripts/).
//
// Words: a shell is the frame of a page (Portal, Desk, Plain); a component is
// one named thing in template, stylesheet and speech (Button, Field, Entry,
// Why, Mask, ...); a tone is a meaning that has a colour and never the colour
// alone; a face is who the page is for.
//
// Invariants: components are pure functions of the values given to them; they
// fetch nothing, decide nothing and know no clock, so times arrive as When,
// already in the reader's words and zone. Every component is complete without
// script; scripts only shorten the way. Nothing here writes a style attribute,
// an inline script or an event attribute, so the pages work under
// "default-src 'none'". All words come through T; the keys that components use
// themselves begin with "ui." and stand in messages/.
//
// Elsewhere: the built files and their addresses are kernel/web/assets; the
// pages of a slice are in its own view package; /style, the page that shows
// every component in every state, is kernel/web/ui/gallery.
package ui
