package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"heed/app"
	"heed/kernel/clock"
	"heed/kernel/store"
)

func main() {
	sizes := flag.String("sizes", "10000,100000", "numbers of tickets to measure at")
	pg := flag.String("postgres", os.Getenv("HEED_BENCH_PG"), "address of a PostgreSQL server with disk confirmation on, for two databases of the bench's own; empty leaves PostgreSQL out and says so")
	engines := flag.String("engines", "sqlite,postgres", "engines to measure")
	length := flag.Duration("for", 5*time.Second, "how long each rate is measured")
	keep := flag.String("keep", "", "folder whose databases are kept, to be measured again without filling them anew; empty uses new ones and throws them away")
	profile := flag.String("profile", "", "file to write a CPU profile to")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		defer pprof.StopCPUProfile()
	}
	if err := run(context.Background(), *engines, *sizes, *pg, *keep, *length); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, engines, sizes, pg, keep string, length time.Duration) (err error) {
	dir := keep
	if keep == "" {
		if dir, err = os.MkdirTemp("", "heed-bench-"); err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
	}
	fmt.Println("| engine | tickets | what | figure | beside the engine's durable rate |")
	fmt.Println("|---|---|---|---|---|")
	for _, e := range []store.Dialect{store.SQLite, store.Postgres} {
		if !strings.Contains(engines, e.String()) {
			continue
		}
		if e == store.Postgres && pg == "" {
			fmt.Println("| postgres | | left out: no server was named | | |")
			continue
		}
		c, err := configFor(e, filepath.Join(dir, e.String()), pg)
		if err != nil {
			return err
		}
		if err := engine(ctx, e, c, sizes, length); err != nil {
			return fmt.Errorf("%s: %w", e, err)
		}
	}
	return nil
}

func configFor(e store.Dialect, data, pg string) (app.Config, error) {
	c, err := app.LoadConfig("", func(string) string { return "" })
	if err != nil {
		return c, err
	}
	c.Data, c.LMTPAddr = data, "off"
	if e == store.Postgres {
		have, err := filled(c)
		if err != nil {
			return c, err
		}
		if c.Database, err = database(pg, "heed_bench_data", have == 0); err != nil {
			return c, err
		}
		c.KeyDatabase, err = database(pg, "heed_bench_keys", have == 0)
		return c, err
	}
	return c, err
}

// engine measures one engine at growing sizes.
func engine(ctx context.Context, e store.Dialect, c app.Config, sizes string, length time.Duration) error {
	have, err := filled(c)
	if err != nil {
		return err
	}
	if have == 0 {
		if err := app.BuildDemo(ctx, c, app.Options{}, 40, true, func(string) {}); err != nil {
			return err
		}
	}
	for text := range strings.SplitSeq(sizes, ",") {
		want, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return err
		}
		began := clock.System().Now()
		if have < want {
			if err := fill(ctx, c, have, want); err != nil {
				return err
			}
			fmt.Fprintf(os.Stderr, "%s: filled to %d in %s\n", e, want, clock.System().Now().Sub(began).Round(time.Second))
			have = want
		}
		if err := measure(ctx, e, c, want, length); err != nil {
			return err
		}
	}
	return nil
}

// row prints one figure.
func row(e store.Dialect, n int, what, figure, beside string) {
	fmt.Printf("| %s | %d | %s | %s | %s |\n", e, n, what, figure, beside)
}

func measure(ctx context.Context, e store.Dialect, c app.Config, n int, length time.Duration) error {
	began := clock.System().Now()
	h, err := app.Open(ctx, c, app.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = h.Close() }()
	row(e, n, "start on that database", clock.System().Now().Sub(began).Round(time.Millisecond).String(), "")
	b, err := newBench(h)
	if err != nil {
		return err
	}
	if err := rates(ctx, e, c, b, n, length); err != nil {
		return err
	}
	if err := b.pages(e, n); err != nil {
		return err
	}
	if err := b.erasures(e, n); err != nil {
		return err
	}
	return h.Ledger.Drain(ctx) // as the house does all the time: the next start is not to find a day's readings
}

// rates measures how much comes in, each figure between two measurements of the
// reference, since disks are not the same from one minute to the next.
func rates(ctx context.Context, e store.Dialect, c app.Config, b *bench, n int, length time.Duration) error {
	ref, err := openReference(ctx, e, c)
	if err != nil {
		return err
	}
	defer func() { _ = ref.db.Close() }()
	for _, clients := range []int{1, 8} {
		for _, m := range []struct {
			what string
			rate func() (float64, error)
		}{
			{"create by API", func() (float64, error) { return b.rate(length, clients, b.create) }},
			{"mail in, durable and read", func() (float64, error) { return b.mails(length, clients) }},
		} {
			before, err := b.rate(length/2, clients, ref.write)
			if err != nil {
				return err
			}
			got, err := m.rate()
			if err != nil {
				return fmt.Errorf("%s: %w", m.what, err)
			}
			after, err := b.rate(length/2, clients, ref.write)
			if err != nil {
				return err
			}
			base := (before + after) / 2
			row(e, n, fmt.Sprintf("%s, %d at once", m.what, clients), fmt.Sprintf("%.0f/s", got), fmt.Sprintf("%.2f of %.0f/s", got/base, base))
		}
	}
	return nil
}
