package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/kernel/web/ui/gallery"
)

// exhibit fills one page.
type exhibit func(ui.Frame) templ.Component

// exhibits lists all pages by path.
func exhibits() map[string]exhibit {
	all := map[string]exhibit{
		"/style": func(f ui.Frame) templ.Component {
			return gallery.Style(office(f, "Components and their states"))
		},
		"/start":       startPage,
		"/error":       errorPage,
		"/error/stale": stalePage,
	}
	for _, room := range []map[string]exhibit{portalPages(), deskPages(), actPages(), peoplePages(), accountPages(), privacyPages(), officePages(), minePages(), mailPages(), operatePages()} {
		for path, make := range room {
			all[path] = make
		}
	}
	return all
}

// portal is the frame of a requester.
func portal(f ui.Frame, title, current string) ui.Frame {
	f.Title = title
	f.Me = ui.Me{Name: "Ana Ruiz", Href: "/sessions", SignOut: "/signout"}
	for _, n := range []ui.NavItem{
		{Text: "Home", Href: "/portal"}, {Text: "My requests", Href: "/portal/requests"}, {Text: "Who looked", Href: "/looked"},
	} {
		n.Current = n.Href == current
		f.Nav = append(f.Nav, n)
	}
	return f
}

// office is the frame of a privacy officer or operator.
func office(f ui.Frame, title string) ui.Frame {
	f.Title = title
	f.Wide = true
	f.Brand = ui.Brand{Name: "Heed", Sub: "privacy office", Href: "/ledger"}
	f.Me = ui.Me{Name: "Beatriz Adeyemi", Href: "/sessions", SignOut: "/signout"}
	f.Nav = []ui.NavItem{
		{Text: "Ledger", Href: "/ledger", Current: title == "Ledger"},
		{Text: "Notices", Href: "/notices"},
		{Text: "Mail in", Href: "/mail/in", Current: title == "Mail in"},
		{Text: "Outbox", Href: "/mail/out", Current: title == "Outbox"},
		{Text: "Desk", Href: "/desk"},
	}
	return f
}

// desk is the frame of an agent.
func desk(f ui.Frame, title string) ui.Frame {
	f.Title = title
	f.Brand = ui.Brand{Name: "Heed", Href: "/desk"}
	f.Me = ui.Me{Name: "Priya Raman", Href: "/sessions", SignOut: "/signout"}
	f.ViewsURL = "/desk/views"
	f.SearchURL = "/desk/search"
	f.PaletteURL = "/palette.json"
	f.KeysAction = "/keys"
	return f
}

// plain is the frame before signing in.
func plain(f ui.Frame, title string) ui.Frame {
	f.Title = title
	return f
}

func clock(text, iso string) ui.When {
	return ui.When{Text: text, ISO: "2026-11-" + iso + "Z"}
}

func startPage(f ui.Frame) templ.Component {
	f = plain(f, "Heed demo")
	f.Brand = ui.Brand{Name: "Heed", Sub: "demo", Href: "/start"}
	sign := func(user string) *ui.Form {
		return &ui.Form{Action: "/demo/sign-in", Token: "t", Hidden: []ui.Hidden{{Name: "user", Value: user}}}
	}
	return ui.StartPage{
		Frame: f, Title: "Heed, the demo",
		Lead:  "Four institutions, their people and some 200 tickets, made from a fixed seed. Everybody's password is the word demo.",
		Links: []ui.Link{{Text: "Outbox", Href: "/mail/out", Icon: ui.IconMail}, {Text: "Notices", Href: "/notices", Icon: ui.IconScales}, {Text: "Sign in by hand", Href: "/signin", Icon: ui.IconUser}},
		Places: []ui.StartPlace{
			{Name: "Northgate University", Sub: "English law. The whole department reads tickets; other teams only what they hold.", Notice: ui.Link{Text: "Notice", Href: "/notice"}, People: []ui.StartPerson{
				{Name: "Ana Ruiz", Role: "requester", Sees: "her own requests and who looked at them", User: "ruiz-a", Form: sign("ruiz-a")},
				{Name: "Priya Raman", Role: "agent, Business Support", Sees: "what Business Support holds, and nothing else", User: "raman-p", Form: sign("raman-p")},
			}},
			{Name: "Harbour Institute", Sub: "Ontario law. The portal speaks French too.", Notice: ui.Link{Text: "Notice", Href: "/notice"}, People: []ui.StartPerson{
				{Name: "Kwame Mensah", Role: "agent, Service Desk", Sees: "every call; mails only in his support role", User: "mensah-k", Form: sign("mensah-k")},
				{Name: "Beatriz Adeyemi", Role: "privacy office", Sees: "the ledger and the notices, no conversation", User: "adeyemi-b", Form: sign("adeyemi-b")},
			}},
		},
		Tries: []ui.StartTry{
			{Title: "Ask, answer, read the mail", Text: "Sign in as Ana and ask for help. Sign in as Priya, answer it. The answer lies in the outbox.", Link: ui.Link{Text: "Outbox", Href: "/mail/out"}},
			{Title: "Deliver a mail", Text: "Any mail file becomes a ticket.", Command: "heed mail deliver --to help@northgate.example < message.eml"},
			{Title: "Forget a ticket", Text: "Then look for its words in every file.", Command: "heed erase --ticket IT-204817 --reason 'asked by the person'"},
		},
	}.Page()
}

func errorPage(f ui.Frame) templ.Component {
	return ui.ErrorPage{
		Frame: plain(f, "Not found"), Kind: ui.IconSearch, Title: "There is nothing here that you may see",
		Text: "Either the address is misspelt or it leads to something that belongs to somebody else. The answer is the same for both.",
		Do:   []ui.Link{{Text: "Go to my requests", Href: "/portal/requests"}, {Text: "Ask for help", Href: "/portal/ask"}},
		Code: "7F3A-19",
	}.Page()
}

func stalePage(f ui.Frame) templ.Component {
	return ui.ErrorPage{
		Frame: plain(f, "Sent twice"), Kind: ui.IconClock, Title: "This form was already sent",
		Text: "The first press was enough: your answer stands in the request. Should you have written something new, it is below.",
		Kept: "What you typed is kept.", Typed: []ui.Fact{{Label: "Your answer", Value: "It is the loan laptop.\n\nThe other drive opens."}},
		Do: []ui.Link{{Text: "Back to the request", Href: "/portal/request"}},
	}.Page()
}
