// Command lint looks for mistakes that the compiler and go vet let pass. It
// speaks go vet's protocol, so that the go command keeps its findings per
// package and only looks again at what changed:
//
//	go vet -vettool=bin/tools/lint ./...
//
// It is a small set, chosen one by one (see analyzers); staticcheck and gofumpt
// run beside it. There is no list of exclusions: what an analyzer finds is
// mended, or the analyzer goes.
package main
