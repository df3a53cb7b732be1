package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// actPages are the pages before each act on a ticket; those to hand over and to
// solve stand beside the ticket.
func actPages() map[string]exhibit {
	return map[string]exhibit{
		"/desk/act/take": func(f ui.Frame) templ.Component {
			p := act(f, "Take IT-204817?", "You become the owner, and the others see it.", "Take it")
			return p.Page()
		},
		"/desk/act/wait":     actWait,
		"/desk/act/classify": actClassify,
		"/desk/act/watch":    actWatch,
		"/desk/act/bulk":     actBulk,
		"/desk/act/reopen": func(f ui.Frame) templ.Component {
			p := act(f, "Open IT-204817 again?", "Ana Ruiz gets a mail that says so.", "Open it again")
			p.Question = &ui.Field{ID: "body", Label: "Why is it open again?", Rows: 3}
			return p.Page()
		},
		"/desk/act/close": func(f ui.Frame) templ.Component {
			p := act(f, "Close IT-204817?", "After that nobody can write to it any more.", "Close it for good")
			p.Danger = true
			return p.Page()
		},
	}
}

func act(f ui.Frame, title, text, do string) view.Confirm {
	side := rail("")
	return view.Confirm{
		Frame: desk(f, title), Rail: &side, Form: ui.Form{Action: "/desk/close", Token: "t9"}, Title: title, Text: text,
		Facts: []ui.Fact{{Label: "Subject", Value: "Cannot open the crystallography shared drive"}},
		Do:    do, Keep: ui.Link{Text: "Leave it as it is", Href: "/desk/ticket"},
	}
}

func actWait(f ui.Frame) templ.Component {
	p := act(f, "Wait with IT-204817?", "The clock of the targets stops where the notice says so.", "Wait")
	p.Choices = &ui.Choices{ID: "for", Label: "What for?", Options: []ui.Option{{Value: "asker", Text: "For an answer of Ana Ruiz", Selected: true}, {Value: "third", Text: "For a supplier"}, {Value: "date", Text: "Until a day"}}}
	p.Fields = []ui.Field{{ID: "until", Label: "Until", Hint: "Only when waiting for a day.", Type: "date", Error: "This day is over; choose one to come"}}
	return p.Page()
}

func actClassify(f ui.Frame) templ.Component {
	p := act(f, "How urgent is IT-204817?", "Impact and urgency make the priority.", "Keep")
	p.Selects = []ui.Choices{
		{ID: "impact", Label: "Impact", Options: []ui.Option{{Value: "1", Text: "Many people"}, {Value: "3", Text: "One person", Selected: true}}},
		{ID: "urgency", Label: "Urgency", Options: []ui.Option{{Value: "1", Text: "Work stands still"}, {Value: "2", Text: "Work is harder", Selected: true}}},
		{ID: "service", Label: "Service", Empty: "No service", Options: []ui.Option{{Value: "s1", Text: "Shared drives"}}},
	}
	return p.Page()
}

func actWatch(f ui.Frame) templ.Component {
	p := act(f, "Let somebody follow IT-204817", "A follower is told of each answer.", "Let them follow")
	p.Fields = []ui.Field{{ID: "who", Label: "User name or mail address", Autocomplete: "off", Error: "Nobody here has this name; write it as in the sign-in, such as ruiz-a"}}
	return p.Page()
}

func actBulk(f ui.Frame) templ.Component {
	return view.Bulk{
		Frame: desk(f, "1 of 2 tickets handed over"), Rail: rail(""), Title: "1 of 2 tickets handed over", Back: ui.Link{Text: "Back to the list", Href: "/desk"},
		Lines: []view.BulkLine{{Ref: "IT-204801", Href: "/desk/ticket", Text: "Somebody changed it meanwhile; look at it first", Failed: true}, {Ref: "IT-204817", Href: "/desk/ticket", Text: "Done"}},
	}.Page()
}
