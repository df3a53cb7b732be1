package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"heed/app"
	"heed/app/demo"
	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// bench is a served house with somebody signed in.
type bench struct {
	h       *app.House
	web     http.Handler
	cookie  string // of who sees every ticket
	narrow  string // of who sees those of one team of many
	token   string
	counter atomic.Int64
}

func system() policy.Actor { return policy.System("measure") }

func newBench(h *app.House) (*bench, error) {
	ctx := context.Background()
	web, err := (&app.Site{House: h, Demo: &app.Demo{}}).Handler()
	if err != nil {
		return nil, err
	}
	b := &bench{h: h, web: web}
	b.counter.Store(clock.System().Now().UnixNano())
	if b.cookie, err = b.signIn(ctx, "oachterberg"); err != nil {
		return nil, err
	}
	if b.narrow, err = b.signIn(ctx, demo.PlainAnalyst); err != nil {
		return nil, err
	}
	asker, err := b.person(ctx, "aruiz")
	if err != nil {
		return nil, err
	}
	b.token, err = h.People.MakeToken(ctx, asker.ID, directory.Token{Scopes: []string{"tickets:write", "tickets:read"}, Purpose: policy.Own}, time.Hour)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// signIn opens a session and returns its cookie.
func (b *bench) signIn(ctx context.Context, user string) (string, error) {
	p, err := b.person(ctx, user)
	if err != nil {
		return "", err
	}
	return b.h.People.OpenSession(ctx, p.ID, "bench", "")
}

func (b *bench) person(ctx context.Context, user string) (directory.Person, error) {
	var found []directory.Person
	err := b.h.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) (err error) {
		found, err = b.h.People.Lookup(ctx, tx, directory.UserName, user)
		return err
	})
	if err == nil && len(found) == 0 {
		err = fault.Unknown("bench.person", "the demo has nobody called %s", user)
	}
	if err != nil {
		return directory.Person{}, err
	}
	return found[0], nil
}

// rate runs do from a number of clients for a while and returns calls a second.
func (b *bench) rate(length time.Duration, clients int, do func(context.Context) error) (float64, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var n atomic.Int64
	var first error
	var once sync.Once
	began := time.Now()
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for time.Since(began) < length && ctx.Err() == nil {
				if err := do(ctx); err != nil {
					once.Do(func() { first = err; cancel() })
					return
				}
				n.Add(1)
			}
		})
	}
	wg.Wait()
	return float64(n.Load()) / time.Since(began).Seconds(), first
}

func (b *bench) create(ctx context.Context) error {
	body := fmt.Sprintf(`{"subject":"Cannot print %d","text":"The printer on floor 3 takes the job and gives blank pages since Monday."}`, b.counter.Add(1))
	req := httptest.NewRequestWithContext(ctx, http.MethodPost, "/api/v1/tickets", strings.NewReader(body))
	req.Header.Set("Authorization", "Bearer "+b.token)
	req.Header.Set("Content-Type", "application/json")
	return b.serve(req, http.StatusCreated)
}

func (b *bench) serve(req *http.Request, want int) error {
	rec := httptest.NewRecorder()
	b.web.ServeHTTP(rec, req)
	if rec.Code != want {
		text, _ := io.ReadAll(rec.Body)
		return fault.Internal(fmt.Errorf("%s answers %d: %.200s", req.URL.Path, rec.Code, text))
	}
	return nil
}

// mails takes mails in from a number of clients for a while, the queue running
// beside them, and returns how many a second had their outcome.
func (b *bench) mails(length time.Duration, clients int) (float64, error) {
	if err := b.settle(); err != nil {
		return 0, err
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { b.h.Queue.Start(ctx); close(done) }()
	defer func() { stop(); <-done }()
	began := time.Now()
	got, err := b.rate(length, clients, b.mail)
	if err != nil {
		return 0, err
	}
	total := got * time.Since(began).Seconds()
	for {
		waiting := int64(0)
		err := b.h.DB.Read(ctx, system(), policy.Operate, func(tx *store.Tx) error {
			row, err := store.One[store.Value[int64]](ctx, tx, countUnread)
			waiting = row.V
			return err
		})
		if err != nil || waiting == 0 {
			return total / time.Since(began).Seconds(), err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// settle carries out what earlier measurements left to do.
func (b *bench) settle() error {
	for {
		if n, err := b.h.Queue.RunDue(context.Background()); err != nil || n == 0 {
			return err
		}
	}
}

// mail takes a mail in.
func (b *bench) mail(ctx context.Context) error {
	n := b.counter.Add(1)
	raw := fmt.Sprintf("From: aruiz@ljmu.example\r\nTo: helpdesk@desk.example.org\r\nSubject: matter %d\r\nMessage-ID: <bench-%d@ljmu.example>\r\nAuto-Submitted: auto-generated\r\n\r\nThe wireless drops in the library, mail %d.\r\n", n, n, n)
	return b.h.Mail.Receive(ctx, "helpdesk@desk.example.org", []byte(raw))
}

// at is a quantile.
func at(took []time.Duration, q float64) time.Duration {
	slices.Sort(took)
	return took[int(q*float64(len(took)-1))]
}

func percentiles(took []time.Duration) string {
	return fmt.Sprintf("p50 %.1f ms, p95 %.1f ms, p99 %.1f ms", ms(at(took, .5)), ms(at(took, .95)), ms(at(took, .99)))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// database returns the address of a database, made anew or as it lies.
func database(server, name string, anew bool) (string, error) {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	if anew {
		for _, q := range []string{"DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name} {
			if _, err := db.Exec(q); err != nil {
				return "", err
			}
		}
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}
