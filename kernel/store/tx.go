package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"heed/kernel/policy"
)

// Tx is a transaction, its actor, its purpose, its instant and the rules in
// force when it began. It is not safe for concurrent use.
type Tx struct {
	db      *DB
	sql     *sql.Tx
	who     policy.Actor
	purpose policy.Purpose
	now     time.Time
	book    *policy.Book
	reason  string
	write   bool
	proofs  []policy.Proof
	after   []func()
}

var _ policy.Asker = (*Tx)(nil)

// Actor is who acts.
func (tx *Tx) Actor() policy.Actor { return tx.who }

// Purpose is what for.
func (tx *Tx) Purpose() policy.Purpose { return tx.purpose }

// Book is the rules in force.
func (tx *Tx) Book() *policy.Book { return tx.book }

// Reason is why the actor says they read.
func (tx *Tx) Reason() string { return tx.reason }

// State says why the actor reads what a notice opens to them for a reason only. It
// stands in the record of each such reading and must name nobody.
func (tx *Tx) State(reason string) { tx.reason = reason }

// Now is the transaction's one instant, in UTC, to the millisecond.
func (tx *Tx) Now() time.Time { return tx.now }

// Millis is Now as it is stored.
func (tx *Tx) Millis() int64 { return tx.now.UnixMilli() }

// Dialect is the engine, for the few words that differ.
func (tx *Tx) Dialect() Dialect { return tx.db.dialect }

// Note records a read that a grant allowed. The record is durable before Read
// or Write returns.
func (tx *Tx) Note(p policy.Proof) error {
	if !p.Valid() {
		return errNoProof
	}
	for _, q := range tx.proofs {
		if q.Action() == p.Action() && q.Object() == p.Object() && q.Rule() == p.Rule() && q.Detail() == p.Detail() {
			return nil
		}
	}
	tx.proofs = append(tx.proofs, p)
	return nil
}

// After runs f once the transaction is durable; not at all when it fails. f
// must be quick: it wakes a worker, it does not do the work.
func (tx *Tx) After(f func()) { tx.after = append(tx.after, f) }

var (
	errNoProof  = errors.New("store: a write or a note without a proof; check an action first")
	errReadOnly = errors.New("store: a write inside Read; use Write")
)

// Exec changes rows under a proof and returns how many. The proof is recorded
// in the ledger with the change.
func Exec(ctx context.Context, tx *Tx, p policy.Proof, q string, args ...any) (int64, error) {
	if err := tx.Note(p); err != nil {
		return 0, err
	}
	return run(ctx, tx, q, args)
}

// Keep changes bookkeeping rows, which concern no person: jobs, counters,
// blocks of numbers, the ledger itself. Slices use Exec.
func Keep(ctx context.Context, tx *Tx, q string, args ...any) (int64, error) {
	return run(ctx, tx, q, args)
}

func run(ctx context.Context, tx *Tx, q string, args []any) (int64, error) {
	if !tx.write {
		return 0, errReadOnly
	}
	res, err := tx.sql.ExecContext(tx.context(ctx), q, args...)
	if err != nil {
		return 0, tx.db.dialect.classify(err)
	}
	return res.RowsAffected()
}

// context shields a SQLite writer that shares its commit: an interrupted
// statement would roll back the neighbours' work as well.
func (tx *Tx) context(ctx context.Context) context.Context {
	if tx.write && tx.db.dialect == SQLite {
		return context.WithoutCancel(ctx)
	}
	return ctx
}
