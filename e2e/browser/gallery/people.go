package main

import (
	"github.com/a-h/templ"

	"heed/directory/view"
	"heed/kernel/web/ui"
)

func peoplePages() map[string]exhibit {
	return map[string]exhibit{
		"/signin":          func(f ui.Frame) templ.Component { return signIn(f).Page() },
		"/signin/errors":   signInErrors,
		"/signin/second":   second,
		"/signin/recovery": recovery,
		"/signin/sent":     sent,
		"/signin/use":      use,
		"/sessions":        sessions,
		"/desk/person":     personCard,
		"/desk/people":     people,
		"/desk/people/none": func(f ui.Frame) templ.Component {
			return view.People{Frame: desk(f, "People"), Rail: rail("/desk/people"), URL: "/desk/people", Query: "zzyzx"}.Page()
		},
	}
}

func signIn(f ui.Frame) view.SignIn {
	return view.SignIn{
		Frame: plain(f, "Sign in"), Form: ui.Form{Action: "/signin", Token: "s", Hidden: []ui.Hidden{{Name: "back", Value: "/portal/ask"}}},
		Doing: "Ask for help", Kept: true,
		Passkey: &view.Passkeys{Begin: "/passkey/begin", Finish: "/passkey/finish", Back: "/portal/ask"},
		Mail:    &view.MailLink{Form: ui.Form{Action: "/signin/link", Token: "l"}},
		Clause:  ui.Clause{Text: "We note when you sign in and from which address, to keep your account safe, and delete it after thirty days.", Ref: "Clause 3.1", Href: "/notice"},
	}
}

func signInErrors(f ui.Frame) templ.Component {
	p := signIn(f)
	p.Doing = ""
	p.Said = &ui.Banner{Tone: ui.ToneSoon, Icon: ui.IconClock, Strong: "You were signed out after a pause.", Text: "Your draft is kept and waits for you."}
	p.User = ui.Input{Value: "ruiz-a"}
	p.Trouble = "User name and password do not belong together. Three more tries, then a pause of one minute."
	return p.Page()
}

func second(f ui.Frame) templ.Component {
	return view.SecondStep{
		Frame: plain(f, "Second step"), Form: ui.Form{Action: "/signin/second", Token: "s"},
		Other: ui.Link{Text: "Use a recovery code instead", Href: "/signin/recovery"},
	}.Page()
}

func recovery(f ui.Frame) templ.Component {
	return view.SecondStep{
		Frame: plain(f, "Second step"), Form: ui.Form{Action: "/signin/second", Token: "s"}, Recovery: true,
		Code:  ui.Input{Error: "This code was used before or is misspelt. Codes look like 4F7K-93QD"},
		Other: ui.Link{Text: "Use the app instead", Href: "/signin/second"},
	}.Page()
}

func sent(f ui.Frame) templ.Component {
	return view.LinkSent{
		Frame: plain(f, "Look at your mail"), Address: "a.ruiz@example.ac.uk", Valid: "15 minutes",
		Again: ui.Link{Text: "Another address", Href: "/signin"}, Demo: ui.Link{Text: "Open the demo's outbox", Href: "/mail/out"},
	}.Page()
}

func use(f ui.Frame) templ.Component {
	return view.UseLink{Frame: plain(f, "Sign in as Ana Ruiz"), Form: ui.Form{Action: "/signin/use", Token: "s"}, Name: "Ana Ruiz"}.Page()
}

func sessions(f ui.Frame) templ.Component {
	end := ui.Form{Action: "/sessions", Token: "e"}
	return view.Sessions{
		Frame: portal(f, "Signing in", ""),
		Rows: []view.Session{
			{Device: "Firefox on Linux", From: "from the campus network", Since: clock("Today, 08:58", "24T08:58:00"), Seen: clock("now", "24T11:10:00"), Current: true},
			{Device: "Safari on a phone", From: "from elsewhere", Since: clock("Friday 20 November, 19:12", "20T19:12:00"), Seen: clock("yesterday", "23T21:00:00"), End: end},
		},
		EndOther: &end, Keys: []view.Key{{Name: "Laptop", Added: clock("5 October", "05T10:00:00"), Used: clock("today", "24T08:58:00"), Remove: end}},
		AddKey: &view.Passkeys{Begin: "/passkey/begin", Finish: "/passkey/finish"},
		Code:   view.SecondFactor{On: true, Text: "On since 5 October. 7 recovery codes are left.", Change: ui.Link{Text: "Change the app or make new codes", Href: "/sessions"}},
	}.Page()
}

func personCard(f ui.Frame) templ.Component {
	born := deskPerson().Facts[3]
	return view.PersonCard{
		Frame: desk(f, "Ana Ruiz, visiting researcher"), Rail: rail(""), Back: ui.Link{Text: "IT-204817", Href: "/desk/ticket"},
		Name: "Ana Ruiz", Role: "Visiting researcher, Chemistry", Chips: []ui.Chip{{Text: "Account open", Icon: ui.IconCheck, Tone: ui.ToneKept}},
		Why:     ui.Why{Sentence: "You see this because Ana has a ticket with your team. For: resolving. Seen by 3 roles.", Rules: deskWhy().Rules},
		Banners: []ui.Banner{{Tone: ui.ToneWaiting, Icon: ui.IconScales, Strong: "Contested.", Text: "Ana says her surname is wrong. Do not rely on it until the case is decided."}},
		Groups: []view.FactGroup{
			{Heading: "How to reach her", Facts: []ui.Fact{
				{Label: "Mail", Value: "a.ruiz@example.ac.uk", Href: "mailto:a.ruiz@example.ac.uk", Source: "nightly feed, today 02:10"},
				{Label: "Phone", Value: "020 7946 0118", Source: "from herself, 5 October"},
				{Label: "Office", Value: "not recorded"},
			}, Clause: ui.Clause{Text: "We keep your name and how to reach you while you work or study here.", Ref: "Notice 7, clause 2.1", Href: "/notice"}},
			{Heading: "Flagged", Facts: []ui.Fact{born}, Clause: ui.Clause{Text: "Your date of birth is used to tell you from somebody with the same name, and is hidden otherwise.", Ref: "Notice 7, clause 2.4", Href: "/notice"}},
		},
		Links: []ui.Table{{Caption: "Affiliations", Columns: []ui.Column{{Text: "Where"}, {Text: "From"}, {Text: "Until"}}, Rows: []ui.Row{
			{Cells: []ui.Cell{{Head: true, Text: "Harbour Institute", Sub: "visiting researcher"}, {Text: "1 September 2026"}, {Text: "18 December 2026"}}},
		}}},
		Tickets: queueRows("")[2:4], AllURL: "/desk/search",
	}.Page()
}

func people(f ui.Frame) templ.Component {
	return view.People{
		Frame: desk(f, "People: ruiz"), Rail: rail("/desk/people"), URL: "/desk/people", Query: "ruiz", Found: "2 people that you may see",
		Rows: []view.PersonRow{
			{Name: "Ana Ruiz", About: "ruiz-a, Visiting researcher, Chemistry", Href: "/desk/person", Chip: &ui.Chip{Text: "Account open", Icon: ui.IconCheck, Tone: ui.ToneKept}},
			{Name: "Miguel Ruiz Ferrer", About: "ruiz-m, Estates", Href: "/desk/person", Chip: &ui.Chip{Text: "Leaves Friday", Icon: ui.IconCalendar, Tone: ui.ToneSoon}},
		},
		Why: ui.Why{Sentence: "You find people who have a ticket with your teams, and people you log a call for. For: resolving."},
	}.Page()
}
