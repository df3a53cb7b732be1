// Package storetest gives tests a migrated database of their own on both
// engines. A missing PostgreSQL fails the test; it is never skipped.
//
// SQLite lies in the test's temporary folder; PostgreSQL is reached through
// HEED_TEST_PG, which make sets to what scripts/postgres started.
package storetest
