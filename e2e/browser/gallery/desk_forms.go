package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/ticket/view"
)

func callForm(f ui.Frame) view.LogCall {
	return view.LogCall{
		Frame: desk(f, "Log a call"), Rail: rail(""), Form: ui.Form{Action: "/desk/call", Token: "t7"}, FindURL: "/desk/call", FindPost: "/desk/call",
		Nameless: ui.Option{Value: "nobody", Text: "Somebody who does not say who they are", Hint: "Nobody gets a mail, and nobody can look it up later."},
		Kind:     ui.Choices{ID: "kind", Label: "Kind", Options: []ui.Option{{Value: "incident", Text: "Something is broken", Selected: true}, {Value: "request", Text: "Something is wanted"}}},
		Team:     ui.Choices{ID: "team", Label: "Team", Options: []ui.Option{{Value: "bs", Text: "Business Support", Selected: true}, {Value: "aa", Text: "Accounts and Access"}}},
		Impact:   ui.Choices{ID: "impact", Label: "Impact", Empty: "Medium", Options: []ui.Option{{Value: "high", Text: "High"}, {Value: "low", Text: "Low"}}},
		Urgency:  ui.Choices{ID: "urgency", Label: "Urgency", Empty: "Medium", Options: []ui.Option{{Value: "high", Text: "High"}, {Value: "low", Text: "Low"}}},
		Priority: []string{"High impact: P1 with high urgency, P2 with medium, P3 with low."}, FilesHint: "Up to 10 files of 25 MB each.",
		Channel: ui.Choices{ID: "channel", Label: "How", Options: []ui.Option{{Value: "phone", Text: "By phone", Selected: true}, {Value: "counter", Text: "At the counter"}}},
		Clause:  ui.Clause{Text: "Whoever calls gets what was noted, by mail, the same day.", Ref: "Notice 7, clause 3.2", Href: "/notice"},
		Why:     ui.Why{Sentence: "You find people here because you log calls. For: resolving."},
	}
}

func logCallEmpty(f ui.Frame) templ.Component {
	return callForm(f).Page()
}

func logCall(f ui.Frame) templ.Component {
	p := callForm(f)
	p.Query, p.Searched = "ruiz", true
	p.Callers = []view.Caller{
		{Value: "p1", Name: "Ana Ruiz", About: "ruiz-a, Visiting researcher, Chemistry", Taken: true},
		{Value: "p9", Name: "Miguel Ruiz Ferrer", About: "ruiz-m, Estates", Chip: &ui.Chip{Text: "Leaves Friday", Icon: ui.IconCalendar, Tone: ui.ToneSoon}},
	}
	p.Body = ui.Input{Error: "Write one sentence about what was said, so that the next person knows"}
	p.Open = []ui.Option{
		{Text: "None of these: open a new ticket", Selected: true},
		{Value: "IT-204817", Text: "Cannot open the crystallography shared drive", Hint: "IT-204817, waiting, Business Support"},
	}
	p.Solved, p.Solution = true, ui.Input{Error: "Say in a sentence how it was solved"}
	p.Service = ui.Choices{ID: "service", Label: "Service", Empty: "No service", Options: []ui.Option{{Value: "s1", Text: "Shared drives"}}}
	return p.Page()
}

func assign(f ui.Frame) templ.Component {
	return view.Assign{
		Frame: desk(f, "Hand over IT-204817"), Rail: rail(""), Form: ui.Form{Action: "/desk/assign", Token: "t8"},
		Title: "Hand over IT-204817", Subject: "Cannot open the crystallography shared drive", Why: deskWhy(),
		Team:  ui.Choices{ID: "team", Label: "Team", Options: []ui.Option{{Value: "bs", Text: "Business Support"}, {Value: "aa", Text: "Accounts and Access", Selected: true}}},
		Owner: ui.Choices{ID: "owner", Label: "Owner", Empty: "Nobody yet", Options: []ui.Option{{Value: "mt", Text: "Mei-Ling Tan"}, {Value: "km", Text: "Kwame Mensah"}}},
		Loses: "6 people in Business Support lose sight of it at once, and so do you.", Gains: "4 people in Accounts and Access see it.",
		Clause: ui.Clause{Text: "A team outside IT sees a request only while it holds it.", Ref: "Notice 7, clause 4.3", Href: "/notice"},
		Keep:   ui.Link{Text: "Keep it here", Href: "/desk/ticket"},
	}.Page()
}

func deskClose(f ui.Frame) templ.Component {
	f = desk(f, "Solve IT-204817?")
	side := rail("")
	return view.Confirm{
		Frame: f, Form: ui.Form{Action: "/desk/close", Token: "t9"}, Rail: &side,
		Title: "Solve IT-204817?", Text: "Ana Ruiz gets a mail that says so and can open it again for 14 days.",
		Facts:    []ui.Fact{{Label: "Subject", Value: "Cannot open the crystallography shared drive"}},
		Choices:  &ui.Choices{ID: "how", Label: "How did it end?", Options: []ui.Option{{Value: "solved", Text: "Solved", Selected: true}, {Value: "gone", Text: "No longer needed"}, {Value: "double", Text: "The same as another ticket"}}},
		Question: &ui.Field{ID: "body", Label: "What Ana is told", Rows: 3, Value: "You have access again until Friday 18 December."},
		Do:       "Solve and tell Ana", Keep: ui.Link{Text: "Go on working", Href: "/desk/ticket"},
	}.Page()
}

func search(f ui.Frame) templ.Component {
	rows := queueRows("")[:5]
	for i := range rows {
		rows[i].Chip = &ui.Chip{Text: "Open", Icon: ui.IconInbox, Tone: ui.TonePlain}
	}
	return view.Search{
		Frame: desk(f, "Search: drive"), Rail: rail(""), URL: "/desk/search", Query: "drive",
		Orders: []ui.NavItem{{Text: "Newest", Href: "/desk/search", Current: true}, {Text: "Best match", Href: "/desk/search"}},
		Rows:   rows, People: []view.FoundPerson{{Name: "Ana Ruiz", About: "Visiting researcher, Chemistry", Href: "/desk/person"}},
		Found: "5 newest of about 40 that you may see", Pages: ui.Pages{Older: "/desk/search?after=1"},
		Why: ui.Why{Sentence: "You find what your teams hold and what you asked for yourself. For: resolving."},
	}.Page()
}
