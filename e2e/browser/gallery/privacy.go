package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/privacy/view"
)

func privacyPages() map[string]exhibit {
	return map[string]exhibit{
		"/notices":      notices,
		"/notice":       notice,
		"/ledger":       ledger,
		"/ledger/empty": ledgerEmpty,
		"/looked":       looked,
	}
}

func notices(f ui.Frame) templ.Component {
	since := clock("Tuesday 1 September 2026", "01T00:00:00")
	return view.Notices{Frame: portal(f, "Privacy notices", ""), Rows: []view.NoticeRow{
		{Title: "IT help desk", Controller: "Northgate University", Version: "version 7", Since: since, Href: "/notice"},
		{Title: "Staff telephone logs", Controller: "Northgate University", Version: "version 2", Since: since, Href: "/notice"},
		{Title: "Service desk", Controller: "Harbour Institute", Version: "version 3", Since: since, Href: "/notice"},
	}}.Page()
}

func notice(f ui.Frame) templ.Component {
	f = portal(f, "IT help desk, privacy notice, version 7", "")
	since := clock("Tuesday 1 September 2026", "01T00:00:00")
	decided := ui.Chip{Text: "Decided by the demo", Icon: ui.IconEdit, Tone: ui.ToneUnproved}
	return view.Notice{
		Frame: f, AllURL: "/notices", Title: "IT help desk", Controller: "Northgate University", Version: "version 7", Since: since,
		Reading:  "A reading of a published notice, made for this demo. The institution has no part in it.",
		Contacts: []ui.Fact{{Label: "Controller", Value: "Northgate University"}, {Label: "Officer", Value: "Data protection officer, privacy@northgate.example", Href: "mailto:privacy@northgate.example"}, {Label: "Regulator", Value: "Information Commissioner"}},
		Sections: []view.NoticeSection{
			{ID: "what", Number: "2", Heading: "What we hold", Lead: "Three things, and no more.", Clauses: []view.NoticeClause{
				{ID: "c2.1", Ref: "2.1", Text: "We keep your name and how to reach you while you work or study here.", Meaning: "The form asks for nothing else. A further personal field is refused."},
				{ID: "c2.4", Ref: "2.4", Text: "Your date of birth is used to tell you from somebody with the same name, and is hidden otherwise."},
			}},
			{ID: "who", Number: "4", Heading: "Who may see it", Clauses: []view.NoticeClause{
				{ID: "c4.2", Ref: "4.2", Text: "Your request is read by the team that is dealing with it, and by nobody else unless that team asks them.", Meaning: "Checked at every read, list, search and count."},
			}, Table: &ui.Table{Caption: "Who may do what", Columns: []ui.Column{{Text: "Who"}, {Text: "May"}, {Text: "For"}}, Rows: []ui.Row{
				{Cells: []ui.Cell{{Head: true, Text: "The team that holds it"}, {Text: "read, answer, hand over"}, {Text: "resolving"}}},
				{Cells: []ui.Cell{{Head: true, Text: "Privacy office"}, {Text: "read the ledger"}, {Text: "showing that the notice is kept"}}},
			}}},
			{ID: "until", Number: "6", Heading: "Until when", Clauses: []view.NoticeClause{
				{ID: "c6.1", Ref: "6.1", Text: "What you wrote to us is deleted three years after the matter is closed.", Marks: []ui.Chip{decided}},
			}},
		},
		Versions: []view.NoticeVersion{{Text: "Version 7", Since: since, Href: "/notice", DiffURL: "/notice", Current: true}, {Text: "Version 6", Since: clock("Monday 5 January 2026", "05T00:00:00"), Href: "/notice"}},
		Format:   []ui.Link{{Text: "As a file", Href: "/notice", Icon: ui.IconDownload}},
	}.Page()
}

