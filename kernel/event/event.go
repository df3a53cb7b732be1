package event

import (
	"context"
	"fmt"

	"heed/kernel/job"
	"heed/kernel/store"
)

// Event is something that happened. EventName is stable: it is stored.
type Event interface{ EventName() string }

// Bus knows who listens to what.
type Bus struct {
	Queue     *job.Queue
	listeners map[string][]string
}

// On makes listener hear every event of type E. The listener's name is stored
// with waiting events, so it must stay the same from version to version.
func On[E Event](b *Bus, listener string, hear func(context.Context, E) error) error {
	var zero E
	kind := zero.EventName() + ">" + listener
	if b.listeners == nil {
		b.listeners = map[string][]string{}
	}
	b.listeners[zero.EventName()] = append(b.listeners[zero.EventName()], kind)
	return b.Queue.Register(job.Handle(kind, 0, hear))
}

// Emit tells the listeners, once tx is durable.
func (b *Bus) Emit(ctx context.Context, tx *store.Tx, e Event) error {
	for _, kind := range b.listeners[e.EventName()] {
		if err := b.Queue.Enqueue(ctx, tx, kind, e, "", tx.Now()); err != nil {
			return fmt.Errorf("event %s: %w", e.EventName(), err)
		}
	}
	return nil
}
