package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"heed/kernel/fault"
)

// maxNotice is the most bytes PostgreSQL carries in one notification.
const maxNotice = 7900

// Listen calls hear with each payload that any node sends to the channel, until
// ctx ends or the connection breaks; it returns why. Before the first payload it
// calls ready: from then on nothing is missed, and what happened before was not
// heard. hear must be quick. It holds one connection of the pool.
//
// A file has no other nodes: on SQLite it waits for ctx and hears nothing.
func (db *DB) Listen(ctx context.Context, channel string, ready func(), hear func(payload string)) error {
	if db.dialect == SQLite {
		<-ctx.Done()
		return ctx.Err()
	}
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return db.dialect.classify(err)
	}
	defer func() { _ = conn.Close() }()
	return conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return fault.Internal(fmt.Errorf("listen: the driver is %T", driver))
		}
		pg := c.Conn()
		// a connection that listens does not go back among the others
		defer func() { _ = pg.Close(context.WithoutCancel(ctx)) }()
		if _, err := pg.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
			return err
		}
		ready()
		for {
			n, err := pg.WaitForNotification(ctx)
			if err != nil {
				return err
			}
			hear(n.Payload)
		}
	})
}

var errNoticeLong = errors.New("store: a notification holds at most 7,900 bytes; send what it is about, not what it says")

// Notify sends a payload to every node that listens to the channel, at once and
// on its own. It takes no part in a transaction on purpose: PostgreSQL lets
// transactions that notify commit one after the other, and all of a desk's
// changes do. Who must not miss anything looks for itself now and then. On
// SQLite it does nothing.
func (db *DB) Notify(ctx context.Context, channel, payload string) error {
	if db.dialect == SQLite {
		return nil
	}
	if len(payload) > maxNotice {
		return errNoticeLong
	}
	_, err := db.write.ExecContext(ctx, "SELECT pg_notify($1, $2)", channel, payload)
	return db.dialect.classify(err)
}
