// Package datamap reads the data map: what each column holds about a person,
// and what becomes of it. The map is written once, beside the column, in the
// migration that makes it:
//
//	name BYTEA NOT NULL,  -- @contact of=self in=person sealed export=copy rectify=source erase=key
//	state TEXT NOT NULL,  -- @none
//
// The words, in this order:
//
//   - @category: contact, identifier, narrative, special, vetting, secret,
//     opinion, generated, or none for what says nothing about anybody.
//   - of=: whose data it is, as the table sees it: self, author, reporter …
//   - in=: the record group whose key seals it and with which it is forgotten.
//   - sealed or hashed: how the value lies in the store. Without either it lies
//     in clear, which only generated values may.
//   - export=: copy (the value), file (what it points to) or no.
//   - rectify=: source (mended where it came from), verb (by a verb of the
//     slice), self (by the person), append (by a note beside it) or no.
//   - erase=: key (its key is destroyed), row (its row is deleted, before that
//     time or with it) or keep (the record outlives the person, and holds a
//     number, or a hash that only says "this one is not to come back").
//
// Invariants: every column has exactly one entry; a sealed value names its
// record group; every category but generated and none is sealed or hashed; a
// table is made by one module only.
//
// An Item is what a slice hands over of a row for a person's copy of their data;
// Map.Allow holds it to the map at run time, so that a value the map keeps back
// cannot leave by mistake.
//
// The package is pure: text in, values out. What reads the map: the tests in
// archtest, and whatever derives exports, erasures and records of processing
// from it. The search index (migrations/index) is not on the map: it is derived
// from mapped columns and goes with them.
package datamap
