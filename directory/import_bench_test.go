package directory

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"

	"heed/kernel/ledger"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// benchPeople is how many people the feed of the benchmark has unless
// HEED_BENCH_PEOPLE says otherwise. The figure to hold is 400,000 unchanged rows
// in less than 60 s and 200 MB.
const benchPeople = "20000"

func BenchmarkUnchangedFeed(b *testing.B) {
	people, err := strconv.Atoi(cmp.Or(os.Getenv("HEED_BENCH_PEOPLE"), benchPeople))
	if err != nil {
		b.Fatal(err)
	}
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		b.Run(d.String(), func(b *testing.B) {
			w := newWorld(b, storetest.Open(b, d, []store.Module{ledger.Module(), Module()}), nil)
			in := Import{Map: mustMap(b, nightly), File: benchFile(b, people)}
			if r, err := w.Import(b.Context(), in); err != nil || r.New != people {
				b.Fatalf("%s%v", r, err)
			}
			defer debug.SetGCPercent(debug.SetGCPercent(50)) // as the command does
			debug.FreeOSMemory()
			peak := uint64(0)
			in.Progress = func(int) {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
			for b.Loop() {
				if r, err := w.Import(b.Context(), in); err != nil || r.Unchanged != people {
					b.Fatalf("%s%v", r, err)
				}
			}
			b.ReportMetric(float64(people)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(peak)/(1<<20), "peak-heap-MB")
		})
	}
}

// benchFile is a feed on disk, as the command reads one: what the test itself
// held in memory would count as the import's.
func benchFile(b *testing.B, people int) *os.File {
	b.Helper()
	path := filepath.Join(b.TempDir(), "people.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	w := bufio.NewWriter(f)
	_, _ = w.WriteString(head)
	for i := range people {
		_, _ = fmt.Fprintf(w, "%d,Given%d,Family%d,u%d,u%d@co.example,020 7946 %04d,R %d,Department %d,Adviser,E%d,%d,01,S,,A,38,none\n", i, i, i, i, i, i%10000, i%400, i%90, i, i/10)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	return f
}
