// Package job runs work in the background, durably.
//
// A job is enqueued in the transaction of the change that asks for it, so it
// exists exactly when the change does. Runners lease due jobs, run them, and
// delete them; a job that fails is tried again with growing pauses and, when
// its tries are used up, is kept as dead for an operator to see and revive. A
// runner that dies loses its lease and another one takes over, so a job may run
// twice: a kind must do nothing the second time.
//
// Runners hear of the jobs of other processes through the database, and look for
// themselves besides: every second where nobody tells (a file), else every ten.
//
// Duties are regular work (sequence the ledger, sign a checkpoint); each has
// one due time in the database, so of many nodes one does it.
//
// What lives elsewhere: who is told of a change (kernel/event). This package
// and kernel/web own the goroutines of the program.
package job
