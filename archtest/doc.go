// Package archtest holds the house up: it has no code of its own, only tests
// that read the tree and fail when a habit is broken.
//
// A rule has a name, the reason it exists, and a function from the tree to what
// breaks it. TestHouse runs every rule on this repository; TestExamples runs
// each on the small violations in testdata/violations, so that a rule that
// stopped catching anything is noticed. A failure prints the reason: the rule
// teaches, it does not scold.
//
// Next to the rules stand the tests that need the house opened: the golden
// table of routes (every route names an action and a purpose), the golden list
// of those who may make an actor, and the statements test, which prepares every
// SQL text on both engines and refuses to read a large table from end to end.
//
// A new rule: add it to rules(), add a violation, run the tests. An exception
// is an entry in a list beside the rule, with its reason.
package archtest
