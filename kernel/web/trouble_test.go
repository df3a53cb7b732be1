package web

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
)

func TestAPanicIsAPageAndTheLogHoldsNothingTyped(t *testing.T) {
	t.Parallel()
	for name, breaks := range map[string]func(body string){
		"with the body itself":    func(body string) { panic("cannot read " + body) },
		"with an error about it":  func(body string) { panic(fmt.Errorf("cannot read %s", body)) },
		"of the runtime":          func(body string) { n := 1000 * len(body); _ = body[:n] },
		"with a nil map":          func(body string) { map[string]map[string]int{}["none"][body] = 1 },
		"with something unlikely": func(body string) { panic(&struct{ text string }{body}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			h := s.handler(t, page("POST /act", func(r *Request) (Reply, error) {
				if err := r.ReadForm(nil); err != nil {
					return Reply{}, err
				}
				breaks(r.Value("body"))
				return Reply{}, nil
			}))
			w := ask(h, http.MethodPost, "/act?about=Rosa", "body=my+secret+diagnosis", "Content-Type", formType)
			if w.Code != 500 || !strings.HasPrefix(w.Body.String(), "fault.internal|") || strings.Contains(w.Body.String(), "diagnosis") {
				t.Errorf("%d %q, want our page about an error of ours", w.Code, w.Body)
			}
			log := s.log.String()
			if strings.Contains(log, "diagnosis") || strings.Contains(log, "Rosa") {
				t.Errorf("the log holds what somebody typed:\n%s", log)
			}
			for _, want := range []string{"panic in a handler", w.Header().Get("X-Request-Id"), "kernel/web.TestAPanic", "status=500"} {
				if !strings.Contains(log, want) {
					t.Errorf("the log does not say %q, so nobody can mend it:\n%s", want, log)
				}
			}
		})
	}
}

func TestAPanicOfTheErrorPageIsStillAnAnswer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Failure = func(*Request, *fault.Error, string) Reply { panic("the error page is broken too") }
	w := ask(s.handler(t, page("GET /", func(*Request) (Reply, error) { panic("broken") })), http.MethodGet, "/", "")
	if w.Code != 500 || !strings.Contains(w.Body.String(), w.Header().Get("X-Request-Id")) {
		t.Errorf("%d %q, want a line with the name of the request", w.Code, w.Body)
	}
}

func TestAnErrorOfOursIsLoggedAndNotShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	h := s.handler(t, page("GET /ours", func(*Request) (Reply, error) { return Reply{}, errors.New("disk at 192.0.2.7 refused") }),
		page("GET /theirs", func(*Request) (Reply, error) { return Reply{}, fault.Invalid("t.empty", "write something") }))
	if w := ask(h, http.MethodGet, "/ours", ""); w.Code != 500 || strings.Contains(w.Body.String(), "192.0.2.7") || !strings.Contains(s.log.String(), "192.0.2.7") {
		t.Errorf("%d %q; log:\n%s", w.Code, w.Body, &s.log)
	}
	s.log.Reset()
	if w := ask(h, http.MethodGet, "/theirs", ""); w.Code != 422 || !strings.Contains(w.Body.String(), "write something") || strings.Contains(s.log.String(), "level=ERROR") {
		t.Errorf("%d %q; log:\n%s", w.Code, w.Body, &s.log)
	}
}

func TestTheLogNamesRoutesAndNotAddresses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	h := s.handler(t, page("GET /people/{name}", hello))
	ask(h, http.MethodGet, "/people/rosa.okafor?q=illness", "")
	if log := s.log.String(); strings.Contains(log, "okafor") || strings.Contains(log, "illness") || !strings.Contains(log, "GET /people/{name}") {
		t.Errorf("the log says:\n%s", log)
	}
}

