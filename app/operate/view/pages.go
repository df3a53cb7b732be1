package view

import "heed/kernel/web/ui"

// Health says whether the installation is well.
type Health struct {
	Frame   ui.Frame
	Check   ui.Form // asks the thorough questions too
	Checks  []Line
	System  []ui.Fact
	Ledger  []ui.Fact
	Queue   []Kind
	JobsURL string
	MailIn  []ui.Fact // outcomes of the mails received today
	MailOut []ui.Fact // states of the mails written today
	MailURL string
	Notices []Notice
}

// Line is the answer to one check.
type Line struct {
	Icon ui.Icon
	Tone ui.Tone
	Text string
	More string
}

// Kind is how many jobs of one kind there are.
type Kind struct {
	Name                   string
	Waiting, Running, Dead string
	Broken                 bool
}

// Notice is one notice in force.
type Notice struct {
	Title, Href, Version string
	Since, Review        string // dates
	Late                 bool   // its review is overdue
}

// Jobs lists jobs one by one.
type Jobs struct {
	Frame   ui.Frame
	Dead    []DeadJob
	Waiting []WaitingJob
}

// DeadJob is one whose tries are used up.
type DeadJob struct {
	ID, Kind, Tries string
	Failed          ui.When
	Reason          string
	Retry, GiveUp   ui.Form
}

// WaitingJob is one that runs or will be tried.
type WaitingJob struct {
	ID, Kind, Tries string
	Next            ui.When
	Reason          string // why the last try failed; may be empty
	State           ui.Chip
}
