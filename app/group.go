package app

import (
	"errors"
	"sync"
)

// group runs the parts of the service; the first that fails stops the others.
type group struct {
	wg     sync.WaitGroup
	mu     sync.Mutex
	err    error
	cancel func()
}

func newGroup(cancel func()) *group { return &group{cancel: cancel} }

func (g *group) start(f func() error) {
	g.wg.Go(func() {
		if err := f(); err != nil {
			g.mu.Lock()
			g.err = errors.Join(g.err, err)
			g.mu.Unlock()
			g.cancel()
		}
	})
}

func (g *group) wait() error {
	g.wg.Wait()
	return g.err
}
