// Package proof knows which tests show that a promise of a notice is kept.
//
// Words: a test carries a promise when its name holds the ID (TestTMU13…) or its
// comment does (TMU-13). The list of them is made from the tree by go generate and
// built in, since a program that runs has no tests beside it.
//
// Invariants: the list is that of the tree it was built from; a test holds it
// fresh, so a test that was renamed or taken away is noticed.
//
// What lives elsewhere: the promises (notice/promise), what keeps each of them by
// its notice file (package notice), the page (package privacy).
package proof

//go:generate go run ./list -root ../.. -out tests.txt
