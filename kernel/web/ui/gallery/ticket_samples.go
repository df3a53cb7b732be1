package gallery

import "heed/kernel/web/ui"

func why() ui.Why {
	return ui.Why{
		Sentence: "You see this because your team, Business Support, holds it. For: resolving. Seen by 4 roles.",
		Rules: []ui.WhyRule{
			{Text: "The team that holds the ticket", People: "6 people", LetsYou: true, Clause: ui.Clause{Text: "Your request is read by the team that is dealing with it, and by nobody else unless that team asks them.", Ref: "Notice 7, clause 4.2"}},
			{Text: "The person who asked", People: "1 person", Clause: ui.Clause{Text: "You can always see what you wrote to us.", Ref: "Notice 7, clause 4.1"}},
		},
		Readers: ui.Link{Text: "Read by 5 people", Href: "#why", Icon: ui.IconHistory},
	}
}

func timeline() []ui.Entry {
	return []ui.Entry{
		{Day: &ui.When{Text: "Monday 23 November", ISO: "2026-11-23"}},
		{Change: &ui.Change{Icon: ui.IconPause, Text: "Waiting for Ana Ruiz. The clock stopped.", When: ui.When{Text: "10:15", ISO: "2026-11-23T10:15:00Z"}}},
		{Message: &ui.Message{
			ID: "e1", Kind: ui.EntryIn, Heading: "Ana Ruiz", About: "by mail, copied Tomasz Wilk", When: ui.When{Text: "15:00", ISO: "2026-11-23T15:00:00Z"},
			Body:   ui.Text("It is the loan laptop, NU-LT-4471. The other drive opens. I attach what I see."),
			Files:  []ui.File{{Name: "permission-message.png", Size: "214 kB", Note: "scanned", Href: "#timeline"}, {Name: "macro.docm", Size: "40 kB", Note: "quarantined"}},
			Quoted: ui.Text("Hello Ana, which laptop are you on?"), Folded: "9 quoted lines",
			Original: ui.Link{Text: "As it was sent", Href: "#timeline", Icon: ui.IconMail},
		}},
		{Message: &ui.Message{
			ID: "e2", Kind: ui.EntryReply, Heading: "Reply to Ana Ruiz", About: "from Priya Raman", When: ui.When{Text: "15:20", ISO: "2026-11-23T15:20:00Z"},
			Body: ui.Text("Thank you, that helps. I am asking the owner of the drive and will write again tomorrow."),
			Chip: &ui.Chip{Text: "Delivered", Icon: ui.IconCheck, Tone: ui.ToneKept},
		}},
		{Message: &ui.Message{
			ID: "e3", Kind: ui.EntryNote, Heading: "Internal note", About: "Kwame Mensah to 4 colleagues", When: ui.When{Text: "15:32", ISO: "2026-11-23T15:32:00Z"},
			Body: ui.Text("Her old contract ended on 19 November and took the group membership with it."),
		}},
		{Message: &ui.Message{
			ID: "e4", Kind: ui.EntryCall, Heading: "Call with Ana Ruiz", About: "logged by Priya Raman, 4 min", When: ui.When{Text: "16:02", ISO: "2026-11-23T16:02:00Z"},
			Body: ui.Text("She asks whether Tomasz gets access too."),
		}},
		{Message: &ui.Message{
			ID: "e5", Kind: ui.EntryHidden, Heading: "One mail hidden", About: "you see calls but not mails here", When: ui.When{Text: "16:10", ISO: "2026-11-23T16:10:00Z"},
		}},
	}
}

func portalTimeline() []ui.Entry {
	return []ui.Entry{
		{Message: &ui.Message{ID: "p1", Kind: ui.EntryMine, Heading: "You", About: "in the portal", When: ui.When{Text: "Friday 20 November, 13:25", ISO: "2026-11-20T13:25:00Z"}, Body: ui.Text("Since this morning I cannot open the crystallography drive.")}},
		{Message: &ui.Message{ID: "p2", Kind: ui.EntryTeam, Heading: "Priya Raman", About: "Business Support", When: ui.When{Text: "Friday, 14:07", ISO: "2026-11-20T14:07:00Z"}, Body: ui.Text("Hello Ana, thank you for telling us. Which laptop are you on?")}},
		{Message: &ui.Message{
			ID: "p3", Kind: ui.EntryIn, Heading: "priya.raman@example.ac.uk", About: "by mail, from somebody who takes no part in this request", When: ui.When{Text: "Friday, 16:02", ISO: "2026-11-20T16:02:00Z"},
			Body: ui.Text("Please confirm your password at example.org."), Chip: &ui.Chip{Icon: ui.IconAlert, Tone: ui.ToneSoon, Text: "Sender not verified"},
		}},
	}
}

