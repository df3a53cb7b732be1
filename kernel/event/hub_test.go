package event_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"heed/kernel/event"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// taken waits for a signal and returns what there was, as text.
func taken(t *testing.T, w *event.Watcher) string {
	t.Helper()
	select {
	case <-w.Signal():
	case <-time.NewTimer(10 * time.Second).C:
		t.Fatal("nothing was heard")
	}
	news, missed := w.Take()
	var b strings.Builder
	for _, n := range news {
		fmt.Fprintf(&b, "%s %s;", n.Name, n.Event)
	}
	if missed {
		b.WriteString("missed")
	}
	return b.String()
}

func watch(t *testing.T, h *event.Hub, owner int64) *event.Watcher {
	t.Helper()
	w, ok := h.Watch(owner, 3)
	if !ok {
		t.Fatal("no seat")
	}
	return w
}

func TestAWatcherHearsWhatBecameDurable(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		w.bus.Hub = event.NewHub(w.DB, slog.New(slog.DiscardHandler))
		one := watch(t, w.bus.Hub, 1)
		if err := w.emit(fault.Invalid("t", "the change failed behind the event"), opened{1}); err == nil {
			t.Fatal("the change should have failed")
		}
		if err := w.emit(nil, opened{2}, closed{3}); err != nil {
			t.Fatal(err)
		}
		if got, want := taken(t, one), `t.opened {"ticket":2};t.closed {"ticket":3};`; got != want {
			t.Errorf("heard %s, want %s", got, want)
		}
		one.Leave()
		if err := w.emit(nil, opened{4}); err != nil {
			t.Fatal(err)
		}
		if news, _ := one.Take(); news != nil {
			t.Errorf("heard %v after leaving", news)
		}
	})
}

func TestAWatcherThatDoesNotTakeIsToldThatItMissedSomething(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		w.bus.Hub = event.NewHub(w.DB, slog.New(slog.DiscardHandler))
		slow := watch(t, w.bus.Hub, 1)
		many := make([]event.Event, 300)
		for i := range many {
			many[i] = opened{int64(i)}
		}
		if err := w.emit(nil, many...); err != nil {
			t.Fatal(err)
		}
		if got := taken(t, slow); !strings.HasSuffix(got, "missed") {
			t.Errorf("heard %d bytes and nothing of what is missing", len(got))
		}
	})
}

func TestSeatsAreBoundedPerPersonAndGivenBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		h := event.NewHub(w.DB, slog.New(slog.DiscardHandler))
		first := watch(t, h, 7)
		watch(t, h, 7)
		watch(t, h, 7)
		if _, ok := h.Watch(7, 3); ok {
			t.Error("a fourth seat of three")
		}
		watch(t, h, 8)
		first.Leave()
		first.Leave()
		watch(t, h, 7)
		if _, ok := h.Watch(7, 3); ok {
			t.Error("leaving twice gave two seats back")
		}
		h.Close()
		h.Close()
		<-first.Closed()
		if _, ok := h.Watch(9, 3); ok {
			t.Error("a closed hub lets people in")
		}
	})
}

func TestNewsReachTheOtherNodes(t *testing.T) {
	t.Parallel()
	e := storetest.Open(t, store.Postgres, []store.Module{job.Module()})
	here := &town{Env: e, t: t, bus: &event.Bus{Queue: &job.Queue{DB: e.DB, Mint: id.NewMint(0), Log: slog.New(slog.DiscardHandler)}}}
	here.bus.Hub = event.NewHub(e.DB, slog.New(slog.DiscardHandler))
	db, err := store.Open(t.Context(), store.Config{DSN: e.DSN, Clock: e.Clock, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	there := event.NewHub(db, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	far, near := watch(t, there, 1), watch(t, here.bus.Hub, 1)
	for _, run := range []func(context.Context) error{there.Hear, here.bus.Hub.Hear, here.bus.Hub.Send} {
		go func() { _ = run(ctx) }()
	}
	for _, w := range []*event.Watcher{far, near} {
		if got := taken(t, w); got != "missed" {
			t.Fatalf("when a node begins to hear, its watchers look for themselves: %s", got)
		}
	}
	many := make([]event.Event, 200) // more than one message holds
	for i := range many {
		many[i] = opened{int64(1_000_000 + i)}
	}
	if err := here.emit(nil, many...); err != nil {
		t.Fatal(err)
	}
	got := ""
	for strings.Count(got, "opened") < len(many) {
		got += taken(t, far)
	}
	if strings.Count(got, "opened") != len(many) || !strings.Contains(got, `{"ticket":1000199}`) {
		t.Errorf("the other node heard %d of %d", strings.Count(got, "opened"), len(many))
	}
	if n := strings.Count(taken(t, near), "opened"); n != len(many) {
		t.Errorf("the own node heard %d times of %d", n, len(many))
	}
}

func TestPresenceIsKnownToAllNodesForAWhile(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		h := event.NewHub(w.DB, slog.New(slog.DiscardHandler))
		watcher := watch(t, h, 1)
		h.Here(5, 11, time.Hour)
		h.Here(5, 12, time.Hour)
		h.Here(6, 13, time.Hour)
		h.Here(5, 14, time.Nanosecond)
		h.Writes(5, 12, time.Hour)
		h.Writes(5, 15, time.Hour) // who is not there does not write there
		if got := fmt.Sprint(h.Others(5, 12), h.Others(5, 11)); got != "[{11 false}] [{12 true}]" {
			t.Errorf("besides 12 and besides 11 at 5: %s", got)
		}
		h.Here(5, 12, 0)
		if got := h.Others(5, 11); len(got) != 0 {
			t.Errorf("after leaving: %v", got)
		}
		taken(t, watcher)
		h.Here(5, 12, time.Hour)
		<-watcher.Signal()
		if news, _ := watcher.Take(); len(news) != 1 || news[0].At() != 5 {
			t.Errorf("the watcher hears %v", news)
		}
	})
}
