package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/ticket/view"
)

func deskTicket(f ui.Frame, mode ui.Mode) view.DeskTicket {
	q := queue("IT-204817")
	composer := deskComposer(mode)
	return view.DeskTicket{
		Frame: desk(f, "IT-204817, in progress: Cannot open the crystallography shared drive"), Rail: rail("/desk"), Queue: &q,
		Ticket: view.Ticket{
			Back: ui.Link{Text: "Business Support", Href: "/desk"}, Ref: "IT-204817", Kind: "Request",
			Subject: "Cannot open the crystallography shared drive",
			Due:     ui.Due{Text: "Due today 14:10 (in 3 hours)", ISO: "2026-11-24T14:10:00Z", Tone: ui.ToneSoon},
			Acts: []ui.Button{
				{Text: "Take it", Icon: ui.IconUser, Href: "/desk/assign", Small: true, Key: "m"},
				{Text: "Hand over", Icon: ui.IconHand, Href: "/desk/assign", Small: true, Key: "h"},
				{Text: "Solve", Icon: ui.IconCheck, Href: "/desk/close", Small: true, Key: "s", Confirm: true},
			},
			Facts: []view.HeadFact{
				{Label: "State", Value: "In progress", Href: "/desk/close"},
				{Label: "Priority", Value: "3, normal"},
				{Label: "Team", Value: "Business Support", Href: "/desk/assign"},
				{Label: "Owner", Value: "Priya Raman", Href: "/desk/assign", Key: "a"},
			},
			Why:     deskWhy(),
			Banners: []ui.Banner{{Tone: ui.ToneRestricted, Icon: ui.IconShield, Strong: "Resolve-only.", Text: "Harbour Institute is the controller, not Northgate University. Use what is here to finish this ticket; export, reports and new tickets from it are switched off."}},
			Entries: deskEntries(), Composer: &composer,
			Targets: deskTargets(), Persons: []view.SidePerson{{Heading: "Person", Person: deskPerson()}},
			Also:   []view.SideLine{{Icon: ui.IconInbox, Text: "Loan laptop until December", Href: "/desk/ticket", Meta: "Thu 12:00"}},
			People: []view.SideLine{{Icon: ui.IconUser, Text: "Tomasz Wilk", Meta: "copied, outside"}, {Icon: ui.IconUser, Text: "Prof. Ingrid Lindqvist", Meta: "approver"}},
			Files:  []ui.File{{Name: "permission-message.png", Size: "214 kB", Note: "scanned", Href: "/desk/ticket"}},
			Reasons: []view.Reason{{}, {
				Events: []string{"Friday 20 November, 13:25: the clock began", "Monday 23 November, 10:15: it stopped, waiting for Ana", "Monday 23 November, 15:00: it went on"},
				Steps:  []string{"Friday 13:25 to 17:00 counts: 3 h 35 min", "Saturday and Sunday do not count"},
			}},
			Watch: ui.Link{Text: "Let somebody follow it", Href: "/desk/act/watch"}, Blind: "No sentence of this notice lets a follower see a ticket.",
			History: view.SideLine{Icon: ui.IconHistory, Text: "23 changes", Href: "/ledger", Meta: "read by 5 people"},
		},
	}
}

func deskReadOnly(f ui.Frame) templ.Component {
	p := deskTicket(f, ui.ModeReply)
	p.Queue = nil
	p.Frame.Title = "IT-204817, closed: Cannot open the crystallography shared drive"
	p.Ticket.Composer = nil
	p.Ticket.Targets = nil
	p.Ticket.ReadOnly = "This ticket was closed on Tuesday 8 December. To write again, open it again first."
	p.Ticket.Chips = []ui.Chip{{Text: "Closed", Icon: ui.IconCheck, Tone: ui.ToneKept}}
	p.Ticket.Acts = []ui.Button{{Text: "Open again", Icon: ui.IconReopen, Href: "/desk/close", Small: true, Key: "s", Confirm: true}}
	p.Ticket.Persons[0].Person.Facts[3].Mask.Revealed = "7 March 1991"
	return p.Page()
}

