// Package event tells the rest of the house that something happened, without
// the teller knowing who listens.
//
// Emit writes one job per listener in the transaction of the change (an
// outbox): a listener hears of a change exactly when it became durable, and may
// hear of it twice. Events hold ids and states, never a person's data.
//
// This is how lower ranks reach higher ones: ticket emits, mail listens.
package event
