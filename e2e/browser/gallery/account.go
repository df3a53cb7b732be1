package main

import (
	"github.com/a-h/templ"

	"heed/directory/view"
	"heed/kernel/web/ui"
)

func accountPages() map[string]exhibit {
	form := func() *ui.Form { return &ui.Form{Action: "/app", Token: "a"} }
	return map[string]exhibit{
		"/app": func(f ui.Frame) templ.Component { p := app(f); p.Begin = form(); return p.Page() },
		"/app/confirm": func(f ui.Frame) templ.Component {
			p := app(f)
			p.Confirm, p.Secret, p.QR = form(), "ABCD EFGH IJKL MNOP", blank
			p.Code = ui.Input{Error: "This is not the code that the app shows now"}
			return p.Page()
		},
		"/app/codes": func(f ui.Frame) templ.Component {
			p := app(f)
			p.Codes = []string{"4F7K-93QD", "8M2P-LV0C", "Q1ZR-6TNE"}
			return p.Page()
		},
		"/app/on": func(f ui.Frame) templ.Component {
			p := app(f)
			p.Remove, p.Renew, p.Left = form(), form(), "7 recovery codes left"
			return p.Page()
		},
		"/desk/values":          func(f ui.Frame) templ.Component { return values(f).Page() },
		"/desk/values/errors":   valuesAsked,
		"/desk/values/revealed": revealed,
	}
}

// blank is a picture of one pixel, in place of a code to scan.
const blank = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="

func app(f ui.Frame) view.App {
	return view.App{Frame: portal(f, "Authenticator app", ""), Back: ui.Link{Text: "Signing in", Href: "/sessions"}}
}

func values(f ui.Frame) view.Values {
	f = office(f, "Ana Ruiz")
	return view.Values{
		Frame: f, Back: ui.Link{Text: "Back to the card", Href: "/desk/person"}, Name: "Ana Ruiz", Why: deskWhy(),
		Facts: []ui.Fact{
			{Label: "User name", Value: "ruiz-a", Source: "nightly feed, 1 September 2026"},
			{Label: "Date of birth", Value: "••••", Source: "nightly feed, 1 September 2026"},
			{Label: "Staff number", Value: "••••", Source: "nightly feed, 1 September 2026"},
		},
		Ask: &view.Uncover{
			Form:   ui.Form{Action: "/desk/values", Token: "v"},
			Kinds:  ui.Choices{ID: "kind", Label: "Which value?", Required: true, Options: []ui.Option{{Value: "born", Text: "Date of birth"}, {Value: "number", Text: "Staff number"}}},
			Reason: ui.Choices{ID: "reason", Label: "What do you need it for?", Hint: "Stands in the ledger, where the person can read it.", Required: true, Options: []ui.Option{{Value: "caller", Text: "To check who is calling"}, {Value: "match", Text: "To match two records"}}},
			Most:   160,
		},
	}
}

func valuesAsked(f ui.Frame) templ.Component {
	p := values(f)
	p.Ask.Kinds.Error = "Choose which value you need"
	p.Ask.Reason.Error = "Choose what you need it for"
	p.Ask.Words = ui.Input{Value: "x", Error: "Write at least three words"}
	return p.Page()
}

func revealed(f ui.Frame) templ.Component {
	p := values(f)
	p.Facts[1].Mask = &ui.Mask{ID: "uncovered", Revealed: "7 March 1991", Fades: clock("fades at 11:14", "24T11:14:00")}
	p.Ask.Kinds.Options = p.Ask.Kinds.Options[1:]
	return p.Page()
}
