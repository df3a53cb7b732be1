package id_test

import (
	"math"
	"sync"
	"testing"
	"time"

	"heed/kernel/id"
)

func TestIDsGrowEvenWhenTheClockStepsBack(t *testing.T) {
	t.Parallel()
	m := id.NewMint(3)
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	last := int64(0)
	for i := range 20_000 {
		at := now
		if i%3 == 0 {
			at = now.Add(-time.Hour)
		}
		v := m.Next(at)
		if v <= last {
			t.Fatalf("id %d after %d: ids must grow", v, last)
		}
		last = v
	}
}

func TestIDsAreUniqueAcrossGoroutinesAndNodes(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	seen := map[int64]bool{}
	var wg sync.WaitGroup
	for node := range 4 {
		m := id.NewMint(node)
		for range 4 {
			wg.Go(func() {
				for range 1000 {
					v := m.Next(now)
					mu.Lock()
					if seen[v] {
						t.Errorf("id %d handed out twice", v)
					}
					seen[v] = true
					mu.Unlock()
				}
			})
		}
	}
	wg.Wait()
	if len(seen) != 16_000 {
		t.Errorf("got %d ids, want 16000", len(seen))
	}
}

func TestTimeAndTextRoundTrip(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 29, 1, 0, 0, 123e6, time.UTC)
	v := id.NewMint(0).Next(now)
	if got := id.Time(v); !got.Equal(now) {
		t.Errorf("time: got %v, want %v", got, now)
	}
	back, err := id.Parse(id.Text(v))
	if err != nil || back != v {
		t.Errorf("parse: got %d, %v", back, err)
	}
	for _, bad := range []string{"", "0", "-4", "1e3", "9223372036854775808", "12 "} {
		if _, err := id.Parse(bad); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
}

func TestTheFirstIDOfAnInstantStaysAnIDHoweverFarAwayItIs(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]int64{1: 0, 1969: 0, 2023: 0, 2500: math.MaxInt64, 9999: math.MaxInt64} {
		if got := id.First(time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)); got != want {
			t.Errorf("in %d it is %d, want %d", year, got, want)
		}
	}
}
