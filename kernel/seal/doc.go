// Package seal keeps personal values unreadable at rest and makes them
// forgettable.
//
// Every value that concerns a person is encrypted under the data key of its
// record group (a ticket, a person, a recording): AES-256-GCM with a random
// nonce and the place (table, column, row) as associated data, so that a value
// cannot be moved to another row. Data keys are wrapped by the master key and
// live in the key store, a database of its own. Destroying a data key forgets
// the group everywhere, backups included, once the key store's short backups
// have passed (NIST SP 800-88r2, cryptographic erase).
//
// Words: master key (one per installation, from a file of mode 0600 or from the
// environment), data key (one per record group), block (data keys made ahead in
// one commit, so that a new ticket costs no extra disk confirmation), place.
//
// Keyed hashes (Hash) serve exact look-ups of user names, addresses and phones
// without keeping them in clear. Derive gives other packages keys of their own.
//
// What lives elsewhere: files (kernel/blob, wrapped with Wrap), the ledger's
// commitments (kernel/ledger), who may read at all (kernel/policy).
package seal
