package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
)

// Live is a stream of events to one open page (server-sent events, HTML Living
// Standard, section 9.2). An event says that something changed; what it is now,
// the page asks for like every other page. Nothing sent is logged.
type Live struct {
	to   io.Writer
	conn *http.ResponseController
}

// sendWithin bounds how long a browser that reads nothing holds a stream up.
const sendWithin = 10 * time.Second

// LiveReply answers with a stream of events, which ends when run returns. run
// must end with the request's context; the browser comes back by itself.
func LiveReply(r *Request, run func(*Live) error) Reply {
	return Reply{
		Header: map[string]string{"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"},
		Stream: func(w io.Writer) error {
			l := &Live{to: w}
			if rw, ok := w.(http.ResponseWriter); ok {
				l.conn = http.NewResponseController(rw)
			}
			if l.write("retry: 3000\n\n") != nil {
				return nil
			}
			if err := run(l); err != nil && r.Context().Err() == nil {
				return err
			}
			return nil
		},
	}
}

// NoLive answers that there will be no stream; a browser does not ask again.
func NoLive() Reply {
	return Reply{Status: http.StatusNoContent, Header: map[string]string{"Content-Type": "text/event-stream"}, Page: nothing{}}
}

// Send sends an event with a value as JSON.
func (l *Live) Send(name string, v any) error {
	raw, err := json.Marshal(v) // has no line breaks
	if err != nil {
		return err
	}
	return l.write("event: " + name + "\ndata: " + string(raw) + "\n\n")
}

// Beat keeps a quiet stream from being taken for a dead one on its way.
func (l *Live) Beat() error { return l.write(": \n\n") }

func (l *Live) write(text string) error {
	if l.conn != nil {
		// a recorder in a test has no connection whose deadline could be set
		_ = l.conn.SetWriteDeadline(clock.System().Now().Add(sendWithin))
	}
	if _, err := io.WriteString(l.to, text); err != nil {
		return err
	}
	if l.conn != nil {
		return l.conn.Flush()
	}
	return nil
}

// Again establishes anew who the request's session belongs to, for an answer
// that takes long: roles and teams may have changed, the session may have ended.
// An ended one is a fault of kind Unauthenticated.
func (r *Request) Again() (policy.Actor, error) {
	secret := cookie(r.HTTP, r.server.sessionName())
	if secret == "" || r.server.Identify == nil {
		return policy.Actor{}, fault.Unauthenticated("session.none", "sign in to go on")
	}
	who, _, err := r.server.Identify(r.Context(), secret)
	return who, err
}

// nothing is a page without a byte.
type nothing struct{}

// Render implements templ.Component.
func (nothing) Render(context.Context, io.Writer) error { return nil }
