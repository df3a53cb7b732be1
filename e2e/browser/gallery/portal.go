package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/ticket/view"
)

func portalPages() map[string]exhibit {
	return map[string]exhibit{
		"/portal":            portalHome,
		"/portal/found":      found,
		"/portal/ask":        func(f ui.Frame) templ.Component { return ask(f).Page() },
		"/portal/ask/errors": askErrors,
		"/portal/ask/known":  askKnown,
		"/portal/requests":   myRequests,
		"/portal/request":    request,
		"/portal/solved":     solved,
		"/portal/close":      confirmClose,
	}
}

func requestRows() []view.RequestRow {
	return []view.RequestRow{
		{Subject: "Cannot open the crystallography shared drive", Ref: "IT-204817", Href: "/portal/request", Next: "Priya is working on it. You hear from us by today, 14:10 (in 3 hours).", State: ui.Chip{Text: "Being worked on", Icon: ui.IconUser, Tone: ui.ToneReply}, Step: 2, Steps: 4, StepSay: "Step 2 of 4."},
		{Subject: "Loan laptop until December", Ref: "IT-204790", Href: "/portal/request", Next: "We asked how long you need it. Please answer by Thursday 26 November, 12:00 (in 2 days).", State: ui.Chip{Text: "Waiting for you", Icon: ui.IconPause, Tone: ui.ToneWaiting}, Step: 3, Steps: 4, StepSay: "Step 3 of 4."},
	}
}

func portalHome(f ui.Frame) templ.Component { return home(f).Page() }

// found is the home with what a search there found, on a day without trouble.
func found(f ui.Frame) templ.Component {
	p := home(f)
	p.Query, p.QueryAskURL, p.Found, p.Services = "drive", "/portal/ask", requestRows()[:1], p.Services[2:3]
	p.Status = []view.ServiceStatus{{Tone: ui.ToneKept, Name: "Everything works as usual."}}
	return p.Page()
}

func askKnown(f ui.Frame) templ.Component {
	p := ask(f)
	p.About = &view.ServiceTile{Name: "Wireless and network", Text: "The wireless drops, a cable", Href: "/portal/ask"}
	p.Known = &ui.Banner{Tone: ui.ToneSoon, Icon: ui.IconAlert, Strong: "We know of this:", Text: "Slow in the Main Library (since 09:40). You need not report it again, unless yours is something else."}
	return p.Page()
}

func home(f ui.Frame) view.PortalHome {
	f = portal(f, "Home", "/portal")
	f.Toast = &ui.Toast{Text: "Sent. It is IT-204831.", Icon: ui.IconCheck}
	return view.PortalHome{
		Frame: f, SearchURL: "/portal", AskURL: "/portal/ask", AllURL: "/portal/requests",
		Often:    []ui.Link{{Text: "reset a password", Href: "/portal/ask"}, {Text: "wireless", Href: "/portal/ask"}, {Text: "borrow a laptop", Href: "/portal/ask"}},
		Requests: requestRows(),
		Services: []view.ServiceTile{
			{Icon: ui.IconKey, Name: "Account and password", Text: "Sign-in, second step, change of name", Href: "/portal/ask"},
			{Icon: ui.IconLaptop, Name: "Computers and phones", Text: "Borrow, repair, hand back", Href: "/portal/ask"},
			{Icon: ui.IconDrive, Name: "Files and drives", Text: "Share, restore, move", Href: "/portal/ask"},
			{Icon: ui.IconMail, Name: "Mail and calendar", Text: "Mailboxes, lists, rooms", Href: "/portal/ask"},
		},
		Status: []view.ServiceStatus{
			{Tone: ui.ToneKept, Name: "Mail and calendar", Text: "work"},
			{Tone: ui.ToneSoon, Name: "Wireless in the Main Library", Text: "is slow since 09:40. Next news by 12:00."},
			{Tone: ui.ToneWaiting, Name: "Payroll", Text: "is closed for work on Saturday 28 November, 07:00 to 11:00."},
		},
		Looked: &view.Looked{Sentence: "3 people in the last 30 days: two to solve a request, one to prepare the copy you asked for.", Href: "/looked"},
	}
}

func ask(f ui.Frame) view.AskForHelp {
	return view.AskForHelp{
		Frame: portal(f, "Ask for help", ""), Form: ui.Form{Action: "/portal/ask", Token: "t1"}, BackURL: "/portal",
		FilesHint: "Up to 10 files of 25 MB each. You can also paste a picture into the text.",
		Sender:    "You are Ana Ruiz, a.ruiz@example.ac.uk. We answer there, so we do not ask for it again.", DraftURL: "/draft",
		Contact: ui.Clause{Text: "We ask for your user name only; how to reach you comes from your account.", Ref: "Clause 2.1", Href: "/notice"},
	}
}

func askErrors(f ui.Frame) templ.Component {
	p := ask(f)
	p.Subject = ui.Input{Error: "Say in a few words what it is about, such as: printer prints blank pages"}
	p.Body = ui.Input{Value: "My card 4111 1111 1111 1111 does not open the door of the Annex lab."}
	p.For = ui.Input{Value: "achterberg o", Error: "No user name has a space in it. Write it as in the sign-in, such as achterberg-o"}
	p.Hints = ui.Hints{
		{Kind: "card", Shown: true, Banner: ui.Banner{Tone: ui.ToneSoon, Icon: ui.IconAlert, Strong: "That looks like a card number.", Text: "We never need one. Take it out before you send."}},
		{Kind: "password", Banner: ui.Banner{Tone: ui.ToneSoon, Icon: ui.IconAlert, Strong: "That looks like a password.", Text: "We never need one."}},
	}
	p.KeptFiles = []ui.Option{{Value: "f1", Text: "door.jpg, 1.2 MB, still attached", Selected: true}}
	p.DraftKept = "Text kept, 11:10"
	return p.Page()
}

