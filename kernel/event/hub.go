package event

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"heed/kernel/clock"
	"heed/kernel/id"
	"heed/kernel/store"
)

// News is an event that became durable a moment ago.
type News struct {
	Name  string          `json:"n"`
	Event json.RawMessage `json:"e"`
}

const (
	channel     = "heed_news" // on which nodes tell each other
	mostWaiting = 256         // news that a watcher may leave waiting before it counts as having missed some
	mostOut     = 1000        // news that may wait to be sent to the other nodes
	mostPayload = 7500        // bytes of one message between nodes
	again       = 5 * time.Second
)

// Hub tells watchers what became durable. Make one with NewHub; let Hear and
// Send run for as long as the service does.
type Hub struct {
	db   *store.DB
	log  *slog.Logger
	self string // by which a node knows its own messages

	mu       sync.Mutex
	watchers map[*Watcher]struct{}
	seats    map[int64]int
	places   map[int64]map[int64]stay // who is where, until when
	out      []News
	lost     bool // some of out had to be dropped
	wake     chan struct{}
	closed   chan struct{}
	over     bool
}

// NewHub returns the hub of a database.
func NewHub(db *store.DB, log *slog.Logger) *Hub {
	return &Hub{
		db: db, log: log, self: id.Secret(), watchers: map[*Watcher]struct{}{}, seats: map[int64]int{}, places: map[int64]map[int64]stay{},
		wake: make(chan struct{}, 1), closed: make(chan struct{}),
	}
}

// Watcher hears news from the moment it was made until Leave.
type Watcher struct {
	hub    *Hub
	owner  int64
	signal chan struct{}
	news   []News // guarded by hub.mu
	missed bool
}

// Watch returns a watcher for somebody, false when they have as many as one may
// have already, or the hub is closed.
func (h *Hub) Watch(owner int64, most int) (*Watcher, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.over || h.seats[owner] >= most {
		return nil, false
	}
	h.seats[owner]++
	w := &Watcher{hub: h, owner: owner, signal: make(chan struct{}, 1)}
	h.watchers[w] = struct{}{}
	return w, true
}

// Signal receives when there is something to take.
func (w *Watcher) Signal() <-chan struct{} { return w.signal }

// Closed is closed when the hub is: the service stops.
func (w *Watcher) Closed() <-chan struct{} { return w.hub.closed }

// Take returns the news since the last time, oldest first, and whether some were
// missed.
func (w *Watcher) Take() (news []News, missed bool) {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	news, missed = w.news, w.missed
	w.news, w.missed = nil, false
	return news, missed
}

// Leave ends watching. Leaving twice is harmless.
func (w *Watcher) Leave() {
	h := w.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, here := h.watchers[w]; !here {
		return
	}
	delete(h.watchers, w)
	if h.seats[w.owner]--; h.seats[w.owner] == 0 {
		delete(h.seats, w.owner)
	}
}

// Close sends all watchers home and lets nobody else in.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.over {
		h.over = true
		close(h.closed)
	}
}

// tell tells the watchers here, and has the other nodes told. It never blocks.
func (h *Hub) tell(n News) {
	h.deliver([]News{n}, false)
	if h.db.Dialect() != store.Postgres {
		return
	}
	h.mu.Lock()
	if len(h.out) < mostOut {
		h.out = append(h.out, n)
	} else {
		h.lost = true
	}
	h.mu.Unlock()
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

func (h *Hub) deliver(news []News, missed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, n := range news {
		h.note(n)
	}
	for w := range h.watchers {
		if w.missed = w.missed || missed || len(w.news)+len(news) > mostWaiting; w.missed {
			w.news = nil // they look at everything anyway
		} else {
			w.news = append(w.news, news...)
		}
		select {
		case w.signal <- struct{}{}:
		default:
		}
	}
}

// message is what nodes send each other.
type message struct {
	From string `json:"from"`
	News []News `json:"news,omitempty"`
	Lost bool   `json:"lost,omitempty"`
}

// Send tells the other nodes until ctx ends. What cannot be told is lost: it
// concerned pages that are open, which look for themselves now and then.
func (h *Hub) Send(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-h.wake:
		}
		h.mu.Lock()
		news, lost := h.out, h.lost
		h.out, h.lost = nil, false
		h.mu.Unlock()
		for _, payload := range h.pack(news, lost) {
			if err := h.db.Notify(ctx, channel, payload); err != nil && ctx.Err() == nil {
				h.log.Warn("other nodes were not told of news; their pages find out by themselves", "error", err)
			}
		}
	}
}

// pack puts news into as few messages as their size allows.
func (h *Hub) pack(news []News, lost bool) (out []string) {
	for len(news) > 0 || lost {
		m, size := message{From: h.self, Lost: lost}, 0
		for len(news) > 0 && size+len(news[0].Event) < mostPayload {
			size += len(news[0].Event) + len(news[0].Name) + 16
			m.News, news = append(m.News, news[0]), news[1:]
		}
		if len(m.News) == 0 && len(news) > 0 { // longer than any message: they look for themselves
			m.Lost, news = true, news[1:]
		}
		lost = false
		if raw, err := json.Marshal(m); err == nil {
			out = append(out, string(raw))
		}
	}
	return out
}

// Hear passes on what other nodes tell, until ctx ends. After a break the
// watchers are told that they missed something.
func (h *Hub) Hear(ctx context.Context) error {
	for ctx.Err() == nil {
		err := h.db.Listen(ctx, channel, func() { h.deliver(nil, true) }, h.hear)
		if ctx.Err() == nil {
			h.log.Warn("news of other nodes cannot be heard; trying again", "error", err)
			_ = clock.Sleep(ctx, clock.System(), again)
		}
	}
	return nil
}

func (h *Hub) hear(payload string) {
	var m message
	if err := json.Unmarshal([]byte(payload), &m); err != nil {
		h.deliver(nil, true) // of another version; something happened
		return
	}
	if m.From != h.self {
		h.deliver(m.News, m.Lost)
	}
}
