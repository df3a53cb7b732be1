package web

import (
	"errors"
	"io"
	"net/http"
	"time"

	"heed/kernel/clock"
)

// How long we wait for what somebody sends. A body may stand still for stall,
// and all of it may take stall and a second per pace bytes: enough for the
// worst telephone line, and an end for whoever holds a connection open on
// purpose.
const (
	stall = 30 * time.Second
	pace  = 8 << 10 // bytes a second
)

// patient is a request's body with an end to waiting. Its deadlines are the
// connection's, so they run by the system's clock. A writer without a connection,
// in a test, has none to set.
type patient struct {
	io.ReadCloser
	conn  *http.ResponseController
	began time.Time
	read  int64
	over  bool // read to its end, or given up
}

// Read implements io.Reader.
func (p *patient) Read(b []byte) (int, error) {
	now := clock.System().Now()
	if p.began.IsZero() {
		p.began = now
	}
	until := now.Add(stall)
	if last := p.began.Add(stall + time.Duration(p.read/pace)*time.Second); last.Before(until) {
		until = last
	}
	_ = p.conn.SetReadDeadline(until)
	n, err := p.ReadCloser.Read(b)
	p.read += int64(n)
	if err != nil {
		p.over = true
	}
	if errors.Is(err, io.EOF) {
		// From here on net/http reads to notice that the browser left; an old
		// deadline would end the work on the answer.
		_ = p.conn.SetReadDeadline(time.Time{})
	}
	return n, err
}

// leave bounds how long net/http, which reads what a handler left unread, waits
// for it.
func (p *patient) leave() {
	if !p.over {
		_ = p.conn.SetReadDeadline(clock.System().Now().Add(stall))
	}
}