func myRequests(f ui.Frame) templ.Component {
	return view.MyRequests{
		Frame: portal(f, "My requests", "/portal/requests"), AskURL: "/portal/ask",
		Filters: []ui.NavItem{{Text: "Open", Href: "/portal/requests", Count: "2", Current: true}, {Text: "Closed", Href: "/portal/requests"}},
		Rows:    requestRows(), Pages: ui.Pages{Older: "/portal/requests"},
	}.Page()
}

func requestPage(f ui.Frame) view.Request {
	return view.Request{
		Frame:   portal(f, "IT-204817, being worked on: Cannot open the crystallography shared drive", "/portal/requests"),
		BackURL: "/portal/requests", Subject: "Cannot open the crystallography shared drive", Ref: "IT-204817",
		Sent: "sent by you on Friday 20 November",
		Steps: []ui.Step{
			{Text: "Received", Caption: "Friday 20 November, 13:25", Done: true},
			{Text: "Being worked on", Caption: "Priya Raman, Business Support", Current: true},
			{Text: "Your answer", Caption: "Not needed now"},
			{Text: "Solved", Caption: "By today, 14:10"},
		},
		Next:    ui.Banner{Text: "The owner of the drive has agreed. Priya is switching your access on and will write to you by Tuesday 24 November, 14:10 (in 3 hours). You need to do nothing."},
		Entries: portalEntries(),
		Sees:    []view.Reader{{Many: true, Text: "6 people in Business Support, who deal with it"}, {Text: "Tomasz Wilk, whom you copied"}},
		Clause:  ui.Clause{Text: "Your request is read by the team that is dealing with it, and by nobody else unless that team asks them.", Ref: "Clause 4.2", Href: "/notice"},
		LookURL: "/looked",
	}
}

func portalEntries() []ui.Entry {
	mine := func(id, about, when, iso, text string, files ...ui.File) ui.Entry {
		return ui.Entry{Message: &ui.Message{ID: id, Kind: ui.EntryMine, Heading: "You", About: about, When: clock(when, iso), Body: ui.Text(text), Files: files}}
	}
	team := func(id, when, iso, text string) ui.Entry {
		return ui.Entry{Message: &ui.Message{ID: id, Kind: ui.EntryTeam, Heading: "Priya Raman", About: "Business Support", When: clock(when, iso), Body: ui.Text(text)}}
	}
	return []ui.Entry{
		mine("e1", "in the portal", "Friday 20 November, 13:25", "20T13:25:00", "Since this morning I cannot open the crystallography drive. It says I do not have permission. It worked on Thursday. I need the diffraction files for a deadline on Friday week."),
		team("e2", "Friday, 14:07", "20T14:07:00", "Hello Ana, thank you for telling us. Which laptop are you on, and does the other project drive open? The tag is on the underside and starts with NU-LT."),
		mine("e3", "by mail, copied to Tomasz Wilk", "Monday, 15:00", "23T15:00:00", "It is the loan laptop, NU-LT-4471. The other drive opens. Tomasz has the same message. I attach what I see.", ui.File{Name: "permission-message.png", Size: "214 kB", Href: "/portal/request"}),
		team("e4", "Monday, 15:20", "23T15:20:00", "Thank you, that helps. I am asking the owner of the drive and will write again tomorrow."),
	}
}

func request(f ui.Frame) templ.Component {
	p := requestPage(f)
	p.Reply = &view.RequestReply{Form: ui.Form{Action: "/portal/request", Token: "t2"}, To: "Write to Priya", Button: "Send to Business Support", FilesHint: "Up to 10 files of 25 MB each.", DraftURL: "/draft"}
	p.Close = &ui.Button{Text: "Close it: this is solved", Icon: ui.IconCheck, Href: "/portal/close", Confirm: true}
	p.Acts = []ui.Button{{Text: "Let someone else follow it", Icon: ui.IconPersonAdd, Href: "/portal/request"}}
	return p.Page()
}

func solved(f ui.Frame) templ.Component {
	p := requestPage(f)
	p.Frame.Title = "IT-204817, solved: Cannot open the crystallography shared drive"
	for i := range p.Steps {
		p.Steps[i].Done, p.Steps[i].Current = true, i == 3
	}
	p.Steps[2] = ui.Step{Text: "Your answer", Caption: "Nothing was asked", Skipped: true}
	p.Next = ui.Banner{Tone: ui.ToneKept, Icon: ui.IconCheck, Strong: "Solved on Tuesday 24 November, 13:40.", Text: "It closes for good on Tuesday 8 December. Until then you can open it again."}
	p.Reopen = &view.RequestForm{Form: ui.Form{Action: "/portal/request", Token: "t3"}}
	return p.Page()
}

func confirmClose(f ui.Frame) templ.Component {
	return view.Confirm{
		Frame: portal(f, "Close IT-204817?", "/portal/requests"), Form: ui.Form{Action: "/portal/request", Token: "t4"},
		Title: "Close IT-204817?", Text: "Priya stops working on it. You can open it again for 14 days.",
		Question: &ui.Field{ID: "body", Label: "A last word to Priya", OptionalWord: "optional", Rows: 3},
		Do:       "Close it", Keep: ui.Link{Text: "Keep it open", Href: "/portal/request"},
	}.Page()
}
