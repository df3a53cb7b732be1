package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/mail/view"
)

func mailPages() map[string]exhibit {
	return map[string]exhibit{
		"/mail/out":       outbox,
		"/mail/out/empty": func(f ui.Frame) templ.Component { return view.Outbox{Frame: office(f, "Outbox"), Demo: true}.Page() },
		"/mail/one":       outMail,
		"/mail/in":        inbound,
	}
}

func outbox(f ui.Frame) templ.Component {
	delivered := ui.Chip{Text: "Sent", Icon: ui.IconCheck, Tone: ui.ToneKept}
	return view.Outbox{
		Frame: office(f, "Outbox"), Demo: true,
		Rows: []view.OutRow{
			{Subject: "Re: Cannot open the crystallography shared drive", Href: "/mail/one", To: "Ana Ruiz, a.ruiz@example.ac.uk", Kind: "Reply", When: clock("Today, 11:12", "24T11:12:00"), State: delivered, Ref: ui.Link{Text: "IT-204817", Href: "/desk/ticket"}},
			{Subject: "We have your request", Href: "/mail/one", To: "Tobias Brandt, t.brandt@example.ac.uk", Kind: "Acknowledgement", When: clock("Today, 11:02", "24T11:02:00"), State: ui.Chip{Text: "Waiting, try 2", Icon: ui.IconPause, Tone: ui.ToneWaiting}, Ref: ui.Link{Text: "IT-204830", Href: "/desk/ticket"}},
			{Subject: "Your link to sign in", Href: "/mail/one", To: "Leila Haddad, l.haddad@example.ac.uk", Kind: "Sign-in link", When: clock("Today, 10:40", "24T10:40:00"), State: ui.Chip{Text: "Failed", Icon: ui.IconAlert, Tone: ui.ToneOverdue}},
		},
		Filters: []ui.NavItem{{Text: "All", Href: "/mail/out", Current: true}, {Text: "Waiting", Href: "/mail/out"}, {Text: "Failed", Href: "/mail/out"}},
		Pages:   ui.Pages{Older: "/mail/out"},
		Why:     ui.Why{Sentence: "You see this because you run this service. For: operating. Seen by 1 role."},
	}.Page()
}

func outMail(f ui.Frame) templ.Component {
	return view.OutMail{
		Frame: office(f, "Re: Cannot open the crystallography shared drive"), Back: ui.Link{Text: "Outbox", Href: "/mail/out"},
		Subject: "Re: Cannot open the crystallography shared drive", State: ui.Chip{Text: "Sent", Icon: ui.IconCheck, Tone: ui.ToneKept},
		Head:  []ui.Fact{{Label: "From", Value: "IT help <help@northgate.example>"}, {Label: "To", Value: "Ana Ruiz <a.ruiz@example.ac.uk>"}, {Label: "Date", Value: "Tuesday 24 November 2026, 11:12"}, {Label: "Message-ID", Value: "<204817.5.3f9a07c15be2@northgate.example>"}},
		Text:  "Hello Ana, Prof. Lindqvist has agreed that you keep access until Friday 18 December.\n\nPlease sign out and in once; the drive should then open.\n\nPriya Raman\nBusiness Support",
		Links: []ui.Link{{Text: "Open the request", Href: "/portal/request"}},
		HTML:  ui.Link{Text: "The HTML part, alone", Href: "/mail/one", Icon: ui.IconEye}, Raw: ui.Link{Text: "The bytes", Href: "/mail/one", Icon: ui.IconDownload},
		Log:   []view.LogLine{{When: clock("Today, 11:12:02", "24T11:12:02"), Text: "Queued", Tone: ui.ToneWaiting}, {When: clock("Today, 11:12:03", "24T11:12:03"), Text: "Put in the outbox", Tone: ui.ToneKept}},
		Again: &ui.Form{Action: "/mail/one", Token: "m"},
	}.Page()
}

func inbound(f ui.Frame) templ.Component {
	replay := &ui.Form{Action: "/mail/in", Token: "r"}
	return view.Inbound{
		Frame:   office(f, "Mail in"),
		Filters: []ui.NavItem{{Text: "All", Href: "/mail/in", Current: true}, {Text: "Parked", Href: "/mail/in", Count: "1"}},
		Rows: []view.InRow{
			{ID: "01J9-7QK2", When: clock("Today, 11:02:13", "24T11:02:13"), To: "help@northgate.example", Size: "18 kB", Outcome: ui.Chip{Text: "Opened", Icon: ui.IconPlus, Tone: ui.ToneKept}, Reason: "Nothing it answers is known.", Ref: ui.Link{Text: "IT-204830", Href: "/desk/ticket"}, Replay: replay},
			{ID: "01J9-7QJ8", When: clock("Today, 10:58:40", "24T10:58:40"), To: "help@northgate.example", Size: "2.1 MB", Outcome: ui.Chip{Text: "Parked", Icon: ui.IconPause, Tone: ui.ToneWaiting}, Reason: "The signed reply address does not verify; a person has to look.", Replay: replay, Raw: ui.Link{Text: "The bytes", Href: "/mail/in", Icon: ui.IconDownload}},
			{ID: "01J9-7QH0", When: clock("Today, 10:41:09", "24T10:41:09"), To: "help@northgate.example", Size: "4 kB", Outcome: ui.Chip{Text: "Ignored", Icon: ui.IconDash, Tone: ui.ToneUnproved}, Reason: "An automatic answer; answering it would make a loop.", Replay: replay},
		},
		Pages: ui.Pages{Older: "/mail/in"},
		Why:   ui.Why{Sentence: "You see this because you run this service. For: operating. Seen by 1 role."},
	}.Page()
}
