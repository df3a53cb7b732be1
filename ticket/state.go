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
	return from, fault.Conflict("ticket.state", "this ticket is %s, so it cannot be %s; open it again first", from, e)
}
