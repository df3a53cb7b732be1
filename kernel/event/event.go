package event

import (
	"context"
	"encoding/json"
	"fmt"

	"heed/kernel/job"
	"heed/kernel/store"
)

// Event is something that happened. EventName is stable: it is stored.
type Event interface{ EventName() string }

// Bus knows who listens to what.
type Bus struct {
	Queue     *job.Queue
	Hub       *Hub // tells who watches at this moment; nil tells nobody
	listeners map[string][]listener
}

type listener struct {
	kind  string // of the job that tells it
	wants func(Event) bool
}

// On makes a listener hear every event of type E that it wants; one without a
// wish (nil) hears all. The listener's name is stored with waiting events, so it
// must stay the same from version to version.
func On[E Event](b *Bus, name string, wants func(E) bool, hear func(context.Context, E) error) error {
	var zero E
	kind := zero.EventName() + ">" + name
	if b.listeners == nil {
		b.listeners = map[string][]listener{}
	}
	l := listener{kind: kind, wants: func(Event) bool { return true }}
	if wants != nil {
		l.wants = func(e Event) bool { of, ok := e.(E); return ok && wants(of) }
	}
	b.listeners[zero.EventName()] = append(b.listeners[zero.EventName()], l)
	return b.Queue.Register(job.Handle(kind, 0, hear))
}

// Emit tells the listeners, once tx is durable.
func (b *Bus) Emit(ctx context.Context, tx *store.Tx, e Event) error {
	for _, l := range b.listeners[e.EventName()] {
		if !l.wants(e) {
			continue
		}
		if err := b.Queue.Enqueue(ctx, tx, l.kind, e, "", tx.Now()); err != nil {
			return fmt.Errorf("event %s: %w", e.EventName(), err)
		}
	}
	if b.Hub == nil {
		return nil
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("event %s: %w", e.EventName(), err)
	}
	tx.After(func() { b.Hub.tell(News{Name: e.EventName(), Event: raw}) })
	return nil
}