func TestAnAnswerThatBreaksOffIsNotTakenForWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<20)
	for name, breaks := range map[string]func() error{
		"by an error": func() error { return errors.New("the file is damaged") },
		"by a panic":  func() error { panic("the file is damaged") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stream := func(before string) Handler {
				return func(*Request) (Reply, error) {
					return Reply{Header: map[string]string{"Content-Type": "image/png"}, Stream: func(w io.Writer) error {
						_, _ = io.WriteString(w, before)
						return breaks()
					}}, nil
				}
			}
			srv := httptest.NewServer(newSite(t).handler(t, page("GET /late", stream(long)), page("GET /early", stream(""))))
			defer srv.Close()
			res, err := srv.Client().Get(srv.URL + "/late")
			if err == nil {
				_, err = io.Copy(io.Discard, res.Body)
				_ = res.Body.Close()
			}
			if err == nil {
				t.Error("half a file came as a whole one")
			}
			res, err = srv.Client().Get(srv.URL + "/early")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = res.Body.Close() }()
			if body, _ := io.ReadAll(res.Body); res.StatusCode != 500 || !strings.HasPrefix(string(body), "fault.internal|") || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
				t.Errorf("before the first byte: %d %s %q, want the error page", res.StatusCode, res.Header.Get("Content-Type"), body)
			}
		})
	}
}

// pipes is a listener of one connection that is not a real one, so that time in
// a test's bubble is its time too.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

// Accept implements net.Listener.
func (p pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p pipes) Close() error { close(p.done); return nil }

// Addr implements net.Listener.
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

// send gives h one request with a body that arrives as drip says, and returns
// the status and how long it took.
func send(t *testing.T, h http.Handler, length int, drip func(w io.Writer)) (status int, took time.Duration) {
	t.Helper()
	ln := pipes{make(chan net.Conn, 1), make(chan struct{})}
	srv := &http.Server{Handler: h}
	client, server := net.Pipe()
	var both sync.WaitGroup
	defer both.Wait()
	defer func() { _, _ = client.Close(), srv.Close() }()
	both.Go(func() { _ = srv.Serve(ln) })
	ln.conns <- server
	began := clock.System().Now()
	both.Go(func() {
		_, _ = fmt.Fprintf(client, "POST /act HTTP/1.1\r\nHost: desk\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", formType, length)
		drip(client)
	})
	res, err := http.ReadResponse(bufio.NewReader(client), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	return res.StatusCode, clock.System().Now().Sub(began)
}

// wait stands still for a while of the bubble's time.
func wait(t *testing.T, d time.Duration) {
	t.Helper()
	_ = clock.Sleep(t.Context(), clock.System(), d)
}

func TestASlowBodyIsWaitedForAndNotForEver(t *testing.T) {
	t.Parallel()
	form := "body=" + strings.Repeat("x", 100<<10)
	for name, c := range map[string]struct {
		size   int // of a piece
		pieces int
		pause  time.Duration
		status int
		least  time.Duration
	}{
		"at once":                      {len(form), 1, 0, 200, 0},
		"over a bad line":              {10 << 10, 11, time.Second, 200, 9 * time.Second},
		"nothing at all":               {0, 0, 0, 422, stall},
		"half, and then nothing":       {50 << 10, 1, 0, 422, stall},
		"a byte now and then, for fun": {1, len(form), 10 * time.Second, 422, stall},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newSite(t).handler(t, page("POST /act", func(r *Request) (Reply, error) {
					return Page(text("taken")), r.ReadForm(nil)
				}))
				status, took := send(t, h, len(form), func(w io.Writer) {
					for i := range c.pieces {
						if _, err := io.WriteString(w, form[min(i*c.size, len(form)):min((i+1)*c.size, len(form))]); err != nil {
							return
						}
						wait(t, c.pause)
					}
				})
				if status != c.status || took < c.least || took > c.least+11*time.Second {
					t.Errorf("%d after %s, want %d after %s", status, took, c.status, c.least)
				}
			})
		})
	}
}

func TestABodyNobodyAskedForIsNotWaitedForEither(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		status, took := send(t, newSite(t).handler(t, page("GET /", hello)), 100, func(io.Writer) {})
		if status != 404 && status != 405 || took > stall+time.Second {
			t.Errorf("%d after %s", status, took)
		}
	})
}

