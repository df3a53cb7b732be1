// Package store is the only door to the database: one SQL text, two engines.
//
// A *Tx is a transaction with an actor, a purpose and a fixed instant. No
// actor, no transaction; no transaction, no row. Read opens a snapshot on the
// read pool, Write a transaction that ends durable or not at all. Rows are read
// with One, All and Each, written with Exec, which refuses to run without a
// policy.Proof and hands the proof to the Recorder (the ledger) in the same
// transaction. Bookkeeping that concerns no person goes through Keep.
//
// Invariants:
//   - fn passed to Read or Write does no I/O of its own and may run more than
//     once: PostgreSQL repeats it when two writers collide on a row (snapshot
//     isolation; what must hold across rows is a constraint or a version).
//   - SQL literals live in store*.go of each slice, use $1, $2 … and the same
//     text runs on SQLite and PostgreSQL. What cannot be said on both is one of
//     the words in dialect.go.
//   - Scopes are spliced with Splice; a value never enters SQL text.
//   - Instants are BIGINT milliseconds UTC from tx.Now(); SQL never asks the
//     database for the time.
//   - SQLite runs with synchronous=FULL and one writer; writers that come
//     together share one commit (see sqlite.go).
//
// What lives elsewhere: who may (kernel/policy), sealing of personal values
// (kernel/seal), the ledger (kernel/ledger), files (kernel/blob).
package store
