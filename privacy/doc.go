// Package privacy keeps the promises that are kept by looking after data rather
// than by using it: the published notices, the ledger for those who may read it,
// and forgetting.
//
// Words: to forget is to remove rows, index entries and files and to destroy the
// data keys, so that old backups hold only noise. A certificate is the ledger
// record of it, without personal data. An erasure is the note, kept in the key
// store, that something was forgotten; a restore carries all of them out again
// before the service opens.
//
// Invariants: an erasure is noted before anything is removed, and finished at
// the next start when the process died in between; forgetting twice is harmless.
//
// Tables: erasure (in the key store). Rank 5: it imports everything but app.
//
// What lives elsewhere: what each slice removes (personal.go there), the notice
// file itself (package notice), how proof is made (kernel/ledger).
package privacy
