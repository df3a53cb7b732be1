package web

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"

	"heed/kernel/fault"
	"heed/kernel/policy"
)

// guard runs next and turns a panic into the error page. It reports whether the
// answer broke off after its first byte: then the connection must be cut, or
// the browser would take half a file for a whole one.
func (s *Server) guard(rec *recorder, r *http.Request, next http.Handler) (broken bool) {
	defer func() {
		p := recover()
		switch p {
		case nil:
			return
		case http.ErrAbortHandler: // noted by whoever broke off
			broken = true
			return
		}
		s.Log.Error("panic in a handler", "request", rec.Header().Get("X-Request-Id"), "panic", kindOf(p), "stack", stack())
		if broken = rec.wrote; !broken {
			broken = s.apologise(rec, r)
		}
	}()
	next.ServeHTTP(rec, r)
	return false
}

// apologise sends the error page in place of an answer that panicked, and a line
// of text should the page panic as well.
func (s *Server) apologise(rec *recorder, r *http.Request) (broken bool) {
	defer func() {
		if recover() == nil {
			return
		}
		if broken = rec.wrote; !broken {
			http.Error(rec, "Something went wrong on our side; it has been noted as "+rec.Header().Get("X-Request-Id")+".", http.StatusInternalServerError)
		}
	}()
	for _, of := range []string{"Content-Type", "Content-Length", "Content-Disposition", "Set-Cookie"} {
		rec.Header().Del(of) // the answer that is not coming
	}
	req := s.request(r, Route{Purpose: policy.Own})
	s.send(rec, req, s.failure(rec, req, fault.Internal(errPanic)))
	return false
}

var errPanic = errors.New("a handler panicked")

// kindOf is what a log may say of a panic. The runtime's own errors hold indexes
// and types; what code panics with may hold what somebody typed, and is named by
// its type alone.
func kindOf(p any) string {
	if err, ok := p.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", p)
}

// stack is where a panic came from: functions and lines, without arguments.
func stack() []string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)])
	var out []string
	for {
		f, more := frames.Next()
		out = append(out, fmt.Sprintf("%s:%d", f.Function, f.Line))
		if !more {
			return out
		}
	}
}
