package ticket

// Opened happens when a ticket begins.
type Opened struct {
	Ticket  int64   `json:"ticket"`
	Entry   int64   `json:"entry"`
	Channel Channel `json:"channel"`
	Silent  bool    `json:"silent"` // no acknowledgement: a robot wrote, or nobody can be reached
}

// EventName implements event.Event.
func (Opened) EventName() string { return "ticket.opened" }

// Answered happens when an agent replied to the people concerned.
type Answered struct {
	Ticket int64   `json:"ticket"`
	Entry  int64   `json:"entry"`
	To     []int64 `json:"to"` // who of the people concerned gets it
	By     int64   `json:"by"`
	Known  bool    `json:"known,omitempty"` // it was held until now, and the desk's pages were told when it was written
}

// EventName implements event.Event.
func (Answered) EventName() string { return "ticket.answered" }

// Written happens when the people concerned wrote again.
type Written struct {
	Ticket int64 `json:"ticket"`
	Entry  int64 `json:"entry"`
}

// EventName implements event.Event.
func (Written) EventName() string { return "ticket.written" }

// Given happens when a ticket changes hands.
type Given struct {
	Ticket   int64 `json:"ticket"`
	Team     int64 `json:"team"`
	Assignee int64 `json:"assignee"`
	By       int64 `json:"by"`
}

// EventName implements event.Event.
func (Given) EventName() string { return "ticket.given" }

// Touched happens when something else of a ticket changed that people at the
// desk see: a note, its priority, who follows it. Nobody is mailed.
type Touched struct {
	Ticket int64 `json:"ticket"`
	By     int64 `json:"by"`
}

// EventName implements event.Event.
func (Touched) EventName() string { return "ticket.touched" }

// Corrected happens when it was put right whom a ticket concerns.
type Corrected struct {
	Ticket int64 `json:"ticket"`
	By     int64 `json:"by"`
}

// EventName implements event.Event.
func (Corrected) EventName() string { return "ticket.corrected" }

// Moved happens when a ticket's state changes in a way those concerned are told.
type Moved struct {
	Ticket int64 `json:"ticket"`
	From   State `json:"from"`
	To     State `json:"to"`
	By     int64 `json:"by"`
}

// EventName implements event.Event.
func (Moved) EventName() string { return "ticket.moved" }
