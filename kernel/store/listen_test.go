package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

func TestEveryNodeHearsWhatIsSentToItsChannel(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.Postgres, nil)
	other, err := store.Open(t.Context(), store.Config{DSN: e.DSN, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	ctx, stop := context.WithCancel(t.Context())
	ready, heard, ended := make(chan struct{}), make(chan string, 4), make(chan error, 1)
	go func() {
		ended <- other.Listen(ctx, "news", func() { close(ready) }, func(p string) { heard <- p })
	}()
	<-ready
	for _, x := range [][2]string{{"elsewhere", "1"}, {"news", "2"}, {"news", "3"}} {
		if err := e.DB.Notify(t.Context(), x[0], x[1]); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"2", "3"} {
		select {
		case got := <-heard:
			if got != want {
				t.Errorf("heard %q, want %q", got, want)
			}
		case <-time.NewTimer(10 * time.Second).C:
			t.Fatalf("%q was not heard", want)
		}
	}
	stop()
	if err := <-ended; err == nil {
		t.Error("listening ended without a reason")
	}
}

func TestANotificationThatIsTooLongIsRefusedInWords(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.Postgres, nil)
	if err := e.DB.Notify(t.Context(), "news", strings.Repeat("x", 9000)); err == nil || !strings.Contains(err.Error(), "7,900") {
		t.Errorf("got %v", err)
	}
}

func TestAFileHasNobodyToListenTo(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.SQLite, nil)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.DB.Listen(ctx, "news", func() {}, func(string) {}) }()
	if err := e.DB.Notify(t.Context(), "news", "1"); err != nil {
		t.Error(err)
	}
	stop()
	if err := <-ended; err == nil {
		t.Error("listening ended without a reason")
	}
}
