// Package api is the door for programs: JSON under /api/v1, bearer tokens,
// errors as problem+json (RFC 9457), and the OpenAPI 3.1 description that is made
// from the operations themselves.
//
// An operation names the scope it needs; the token brings the person it acts as
// and the purpose of every call, so the same rules decide as on the pages. A
// field that an operation does not know is refused (LJMUH-06).
//
// What lives elsewhere: the verbs (each slice's api.go), tokens (package
// directory), pages (kernel/web).
package api
