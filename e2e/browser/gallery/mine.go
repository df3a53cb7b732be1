package main

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
	"heed/privacy/view"
)

func minePages() map[string]exhibit {
	return map[string]exhibit{"/my-data": myData}
}

func myData(f ui.Frame) templ.Component {
	return view.MyData{
		Frame: portal(f, "My data", ""), Copy: ui.Form{Action: "/my-data", Token: "c"}, Looked: "/looked",
		Groups: []view.DataGroup{
			{
				ID: "card", Title: "Your card", Lead: "Who you are and how to reach you.",
				Facts: []ui.Fact{
					{Label: "Name", Value: "Ana Ruiz", Source: "nightly feed, 1 September 2026"},
					{Label: "Mail", Value: "a.ruiz@example.ac.uk", Source: "nightly feed, 1 September 2026"},
					{Label: "Phone", Value: "020 7946 0118", Source: "from yourself, 5 October 2026"},
				},
				Purposes: []view.DataPurpose{{Sentence: view.Sentence{Text: "To deal with what you ask for.", Ref: "NU-02"}, Ground: "public task"}},
				Until:    []string{"Card: at most 30 days after you leave; then deleted."},
			},
			{ID: "requests", Title: "Your requests", Lead: "What you asked for and what was said.", Facts: []ui.Fact{{Label: "Requests", Value: "4"}, {Label: "Messages", Value: "19"}}, Links: []ui.Link{{Text: "All my requests", Href: "/portal/requests"}}},
			{ID: "devices", Title: "Where you are signed in", Lead: "So that you can end it.", Facts: []ui.Fact{{Label: "Session", Value: "Firefox on Linux", Source: "used today"}}, Links: []ui.Link{{Text: "Signing in", Href: "/sessions"}}},
			{ID: "trail", Title: "Who looked", Lead: "Each time staff read something about you.", Links: []ui.Link{{Text: "See who looked", Href: "/looked"}}},
		},
		Rights:  []view.Sentence{{Text: "You can have wrong data put right.", Ref: "NU-21"}, {Text: "Vous pouvez vous adresser au commissaire.", Lang: "fr", Ref: "NU-23"}},
		Contact: []ui.Fact{{Label: "Office", Value: "Data protection officer"}, {Label: "Mail", Value: "privacy@northgate.example", Href: "mailto:privacy@northgate.example"}},
		Notice:  ui.Link{Text: "IT help desk, version 7", Href: "/notice"},
	}.Page()
}
