// Package fault gives every error of Heed a kind, a message key and a sentence
// a person can act on.
//
// A kind decides behaviour and nothing else does: the page status, the
// problem+json status, the SMTP reply code and the exit code of a command all
// come from the one table in this package. The sentence is written for the
// person who caused the error: what is wrong, where, and what to do. Causes
// from below (drivers, files, the network) are wrapped and reach the log, never
// a page.
//
// Words: kind, key (looked up in the catalogues of kernel/i18n), field (the
// form or API field at fault). What lives elsewhere: how a fault is drawn as a
// page is kernel/web, as problem+json kernel/api, as an SMTP reply mail.
package fault
