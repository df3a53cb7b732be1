// Package privacy keeps the promises that are kept by looking after data rather
// than by using it: the published notices, the ledger for those who may read it,
// a person's own data, and forgetting.
//
// Words: to forget is to remove rows, index entries and files and to destroy the
// data keys, so that old backups hold only noise. A certificate is the ledger
// record of it, without personal data. An erasure is the note, kept in the key
// store, that something was forgotten; a restore carries all of them out again
// before the service opens. A mark is a keyed hash of what would bring a
// forgotten person back. A copy is everything the data map sends to the person it
// is about, in one zip. To oversee is to read a ticket for the privacy office.
// A promise is kept when its notice file names a rule and a test carries its ID;
// with the rule alone it is unproved, whoever answers for it.
//
// Invariants: an erasure is noted before anything is removed, and finished at
// the next start when the process died in between; forgetting twice is harmless.
// A key is destroyed before the rows that name it go, so that none is left
// behind. What a notice promises to keep for a while is not forgotten before its
// day. A copy holds nothing that the data map keeps back, whatever a slice hands
// over, and is recorded before its first byte leaves; it is never stored. The
// person sees of each reading the team or role, the purpose and the sentence,
// never a name. A ticket is overseen only with a reason, which the person sees.
//
// Tables: erasure, erasure_mark (in the key store). Rank 5: it imports everything
// but app.
//
// What lives elsewhere: what each slice holds, hands over and removes
// (personal.go there), the notice file itself (package notice), how proof is made
// (kernel/ledger), the pages' markup (privacy/view).
package privacy
