// Package feed reads lists of people: a column map that an operator writes, and
// the file that their central account system exports every night.
//
// Words: a map says which column of the file is which item of a person; what it
// does not name is dropped before anything else sees it (CHI-12). A record is
// one row in the map's words, cleaned. An item is one of the things a feed may
// say about somebody; the list is closed. A problem is a line of the file and a
// sentence about it; it names columns, never what stands in them, except for
// codes that the map was to translate.
//
// Invariants: no column of a special category (health, belief, origin …) can be
// mapped, whatever it is mapped to (CHI-13); reading holds one row in memory; a
// broken row is reported and the next one is read, so that one run finds all of
// them; no input makes this package panic.
//
// What lives elsewhere: what is written to the directory, and when (package
// directory); the YAML underneath (notice/strict). The package is pure.
package feed
