package ticket

import "heed/kernel/fault"

// State is where a ticket is in its life.
type State string

// The states.
const (
	New      State = "new"      // nobody has taken it up
	Open     State = "open"     // being worked on
	Waiting  State = "waiting"  // somebody else has the ball
	Resolved State = "resolved" // solved; the people concerned may say it is not
	Closed   State = "closed"   // ended
)

// Event is what moves a ticket from state to state.
type Event string

// The events.
const (
	Assigned  Event = "assigned"  // a team or a person was given it
	Replied   Event = "replied"   // an agent wrote to the people concerned
	Wrote     Event = "wrote"     // the people concerned wrote
	Asked     Event = "asked"     // an agent waits for an answer
	Solved    Event = "solved"    // an agent has solved it
	Ended     Event = "ended"     // closed by an agent or the people concerned
	Restarted Event = "restarted" // opened again
	Resumed   Event = "resumed"   // an agent takes it up again while it waits
	Woke      Event = "woke"      // the date it waited for has come
)

// Transition is one row of the state machine.
type Transition struct {
	From  State
	Event Event
	To    State
}

// Transitions is the whole state machine; what is not in it is refused. From
// every state a path leads to Closed (TMU-05, proved by a test).
func Transitions() []Transition {
	return []Transition{
		{New, Assigned, New},
		{New, Replied, Open},
		{New, Wrote, New},
		{New, Asked, Waiting},
		{New, Solved, Resolved},
		{New, Ended, Closed},
		{Open, Assigned, Open},
		{Open, Replied, Open},
		{Open, Wrote, Open},
		{Open, Asked, Waiting},
		{Open, Solved, Resolved},
		{Open, Ended, Closed},
		{Waiting, Assigned, Waiting},
		{Waiting, Replied, Waiting},
		{Waiting, Wrote, Open},
		{Waiting, Asked, Waiting},
		{Waiting, Solved, Resolved},
		{Waiting, Ended, Closed},
		{Waiting, Resumed, Open},
		{Waiting, Woke, Open},
		{Resolved, Assigned, Resolved},
		{Resolved, Replied, Resolved},
		{Resolved, Wrote, Open},
		{Resolved, Ended, Closed},
		{Resolved, Restarted, Open},
		{Closed, Restarted, Open},
	}
}

// next returns the state an event leads to.
func next(from State, e Event) (State, error) {
	for _, t := range Transitions() {
		if t.From == from && t.Event == e {
			return t.To, nil
		}
	}
	return from, refusal(e)
}

// takes reports whether an event moves the ticket as it stands, for pages that
// offer only what will work.
func (t Ticket) takes(e Event) bool {
	_, err := next(t.State, e)
	return err == nil
}

// refusal says why an event is not in the table for the state a ticket has, and
// what to do first. The sentences fit every state that refuses their event.
func refusal(e Event) error {
	switch e {
	case Assigned:
		return fault.Conflict("state.assigned", "a closed ticket stays with the team that had it; open it again first, then hand it over")
	case Replied:
		return fault.Conflict("state.replied", "this ticket is closed, so nothing can be sent from it; open it again first, then write")
	case Wrote:
		return fault.Conflict("state.wrote", "this request is closed, so nothing can be added to it; open it again first, then write")
	case Asked:
		return fault.Conflict("state.asked", "this ticket is solved or closed, so there is nothing to wait for; open it again first")
	case Solved:
		return fault.Conflict("state.solved", "this ticket is solved or closed already; open it again first if there is more to do")
	case Ended:
		return fault.Conflict("state.ended", "this ticket is closed already; nothing more needs to be done")
	case Restarted:
		return fault.Conflict("state.restarted", "this ticket is still open; only one that is solved or closed can be opened again")
	case Resumed:
		return fault.Conflict("state.resumed", "this ticket does not wait, so it cannot be taken up again; if it is solved or closed, open it again")
	default:
		return fault.Conflict("state.woke", "this ticket does not wait for a date any more; look at where it stands now")
	}
}
