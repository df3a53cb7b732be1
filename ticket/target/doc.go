// Package target computes when an answer or a solution is due, and why then.
//
// A clock (response, resolution) is a list of stored events: started, paused,
// resumed, set anew, met, missed. Between a start or a resumption and the next
// pause it runs; while it runs, the desk's open hours count against what was
// allowed. Nothing else is stored about time, so the same events always give
// the same answer, and every answer can be explained event by event.
//
// Invariants: Reckon is pure and depends on the events, the calendar and the
// instant it is asked for; a due instant that has passed never moves, unless
// what is allowed is set anew; open time is never counted twice.
//
// What lives elsewhere: opening hours and holidays (kernel/clock), which change
// of a ticket writes which event (package ticket).
package target
