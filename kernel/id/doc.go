// Package id mints time-ordered 64-bit identifiers.
//
// An id is 41 bits of milliseconds since 2024, 10 bits of node and 12 bits of
// sequence, so ids sort by creation, keyset paging needs no second column, and
// no database is asked for a number. Ids are names, not secrets: whoever can
// guess one gains nothing, since every read goes through kernel/policy. Random
// secrets (session tokens, reset links) come from Secret.
//
// In JSON and in addresses an id is written in decimal, as a string.
package id
