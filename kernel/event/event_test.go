package event_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/event"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// opened is an event of these tests.
type opened struct {
	Ticket int64 `json:"ticket"`
}

// EventName implements event.Event.
func (opened) EventName() string { return "t.opened" }

// closed is another.
type closed struct {
	Ticket int64 `json:"ticket"`
}

// EventName implements event.Event.
func (closed) EventName() string { return "t.closed" }

// town is a bus with its queue and what its listeners heard.
type town struct {
	*storetest.Env
	t     *testing.T
	bus   *event.Bus
	heard []string
}

func each(t *testing.T, fn func(*testing.T, *town)) {
	t.Helper()
	storetest.Each(t, []store.Module{job.Module()}, func(t *testing.T, e *storetest.Env) {
		fn(t, &town{Env: e, t: t, bus: &event.Bus{Queue: &job.Queue{DB: e.DB, Mint: id.NewMint(0), Log: slog.New(slog.DiscardHandler)}}})
	})
}

// listen notes what a listener hears; while fail is not nil it is what it ends with.
func (w *town) listen(name string, fail *error) {
	w.t.Helper()
	err := event.On(w.bus, name, nil, func(_ context.Context, e opened) error {
		if fail != nil && *fail != nil {
			return *fail
		}
		w.heard = append(w.heard, fmt.Sprint(name, " ", e.Ticket))
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// emit tells of events in one transaction that ends with fail.
func (w *town) emit(fail error, es ...event.Event) error {
	w.t.Helper()
	return w.DB.Write(w.t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
		for _, e := range es {
			if err := w.bus.Emit(w.t.Context(), tx, e); err != nil {
				return err
			}
		}
		return fail
	})
}

// run runs what is due now, until nothing is, and returns what was heard.
func (w *town) run() []string {
	w.t.Helper()
	for {
		n, err := w.bus.Queue.RunDue(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	out := w.heard
	w.heard = nil
	return out
}

func TestEachListenerHearsOnceOfAChangeThatIsDurable(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		w.listen("letters", nil)
		w.listen("counts", nil)
		if err := w.emit(nil, opened{1}); err != nil {
			t.Fatal(err)
		}
		got := w.run()
		slices.Sort(got)
		if diff := cmp.Diff([]string{"counts 1", "letters 1"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		w.Clock.Advance(24 * time.Hour)
		if got := w.run(); got != nil {
			t.Errorf("a day later they hear again: %v", got)
		}
	})
}

func TestNobodyHearsOfAChangeThatFailed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		w.listen("letters", nil)
		if err := w.emit(fault.Invalid("t", "the change failed behind the event"), opened{1}); err == nil {
			t.Fatal("the change should have failed")
		}
		if got := w.run(); got != nil {
			t.Errorf("heard %v of something that never happened", got)
		}
	})
}

func TestAListenerHearsInTheOrderOfTheChanges(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		w.listen("letters", nil)
		var want []string
		for i := range int64(40) { // more than are claimed at once
			want = append(want, fmt.Sprint("letters ", i))
			if err := w.emit(nil, opened{i}); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(want, w.run()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestAListenerThatFailsIsToldAgainAndHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		fail := errors.New("the mail server is away")
		w.listen("letters", &fail)
		w.listen("counts", nil)
		if err := w.emit(nil, opened{1}, opened{2}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"counts 1", "counts 2"}, w.run()); diff != "" {
			t.Errorf("beside a failing listener (-want +got):\n%s", diff)
		}
		fail = nil
		if got := w.run(); got != nil {
			t.Errorf("told again without a pause: %v", got)
		}
		w.Clock.Advance(time.Minute)
		got := w.run()
		slices.Sort(got)
		if diff := cmp.Diff([]string{"letters 1", "letters 2"}, got); diff != "" {
			t.Errorf("after the failure (-want +got):\n%s", diff)
		}
	})
}

func TestEventsGoOnlyToWhoListensToTheirName(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		w.listen("letters", nil)
		if err := w.emit(nil, closed{1}); err != nil {
			t.Fatal(err)
		}
		if got := w.run(); got != nil {
			t.Errorf("heard %v", got)
		}
		err := w.DB.Read(t.Context(), policy.System("test"), policy.Operate, func(tx *store.Tx) error {
			n, err := job.Counts(t.Context(), tx)
			if len(n) != 0 {
				t.Errorf("an event without listeners left jobs behind: %v", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAListenerIsNotWokenForWhatItDoesNotWant(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *town) {
		even := func(e opened) bool { return e.Ticket%2 == 0 }
		err := event.On(w.bus, "even", even, func(_ context.Context, e opened) error {
			w.heard = append(w.heard, fmt.Sprint("even ", e.Ticket))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.emit(nil, opened{1}, opened{2}, opened{3}, opened{4}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"even 2", "even 4"}, w.run()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestTwoListenersOfOneNameAreRefused(t *testing.T) {
	t.Parallel()
	b := &event.Bus{Queue: &job.Queue{}}
	hear := func(context.Context, opened) error { return nil }
	if err := event.On(b, "letters", nil, hear); err != nil {
		t.Fatal(err)
	}
	if err := event.On(b, "letters", nil, hear); err == nil || !strings.Contains(err.Error(), "t.opened>letters") {
		t.Errorf("a second listener of that name: %v; it would hear for the first, or not at all", err)
	}
}

// The teller does not know who listens; the listener hears once the change is
// durable.
func ExampleOn() {
	b := &event.Bus{Queue: &job.Queue{}}
	err := event.On(b, "letters", nil, func(_ context.Context, e opened) error {
		fmt.Println("write a letter about ticket", e.Ticket)
		return nil
	})
	fmt.Println(opened{}.EventName(), err)
	// Output: t.opened <nil>
}
