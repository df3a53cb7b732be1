// Package app is the composition root: it opens the stores, fills the slices,
// lists routes, listeners, jobs and duties, and runs the commands.
//
// What reaches up between slices is listed here and nowhere else: package
// ticket answers directory.Tickets, package mail sends directory's links and
// holds what privacy forgets, package privacy says which notice is in force.
//
// Rank 6: it imports everything and nothing imports it but cmd/heed.
package app
