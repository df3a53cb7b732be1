// Package promise is the catalogue of every promise, duty, right and fact in
// the published notices that Heed has read: what must be kept.
//
// Words: a Clause has an ID that never changes (TMU-13); tests, notice files,
// commit messages and the promise board use it. Its meaning is told in Heed's
// words, never in the institution's.
//
// Invariants: IDs are unique and count up without gaps; every clause belongs to
// exactly one notice.
//
// What lives elsewhere: how each clause is kept stands in the promises block of
// its notice file (package notices), and whether it was kept last night is the
// business of the promise board.
package promise
