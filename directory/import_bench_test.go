package directory

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"

	"heed/kernel/ledger"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// benchPeople is how many people the feed of the benchmark has. The figure to
// hold is 400,000 unchanged rows in less than 60 s and 200 MB.
const benchPeople = 20_000

func BenchmarkUnchangedFeed(b *testing.B) {
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		b.Run(d.String(), func(b *testing.B) {
			w := newWorld(b, storetest.Open(b, d, []store.Module{ledger.Module(), Module()}), nil)
			var file bytes.Buffer
			file.WriteString(head)
			for i := range benchPeople {
				_, _ = fmt.Fprintf(&file, "%d,Given%d,Family%d,u%d,u%d@co.example,020 7946 %04d,R %d,Department %d,Adviser,E%d,%d,01,S,,A,38,none\n", i, i, i, i, i, i%10000, i%400, i%90, i, i/10)
			}
			if r := w.mustFeed(nightly, file.String()); r.New != benchPeople {
				b.Fatalf("%s", r)
			}
			var before, after runtime.MemStats
			for b.Loop() {
				runtime.GC()
				runtime.ReadMemStats(&before)
				if r := w.mustFeed(nightly, file.String()); r.Unchanged != benchPeople {
					b.Fatalf("%s", r)
				}
				runtime.ReadMemStats(&after)
			}
			b.ReportMetric(float64(benchPeople)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(after.HeapSys)/(1<<20), "heap-MB")
		})
	}
}