func TestWaitingForABodyDoesNotEndTheWorkBehindIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newSite(t).handler(t, page("POST /act", func(r *Request) (Reply, error) {
			if err := r.ReadForm(nil); err != nil {
				return Reply{}, err
			}
			wait(t, 10*stall)
			return Page(text("done")), r.Context().Err()
		}))
		status, _ := send(t, h, 6, func(w io.Writer) { _, _ = io.WriteString(w, "body=x") })
		if status != 200 {
			t.Errorf("work that took long ended with %d: the deadline of the body was left in place", status)
		}
	})
}

func TestWhatWasTypedIsHeldSealedWhenTheSessionHasEnded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	now := clock.NewMovable(clock.System().Now())
	s.Clock = now
	private := page("POST /reply", hello)
	private.Public = false
	h := s.handler(t, private)
	ended := func(typed string, header ...string) (status int, key, held string) {
		w := ask(h, http.MethodPost, "/reply", typed, append(header, "Content-Type", formType)...)
		if strings.Contains(w.Body.String(), "diagnosis") {
			t.Fatalf("in clear: %q", w.Body)
		}
		said := strings.Split(w.Body.String(), "|")
		return w.Code, said[0], said[2]
	}
	const last = "heed_session=rosa-before"
	status, key, held := ended("body=my+secret+diagnosis", "Cookie", last)
	if status != 401 || key != "t.ended" || held == "" {
		t.Fatalf("%d %s, held %q", status, key, held)
	}
	back, ok := s.Unhold(held, 7)
	if !ok || back.Path != "/reply" || back.Fields.Get("body") != "my secret diagnosis" {
		t.Errorf("put back: %+v, %v", back, ok)
	}
	for from, want := range map[string]string{"http://example.com/requests/7?x=1": "/requests/7", "http://evil.example/desk": "/reply", "http://example.com": "/reply", ":%": "/reply", "": "/reply"} {
		_, _, held := ended("body=x", "Cookie", last, "Referer", from)
		if back, ok := s.Unhold(held, 7); !ok || back.Path != want {
			t.Errorf("typed on %q, it comes back to %q", from, back.Path)
		}
	}
	other := newSite(t)
	other.HoldKey = []byte(strings.Repeat("k", 32))
	for name, bad := range map[string]string{"empty": "", "cut": held[:len(held)-4], "turned": "A" + held[1:], "short": "AAAA", "no text": "%%%"} {
		if _, ok := s.Unhold(bad, 7); ok && bad != held {
			t.Errorf("%s: taken for one of ours", name)
		}
	}
	if _, ok := other.Unhold(held, 7); ok {
		t.Error("another house opens it")
	}
	for _, somebody := range []int64{8, 0} {
		if _, ok := s.Unhold(held, somebody); ok {
			t.Errorf("person %d gets what person 7 typed", somebody)
		}
	}
	if _, err := now.Forward(clock.Step{Exact: holdLife}); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Unhold(held, 7); ok {
		t.Error("it is put back after an hour")
	}
}

func TestNothingIsHeldForNobody(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	private := page("POST /reply", hello)
	private.Public = false
	h := s.handler(t, private)
	for name, c := range map[string]struct{ cookie, typed, want string }{
		"no session":                    {"", "body=x", "session.unheld"},
		"no session, and nothing typed": {"", "", "session.none"},
		"a session nobody remembers":    {"heed_session=long-ago", "body=x", "t.ended"},
		"a store that does not say":     {"heed_session=broken", "body=x", "t.busy"},
	} {
		w := ask(h, http.MethodPost, "/reply", c.typed, "Content-Type", formType, "Cookie", c.cookie)
		said := strings.Split(w.Body.String(), "|")
		if said[0] != c.want || said[2] != "" {
			t.Errorf("%s: %s, held %q", name, said[0], said[2])
		}
	}
}

func TestAnAbortedRequestIsNoNews(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	h := s.handler(t, page("GET /", func(*Request) (Reply, error) { panic(http.ErrAbortHandler) }))
	func() {
		defer func() { _ = recover() }()
		ask(h, http.MethodGet, "/", "")
	}()
	if strings.Contains(s.log.String(), "level=ERROR") || !strings.Contains(s.log.String(), "pattern=\"GET /\"") {
		t.Errorf("the log says:\n%s", &s.log)
	}
}
