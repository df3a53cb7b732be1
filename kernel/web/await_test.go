package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"heed/kernel/fault"
)

// What a page shows is recorded before its first byte, and while it is drawn.
func TestNothingIsSentBeforeItIsRecorded(t *testing.T) {
	t.Parallel()
	drawn := make(chan struct{})
	h := newSite(t).handler(t, page("GET /page", func(r *Request) (Reply, error) {
		err := r.Await(func() error { <-drawn; return nil }) // would hang were it waited for first
		return Page(templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			close(drawn)
			_, err := io.WriteString(w, "made")
			return err
		})), err
	}))
	if w := ask(h, http.MethodGet, "/page", ""); w.Body.String() != "made" {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

func TestWhatCouldNotBeRecordedIsNotSent(t *testing.T) {
	t.Parallel()
	broken := func() error { return errors.New("the ledger is full") }
	secret := func(w io.Writer) error { _, err := io.WriteString(w, "secret"); return err }
	replies := map[string]Reply{
		"/page":     Page(text("secret")).With(&http.Cookie{Name: "secret", Value: "yes"}),
		"/redirect": Redirect("/secret"),
		"/stream":   {Header: map[string]string{"X-Secret": "yes"}, Stream: secret},
	}
	for path, reply := range replies {
		h := newSite(t).handler(t, page("GET "+path, func(r *Request) (Reply, error) { return reply, r.Await(broken) }))
		w := ask(h, http.MethodGet, path, "")
		sent := w.Body.String() + w.Header().Get("Location") + w.Header().Get("Set-Cookie") + w.Header().Get("X-Secret")
		if w.Code != http.StatusInternalServerError || !strings.HasPrefix(sent, "fault.internal|") {
			t.Errorf("%s: %d %q", path, w.Code, sent)
		}
	}
}

func TestAnErrorPageThatCannotBeRecordedIsALineOfText(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	broken := func() error { return errors.New("the ledger is full") }
	s.Failure = func(r *Request, _ *fault.Error, _ string) Reply {
		_ = r.Await(broken)
		return Page(text("whose page this is"))
	}
	h := s.handler(t, page("GET /page", func(r *Request) (Reply, error) { return Page(text("secret")), r.Await(broken) }))
	if w := ask(h, http.MethodGet, "/page", ""); w.Code != http.StatusInternalServerError || w.Body.String() != "Something went wrong on our side; it has been noted.\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func TestAStreamWaitsForEachRecord(t *testing.T) {
	t.Parallel()
	h := newSite(t).handler(t, page("GET /stream", func(r *Request) (Reply, error) {
		return Reply{Stream: func(w io.Writer) error {
			recorded := false
			if err := r.Await(func() error { recorded = true; return nil }); err != nil || !recorded {
				t.Errorf("recorded %v: %v", recorded, err)
			}
			_, err := io.WriteString(w, "one")
			return err
		}}, nil
	}))
	if w := ask(h, http.MethodGet, "/stream", ""); w.Body.String() != "one" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}
