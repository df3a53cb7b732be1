// Package journal holds the records of reads on their way into the ledger.
//
// A page is not sent before the record that it was read is durable. With one
// file for everything, each such record would make every reader of that file
// drop what it has cached, and would queue behind the writers. So on SQLite the
// record of a read goes to a small file of its own first, and the sequencer
// moves it into the ledger within a second. On PostgreSQL, which has neither
// problem, there is no journal.
//
// Invariants: a line is deleted only after the ledger holds its record durably;
// moving a line twice changes nothing, since the record keeps its id.
//
// What lives elsewhere: what a line says, and when it is moved (kernel/ledger).
package journal
