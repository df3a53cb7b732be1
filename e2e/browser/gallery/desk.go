package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/ticket/view"
)

func deskPages() map[string]exhibit {
	return map[string]exhibit{
		"/desk":        deskQueue,
		"/desk/empty":  deskEmpty,
		"/desk/lines":  deskLines,
		"/desk/ticket": func(f ui.Frame) templ.Component { return deskTicket(f, ui.ModeReply).Page() },
		"/desk/note":   func(f ui.Frame) templ.Component { return deskTicket(f, ui.ModeNote).Page() },
		"/desk/views": func(f ui.Frame) templ.Component {
			return view.DeskViews{Frame: desk(f, "Views"), Rail: rail("")}.Page()
		},
		"/desk/read-only":  deskReadOnly,
		"/desk/call":       logCall,
		"/desk/call/empty": logCallEmpty,
		"/desk/assign":     assign,
		"/desk/close":      deskClose,
		"/desk/search":     search,
		"/desk/search/none": func(f ui.Frame) templ.Component {
			return view.Search{Frame: desk(f, "Search"), Rail: rail(""), URL: "/desk/search", Query: "zzyzx", Hints: []ui.Link{{Text: "All open tickets", Href: "/desk"}}}.Page()
		},
	}
}

func rail(current string) ui.Rail {
	r := ui.Rail{Groups: []ui.RailGroup{
		{Heading: "Mine", Views: []ui.View{
			{Text: "Assigned to me", Href: "/desk?v=me", Icon: ui.IconInbox, Count: "12", Go: "m"},
			{Text: "Due today", Href: "/desk?v=today", Icon: ui.IconClock, Count: "4", Tone: ui.ToneSoon, Go: "d"},
			{Text: "Overdue", Href: "/desk?v=over", Icon: ui.IconAlert, Count: "1", Tone: ui.ToneOverdue, Go: "o"},
			{Text: "Waiting for others", Href: "/desk?v=wait", Icon: ui.IconPause, Count: "7", Go: "w"},
		}},
		{Heading: "My teams", Views: []ui.View{
			{Text: "Business Support", Href: "/desk", Icon: ui.IconUsers, Count: "31", Go: "t"},
			{Text: "Accounts and Access", Href: "/desk?v=aa", Icon: ui.IconKey, Count: "18"},
			{Text: "Not yet assigned", Href: "/desk?v=none", Icon: ui.IconPlus, Count: "9"},
		}},
		{Heading: "Everything I may see", Views: []ui.View{
			{Text: "All open", Href: "/desk?v=all", Icon: ui.IconList, Count: "1,204", Go: "a"},
			{Text: "People", Href: "/desk/people", Icon: ui.IconUser, Go: "p"},
		}},
		{Heading: "Privacy", AtFoot: true, Views: []ui.View{{Text: "Ledger", Href: "/ledger", Icon: ui.IconScales}}},
	}}
	for g := range r.Groups {
		for v := range r.Groups[g].Views {
			r.Groups[g].Views[v].Current = r.Groups[g].Views[v].Href == current
		}
	}
	return r
}

func queueRows(current string) []ui.QueueRow {
	row := func(ref, subject, person, event, at string, due ui.Due) ui.QueueRow {
		return ui.QueueRow{Ref: ref, Subject: subject, Href: "/desk/ticket", Person: person, Event: event, EventAt: ui.When{Text: at}, Due: due, Current: ref == current}
	}
	due := func(text string, tone ui.Tone) ui.Due { return ui.Due{Text: text, Tone: tone} }
	rows := []ui.QueueRow{
		row("IT-204790", "Door pass stopped working at the Annex lab", "Owen Achterberg", "Overdue", "since 10:30", due("40 min over", ui.ToneOverdue)),
		row("IT-204801", "Cannot sign in to payroll from home", "Chidinma Eze", "New reply", "11:06", due("12:20", ui.ToneSoon)),
		row("IT-204817", "Cannot open the crystallography shared drive", "Ana Ruiz", "Approved", "09:20", due("14:10", ui.ToneSoon)),
		row("IT-204822", "Software for a blind student before Thursday", "Disability Service", "Note", "10:41", due("16:45", "")),
		row("IT-204755", "New starter: laptop and phone for 1 December", "Rosalind Okafor", "Waiting for supplier", "", due("Paused", ui.ToneWaiting)),
		row("IT-204760", "Calendar shared with the wrong group", "Henrik Sørensen", "Waiting for Henrik", "", due("Paused", ui.ToneWaiting)),
		row("IT-204829", "Projector in Room 2.14 shows no picture", "Leila Haddad", "Call", "10:58", due("Wed 09:30", "")),
		row("IT-204830", "Restore a folder deleted on Friday", "Tobias Brandt", "Opened by mail", "11:02", due("Wed 11:02", "")),
		row("IT-204812", "Leaver: hand mailbox to line manager", "People Operations", "Approval asked", "09:44", due("Wed 12:00", "")),
		row("IT-204798", "Printer on floor 3 prints blank pages", "Siobhán Kelly", "Replied", "yesterday", due("Wed 15:30", "")),
		row("IT-204781", "Survey tool: who can see the answers?", "Arjun Mehta", "Note", "by Priya Raman", due("Thu 10:00", "")),
		row("IT-204770", "Two accounts after a change of name", "Jo Whitfield", "Replied", "Friday", due("Thu 14:00", "")),
		row("IT-204744", "Video call drops after ten minutes", "Marek Novák", "Replied", "Friday", due("Fri 09:00", "")),
	}
	rows[0].Unread, rows[1].Unread, rows[6].Unread = true, true, true
	rows[2].Here = []ui.Presence{{Name: "Kwame Mensah", Typing: true, Text: "Kwame Mensah is typing a note"}}
	rows[3].Here = []ui.Presence{{Name: "Mei-Ling Tan", Text: "Mei-Ling Tan is here"}}
	return rows
}

