package event

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"heed/kernel/clock"
)

// hereName is the news that somebody came to a place, or left it.
const hereName = "event.here"

// mostPlaces is how many places are remembered before those that nobody is at any
// more are swept out.
const mostPlaces = 512

// Presence says that somebody is at a place until it ends. It is kept in memory
// only, for seconds, and never written down.
type Presence struct {
	Place  int64 `json:"place"`
	Owner  int64 `json:"owner"`
	For    int64 `json:"for"`              // milliseconds; 0: they left
	Writes bool  `json:"writes,omitempty"` // they are writing there
}

// Companion is somebody at a place.
type Companion struct {
	Who    int64
	Writes bool // they wrote there a moment ago
}

// stay is until when somebody is at a place, and until when they write there.
type stay struct{ until, writes time.Time }

// Here tells the watchers on all nodes that somebody is at a place, for a while.
// A life of 0 says that they left. What a place is, and who may know that
// somebody is there, is the caller's business.
func (h *Hub) Here(place, owner int64, life time.Duration) {
	h.present(Presence{Place: place, Owner: owner, For: life.Milliseconds()})
}

// Writes tells the watchers that somebody writes at a place, for a while. It is
// heard only of those who are there: who may be there was asked when they came.
func (h *Hub) Writes(place, owner int64, life time.Duration) {
	h.present(Presence{Place: place, Owner: owner, For: life.Milliseconds(), Writes: true})
}

func (h *Hub) present(p Presence) {
	raw, err := json.Marshal(p)
	if err == nil {
		h.tell(News{Name: hereName, Event: raw})
	}
}

// Others are those at a place besides somebody, in a stable order.
func (h *Hub) Others(place, besides int64) []Companion {
	now := clock.System().Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []Companion
	for _, who := range slices.Sorted(maps.Keys(h.places[place])) {
		if s := h.places[place][who]; who != besides && now.Before(s.until) {
			out = append(out, Companion{who, now.Before(s.writes)})
		}
	}
	return out
}

// At is the place that news of somebody's presence are about, 0 for other news.
func (n News) At() int64 {
	var p Presence
	if n.Name != hereName || json.Unmarshal(n.Event, &p) != nil {
		return 0
	}
	return p.Place
}

// note remembers what news say of presence. The caller holds h.mu.
func (h *Hub) note(n News) {
	var p Presence
	if n.Name != hereName || json.Unmarshal(n.Event, &p) != nil {
		return
	}
	now := clock.System().Now()
	if len(h.places) > mostPlaces {
		for place, there := range h.places {
			maps.DeleteFunc(there, func(_ int64, s stay) bool { return !now.Before(s.until) })
			if len(there) == 0 {
				delete(h.places, place)
			}
		}
	}
	if p.For <= 0 {
		delete(h.places[p.Place], p.Owner)
		return
	}
	at, until := h.places[p.Place][p.Owner], now.Add(time.Duration(p.For)*time.Millisecond)
	switch {
	case !p.Writes:
		at.until = until
	case now.Before(at.until):
		at.writes = until
	default:
		return
	}
	if h.places[p.Place] == nil {
		h.places[p.Place] = map[int64]stay{}
	}
	h.places[p.Place][p.Owner] = at
}
