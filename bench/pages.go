package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"heed/app/demo"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// pages times the pages an analyst lives in, and the price of the gate, the ledger and the seal.
func (b *bench) pages(e store.Dialect, n int) error {
	if err := b.h.Tickets.FoldTally(context.Background()); err != nil { // as the duty does every ten seconds
		return err
	}
	var refs, people []string
	err := b.h.DB.Read(context.Background(), system(), policy.Resolve, func(tx *store.Tx) error {
		ts, err := b.h.Tickets.Search(context.Background(), tx, "drum", ticket.Newest, 50)
		for _, t := range ts {
			if strings.HasPrefix(t.Ref, "LJMU") {
				refs, people = append(refs, t.Ref), append(people, id.Text(t.Affected))
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	i := 0
	ticketPath := func() string { i++; return "/desk/tickets/" + refs[i%len(refs)] + "?view=mine" }
	personPath := func() string { i++; return "/desk/people/" + people[i%len(people)] }
	rare := func(more string) func() string { // words of one ticket each, old and new
		return func() string { i++; return "/desk/search?q=" + demo.PlainWord(i*rareEach%n) + more }
	}
	for _, p := range []struct {
		what   string
		cookie string
		path   func() string
	}{
		{"queue page", b.cookie, one("/desk?view=all")},
		{"ticket page", b.cookie, ticketPath},
		{"person card", b.cookie, personPath},
		{"search page, a common word", b.cookie, one("/desk/search?q=printer")},
		{"search page, the beginning of a word", b.cookie, one("/desk/search?q=prin")},
		{"search page, a name and a word", b.cookie, func() string { i++; return fmt.Sprintf("/desk/search?q=number%d+printer", 1+i%50) }},
		{"search page, two common words", b.cookie, one("/desk/search?q=drum+blank")},
		{"search page, two words that no ticket has both", b.cookie, one("/desk/search?q=drum+wireless")},
		{"search page, a rare word and a common one", b.cookie, rare("+printer")},
		{"search page, a rare word", b.cookie, rare("")},
		{"search page, a word that nobody wrote", b.cookie, one("/desk/search?q=quokka")},
		{"queue page of one team of a hundred", b.narrow, one("/desk?view=all")},
		{"search page, a common word, one team", b.narrow, one("/desk/search?q=printer")},
		{"search page, the beginning of a word, one team", b.narrow, one("/desk/search?q=prin")},
		{"search page, two common words, one team", b.narrow, one("/desk/search?q=drum+blank")},
		{"search page, a rare word and a common one, one team", b.narrow, rare("+printer")},
	} {
		took, err := b.timed(p.cookie, p.path, pageViews)
		if err != nil {
			return err
		}
		row(e, n, p.what, percentiles(took), "")
	}
	return b.price(e, n, ticketPath)
}

// one is the same address each time.
func one(path string) func() string { return func() string { return path } }

// price compares the ticket page with and without the ledger, in turns, so that whatever
// else goes on meets both, and adds what the gate and the seal take of it.
func (b *bench) price(e store.Dialect, n int, path func() string) error {
	defer b.h.DB.SetRecorder(b.h.Ledger)
	var with, without []time.Duration
	for range 20 {
		for _, half := range []struct {
			recorder store.Recorder
			took     *[]time.Duration
		}{{b.h.Ledger, &with}, {nil, &without}} {
			b.h.DB.SetRecorder(half.recorder)
			took, err := b.timed(b.cookie, path, pageViews/10)
			if err != nil {
				return err
			}
			*half.took = append(*half.took, took...)
		}
	}
	ledger := float64(at(with, .5)) / float64(at(without, .5))
	row(e, n, "ticket page without the ledger", percentiles(without), "")
	row(e, n, "price of the ledger on the ticket page", fmt.Sprintf("%.2fx", ledger), "")
	if e != store.SQLite {
		return nil // the profiler does not see a page wait for another process
	}
	gate, seal, err := b.shares(path)
	if errors.Is(err, errProfiled) {
		row(e, n, "price of the gate, the ledger and the seal on the ticket page", err.Error(), "")
		return nil
	}
	if err != nil {
		return err
	}
	row(e, n, "ticket page without the ledger, share of the gate and of telling who acts", fmt.Sprintf("%.1f %%", 100*gate), "")
	row(e, n, "ticket page without the ledger, share of the seal", fmt.Sprintf("%.1f %%", 100*seal), "")
	row(e, n, "price of the gate, the ledger and the seal on the ticket page", fmt.Sprintf("%.2fx", ledger/(1-gate-seal)), "")
	return nil
}

const (
	pageViews = 300 // how often a page is asked for
	rareEach  = 631 // tickets lie between those whose own word is looked for
)

// timed asks for a page a number of times, as whose cookie it is.
func (b *bench) timed(cookie string, path func() string, times int) (took []time.Duration, err error) {
	for range times {
		req := httptest.NewRequest(http.MethodGet, path(), nil)
		req.AddCookie(&http.Cookie{Name: "heed_session", Value: cookie})
		began := time.Now()
		if err := b.serve(req, http.StatusOK); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}
