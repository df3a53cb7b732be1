// Command gallery serves every page of the product with invented data, for the
// browser tests and for looking at pages while changing them.
//
//	go run ./e2e/browser/gallery -addr 127.0.0.1:8099
//
// Words: an exhibit is one page struct, filled, under a path; /exhibits.json
// lists the paths for the test runner.
//
// Invariants: the answers carry the same content policy as the product, so a
// page that breaks it breaks here; no exhibit holds a real person's name or a
// sentence of a published notice; ?theme=dark and ?lang=fr change any
// exhibit.
package main