func ledgerPage(f ui.Frame) view.Ledger {
	return view.Ledger{
		Frame: office(f, "Ledger"), Action: "/ledger", CSV: "/ledger",
		Purpose: ui.Choices{ID: "purpose", Label: "For", Empty: "Any purpose", Options: []ui.Option{{Value: "resolve", Text: "resolving"}, {Value: "privacy", Text: "privacy office"}}},
		Checks:  view.LedgerState{Tone: ui.ToneKept, Text: "Rebuilt up to record 18,204, today 02:14.", Root: "3f9a 07c1 5be2 …", Href: "/ledger"},
		Why:     ui.Why{Sentence: "You see this because you hold the role privacy office. For: showing that the notice is kept. Seen by 2 roles.", Rules: deskWhy().Rules[:1]},
	}
}

func ledger(f ui.Frame) templ.Component {
	p := ledgerPage(f)
	p.Found = "3 newest of about 18,200"
	p.From, p.To = "2026-11-20", "2026-11-24"
	p.Chart = ui.Bars{
		ID: "by-day", Title: "Records by day", Say: "14 records in 5 days; most on Monday 23 November 2026: 9.", Step: "Day", Count: "Records",
		Bars: []ui.Bar{{Text: "Friday 20 November 2026", N: 4}, {Text: "Saturday 21 November 2026"}, {Text: "Sunday 22 November 2026"}, {Text: "Monday 23 November 2026", N: 9}, {Text: "Tuesday 24 November 2026", N: 1}},
	}
	clause := deskWhy().Rules[0].Clause
	p.Rows = []view.LedgerRow{
		{Seq: "18,204", When: clock("Today, 11:02:41", "24T11:02:41"), Actor: "Priya Raman", As: "Agent, Business Support", ActorTo: "/ledger", Action: "Read", Object: "Ticket IT-204817", ObjTo: "/ledger", Person: "Ana Ruiz", PerTo: "/ledger", Purpose: "resolving", Rule: "their team holds the ticket", Clause: clause},
		{Seq: "18,203", When: clock("Today, 10:58:03", "24T10:58:03"), Actor: "Kwame Mensah", As: "Agent, Service Desk", ActorTo: "/ledger", Action: "Revealed the date of birth, to match two records", Object: "Person card", ObjTo: "/ledger", Person: "Ana Ruiz", PerTo: "/ledger", Purpose: "resolving", Rule: "their team holds a ticket of the person", Clause: clause},
		{Seq: "", When: clock("Today, 10:57:12", "24T10:57:12"), Actor: "Owen Achterberg", As: "Staff", ActorTo: "/ledger", Action: "Read", Object: "Ticket IT-204817", ObjTo: "/ledger", Person: "Ana Ruiz", PerTo: "/ledger", Purpose: "resolving", Rule: "no rule", Denied: true},
	}
	p.Pages = ui.Pages{Older: "/ledger"}
	return p.Page()
}

func ledgerEmpty(f ui.Frame) templ.Component {
	p := ledgerPage(f)
	p.Person, p.TroubleAt, p.Trouble = "zzyzx", "person", "No person has this user name. Write it as in the sign-in, such as ruiz-a"
	p.Checks = view.LedgerState{Tone: ui.ToneBroken, Text: "Record 17,950 is not what was written on Monday 23 November, 15:29."}
	return p.Page()
}

func looked(f ui.Frame) templ.Component {
	return view.WhoLooked{
		Frame: portal(f, "Who looked, and why", "/looked"), BackURL: "/portal/request", About: "Request IT-204817",
		Summary: "Last 30 days: 3 people, 9 times", AskURL: "/portal/ask", Answer: "They answer within 5 working days.",
		Rows: []view.LookedRow{
			{When: clock("Today, 11:02", "24T11:02:00"), Who: "Priya Raman", As: "Agent, Business Support", What: "Request IT-204817 and your contact details", Why: "Resolving: her team holds the request"},
			{When: clock("Monday 23 November, 15:27", "23T15:27:00"), Who: "Kwame Mensah", As: "Agent, Business Support", What: "Your date of birth, for 2 minutes", Why: "Reason given: to match two records"},
		},
		Pages: ui.Pages{Older: "/looked"},
	}.Page()
}
