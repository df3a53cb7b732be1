// Package event tells the rest of the house that something happened, without
// the teller knowing who listens.
//
// Emit writes one job per listener in the transaction of the change (an
// outbox): a listener hears of a change exactly when it became durable, and may
// hear of it twice. Events hold ids and states, never a person's data.
//
// Beside them, a Hub tells those who watch at this moment, on this node and on
// the others: pages that are open. A watcher hears soon, at most once, and may
// miss something; it is then told so and looks for itself. What must happen
// belongs to a listener.
//
// This is how lower ranks reach higher ones: ticket emits, mail listens.
package event
