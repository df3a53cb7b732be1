package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"heed/kernel/clock"
	"heed/kernel/store"
)

// colleague is one of many agents: a session, and what it heard.
type colleague struct {
	d      *desk
	cookie *http.Cookie
}

// crowd opens sessions of n agents of a team.
func (d *desk) crowd(n int, controller, team string) []*colleague {
	d.t.Helper()
	out := make([]*colleague, n)
	for i := range out {
		p := d.hire(controller, fmt.Sprintf("Agent Number%d", i), fmt.Sprintf("agent%d", i), []string{"staff"}, team)
		secret, err := d.People.OpenSession(d.t.Context(), p.ID, "password", "A browser")
		if err != nil {
			d.t.Fatal(err)
		}
		out[i] = &colleague{d, &http.Cookie{Name: "heed_session", Value: secret}}
	}
	return out
}

func (c *colleague) open(ctx context.Context, path string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.d.site.URL+path, nil)
	if err != nil {
		return nil, err
	}
	req.AddCookie(c.cookie)
	return http.DefaultClient.Do(req)
}

// hears listens to the stream of a page until it says something that begins so.
func (c *colleague) hears(ctx context.Context, ready *sync.WaitGroup, begin string) error {
	res, err := c.open(ctx, "/desk/live?here="+"/desk%3Fview%3Dall")
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("the stream answers %d", res.StatusCode)
	}
	if err != nil {
		ready.Done()
		return err
	}
	defer func() { _ = res.Body.Close() }()
	lines := bufio.NewScanner(res.Body)
	lines.Scan() // the head has come: the stream is open
	ready.Done()
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), begin) {
			return nil
		}
	}
	return errors.Join(fmt.Errorf("the stream ended before %q", begin), lines.Err())
}

// all does something as everybody at once and returns what went wrong.
func all(of []*colleague, do func(*colleague) error) error {
	errs := make([]error, len(of))
	var group sync.WaitGroup
	for i, c := range of {
		group.Go(func() { errs[i] = do(c) })
	}
	group.Wait()
	return errors.Join(errs...)
}

// Not beside other tests: it counts what the whole process holds.
func TestThreeHundredAgentsLookAtOneList(t *testing.T) {
	for _, e := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(e.String(), func(t *testing.T) { threeHundred(t, e) })
	}
}

func threeHundred(t *testing.T, e store.Dialect) {
	t.Helper()
	d := newDesk(t, e, 0)
	asking := d.as("aruiz")
	for i := range 30 {
		asking.ask(fmt.Sprintf("matter %d", i), "of some weight")
	}
	many := d.crowd(300, "LJMU", "IT-DESK")
	load := func(c *colleague) error {
		r := answered(c.open(t.Context(), "/desk?view=all"))
		if r.err == nil && (r.status != http.StatusOK || !strings.Contains(r.body, "matter 29")) {
			r.err = fmt.Errorf("the list answers %d", r.status)
		}
		return r.err
	}
	if err := all(many[:20], load); err != nil {
		t.Fatal(err)
	}
	idle := d.resting()
	if err := all(many, load); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	var ready sync.WaitGroup
	ready.Add(len(many))
	heard := make(chan error, 1)
	var ear sync.WaitGroup
	ear.Go(func() { heard <- all(many, func(c *colleague) error { return c.hears(ctx, &ready, "event: fresh") }) })
	ready.Wait()
	asking.ask("one more", "that everybody hears of")
	ear.Wait()
	if err := <-heard; err != nil {
		t.Fatalf("not everybody heard of it: %v", err)
	}
	// everybody left: what they took comes back
	after := d.resting()
	for range 3000 {
		if after.goroutines <= idle.goroutines+20 {
			break
		}
		_ = clock.Sleep(t.Context(), clock.System(), 10*time.Millisecond)
		after.goroutines = runtime.NumGoroutine()
	}
	after = d.resting()
	if after.goroutines > idle.goroutines+20 {
		t.Errorf("%d goroutines stay behind of %d", after.goroutines, idle.goroutines)
	}
	if grown := int64(after.heap) - int64(idle.heap); grown > 64<<20 {
		t.Errorf("%d MB stay behind", grown>>20)
	}
	if others := len(d.Bus.Hub.Others(0, 0)); others != 0 {
		t.Errorf("%d still count as looking", others)
	}
}

// rest is what the service holds while nobody asks anything.
type rest struct {
	goroutines int
	heap       uint64
}

func (d *desk) resting() rest {
	d.t.Helper()
	http.DefaultClient.CloseIdleConnections()
	d.site.CloseClientConnections()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return rest{runtime.NumGoroutine(), m.HeapAlloc}
}
