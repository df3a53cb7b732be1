package web_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/policy"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// streaming serves one route to a person whose session can be ended.
func streaming(t *testing.T, handle web.Handler) (base string, s *web.Server, ended *atomic.Bool) {
	t.Helper()
	ended = &atomic.Bool{}
	bundle, err := i18n.NewBundle(nil, i18n.Catalogue{Slice: "t", Files: fstest.MapFS{"messages/en.json": {Data: []byte(`{"t.hello": "Hello"}`)}}})
	if err != nil {
		t.Fatal(err)
	}
	s = &web.Server{
		Log: slog.New(slog.DiscardHandler), Clock: clock.System(), Bundle: bundle, HoldKey: make([]byte, 32),
		Identify: func(context.Context, string) (policy.Actor, int64, error) {
			if ended.Load() {
				return policy.Actor{}, 0, fault.Unauthenticated("session.ended", "sign in")
			}
			return policy.Person(policy.Facts{Person: 7, Via: "session"}), 1, nil
		},
		Failure: func(_ *web.Request, f *fault.Error, _ string) web.Reply {
			return web.Page(ui.Text(f.Text)).As(f.Kind.Status())
		},
	}
	mux := http.NewServeMux()
	if err := s.Mount(mux, web.Route{Pattern: "GET /live", Action: "test.watch", Purpose: policy.Own, Handle: handle}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler(mux))
	t.Cleanup(srv.Close)
	return srv.URL, s, ended
}

func ask(t *testing.T, base string, s *web.Server) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.AddCookie(s.SessionCookie("secret"))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func TestAnEventArrivesBeforeTheStreamEnds(t *testing.T) {
	t.Parallel()
	seen := make(chan struct{})
	base, s, _ := streaming(t, func(r *web.Request) (web.Reply, error) {
		return web.LiveReply(r, func(l *web.Live) error {
			if err := l.Send("counts", map[string]string{"a": "line\nbreak"}); err != nil {
				return err
			}
			<-seen // the browser has the first event while the stream goes on
			return l.Beat()
		}), nil
	})
	res := ask(t, base, s)
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("it is sent as %q", got)
	}
	if got := res.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("it may be kept: %q", got)
	}
	lines := bufio.NewReader(res.Body)
	var got []string
	for range 5 {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, line)
	}
	close(seen)
	if diff := cmp.Diff([]string{"retry: 3000\n", "\n", "event: counts\n", `data: {"a":"line\nbreak"}` + "\n", "\n"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if rest, err := io.ReadAll(lines); err != nil || string(rest) != ": \n\n" {
		t.Errorf("then %q, %v", rest, err)
	}
}

func TestAStreamThatBreaksIsCut(t *testing.T) {
	t.Parallel()
	base, s, _ := streaming(t, func(r *web.Request) (web.Reply, error) {
		return web.LiveReply(r, func(*web.Live) error { return errors.New("the database is away") }), nil
	})
	if body, err := io.ReadAll(ask(t, base, s).Body); err == nil || strings.Contains(string(body), "database") {
		t.Errorf("got %q and %v; a stream that broke must not look as if it had ended", body, err)
	}
}

func TestABrowserThatGetsNoStreamDoesNotAskAgain(t *testing.T) {
	t.Parallel()
	base, s, _ := streaming(t, func(*web.Request) (web.Reply, error) { return web.NoLive(), nil })
	if got := ask(t, base, s).StatusCode; got != http.StatusNoContent {
		t.Errorf("got %d", got)
	}
}

func TestALongAnswerAsksAgainWhoItIsFor(t *testing.T) {
	t.Parallel()
	ends := make(chan func(), 1)
	base, s, ended := streaming(t, func(r *web.Request) (web.Reply, error) {
		return web.LiveReply(r, func(l *web.Live) error {
			who, err := r.Again()
			if err != nil || who.PersonID() != 7 {
				return errors.New("the session is not known")
			}
			(<-ends)()
			if _, err := r.Again(); !fault.Is(err, fault.KindUnauthenticated) {
				return errors.New("the session should be over")
			}
			return l.Send("over", nil)
		}), nil
	})
	ends <- func() { ended.Store(true) }
	if body, err := io.ReadAll(ask(t, base, s).Body); err != nil || !strings.Contains(string(body), "event: over") {
		t.Errorf("got %q, %v", body, err)
	}
}
