// Package web is the door for browsers: routes, sessions, forms, headers,
// errors as pages.
//
// A Route names the action it performs and the purpose it serves; a route
// without both is refused at start (CHI-22). Handlers return a Reply or an error
// and never touch the connection, so a page is complete before its first byte
// is sent and every error is drawn in one place.
//
// Words: a reply is what a handler wants sent. A held form is what somebody
// typed before their session ended: it travels, sealed, through the sign-in page
// and is put back for them alone, within an hour. A live stream tells an open page that
// something changed, never what; it asks again whose session it serves.
//
// Invariants: default deny (a route that is not Public needs a session); forms
// from other sites are refused by their origin (http.CrossOriginProtection); the
// content policy allows no inline script or style; responses about people are
// never cached; uploads are streamed, never spooled to a file in clear; nobody's
// body is waited for without end; a log never holds what somebody sent, also not
// when a handler panics; an answer that breaks off is cut, never ended as if whole.
//
// What lives elsewhere: components and styles (kernel/web/ui), built files
// (kernel/web/assets), the API (kernel/api), what pages say (each slice).
package web