func deskEntries() []ui.Entry {
	day := func(text, iso string) ui.Entry { return ui.Entry{Day: &ui.When{Text: text, ISO: "2026-11-" + iso}} }
	change := func(icon ui.Icon, text, at, iso string) ui.Entry {
		return ui.Entry{Change: &ui.Change{Icon: icon, Text: text, When: clock(at, iso)}}
	}
	message := func(m ui.Message, text string) ui.Entry {
		m.Body = ui.Text(text)
		return ui.Entry{Message: &m}
	}
	return []ui.Entry{
		day("Friday 20 November", "20"),
		message(ui.Message{ID: "e1", Kind: ui.EntryIn, Heading: "Ana Ruiz", About: "by portal", When: clock("13:25", "20T13:25:00")}, "Since this morning I cannot open the crystallography drive. It says I do not have permission. It worked on Thursday. I need the diffraction files for a deadline on Friday week."),
		message(ui.Message{ID: "e2", Kind: ui.EntryReply, Heading: "Reply to Ana Ruiz", About: "from Priya Raman", When: clock("14:07", "20T14:07:00"), Chip: &ui.Chip{Text: "Delivered", Icon: ui.IconCheck, Tone: ui.ToneKept}}, "Hello Ana, thank you for telling us. Which laptop are you on, and does the other project drive open? The tag is on the underside and starts with NU-LT."),
		day("Monday 23 November", "23"),
		change(ui.IconPause, "Waiting for Ana Ruiz. The clock stopped.", "10:15", "23T10:15:00"),
		message(ui.Message{
			ID: "e3", Kind: ui.EntryIn, Heading: "Ana Ruiz", About: "by mail, copied Tomasz Wilk", When: clock("15:00", "23T15:00:00"),
			Files:  []ui.File{{Name: "permission-message.png", Size: "214 kB", Note: "scanned", Href: "/desk/ticket"}},
			Quoted: ui.Text("Hello Ana, thank you for telling us. Which laptop are you on?"), Folded: "9 quoted lines",
			Original: ui.Link{Text: "As it was sent", Href: "/desk/ticket", Icon: ui.IconMail},
		}, "It is the loan laptop, NU-LT-4471. The other drive opens. Tomasz has the same message. I attach what I see."),
		message(ui.Message{ID: "e4", Kind: ui.EntryReply, Heading: "Reply to Ana Ruiz", About: "from Priya Raman", When: clock("15:20", "23T15:20:00"), Chip: &ui.Chip{Text: "Delivered", Icon: ui.IconCheck, Tone: ui.ToneKept}}, "Thank you, that helps. I am asking the owner of the drive and will write again tomorrow."),
		message(ui.Message{ID: "e5", Kind: ui.EntryNote, Heading: "Internal note", About: "Kwame Mensah to 4 colleagues", When: clock("15:32", "23T15:32:00")}, "Her old contract ended on 19 November and took the group membership with it. The new one starts on 1 December. The owner of the drive is Prof. Lindqvist; I have asked her to bridge the gap."),
		day("Today, Tuesday 24 November", "24"),
		change(ui.IconCheck, "Prof. Ingrid Lindqvist approved access until Friday 18 December", "09:20", "24T09:20:00"),
	}
}

func deskComposer(mode ui.Mode) ui.Composer {
	return ui.Composer{
		Form: ui.Form{Action: "/desk/ticket", Token: "t5"}, Mode: mode, CanReply: true, CanNote: true,
		ReplyTo:     "Reply to Ana Ruiz",
		Recipients:  []ui.Recipient{{Value: "p1", Text: "Ana Ruiz"}, {Value: "p2", Text: "Tomasz Wilk"}},
		ReplySeen:   ui.Seen{Strong: "2 people get this:", Rest: "Ana Ruiz and Tomasz Wilk. 6 colleagues in Business Support can read it here."},
		ReplyButton: "Send to Ana Ruiz and 1 other",
		NoteFor:     "Colleagues on this ticket, 4 people",
		NoteSeen:    ui.Seen{Strong: "4 colleagues can see this.", Rest: "Ana Ruiz and Tomasz Wilk cannot; a note is sent to nobody. Ana may get a copy if she asks for her data."},
		NoteButton:  "Add note (4 colleagues can see it)",
		Body:        ui.Input{Value: "Hello Ana, Prof. Lindqvist has agreed that you keep access until Friday 18 December. Please sign out and in once; the drive should then open. Tomasz has to ask through his own institution."},
		Then:        []ui.Option{{Text: "and leave it open", Selected: true}, {Value: "wait", Text: "and wait for Ana"}, {Value: "solve", Text: "and mark as solved"}},
		DraftURL:    "/draft", DraftKept: "Text kept, 11:10", Presence: "Kwame is typing",
	}
}

func deskPerson() ui.Person {
	return ui.Person{
		Name: "Ana Ruiz", Role: "Visiting researcher, Chemistry", Href: "/desk/person",
		Facts: []ui.Fact{
			{Label: "User name", Value: "ruiz-a"},
			{Label: "Mail", Value: "a.ruiz@example.ac.uk", Href: "mailto:a.ruiz@example.ac.uk"},
			{Label: "Phone", Value: "020 7946 0118"},
			{Label: "Born", Mask: &ui.Mask{
				ID: "born", Label: "date of birth", Form: ui.Form{Action: "/desk/reveal", Token: "t6"}, Fades: clock("fades at 11:14", "24T11:14:00"),
				Reasons: []ui.Option{{Value: "caller", Text: "To check who is calling"}, {Value: "match", Text: "To match two records"}, {Value: "asked", Text: "Asked by the person"}},
			}},
			{Label: "Controller", Value: "Harbour Institute"},
		},
	}
}

func deskTargets() []ui.Target {
	return []ui.Target{
		{Text: "First reply", Chip: ui.Chip{Text: "Met in 42 min", Icon: ui.IconCheck, Tone: ui.ToneKept}},
		{
			Text: "Solved by", Chip: ui.Chip{Text: "in 3 hours", Icon: ui.IconClock, Tone: ui.ToneSoon},
			Meter: &ui.Meter{ID: "solve", Say: "9 of 12 working hours used. Paused once, on Monday from 10:15 to 15:00.", Stretches: []ui.Stretch{
				{Minutes: 290}, {Minutes: 285, Paused: true}, {Minutes: 250}, {Minutes: 180, Ahead: true},
			}},
			DueAt: clock("Tuesday 24 November, 14:10", "24T14:10:00"),
		},
	}
}
