package store

import (
	"context"
	"database/sql"
	"errors"
	"iter"
)

// Row is a struct that names where its columns go, in the order of the SELECT.
type Row[T any] interface {
	*T
	Fields() []any
}

// ErrNone is returned by One when no row matches. Verbs turn it into a fault of
// kind Unknown, so that unseen and absent are one answer.
var ErrNone = errors.New("store: no row")

// One returns the first row.
func One[T any, P Row[T]](ctx context.Context, tx *Tx, q string, args ...any) (T, error) {
	var out T
	for row, err := range Each[T, P](ctx, tx, q, args...) {
		return row, err
	}
	return out, ErrNone
}

// All returns every row. Use it for pages, whose number is bounded by LIMIT.
func All[T any, P Row[T]](ctx context.Context, tx *Tx, q string, args ...any) ([]T, error) {
	var out []T
	for row, err := range Each[T, P](ctx, tx, q, args...) {
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// Each streams rows in constant memory; the first error ends the stream.
func Each[T any, P Row[T]](ctx context.Context, tx *Tx, q string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var row T
		rows, err := tx.query(ctx, q, args)
		if err != nil {
			yield(row, err)
			return
		}
		defer func() { _ = rows.Close() }()
		fields := P(&row).Fields()
		for rows.Next() {
			if err := rows.Scan(fields...); err != nil {
				yield(row, err)
				return
			}
			if !yield(row, nil) {
				return
			}
			var fresh T
			row = fresh // a row handed out is never written to again
		}
		if err := rows.Err(); err != nil {
			yield(row, tx.db.dialect.classify(err))
		}
	}
}

func (tx *Tx) query(ctx context.Context, q string, args []any) (*sql.Rows, error) {
	rows, err := tx.sql.QueryContext(tx.context(ctx), q, args...)
	if err != nil {
		return nil, tx.db.dialect.classify(err)
	}
	return rows, nil
}

// Value is a Row of one column: store.One[store.Value[int64]].
type Value[T any] struct{ V T }

// Fields implements Row.
func (v *Value[T]) Fields() []any { return []any{&v.V} }