func queue(current string) ui.Queue {
	return ui.Queue{
		Title: "Business Support", Count: "31 open", New: ui.Link{Text: "Log a call", Href: "/desk/call"},
		Filters: []ui.NavItem{{Text: "Open", Href: "/desk", Current: true}, {Text: "Unassigned", Href: "/desk"}, {Text: "Closed", Href: "/desk"}},
		Fresh:   ui.Link{Text: "3 new since 11:04", Href: "/desk"},
		Narrow: view.Narrow{
			Label: "Narrow", Do: "Show these", Now: []string{"Nobody yet", "More than 7 days ago"}, Clear: ui.Link{Text: "Show all", Href: "/desk"},
			Selects: []ui.Choices{
				{ID: "narrow-owner", Name: "owner", Label: "Owner", Empty: "Anybody", Options: []ui.Option{{Value: "none", Text: "Nobody yet", Selected: true}, {Value: "me", Text: "Me"}}},
				{ID: "narrow-asked", Name: "asked", Label: "Asked", Empty: "At any time", Options: []ui.Option{{Value: "7", Text: "More than 7 days ago", Selected: true}}},
			},
		}.Form(),
		Rows: queueRows(current), Pages: ui.Pages{Older: "/desk?after=204744", Text: "1 to 25"},
		Bulk: ui.Form{Action: "/desk/bulk", Token: "b"}, BulkDos: []ui.QueueAct{{Value: "mine", Text: "Take", Key: "m"}, {Value: "assign", Text: "Hand over", Key: "h"}},
	}
}

func deskWhy() ui.Why {
	return ui.Why{
		Sentence: "You see this because your team, Business Support, holds it. For: resolving. Seen by 4 roles.",
		Rules: []ui.WhyRule{
			{Text: "The team that holds the ticket", People: "6 people", LetsYou: true, Clause: ui.Clause{Text: "Your request is read by the team that is dealing with it, and by nobody else unless that team asks them.", Ref: "Notice 7, clause 4.2", Href: "/notice"}},
			{Text: "The person who asked", People: "1 person", Clause: ui.Clause{Text: "You can always see what you wrote to us.", Ref: "Notice 7, clause 4.1", Href: "/notice"}},
		},
		Readers: ui.Link{Text: "Read by 5 people", Href: "/ledger", Icon: ui.IconHistory},
	}
}

func deskQueue(f ui.Frame) templ.Component {
	return view.DeskQueue{Frame: desk(f, "Business Support, 31 open"), Rail: rail("/desk"), Queue: queue(""), Why: deskWhy()}.Page()
}

func deskLines(f ui.Frame) templ.Component {
	q := queue("IT-204817")
	q.Lines = ui.Lines{Action: "/settings/lines", Here: "/desk/lines", One: true}
	return view.DeskQueue{Frame: desk(f, "Business Support, one line a row"), Rail: rail("/desk"), Queue: q, Why: deskWhy()}.Page()
}

func deskEmpty(f ui.Frame) templ.Component {
	q := ui.Queue{Title: "Due today", Count: "0", Empty: ui.Empty{Icon: ui.IconInbox, Title: "Nothing is due today", Text: "Next is IT-204829, on Wednesday 25 November, 09:30.", Action: ui.Link{Text: "Show all open", Href: "/desk"}}}
	return view.DeskQueue{Frame: desk(f, "Due today, nothing"), Rail: rail("/desk?v=today"), Queue: q}.Page()
}
