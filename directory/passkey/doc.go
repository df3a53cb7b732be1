// Package passkey does the two exchanges of WebAuthn (Level 3): adding a passkey
// and signing in with one.
//
// Words: a ceremony is one exchange; it begins with options for the browser and
// ends with its answer. State is what must be kept between the two, a record
// what is kept of a passkey; both are JSON and opaque to the caller. A handle is
// how an authenticator knows a person; it says nothing about them.
//
// Invariants: every passkey is discoverable and verifies its user (fingerprint,
// face, device code), so that it is two factors in one and needs no user name;
// a signature counter that goes backwards is refused, since it means that the key
// was copied; nothing is kept here.
//
// What lives elsewhere: whose passkey it is, its storage and the pages (package
// directory). No attestation is asked for: which make of authenticator somebody
// owns is none of the desk's business.
package passkey
