package app

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
)

// useTestClock replaces the clock by one that can be moved forward from
// outside: GET tells the time, POST ?by=3d moves it. It is refused on any data
// that is not marked as a demo's or a test's.
func (o *Options) useTestClock(e *env, c Config, addr string) (stop func(), err error) {
	if addr == "" {
		return func() {}, nil
	}
	if _, err := os.Stat(filepath.Join(c.Data, demoMark)); err != nil {
		return nil, fault.Invalid("clock.refused", "a test clock moves deadlines and deletes what is due, so it is only for demo and test data; %s holds no file named %s", c.Data, demoMark)
	}
	m := clock.NewMovable(clock.System().Now())
	o.Clock = m
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fault.Invalid("clock.addr", "the address %s cannot be used for the test clock (%v)", addr, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprintln(w, m.Now().Format(time.RFC3339)) })
	mux.HandleFunc("POST /{$}", func(w http.ResponseWriter, r *http.Request) {
		step, err := clock.ParseStep(r.URL.Query().Get("by"))
		if err == nil {
			_, err = m.Forward(step)
		}
		if err != nil {
			http.Error(w, fault.As(err).Text, http.StatusUnprocessableEntity)
			return
		}
		_, _ = fmt.Fprintln(w, m.Now().Format(time.RFC3339))
	})
	srv := &http.Server{Handler: http.NewCrossOriginProtection().Handler(mux), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			e.log.Error("the test clock stopped", "error", err)
		}
	}()
	e.say("The test clock listens on http://%s", ln.Addr())
	return func() { _ = srv.Close() }, nil
}