func composer(mode ui.Mode) ui.Composer {
	return ui.Composer{
		Form: ui.Form{Action: "#composer", Token: "t1"}, Mode: mode, CanReply: true, CanNote: true,
		ReplyTo: "Reply to Ana Ruiz",
		Recipients: []ui.Recipient{
			{Value: "p1", Text: "Ana Ruiz"},
			{Value: "p2", Text: "Tomasz Wilk"},
		},
		ReplySeen:   ui.Seen{Strong: "2 people get this:", Rest: "Ana Ruiz and Tomasz Wilk. 6 colleagues in Business Support can read it here."},
		ReplyButton: "Send to Ana Ruiz and 1 other",
		NoteFor:     "Colleagues on this ticket, 4 people",
		NoteSeen:    ui.Seen{Strong: "4 colleagues can see this.", Rest: "Ana Ruiz and Tomasz Wilk cannot; a note is sent to nobody. Ana may get a copy if she asks for her data."},
		NoteButton:  "Add note (4 colleagues can see it)",
		Body:        ui.Input{Value: "Hello Ana, Prof. Lindqvist has agreed that you keep access until Friday 18 December."},
		Then:        []ui.Option{{Value: "", Text: "and leave it open", Selected: true}, {Value: "wait", Text: "and wait for Ana"}, {Value: "solve", Text: "and mark as solved"}},
		DraftKept:   "Text kept, 11:10",
		Presence:    "Kwame is typing",
	}
}

func person(revealed string) ui.Person {
	id := "mask-closed"
	if revealed != "" {
		id = "mask-open"
	}
	return ui.Person{
		Name: "Ana Ruiz", Role: "Visiting researcher, Chemistry", Href: "#person",
		Facts: []ui.Fact{
			{Label: "User name", Value: "ruiz-a"},
			{Label: "Mail", Value: "a.ruiz@example.ac.uk", Href: "mailto:a.ruiz@example.ac.uk"},
			{Label: "Phone", Value: "020 7946 0118", Source: "from the nightly feed, today 02:10"},
			{Label: "Born", Mask: &ui.Mask{
				ID: id, Label: "date of birth", Revealed: revealed, Fades: ui.When{Text: "fades at 11:14", ISO: "2026-11-24T11:14:00Z"},
				Form:    ui.Form{Action: "#person", Token: "t2"},
				Reasons: []ui.Option{{Value: "caller", Text: "To check who is calling"}, {Value: "match", Text: "To match two records"}, {Value: "asked", Text: "Asked by the person"}},
			}},
		},
	}
}

func targets() []ui.Target {
	return []ui.Target{
		{Text: "First reply", Chip: ui.Chip{Text: "Met in 42 min", Icon: ui.IconCheck, Tone: ui.ToneKept}},
		{
			Text: "Solved by", Chip: ui.Chip{Text: "in 3 hours", Icon: ui.IconClock, Tone: ui.ToneSoon},
			Meter: &ui.Meter{ID: "m1", Say: "9 of 12 working hours used. Paused once, on Monday from 10:15 to 15:00.", Stretches: []ui.Stretch{
				{Minutes: 290}, {Minutes: 285, Paused: true}, {Minutes: 250}, {Minutes: 180, Ahead: true},
			}},
			DueAt:  ui.When{Text: "Tuesday 24 November, 14:10", ISO: "2026-11-24T14:10:00Z"},
			WhySum: "12 working hours from Friday 13:25, Monday to Friday, 09:00 to 17:00. Stopped 4 h 45 min on Monday while waiting for Ana. 9 h used, 3 h left.",
		},
		{
			Text: "Solved by", Chip: ui.Chip{Text: "since Monday 10:15", Icon: ui.IconPause, Tone: ui.ToneWaiting},
			Meter: &ui.Meter{ID: "m2", Say: "5 of 12 working hours used, paused since.", Stretches: []ui.Stretch{
				{Minutes: 300}, {Minutes: 120, Paused: true}, {Minutes: 420, Ahead: true},
			}},
			DueAt: ui.When{Text: "No date while we wait for Ana"},
		},
		{
			Text: "Solved by", Chip: ui.Chip{Text: "40 min over", Icon: ui.IconAlert, Tone: ui.ToneOverdue},
			Meter: &ui.Meter{ID: "m3", Say: "All 12 working hours used, and 40 minutes more.", Stretches: []ui.Stretch{{Minutes: 760}}},
			DueAt: ui.When{Text: "Tuesday 24 November, 10:30", ISO: "2026-11-24T10:30:00Z"},
		},
	}
}

func steps() []ui.Step {
	return []ui.Step{
		{Text: "Received", Caption: "Friday 20 November, 13:25", Done: true},
		{Text: "Being worked on", Caption: "Priya Raman, Business Support", Current: true},
		{Text: "Your answer", Caption: "Not needed now"},
		{Text: "Solved", Caption: "By today, 14:10"},
	}
}

func table() ui.Table {
	return ui.Table{
		Caption: "Who looked, last 30 days",
		Columns: []ui.Column{{Text: "When", Sort: ui.Link{Href: "#table"}, Sorted: true}, {Text: "Who"}, {Text: "What was read"}, {Text: "Why"}, {Text: "Times", Numeric: true}},
		Rows: []ui.Row{
			{Cells: []ui.Cell{{When: &ui.When{Text: "Today, 11:02", ISO: "2026-11-24T11:02:00Z"}}, {Head: true, Text: "Priya Raman", Sub: "Agent, Business Support"}, {Text: "Request IT-204817", Href: "#table"}, {Text: "Resolving: her team holds the request"}, {Text: "4"}}},
			{Tone: ui.ToneBroken, Cells: []ui.Cell{{When: &ui.When{Text: "Monday 23 November, 15:27", ISO: "2026-11-23T15:27:00Z"}}, {Head: true, Text: "Kwame Mensah", Sub: "Agent, Business Support"}, {Text: "Date of birth, for 2 minutes"}, {Chip: &ui.Chip{Text: "Refused", Icon: ui.IconCross, Tone: ui.ToneBroken}}, {Text: "1"}}},
		},
	}
}
