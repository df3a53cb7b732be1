// Command bench measures Heed against its own engine: every rate stands beside
// the rate of single-row durable transactions in the same run, so that figures
// of different machines can be compared (make bench).
//
// It builds invented tickets by the same verbs as everything else, without disk
// confirmation, and measures with it. What lives elsewhere: the lines to hold
// (docs/benchmarks.md).
package main
