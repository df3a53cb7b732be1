package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/privacy/view"
)

func officePages() map[string]exhibit {
	return map[string]exhibit{
		"/promises":   promises,
		"/diff":       diff,
		"/diff/alone": diffAlone,
		"/grants":     grants,
		"/oversight": func(f ui.Frame) templ.Component {
			return oversight(f, "", "").Page()
		},
		"/oversight/errors": func(f ui.Frame) templ.Component {
			return oversight(f, "Choose what you read it for", "Say in a few words which case it belongs to").Page()
		},
		"/oversight/open": overseen,
	}
}

func promises(f ui.Frame) templ.Component {
	return view.Promises{
		Frame: office(f, "Promises"),
		Show:  []ui.NavItem{{Text: "All", Href: "/promises", Count: "3", Current: true}, {Text: "Kept", Href: "/promises", Count: "1"}, {Text: "Not yet", Href: "/promises", Count: "1"}},
		Notices: []view.PromiseNotice{{
			ID: "desk", Title: "IT help desk", Sub: "Northgate University, version 7", Href: "/notice", DiffURL: "/diff",
			Rows: []view.PromiseRow{
				{
					ID: "NU-04", Kind: "Promise", Meaning: "A team outside IT reads a ticket while it holds it, and no longer.", How: "Enforced by", State: ui.Chip{Text: "Kept", Icon: ui.IconCheck, Tone: ui.ToneKept},
					Rules: []view.PromiseRule{{Path: "access.read.2", Says: "Your request is read by the team that is dealing with it."}},
					Tests: []view.PromiseTest{{Says: "what the team sees ends with the assignment", Name: "heed/ticket: TestNU04"}},
				},
				{ID: "NU-07", Kind: "Duty", Meaning: "The privacy office answers within 5 working days.", How: "By people; nothing here enforces it.", State: ui.Chip{Text: "Unproved", Icon: ui.IconDash, Tone: ui.ToneUnproved}},
				{ID: "NU-09", Kind: "Right", Meaning: "You can have a copy of what is held.", How: "Nothing yet", State: ui.Chip{Text: "Not yet", Icon: ui.IconPause, Tone: ui.ToneWaiting}},
			},
		}},
	}.Page()
}

func versions(id, label string, chosen int) ui.Choices {
	out := ui.Choices{ID: id, Label: label, Options: []ui.Option{{Value: "6", Text: "Version 6, 5 January 2026"}, {Value: "7", Text: "Version 7, 1 September 2026"}}}
	out.Options[chosen].Selected = true
	return out
}

func diff(f ui.Frame) templ.Component {
	return view.Diff{
		Frame: office(f, "What changes: IT help desk"), Title: "IT help desk", BackURL: "/promises", BackText: "Promises", Action: "/diff", From: versions("from", "From", 0), To: versions("to", "To", 1),
		Changes: []view.Change{
			{Effect: ui.Chip{Text: "Wider", Icon: ui.IconAlert, Tone: ui.ToneOverdue}, Text: "Students who work at the desk may read tickets too.", Path: "access.read.1", Clauses: "NU-04"},
			{Effect: ui.Chip{Text: "Narrower", Icon: ui.IconCheck, Tone: ui.ToneKept}, Text: "Tickets are kept three years instead of five.", Path: "keep.ticket", Clauses: "NU-11, NU-12"},
			{Effect: ui.Chip{Text: "Unclear", Icon: ui.IconEye, Tone: ui.ToneSoon}, Text: "The purpose “improving the service” has other words.", Path: "purposes.improve"},
		},
	}.Page()
}

func diffAlone(f ui.Frame) templ.Component {
	return view.Diff{
		Frame: office(f, "What changes: Staff telephone logs"), Title: "Staff telephone logs", BackURL: "/promises", BackText: "Promises", Action: "/diff",
		From: versions("from", "From", 1), To: versions("to", "To", 1), Alone: true,
	}.Page()
}

func grants(f ui.Frame) templ.Component {
	last := clock("Today, 10:58", "24T10:58:00")
	return view.Grants{Frame: office(f, "Who may see more"), Desks: []view.GrantDesk{{
		ID: "nu", Title: "Northgate University",
		Idle: []view.GrantRow{{Who: "Rosalind Okafor", Href: "/ledger", What: "Team Accounts and Access", Since: clock("2 March 2026", "02T00:00:00")}},
		Used: []view.GrantRow{{Who: "Kwame Mensah", Href: "/ledger", What: "Team Business Support", Since: clock("5 January 2026", "05T00:00:00"), Last: &last}},
	}}}.Page()
}

func oversight(f ui.Frame, reason, words string) view.Oversight {
	return view.Oversight{
		Frame: office(f, "Read ticket IT-204817"), BackURL: "/ledger", Ref: "IT-204817",
		Ask: &view.OversightAsk{
			Form:    ui.Form{Action: "/oversight", Token: "o"},
			Reasons: ui.Choices{ID: "reason", Label: "What do you read it for?", Required: true, Error: reason, Options: []ui.Option{{Value: "complaint", Text: "A complaint"}, {Value: "rights", Text: "Somebody uses a right"}}},
			Words:   ui.Field{ID: "words", Label: "In a few words", Hint: "Stands in the ledger, where the person can read it.", Required: true, MaxLength: 160, Autocomplete: "off", Error: words},
		},
	}
}

func overseen(f ui.Frame) templ.Component {
	hidden := ui.Entry{Message: &ui.Message{ID: "hidden", Kind: ui.EntryHidden, Heading: "2 notes of calls", Body: ui.Text("They are there, and no sentence lets you read them.")}}
	return view.Oversight{
		Frame: office(f, "IT-204817: Cannot open the crystallography shared drive"), BackURL: "/ledger", Ref: "IT-204817", Subject: "Cannot open the crystallography shared drive",
		Banner:  ui.Banner{Tone: ui.ToneRestricted, Icon: ui.IconEye, Strong: "You read this to watch over the desk.", Text: "The ledger says so, with your reason."},
		Facts:   []ui.Fact{{Label: "Whose matter", Value: "Ana Ruiz"}, {Label: "State", Value: "in progress"}, {Label: "Team", Value: "Business Support"}},
		Entries: append(deskEntries(), hidden), Cut: "Only the newest 300 entries are shown.", Why: deskWhy(),
	}.Page()
}
