package store

import (
	"context"
	"database/sql/driver"
)

// cachedConn keeps compiled statements by their text. database/sql can do this
// only with handles that outlive transactions; at this level every use of the
// same text profits, and a busy statement is simply compiled once more.
type cachedConn struct {
	driver.Conn
	stmts map[string]*cachedStmt
}

// maxStatements bounds the cache: the texts of scopes vary with the number of
// a person's teams.
const maxStatements = 500

var (
	_ driver.ConnPrepareContext = (*cachedConn)(nil)
	_ driver.ConnBeginTx        = (*cachedConn)(nil)
	_ driver.Pinger             = (*cachedConn)(nil)
	_ driver.SessionResetter    = (*cachedConn)(nil)
	_ driver.Validator          = (*cachedConn)(nil)
)

// PrepareContext implements driver.ConnPrepareContext.
func (c *cachedConn) PrepareContext(ctx context.Context, q string) (driver.Stmt, error) {
	if s := c.stmts[q]; s != nil && !s.busy {
		s.busy = true
		return s, nil
	}
	inner, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, q)
	if err != nil {
		return nil, err
	}
	s := &cachedStmt{Stmt: inner, busy: true}
	if c.stmts[q] == nil && len(c.stmts) < maxStatements {
		c.stmts[q], s.kept = s, true
	}
	return s, nil
}

// BeginTx implements driver.ConnBeginTx.
func (c *cachedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

// Ping implements driver.Pinger.
func (c *cachedConn) Ping(ctx context.Context) error { return c.Conn.(driver.Pinger).Ping(ctx) }

// ResetSession implements driver.SessionResetter.
func (c *cachedConn) ResetSession(ctx context.Context) error {
	return c.Conn.(driver.SessionResetter).ResetSession(ctx)
}

// IsValid implements driver.Validator.
func (c *cachedConn) IsValid() bool { return c.Conn.(driver.Validator).IsValid() }

// Close closes the kept statements and the connection.
func (c *cachedConn) Close() error {
	for _, s := range c.stmts {
		_ = s.Stmt.Close()
	}
	c.stmts = nil
	return c.Conn.Close()
}

// cachedStmt is a compiled statement that outlives its Close when it is kept.
// database/sql closes a statement after its rows, so busy spans both.
type cachedStmt struct {
	driver.Stmt
	busy, kept bool
}

// Close implements driver.Stmt.
func (s *cachedStmt) Close() error {
	s.busy = false
	if s.kept {
		return nil
	}
	return s.Stmt.Close()
}

// ExecContext implements driver.StmtExecContext.
func (s *cachedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// QueryContext implements driver.StmtQueryContext.
func (s *cachedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}
