// Package ledger is the tamper-evident record of every read and change that
// concerns a person: who, what, by which rule, for which purpose, when.
//
// A record is written unsequenced in the transaction of the change, or, for a
// read, in one of its own that is durable before the page is sent. A sequencer
// gives records their places in a Merkle tree (RFC 6962, with the storage
// layout of golang.org/x/mod/sumdb/tlog), so writers never queue for the tree.
// A leaf is a keyed commitment to the record, so that a record's content can be
// erased while the tree still verifies. Signed checkpoints
// (golang.org/x/mod/sumdb/note) pin the tree for whoever keeps a copy of them.
//
// Verify rebuilds everything from the records, never from the stored interior
// hashes, which would hide a changed leaf.
//
// Words: record, commitment, leaf, seq (a record's place), checkpoint.
//
// What lives elsewhere: why something was allowed (kernel/policy), who is shown
// the records (package privacy).
package ledger
