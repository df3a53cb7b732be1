package main

import (
	"github.com/a-h/templ"

	"heed/app/operate/view"
	"heed/kernel/web/ui"
)

func operatePages() map[string]exhibit {
	return map[string]exhibit{
		"/operator":      health,
		"/operator/jobs": jobs,
		"/operator/jobs/none": func(f ui.Frame) templ.Component {
			return view.Jobs{Frame: room(f, "Jobs", "/operator/jobs")}.Page()
		},
	}
}

// room is the frame of an operator.
func room(f ui.Frame, title, current string) ui.Frame {
	f = office(f, title)
	f.Brand = ui.Brand{Name: "Heed", Sub: "operator", Href: "/operator"}
	f.Nav = nil
	for _, n := range []ui.NavItem{{Text: "Health", Href: "/operator"}, {Text: "Jobs", Href: "/operator/jobs"}, {Text: "Mail", Href: "/mail/in"}} {
		n.Current = n.Href == current
		f.Nav = append(f.Nav, n)
	}
	return f
}

func health(f ui.Frame) templ.Component {
	return view.Health{
		Frame: room(f, "Health", "/operator"), Check: ui.Form{Action: "/operator", Token: "h"},
		Checks: []view.Line{
			{Icon: ui.IconCheck, Tone: ui.ToneKept, Text: "The database answers.", More: "in 1 ms"},
			{Icon: ui.IconAlert, Tone: ui.ToneSoon, Text: "The last backup is four days old.", More: "Make one: heed backup FILE"},
			{Icon: ui.IconCross, Tone: ui.ToneBroken, Text: "2 jobs were given up.", More: "They stand on the page of jobs"},
		},
		System:  []ui.Fact{{Label: "Program", Value: "0.3.0"}, {Label: "Engine", Value: "SQLite, 214 MB"}, {Label: "Last backup", Value: "Friday 20 November, 02:00"}},
		Ledger:  []ui.Fact{{Label: "Records", Value: "18,204"}, {Label: "Waiting", Value: "3"}, {Label: "Last signed", Value: "today, 02:14"}},
		Queue:   []view.Kind{{Name: "Send a mail", Waiting: "4", Running: "1", Dead: "2", Broken: true}, {Name: "Read a mail", Waiting: "0", Running: "0", Dead: "0"}},
		JobsURL: "/operator/jobs",
		MailIn:  []ui.Fact{{Label: "Opened a ticket", Value: "18"}, {Label: "Joined a ticket", Value: "41"}, {Label: "Parked", Value: "1"}},
		MailOut: []ui.Fact{{Label: "Sent", Value: "64"}, {Label: "Waiting", Value: "4"}},
		MailURL: "/mail/in",
		Notices: []view.Notice{
			{Title: "IT help desk", Href: "/notice", Version: "7", Since: "2026-09-01", Review: "2027-09-01"},
			{Title: "Staff telephone logs", Href: "/notice", Version: "2", Since: "2024-09-01", Review: "2026-09-01", Late: true},
		},
	}.Page()
}

func jobs(f ui.Frame) templ.Component {
	return view.Jobs{
		Frame: room(f, "Jobs", "/operator/jobs"),
		Dead: []view.DeadJob{{
			ID: "7013", Kind: "Send a mail", Tries: "8 tries", Failed: clock("Today, 10:41", "24T10:41:00"), Reason: "The next server says that the mailbox is full.",
			Retry: ui.Form{Action: "/operator/jobs", Token: "r"}, GiveUp: ui.Form{Action: "/operator/jobs", Token: "g"},
		}},
		Waiting: []view.WaitingJob{
			{ID: "7019", Kind: "Send a mail", Tries: "2 tries", Next: clock("Today, 11:20", "24T11:20:00"), Reason: "The next server does not answer.", State: ui.Chip{Text: "Waiting", Icon: ui.IconPause, Tone: ui.ToneWaiting}},
			{ID: "7021", Kind: "Read a mail", Tries: "first try", Next: clock("Today, 11:10", "24T11:10:00"), State: ui.Chip{Text: "Running", Icon: ui.IconReplay, Tone: ui.TonePlain}},
		},
	}.Page()
}
